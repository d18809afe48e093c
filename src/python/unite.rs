//! Unites the imports of several modules in one.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    fault::{Fault, JoinError},
    imports::{Import, Module, Name},
};

/// Where an imported name comes from: module and name.
type Origin = (Option<String>, String);

/// Imports of several modules, each name once.
#[derive(Debug, Default)]
pub(crate) struct United {
    /// What each name means, and who imports it.
    origins: BTreeMap<String, (Origin, String)>,
    seen: BTreeSet<(Origin, Option<String>)>,
    module: Module,
}

impl United {
    /// Adds the imports of `module`, the piece called `piece` with text `text`.
    pub(crate) fn add(&mut self, piece: &str, text: &str, module: &mut Module) -> Result<(), JoinError> {
        let mut orphans = Vec::new();
        let future = std::mem::take(&mut module.future);
        let runtime = std::mem::take(&mut module.runtime);
        let typing = std::mem::take(&mut module.typing);
        self.module.typing_comment = self.module.typing_comment.take().or(module.typing_comment.take());
        for import in future {
            let import = self.new_names(piece, text, import, &mut orphans)?;
            self.module.future.extend(import);
        }
        for import in runtime {
            let import = self.new_names(piece, text, import, &mut orphans)?;
            self.module.runtime.extend(import);
        }
        // Which typing imports are needed is known at the end: a name that any piece imports at run time is not.
        for mut import in typing {
            self.note(piece, text, &import)?;
            import.before.splice(0..0, orphans.drain(..));
            self.module.typing.push(import);
        }
        give_to_body(&orphans, &mut module.body);
        Ok(())
    }

    /// The import without names that are there already; comments of one that is dropped go to the next.
    fn new_names(
        &mut self,
        piece: &str,
        text: &str,
        mut import: Import,
        orphans: &mut Vec<String>,
    ) -> Result<Option<Import>, JoinError> {
        self.note(piece, text, &import)?;
        let module = import.module.clone();
        let seen = &mut self.seen;
        let is_left = import.retain(|name| seen.insert(key(module.as_deref(), name)));
        import.before.splice(0..0, orphans.drain(..));
        if is_left {
            return Ok(Some(import));
        }
        *orphans = import.before;
        Ok(None)
    }

    /// Remembers what the names of `import` mean.
    fn note(&mut self, piece: &str, text: &str, import: &Import) -> Result<(), JoinError> {
        for name in &import.names {
            let bound = name.bound(import.module.is_some());
            let origin = origin(import.module.as_deref(), name);
            match self.origins.get(bound) {
                None => {
                    self.origins.insert(bound.to_owned(), (origin, piece.to_owned()));
                }
                Some((other, owner)) if *other != origin && bound != "*" && owner != piece => {
                    let (here, there) = (shown(&origin), shown(other));
                    let message =
                        format!("`{bound}` is imported from {here} here, and from {there} in `{owner}`");
                    return Err(JoinError::new(piece, Fault::at(text, import.offset, message)));
                }
                Some(_) => {}
            }
        }
        Ok(())
    }

    /// Which piece imports `name`, at run time or for types.
    pub(crate) fn importer(&self, name: &str) -> Option<&str> {
        self.origins.get(name).map(|(_, piece)| piece.as_str())
    }

    /// The imports, for a module with the given body.
    pub(crate) fn finish(mut self, mut body: String) -> Module {
        let mut orphans = Vec::new();
        for mut import in std::mem::take(&mut self.module.typing) {
            let module = import.module.clone();
            import.before.splice(0..0, orphans.drain(..));
            if import.retain(|name| self.seen.insert(key(module.as_deref(), name))) {
                self.module.typing.push(import);
            } else {
                orphans = import.before;
            }
        }
        give_to_body(&orphans, &mut body);
        let is_flag = |import: &Import, name: &Name| {
            name.name == "TYPE_CHECKING" && import.module.as_deref() == Some("typing") && name.alias.is_none()
        };
        let has_flag = self.module.runtime.iter().any(|i| i.names.iter().any(|name| is_flag(i, name)));
        if self.module.typing.is_empty() && !body.contains("TYPE_CHECKING") {
            self.module.runtime.retain_mut(|import| {
                let from_typing = import.module.as_deref() == Some("typing");
                import.retain(|name| !(from_typing && name.name == "TYPE_CHECKING"))
            });
        } else if !self.module.typing.is_empty() && !has_flag {
            self.module.runtime.push(Import::new("typing", "TYPE_CHECKING"));
        }
        self.module.body = body;
        self.module
    }
}

/// Comments whose import is gone stay in front of what follows.
fn give_to_body(orphans: &[String], body: &mut String) {
    if !orphans.is_empty() {
        *body = format!("{}\n{}", orphans.join("\n"), body.trim_start_matches('\n'));
    }
}

