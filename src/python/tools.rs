//! Whether a project lints or formats its Python: what nobody formats stays as it was written.

use toml::{Table, Value};

use super::requirement::Requirement;

/// The tools whose settings and packages count.
const TOOLS: [&str; 3] = ["ruff", "black", "isort"];

/// Whether the project with this `pyproject.toml` has settings of a tool, or one among its packages.
pub fn formats(pyproject: &str) -> bool {
    let Ok(pyproject) = toml::from_str::<Table>(pyproject) else { return false };
    let at = |path: &[&str]| path.iter().try_fold(&pyproject, |table, step| table.get(*step)?.as_table());
    let tool = at(&["tool"]);
    if tool.is_some_and(|tool| TOOLS.iter().any(|name| tool.contains_key(*name))) {
        return true;
    }
    let mut packages: Vec<String> = vec![];
    let lists = at(&["project"]).and_then(|project| project.get("dependencies")).into_iter();
    let groups = [at(&["project", "optional-dependencies"]), at(&["dependency-groups"])];
    for list in lists.chain(groups.into_iter().flatten().flat_map(Table::values)) {
        let texts = list.as_array().into_iter().flatten().filter_map(Value::as_str);
        packages.extend(texts.filter_map(|text| Some(Requirement::parse(text).ok()?.key())));
    }
    let poetry = at(&["tool", "poetry"]);
    let own = poetry.into_iter().flat_map(|it| [it.get("dependencies"), it.get("dev-dependencies")]);
    let groups = at(&["tool", "poetry", "group"]).into_iter().flat_map(Table::values);
    let tables = own.flatten().chain(groups.filter_map(|group| group.get("dependencies")));
    packages.extend(tables.filter_map(Value::as_table).flat_map(Table::keys).cloned());
    packages.iter().any(|name| TOOLS.contains(&name.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_and_packages_tell_of_tools() {
        let with = [
            "[tool.ruff]",
            "[tool.black]\nline-length = 79",
            "[project]\ndependencies = ['rich', 'Black[jupyter]>=24; python_version > \"3.9\"']",
            "[project.optional-dependencies]\ndev = ['isort']",
            "[dependency-groups]\ndev = [{include-group = 'x'}, 'ruff>=1']",
            "[tool.poetry.group.dev.dependencies]\nruff = '*'",
            "[tool.poetry.dev-dependencies]\nblack = '*'",
        ];
        for text in with {
            assert!(formats(text), "{text}");
        }
        for text in
            ["", "[project]\nname = 'ruff'\ndependencies = ['ruff-api']", "[tool.mypy]\nstrict = true"]
        {
            assert!(!formats(text), "{text}");
        }
    }
}
