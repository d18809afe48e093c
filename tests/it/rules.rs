//! Every rule of every preset can be broken, and is seen to be broken then.

use std::collections::BTreeMap;

use scaffold::{
    catalog,
    check::{self, Subject, glob_fits},
    plan::{self, Plan},
    preset::{FilesCheck, Rule, TextCheck},
    relpath::RelPath,
    render,
    space::{self, Extent},
    tree::{File, Tree},
};

#[test]
fn every_rule_is_seen_to_fail_once() {
    let library = catalog::embedded();
    let mut seen = 0;
    for name in library.presets() {
        let preset = library.preset(name).unwrap();
        let mut open: BTreeMap<&str, &Rule> =
            preset.value.rules.iter().map(|rule| (rule.id.as_str(), rule)).collect();
        assert!(!open.is_empty(), "{name} has no rules");
        for case in space::cases(&preset.value, &Extent { pairwise: true, ..Extent::default() }).unwrap() {
            let holds = |rule: &&Rule| rule.when.holds(&|name| case.answers.get(name), &|_| false);
            let rules: Vec<&Rule> = open.values().copied().filter(holds).collect();
            if rules.is_empty() {
                continue;
            }
            let plan =
                plan::build(&library, preset.clone(), case.answers.clone(), case.names.clone()).unwrap();
            let tree = render::project(&plan, &library).unwrap().tree;
            for rule in rules {
                let broken = broken(rule, &tree, &plan);
                let found = |tree: &Tree| {
                    check::run([rule], &Subject::new(tree, &plan.names.package, &plan.layout.value))
                };
                assert_eq!(found(&tree), [], "{name}: {}", rule.id);
                assert!(!found(&broken).is_empty(), "{name}: nothing breaks `{}`", rule.id);
                open.remove(rule.id.as_str());
                seen += 1;
            }
        }
        assert!(open.is_empty(), "{name}: never checked: {:?}", open.keys());
    }
    assert!(seen > 60, "{seen} rules");
}

/// The project with a mistake in it that the rule forbids.
fn broken(rule: &Rule, tree: &Tree, plan: &Plan) -> Tree {
    let mut it = Vandal { tree: tree.clone(), plan };
    if let Some(check) = &rule.files {
        it.files(check);
    } else if let Some(check) = &rule.text {
        it.text(check);
    } else if let Some(check) = &rule.requirements {
        match check.runtime.first().or(check.dev.first()) {
            Some(name) => it.edit("pyproject.toml", |text| without(text, &format!("\"{name}"))),
            None => it.edit("pyproject.toml", |text| {
                let more = format!("\ndependencies = [\n    \"{}>=1\",", check.forbidden[0]);
                text.replacen("\ndependencies = [", &more, 1)
            }),
        }
    } else if let Some(check) = &rule.pyproject {
        let absent = check.absent.first().map(|table| format!("[{table}]\nx = 1\n"));
        it.write("pyproject.toml", &format!("[project]\nname = \"x\"\n{}", absent.unwrap_or_default()));
    } else if let Some(check) = &rule.lines {
        it.write(&check.file, "");
    } else if rule.dockerfile.is_some() {
        let path = it.first(&["**/Dockerfile".to_owned()], &[]);
        it.write(&path, "FROM debian\nCMD x\n");
    } else if rule.compose.is_some() {
        it.write("docker-compose.yml", "services:\n  app:\n    image: debian\n");
    } else {
        it.code(rule);
    }
    it.tree
}

struct Vandal<'a> {
    tree: Tree,
    plan: &'a Plan,
}

impl Vandal<'_> {
    fn files(&mut self, check: &FilesCheck) {
        match check.present.first() {
            Some(glob) => {
                let glob = self.filled(glob);
                self.tree.retain(|path, _| !glob_fits(&glob, path.as_str()));
            }
            None => self.write(&self.filled(&check.absent[0]).replace("**", "x").replace('*', "x"), "x\n"),
        }
    }

    fn text(&mut self, check: &TextCheck) {
        let path = self.first(&check.files, &check.except);
        match check.absent.first() {
            Some(text) => self.append(&path, &format!("# {text}\n")),
            None => self.write(&path, ""),
        }
    }

    fn code(&mut self, rule: &Rule) {
        let python = ["**/*.py".to_owned()];
        let anywhere = |files: &[String]| if files.is_empty() { python.to_vec() } else { files.to_vec() };
        if let Some(check) = &rule.calls {
            let name = &check.absent[0];
            let import = name.rsplit_once('.').map_or_else(String::new, |(of, _)| format!("import {of}\n"));
            let path = self.first(&anywhere(&check.files), &check.except);
            self.append(&path, &format!("\n{import}{name}()\n"));
        } else if rule.layers.is_some() {
            let layers = &self.plan.layout.value.layers;
            let (outer, inner) = (&layers[0][0], &layers.last().unwrap()[0]);
            let package = &self.plan.names.package;
            let path =
                self.first(&[format!("src/{package}/{inner}/**"), format!("src/{package}/{inner}.py")], &[]);
            self.append(&path, &format!("\nfrom {package}.{} import x\n", outer.replace('/', ".")));
        } else if let Some(check) = &rule.limits {
            let path = self.first(&anywhere(&check.files), &check.except);
            self.append(&path, &format!("\n\ndef vandal() -> None:\n{}", "    print()\n".repeat(300)));
        } else {
            let of_docstrings = rule.docstrings.as_ref().map(|it| (&it.files, &it.except));
            let of_code =
                rule.annotations.as_ref().or(rule.placeholders.as_ref()).map(|it| (&it.files, &it.except));
            let (files, except) = of_docstrings.or(of_code).unwrap();
            let path = self.first(&anywhere(files), except);
            self.append(&path, "\n\ndef vandal(a):\n    ...\n");
        }
    }

    fn filled(&self, glob: &str) -> String {
        glob.replace("{package}", &self.plan.names.package)
    }

    /// The first file that has something in it and fits.
    fn first(&self, globs: &[String], except: &[String]) -> String {
        let fits = |globs: &[String], path: &str| globs.iter().any(|it| glob_fits(&self.filled(it), path));
        let wanted = |path: &str| fits(globs, path) && !fits(except, path);
        let found = self.tree.iter().find(|(path, file)| wanted(path.as_str()) && !file.contents.is_empty());
        found.unwrap_or_else(|| panic!("no file fits {globs:?}")).0.to_string()
    }

    fn write(&mut self, path: &str, text: &str) {
        self.tree.insert(RelPath::new(path).unwrap(), File::text(text));
    }

    fn append(&mut self, path: &str, text: &str) {
        self.edit(path, |old| format!("{old}{text}"));
    }

    fn edit(&mut self, path: &str, change: impl FnOnce(&str) -> String) {
        let old = self.tree[&RelPath::new(path).unwrap()].as_text().unwrap().to_owned();
        self.write(path, &change(&old));
    }
}

/// The text without the lines that hold `part`.
fn without(text: &str, part: &str) -> String {
    text.lines().filter(|line| !line.contains(part)).map(|line| format!("{line}\n")).collect()
}
