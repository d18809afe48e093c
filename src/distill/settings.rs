//! Tool settings: taken over as the document has them, but for what cannot work.

use indexmap::IndexMap;

use super::{data::Data, report::Report};
use crate::{
    facts::{Facts, Field},
    python::tidy::Tidy,
    toml::{Edit, Tables},
};

/// The settings of tools.
#[derive(Debug, Clone, Default)]
pub(super) struct Settings {
    /// The tables.
    pub(super) tables: Tables,
    /// The line of each table that the document has.
    pub(super) lines: IndexMap<String, usize>,
    /// Packages that the settings need.
    pub(super) needs: Vec<(String, usize)>,
}

/// What the settings are fitted to.
#[derive(Debug, Clone)]
pub(super) struct Fit<'a> {
    /// The oldest Python of the project, such as `3.12`.
    pub(super) python: &'a str,
    /// The folder of the code as tools see it: `src`, `app`, `{package}`.
    pub(super) code: &'a str,
    /// Components that take part.
    pub(super) components: &'a [String],
    /// Fields of which the document speaks without naming a value.
    pub(super) spoken: Vec<Field>,
}

/// The tables of the document that a component of the project reads.
pub(super) fn take(facts: &Facts, fit: &Fit<'_>, data: &Data, report: &mut Report) -> Settings {
    let mut settings = Settings::default();
    for block in &facts.toml {
        for (path, component) in &data.tables {
            if !fit.components.contains(component) {
                continue;
            }
            let before = settings.tables.keys(path).len();
            for clash in settings.tables.add(&block.text, path) {
                let what =
                    format!("`{}`: {} taken, not {}", clash.path, shorter(&clash.new), shorter(&clash.old));
                let earlier = settings.lines.get(path).copied().unwrap_or(block.first);
                report.resolve(what, &[header(block.first, &block.text, path), earlier], "the later word");
            }
            if settings.tables.keys(path).len() > before {
                let line = header(block.first, &block.text, path);
                settings.lines.entry(path.clone()).or_insert(line);
            }
        }
    }
    if !settings.lines.is_empty() {
        let names: Vec<String> = settings.lines.keys().map(|it| format!("`{it}`")).collect();
        let lines: Vec<usize> = settings.lines.values().copied().collect();
        report.understand(format!("settings taken over: {}", names.join(", ")), &lines);
    }
    left_out(facts, fit, data, report);
    settings
}

/// The tables that are not taken, each with the reason.
fn left_out(facts: &Facts, fit: &Fit<'_>, data: &Data, report: &mut Report) {
    let mut seen: IndexMap<String, (Vec<usize>, String)> = IndexMap::new();
    for key in &facts.toml_keys {
        let parts: Vec<&str> = key.path.split('.').collect();
        let table =
            parts.iter().take(if parts[0] == "tool" { 2 } else { 1 }).copied().collect::<Vec<_>>().join(".");
        let taken = data.tables.iter().any(|(path, component)| {
            fit.components.contains(component)
                && (key.path.starts_with(&format!("{path}.")) || key.path == *path)
        });
        if taken {
            continue;
        }
        let why = data.tables_left.get(&table).cloned();
        let why = why.unwrap_or_else(|| format!("nothing in the project reads `{table}`"));
        seen.entry(table).or_insert((vec![], why)).0.push(key.line);
    }
    for (table, (lines, why)) in seen {
        report.leave(format!("the settings `{table}`"), &lines, why);
    }
}

/// The line of the header of `table` in a block, else of its first key's block.
fn header(first: usize, text: &str, table: &str) -> usize {
    let wanted = format!("[{table}");
    let found = text.lines().position(|line| line.trim_start().starts_with(&wanted));
    first + found.unwrap_or(0)
}

/// Mends what cannot work: versions below the project's, names of rules, packages that stand for ours.
pub(super) fn mend(settings: &mut Settings, fit: &Fit<'_>, data: &Data, report: &mut Report) {
    versions(settings, fit, report);
    black(settings, fit, report);
    placeholders(settings, fit, data, report);
    plugins(settings, data, report);
    codes(settings, data, report);
    keys(settings, report);
    options(settings, data);
}

fn line(settings: &Settings, path: &str) -> Vec<usize> {
    let table =
        settings.lines.iter().find(|(table, _)| path == *table || path.starts_with(&format!("{table}.")));
    table.map(|(_, line)| *line).into_iter().collect()
}

fn versions(settings: &mut Settings, fit: &Fit<'_>, report: &mut Report) {
    let tag = format!("py{}", fit.python.replace('.', ""));
    for (path, wanted) in
        [("tool.ruff.target-version", tag.as_str()), ("tool.mypy.python_version", fit.python)]
    {
        let Some(stated) = settings.tables.text_at(path) else { continue };
        if minor(&stated) < minor(wanted) {
            settings.tables.set(path, &format!("\"{wanted}\""));
            let why = "the project needs that Python, and its code uses what it has";
            report.correct(format!("`{path}`: `{stated}` becomes `{wanted}`"), &line(settings, path), why);
        }
    }
}

