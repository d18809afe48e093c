//! Makes Python text look as the project's own linter and formatter want it.

use std::{
    borrow::Cow,
    fmt,
    path::{Path, PathBuf},
};

use ruff_linter::{
    linter::{LinterResult, ParseSource, lint_only},
    package::PackageRoot,
    registry::Rule,
    settings::{LinterSettings, fix_safety_table::FixSafetyTable, flags::Noqa, rule_table::RuleTable},
    source_kind::SourceKind,
};
use ruff_python_ast::PySourceType;
use ruff_python_formatter::{FormatModuleError, format_module_source};
use ruff_workspace::{FormatterSettings, Settings};

use super::{
    fault::{self, Fault, syntax_error},
    fixes,
    leftovers::{drop_empty_blocks, drop_useless},
    modules::Modules,
    settings::{self, ROOT},
};
use crate::{error::Result as Outcome, source::Source, work};

/// No file needs as many rounds; a rule that undoes another one shall not run for ever.
const MAX_ROUNDS: usize = 32;

/// The project's own linter and formatter, in memory.
pub struct Tidy {
    pub(super) settings: Settings,
    pub(super) modules: Modules,
    /// Unused, unsorted and (where the project has such) required imports, and quotes that those make needless.
    imports: LinterSettings,
    /// Unsorted imports only.
    sorted: LinterSettings,
    /// For `__init__.py`, where an unused import may be an export: as the project wants it.
    markers: LinterSettings,
}

impl fmt::Debug for Tidy {
    // The settings fill pages.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tidy").finish_non_exhaustive()
    }
}

impl Tidy {
    /// Reads the project's settings from the text of its `pyproject.toml`; `first_party` names its own top-level
    /// modules, with everything below them. Everything else that is not in the standard library is third-party.
    ///
    /// # Errors
    /// Ruff would refuse the settings.
    pub fn new(pyproject: &str, first_party: &[String]) -> Outcome<Self> {
        Self::with(pyproject, Modules::named(first_party))
    }

