//! Documents that are read once: a layout or component is asked for again and again.

use std::{
    any::{Any, TypeId},
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use super::library::Named;
use crate::error::Result;

/// The documents of a library that were read, by type and path. Clones share them.
#[derive(Debug, Clone, Default)]
pub(super) struct Documents(Arc<Mutex<HashMap<(TypeId, String), Document>>>);

type Document = Arc<dyn Any + Send + Sync>;

impl Documents {
    /// The document at `path`, which `read` reads unless it was read before. A failure is not kept.
    pub(super) fn once<T: Send + Sync + 'static>(
        &self,
        path: &str,
        read: impl FnOnce() -> Result<Named<T>>,
    ) -> Result<Arc<Named<T>>> {
        // Never held while a document is read: two threads that want the same one may both read it.
        let known = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (TypeId::of::<T>(), path.to_owned());
        let document = known().get(&key).cloned();
        if let Some(document) = document.and_then(|it| it.downcast().ok()) {
            return Ok(document);
        }
        let document = Arc::new(read()?);
        known().insert(key, Arc::<Named<T>>::clone(&document));
        Ok(document)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{error::Error, source::Source, yaml};

    #[test]
    fn a_document_is_read_once_and_a_failure_again() {
        let documents = Documents::default();
        let fails = || Err(Error::usage("no"));
        assert!(documents.once::<Vec<String>>("a", fails).is_err());
        let read = || yaml::load::<Vec<String>>(&Source::new("a", "[x]"));
        let first = documents.once("a", read).unwrap();
        let again = documents.clone().once::<Vec<String>>("a", fails).unwrap();
        assert!(Arc::ptr_eq(&first, &again));
        assert!(documents.once::<Vec<String>>("b", fails).is_err());
        assert!(documents.once::<Vec<u8>>("a", || Err(Error::usage("no"))).is_err());
    }
}