/// The versions that black reads: those below the project's cannot be told from its own.
fn black(settings: &mut Settings, fit: &Fit<'_>, report: &mut Report) {
    const PATH: &str = "tool.black.target-version";
    let Some(stated) = settings.tables.text_at(PATH) else { return };
    let tag = format!("py{}", fit.python.replace('.', ""));
    let versions = stated.split(|c: char| !c.is_ascii_alphanumeric()).filter(|it| it.starts_with("py"));
    if versions.clone().any(|it| minor(it) < minor(&tag)) {
        settings.tables.set(PATH, &format!("[\"{tag}\"]"));
        let shown: Vec<&str> = versions.collect();
        let what = format!("`{PATH}`: `{}` becomes `{tag}`", shown.join(", "));
        report.correct(
            what,
            &line(settings, PATH),
            "the project needs that Python, and its code uses what it has",
        );
    }
}

/// The minor version in `py311` or `3.11`.
pub(super) fn minor(text: &str) -> u32 {
    let digits = text.trim_start_matches(|c: char| !c.is_ascii_digit());
    let rest = digits.strip_prefix("3.").or_else(|| digits.strip_prefix('3')).unwrap_or("0");
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    rest[..end].parse().unwrap_or(0)
}

/// Names of example packages become the package of the project.
fn placeholders(settings: &mut Settings, fit: &Fit<'_>, data: &Data, report: &mut Report) {
    let example = |name: &str| {
        let name = name.trim_end_matches(['*', '/']).trim_start_matches("./");
        let last = name.rsplit('/').next().unwrap_or(name);
        let ours = name == fit.code || name == "tests" || name == ".";
        let package =
            name != "src" && name.starts_with("src/") || data.package_words.iter().any(|it| it == last);
        !ours && package
    };
    let mut changed: Vec<(String, String)> = vec![];
    let mut change = |path: &str, text: &str| {
        let key = path.rsplit('.').next().unwrap_or(path);
        let new = match key {
            "known-first-party" if example(text) => "{package}".to_owned(),
            "source" | "packages" | "files" | "pythonpath" | "source_pkgs" if example(text) => {
                fit.code.to_owned()
            }
            "addopts" => words(text, &|word| {
                let package = word.strip_prefix("--cov=")?;
                (package != fit.code && package != "tests").then(|| format!("--cov={}", fit.code))
            }),
            _ => return Edit::Keep,
        };
        if new == text {
            return Edit::Keep;
        }
        changed.push((path.to_owned(), format!("`{text}` becomes `{new}`")));
        Edit::Replace(new)
    };
    settings.tables.edit("tool", &mut change);
    for (path, what) in changed {
        let why = "the name stands for the package of the project";
        report.correct(format!("`{path}`: {what}"), &line(settings, &path), why);
    }
}

fn words(text: &str, change: &dyn Fn(&str) -> Option<String>) -> String {
    let changed: Vec<String> =
        text.split(' ').map(|word| change(word).unwrap_or_else(|| word.to_owned())).collect();
    changed.join(" ")
}