fn key(module: Option<&str>, name: &Name) -> (Origin, Option<String>) {
    ((module.map(str::to_owned), name.name.clone()), name.alias.clone())
}

/// `import a.b` and `import a.c` both mean `a`.
fn origin(module: Option<&str>, name: &Name) -> Origin {
    let is_package = module.is_none() && name.alias.is_none();
    let what = if is_package { name.bound(false) } else { &name.name };
    (module.map(str::to_owned), what.to_owned())
}

fn shown((module, name): &Origin) -> String {
    format!("`{}`", module.as_deref().unwrap_or(name))
}

/// Adds the imports of `fragments` (name of the contributor and import statements) to a module.
///
/// # Errors
/// The module or a fragment is no Python, or one name is imported from two places.
pub fn add_imports(source: &str, fragments: &[(&str, &str)]) -> Result<String, JoinError> {
    if fragments.iter().all(|(_, text)| text.trim().is_empty()) {
        return Ok(source.to_owned());
    }
    let own = "this file";
    let mut module = Module::parse(source).map_err(|fault| JoinError::new(own, fault))?;
    let mut united = United::default();
    united.add(own, source, &mut module)?;
    for (piece, text) in fragments {
        let mut fragment = Module::parse(text).map_err(|fault| JoinError::new(piece, fault))?;
        united.add(piece, text, &mut fragment)?;
        if !fragment.body.trim().is_empty() {
            module.body = format!("{}\n{}", fragment.body.trim(), module.body.trim_start_matches('\n'));
        }
    }
    let imports = united.finish(std::mem::take(&mut module.body));
    Ok(Module { header: module.header, docstring: module.docstring, ..imports }.render())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imports_of_fragments_are_merged() {
        let source = "#!/usr/bin/env python\n\"\"\"Doc.\"\"\"\n\nfrom __future__ import annotations\n\nimport logging\n\n\
                      # Application\nlogger = logging.getLogger(__name__)\n";
        let fragments = [
            ("redis", "import logging\nfrom redis.asyncio import Redis as Redis\n"),
            (
                "http",
                "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from redis.asyncio import Redis\n    import httpx\n",
            ),
        ];
        let expected = "#!/usr/bin/env python\n\n\"\"\"Doc.\"\"\"\n\nfrom __future__ import annotations\n\nimport logging\n\
                        from redis.asyncio import Redis\nfrom typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    import httpx\n\n\
                        # Application\nlogger = logging.getLogger(__name__)\n";
        assert_eq!(add_imports(source, &fragments).unwrap(), expected);
    }

    #[test]
    fn without_fragments_nothing_changes() {
        let source = "import b\nimport a\n";
        assert_eq!(add_imports(source, &[("x", "\n")]).unwrap(), source);
    }

    #[test]
    fn the_flag_comes_and_goes_with_its_block() {
        let module = "from typing import TYPE_CHECKING, Any\n\nif TYPE_CHECKING:  # pragma: no cover\n    from a import B\n\nx: Any\n";
        let added = add_imports(module, &[("x", "from a import B\n")]).unwrap();
        assert_eq!(added, "from typing import Any\nfrom a import B\n\nx: Any\n");
        let added = add_imports("x = 1\n", &[("x", "if TYPE_CHECKING:\n    from a import B\n")]).unwrap();
        assert_eq!(
            added,
            "from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    from a import B\n\nx = 1\n"
        );
        let kept = add_imports(module, &[("x", "import os\n")]).unwrap();
        assert!(kept.contains("if TYPE_CHECKING:  # pragma: no cover\n    from a import B\n"), "{kept}");
    }

    #[test]
    fn one_name_from_two_places_is_an_error() {
        let error =
            add_imports("from a import B\n", &[("redis", "import os\nfrom c import B\n")]).unwrap_err();
        assert_eq!(
            error.to_string(),
            "redis:2:1: `B` is imported from `c` here, and from `a` in `this file`"
        );
        let fine = add_imports("import a.b\n", &[("x", "import a.c\nfrom d import *\nfrom e import *\n")]);
        assert_eq!(fine.unwrap(), "import a.b\nimport a.c\nfrom d import *\nfrom e import *\n");
    }

    #[test]
    fn comments_of_dropped_imports_stay() {
        let added =
            add_imports("import a\n\nx = 1\n", &[("y", "# why a\nimport a\nimport b  # noqa: F401\n")]);
        assert_eq!(added.unwrap(), "import a\n# why a\nimport b  # noqa: F401\n\nx = 1\n");
        let added = add_imports("import a\n\nx = 1\n", &[("y", "# why a\nimport a\n")]);
        assert!(added.unwrap().contains("# why a\n"));
    }
}
