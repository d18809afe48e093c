//! Files that the user names, `-` for standard input.

use std::{io::Read, path::Path};

use crate::{
    disk,
    error::{Class, Error, Result},
};

/// The name to show and the bytes of a file of at most `limit` bytes.
///
/// # Errors
/// It cannot be read, or is larger.
pub(super) fn bytes(path: &Path, limit: u64) -> Result<(String, Vec<u8>)> {
    if path != Path::new("-") {
        return Ok((path.display().to_string(), disk::read_bytes(path, limit)?));
    }
    let name = "standard input".to_owned();
    let mut bytes = vec![];
    std::io::stdin()
        .take(limit + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| Error::system("read", &name, &error))?;
    if bytes.len() as u64 > limit {
        return Err(Error::new(Class::Limit, format!("{name} is larger than {limit} bytes")));
    }
    Ok((name, bytes))
}

/// The same as text.
///
/// # Errors
/// As [`bytes`], or it is not UTF-8.
pub(super) fn text(path: &Path, limit: u64) -> Result<(String, String)> {
    let (name, bytes) = bytes(path, limit)?;
    let text = String::from_utf8(bytes)
        .map_err(|error| Error::usage(format!("`{name}` is not UTF-8")).because(error.to_string()))?;
    Ok((name, text))
}