fn plugins(settings: &mut Settings, data: &Data, report: &mut Report) {
    let mut gone: Vec<(String, &'static str)> = vec![];
    settings.tables.edit("tool.mypy", &mut |path, text| {
        let folder = text.trim_matches(['^', '/', '$', '*', '.']);
        if path == "tool.mypy.plugins" && !data.mypy_plugins.iter().any(|it| it == text) {
            gone.push((
                format!("the plugin `{text}` of mypy"),
                "nothing here needs it, or it no longer exists",
            ));
            return Edit::Drop;
        }
        if path == "tool.mypy.exclude" && ["tests", "alembic", "migrations", "src"].contains(&folder) {
            let why = "the files to check are listed, and mypy fails when all of a folder are left out";
            gone.push((format!("the exclusion `{text}` of mypy"), why));
            return Edit::Drop;
        }
        Edit::Keep
    });
    for (what, why) in gone {
        report.correct(format!("{what} is left out"), &line(settings, "tool.mypy"), why);
    }
}

/// Rule codes that are renamed, or that the linter does not know.
fn codes(settings: &mut Settings, data: &Data, report: &mut Report) {
    const KEYS: [&str; 10] = [
        "select",
        "ignore",
        "extend-select",
        "extend-ignore",
        "fixable",
        "unfixable",
        "extend-fixable",
        "per-file-ignores",
        "extend-per-file-ignores",
        "extend-safe-fixes",
    ];
    let mut told: Vec<(String, &'static str)> = vec![];
    let mut change = |path: &str, code: &str| {
        if !path.split('.').any(|part| KEYS.contains(&part)) {
            return Edit::Keep;
        }
        let letters = code.trim_end_matches(|c: char| c.is_ascii_digit());
        let renamed = data.ruff_renamed.get(code).cloned().or_else(|| {
            let family = data.ruff_renamed.get(letters).filter(|_| letters.len() < code.len())?;
            Some(format!("{family}{}", &code[letters.len()..]))
        });
        if let Some(new) = renamed {
            let what = format!("the rule `{code}` of Ruff is called `{new}` today");
            // What the linter still takes under its old name stays as the document writes it.
            if is_known(code) {
                told.push((what, "it stays as it is written; Ruff takes both names"));
                return Edit::Keep;
            }
            told.push((what, "it was renamed"));
            return Edit::Replace(new);
        }
        if is_known(code) {
            return Edit::Keep;
        }
        told.push((format!("the rule `{code}` of Ruff is left out"), "the linter no longer knows it"));
        Edit::Drop
    };
    settings.tables.edit("tool.ruff", &mut change);
    told.dedup();
    for (what, why) in told {
        report.correct(what, &line(settings, "tool.ruff"), why);
    }
}

fn is_known(code: &str) -> bool {
    let text = format!("[tool.ruff.lint]\nselect = [{}]\n", serde_json::Value::from(code));
    Tidy::new(&text, &[]).is_ok()
}

/// Keys that the linter refuses.
fn keys(settings: &mut Settings, report: &mut Report) {
    if Tidy::new(&settings.tables.text(), &[]).is_ok() {
        return;
    }
    let mut paths: Vec<String> =
        settings.tables.keys("tool.ruff.lint").iter().map(|it| format!("lint.{it}")).collect();
    paths.extend(settings.tables.keys("tool.ruff"));
    for path in paths.iter().map(|it| format!("tool.ruff.{it}")) {
        let mut without = settings.tables.clone();
        without.remove(&path);
        if Tidy::new(&settings.tables.text(), &[]).is_err() && Tidy::new(&without.text(), &[]).is_ok() {
            settings.tables = without;
            let why = "the linter refuses it";
            report.correct(format!("`{path}` is left out"), &line(settings, "tool.ruff"), why);
        }
    }
    if Tidy::new(&settings.tables.text(), &[]).is_err() {
        settings.tables.remove("tool.ruff");
        report.leave("the settings `tool.ruff`", &line(settings, "tool.ruff"), "the linter refuses them");
    }
}

/// The packages that settings of pytest need.
fn options(settings: &mut Settings, data: &Data) {
    const TABLE: &str = "tool.pytest.ini_options";
    let at = settings.lines.get(TABLE).copied().unwrap_or(0);
    let mut found: Vec<String> = settings.tables.keys(TABLE);
    let mut see = |path: &str, text: &str| {
        if path.ends_with(".addopts") {
            found.extend(
                text.split_whitespace().map(|word| word.split('=').next().unwrap_or(word).to_owned()),
            );
        }
        Edit::Keep
    };
    settings.tables.edit(TABLE, &mut see);
    for (word, package) in &data.pytest_needs {
        let begins = |it: &String| it == word || (word.starts_with("--") && it.starts_with(word.as_str()));
        if found.iter().any(begins) && !settings.needs.iter().any(|(known, _)| known == package) {
            settings.needs.push((package.clone(), at));
        }
    }
}

/// Takes away what needs a package that cannot be had.
pub(super) fn without(settings: &mut Settings, package: &str, data: &Data, report: &mut Report) {
    const TABLE: &str = "tool.pytest.ini_options";
    let words: Vec<&String> = data.pytest_needs.iter().filter(|it| it.1 == package).map(|it| it.0).collect();
    for key in words.iter().filter(|word| !word.starts_with('-')) {
        settings.tables.remove(&format!("{TABLE}.{key}"));
    }
    // A value may follow its option as a word of its own, also as the next text of a list.
    let mut value_follows = false;
    settings.tables.edit(TABLE, &mut |path, text| {
        if !path.ends_with(".addopts") {
            return Edit::Keep;
        }
        let mut rest: Vec<&str> = vec![];
        for word in text.split_whitespace() {
            let option = word.split('=').next().unwrap_or(word);
            let hit = words
                .iter()
                .any(|it| option == it.as_str() || it.starts_with("--") && option.starts_with(it.as_str()));
            if !hit && (!value_follows || word.starts_with('-')) {
                rest.push(word);
            }
            value_follows = hit && !word.contains('=');
        }
        match rest.join(" ") {
            left if left == text => Edit::Keep,
            left if left.is_empty() => Edit::Drop,
            left => Edit::Replace(left),
        }
    });
    let what = format!("settings of pytest for `{package}`");
    report.leave(what, &line(settings, TABLE), "the package is not part of the project");
}

/// A value for a sentence.
fn shorter(text: &str) -> String {
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let cut: String = flat.chars().take(60).collect();
    format!("`{}{}`", cut.replace('`', "'"), if cut.len() < flat.len() { " …" } else { "" })
}