    /// As [`Tidy::new`], for a project whose files are at `paths`: what is first-party, and which folders are
    /// packages, is then exactly what ruff would find on the disk.
    ///
    /// # Errors
    /// Ruff would refuse the settings.
    pub fn for_tree<'a>(pyproject: &str, paths: impl IntoIterator<Item = &'a str>) -> Outcome<Self> {
        Self::with(pyproject, Modules::in_tree(paths))
    }

    fn with(pyproject: &str, modules: Modules) -> Outcome<Self> {
        let settings = settings::read(pyproject, &modules)?;
        let wanted = |rule| settings.linter.rules.enabled(rule);
        let only = |rules: &[Rule]| LinterSettings {
            rules: rules.iter().copied().collect::<RuleTable>(),
            fix_safety: FixSafetyTable::default(),
            ..settings.linter.clone()
        };
        let mut rules = vec![Rule::UnsortedImports];
        let demanded = [Rule::MissingRequiredImport, Rule::QuotedAnnotation];
        rules.extend(demanded.into_iter().filter(|rule| wanted(*rule)));
        let required = only(&rules);
        rules.push(Rule::UnusedImport);
        let imports = only(&rules);
        let markers = if wanted(Rule::UnusedImport) { imports.clone() } else { required };
        let sorted = only(&[Rule::UnsortedImports]);
        Ok(Self { settings, modules, imports, sorted, markers })
    }

    /// Removes unused imports, groups and sorts the others, and formats.
    ///
    /// # Errors
    /// The text is no Python.
    pub fn tidy(&self, path: &str, source: &str) -> Result<String, Fault> {
        let file = absolute(path);
        let is_marker = path.ends_with("__init__.py");
        let rules = if is_marker { &self.markers } else { &self.imports };
        // In a package marker `x as x` says that the name is exported.
        let shorter = if is_marker { None } else { drop_useless(source) };
        let mut text = shorter.map_or(Cow::Borrowed(source), Cow::Owned);
        for _ in 0..MAX_ROUNDS {
            let found = self.check(&file, path, &text, rules)?;
            let (unused, others): (Vec<_>, Vec<_>) = found
                .diagnostics
                .iter()
                .filter(|diagnostic| diagnostic.fix().is_some())
                .partition(|diagnostic| diagnostic.name() == Rule::UnusedImport.name().as_str());
            // Removing and sorting touch the same lines: first the one, then the other.
            let removed = fixes::apply(&text, unused.iter().filter_map(|diagnostic| diagnostic.fix()));
            if let Some(fixed) = removed {
                // What an import had hidden may turn out to be unused as well: look again.
                text = Cow::Owned(drop_empty_blocks(&fixed.text).unwrap_or(fixed.text));
                continue;
            }
            let Some(fixed) = fixes::apply(&text, others.iter().filter_map(|diagnostic| diagnostic.fix()))
            else {
                break;
            };
            text = Cow::Owned(fixed.text);
            let inserted = others.iter().any(|other| other.name() != Rule::UnsortedImports.name().as_str());
            if !fixed.unfinished && !inserted {
                break;
            }
        }
        self.format(path, &text)
    }

    /// As [`Tidy::tidy`], for a rendered file: what exceeds the limits of work is told of it.
    ///
    /// # Errors
    /// The text is no Python.
    pub fn tidy_rendered(&self, path: &str, source: &str) -> Result<String, Fault> {
        work::on(&Source::new(format!("{path} (as rendered)"), source), || self.tidy(path, source))
    }

    /// Groups and sorts the imports of a piece of code that stands within the file at `path`, and formats it for
    /// lines that are `indent` shorter.
    pub(super) fn snippet(&self, path: &str, code: &str, indent: usize) -> Result<String, Fault> {
        let found = self.check(&absolute(path), path, code, &self.sorted)?;
        let fixed = fixes::apply(code, found.diagnostics.iter().filter_map(|diagnostic| diagnostic.fix()));
        let mut formatter = self.settings.formatter.clone();
        let width = self.line_width().saturating_sub(indent).max(1);
        if let Some(width) = u16::try_from(width).ok().and_then(|width| width.try_into().ok()) {
            formatter.line_width = width;
        }
        Self::formatted(&formatter, path, fixed.as_ref().map_or(code, |fixed| &fixed.text))
    }

    /// The longest line that the formatter writes.
    pub(super) fn line_width(&self) -> usize {
        usize::from(self.settings.formatter.line_width.value())
    }

    pub(super) fn check(
        &self,
        file: &Path,
        path: &str,
        text: &str,
        rules: &LinterSettings,
    ) -> Result<LinterResult, Fault> {
        let kind = kind(file);
        let source = SourceKind::Python { code: text.to_owned(), is_stub: kind.is_stub() };
        let package = self.modules.package_root(path).map(|folder| Path::new(ROOT).join(folder));
        let package = package.as_deref().map(PackageRoot::root);
        let found = lint_only(file, package, rules, Noqa::Enabled, &source, kind, ParseSource::None);
        if found.has_invalid_syntax() { Err(first_error(text)) } else { Ok(found) }
    }

    /// Formats, and nothing else.
    ///
    /// # Errors
    /// The text is no Python.
    pub fn format(&self, path: &str, source: &str) -> Result<String, Fault> {
        Self::formatted(&self.settings.formatter, path, source)
    }

    fn formatted(settings: &FormatterSettings, path: &str, source: &str) -> Result<String, Fault> {
        let path = absolute(path);
        let options = settings.to_format_options(kind(&path), source, Some(&path));
        match format_module_source(source, options) {
            Ok(printed) => Ok(printed.into_code()),
            Err(FormatModuleError::ParseError(error)) => Err(syntax_error(source, &error)),
            Err(error) => Err(Fault::at(source, 0, error.to_string())),
        }
    }
}

/// The path as ruff sees it.
pub(super) fn absolute(path: &str) -> PathBuf {
    Path::new(ROOT).join(path)
}

fn kind(path: &Path) -> PySourceType {
    PySourceType::from(path)
}

fn first_error(text: &str) -> Fault {
    fault::parse(text).err().unwrap_or_else(|| Fault::at(text, 0, "syntax error"))
}
