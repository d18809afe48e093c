//! What a preset states over the one that it extends: the rules for every key.

use crate::{
    error::Mistake,
    source::Source,
    toml,
    yaml::{self, Key, Kind, Node},
};

use super::{Named, Preset};

/// Keys that change a base and are not part of what comes out.
pub(super) const CHANGES: [&str; 2] = ["remove", "clear"];

/// A preset that extends another.
pub(super) struct Overlay<'a> {
    source: &'a Source,
    own: &'a Node,
    mistakes: Vec<Mistake>,
}

impl<'a> Overlay<'a> {
    pub(super) fn read(source: &'a Source, own: &'a Node) -> Self {
        Self { source, own, mistakes: vec![] }
    }

    /// The nodes of both, the own file first, and what the preset changes although it is not there.
    pub(super) fn over(mut self, base: &Named<Preset>) -> (Node, Vec<Mistake>) {
        let cleared: Vec<&str> = texts(self.own.get("clear"));
        let left: Vec<(Key, Node)> = base
            .root
            .clone()
            .shifted(1)
            .pairs()
            .iter()
            .filter(|(key, _)| key.name != "extends" && !cleared.contains(&key.name.as_str()))
            .cloned()
            .collect();
        let left = Node { span: 0..0, file: 1, kind: Kind::Map(left) };
        let left = self.without(left);
        let mut pairs: Vec<(Key, Node)> = vec![];
        for (key, node) in left.pairs() {
            match self.own.pairs().iter().find(|(it, _)| it.name == key.name) {
                Some((own_key, own)) => pairs.push((own_key.clone(), put_together(&key.name, node, own))),
                None => pairs.push((key.clone(), node.clone())),
            }
        }
        let is_new = |key: &Key| left.key(&key.name).is_none() && !CHANGES.contains(&key.name.as_str());
        pairs.extend(self.own.pairs().iter().filter(|(key, _)| is_new(key)).cloned());
        (Node { kind: Kind::Map(pairs), ..self.own.clone() }, self.mistakes)
    }

    /// The base without what `remove` names.
    fn without(&mut self, mut base: Node) -> Node {
        let Some(remove) = self.own.get("remove") else { return base };
        for (key, names) in remove.pairs() {
            if key.name == "choices" {
                for (question, values) in names.pairs() {
                    let questions = entry(&mut base, "questions").and_then(|it| entry(it, &question.name));
                    self.remove_from(questions.and_then(|it| entry(it, "choices")), "choices", values);
                }
            } else {
                self.remove_from(entry(&mut base, &key.name), &key.name, names);
            }
        }
        base
    }

    fn remove_from(&mut self, list: Option<&mut Node>, what: &str, names: &Node) {
        let Some(list) = list else {
            for name in names.items() {
                self.report(name, what, &[]);
            }
            return;
        };
        for name in names.items() {
            let text = name.text().unwrap_or_default();
            let known = known(what, list);
            let is_there = match what {
                "pyproject" => toml::remove(list.text().unwrap_or_default(), text).map(|left| {
                    list.kind = Kind::Scalar { text: left, plain: false };
                }),
                _ => known.iter().any(|it| it == text).then(|| drop_entries(what, list, text)),
            };
            if is_there.is_none() {
                self.report(name, what, &known);
            }
        }
    }

    fn report(&mut self, name: &Node, what: &str, known: &[String]) {
        let text = name.text().unwrap_or_default();
        let title = format!("the base has no `{text}` in its `{what}`");
        let mistake = Mistake::new("extends-remove", title, self.source, name.span.clone());
        self.mistakes.push(mistake.suggest(text, known.iter().map(String::as_str)));
    }
}

fn entry<'n>(node: &'n mut Node, name: &str) -> Option<&'n mut Node> {
    match &mut node.kind {
        Kind::Map(pairs) => pairs.iter_mut().find(|(key, _)| key.name == name).map(|(_, node)| node),
        _ => None,
    }
}

/// The texts of a list.
fn texts(node: Option<&Node>) -> Vec<&str> {
    node.map(Node::items).unwrap_or_default().iter().filter_map(Node::text).collect()
}

/// The names that can be removed from a key of a preset.
fn known(what: &str, list: &Node) -> Vec<String> {
    match what {
        "components" => {
            let uses = list.items().iter().filter_map(|it| it.get("use")).flat_map(Node::items);
            uses.filter_map(Node::text).map(str::to_owned).collect()
        }
        "rules" => list.items().iter().filter_map(|it| it.get("id")?.text()).map(str::to_owned).collect(),
        "dependencies" => {
            list.pairs().iter().flat_map(|(_, group)| group.items()).filter_map(package).collect()
        }
        _ => {
            let keys = list.pairs().iter().map(|(key, _)| key.name.clone());
            keys.chain(list.items().iter().filter_map(name_of).map(str::to_owned)).collect()
        }
    }
}

/// Takes `name` out of a key of a preset; it is there.
fn drop_entries(what: &str, list: &mut Node, name: &str) {
    match (&mut list.kind, what) {
        (Kind::List(items), "components") => {
            for item in items.iter_mut() {
                if let Some(Kind::List(names)) = entry(item, "use").map(|it| &mut it.kind) {
                    names.retain(|it| it.text() != Some(name));
                }
            }
            items.retain(|it| it.get("use").is_none_or(|names| !names.items().is_empty()));
        }
        (Kind::List(items), "rules") => {
            items.retain(|it| it.get("id").and_then(Node::text) != Some(name));
        }
        (Kind::Map(groups), "dependencies") => {
            for (_, group) in groups {
                if let Kind::List(items) = &mut group.kind {
                    items.retain(|it| package(it).as_deref() != Some(name));
                }
            }
        }
        (Kind::List(items), _) => items.retain(|it| name_of(it) != Some(name)),
        (Kind::Map(pairs), _) => pairs.retain(|(key, _)| key.name != name),
        (Kind::Scalar { .. }, _) => {}
    }
}

/// The name of an entry: its text, or that of the layout which it offers.
fn name_of(node: &Node) -> Option<&str> {
    node.text().or_else(|| node.get("layout")?.text())
}

/// The normal name of a package, as in `psycopg` for `Psycopg[binary]>=3`.
fn package(node: &Node) -> Option<String> {
    let text = node.text().or_else(|| node.get("name")?.text())?;
    let end = text.find(|c: char| !(c.is_alphanumeric() || "-_.".contains(c))).unwrap_or(text.len());
    Some(text[..end].to_lowercase().replace(['_', '.'], "-"))
}

/// One key of both.
fn put_together(name: &str, base: &Node, own: &Node) -> Node {
    match name {
        "style" | "cites" => yaml::joined(base, own, 1),
        "questions" => questions(base, own),
        "python" | "layouts" | "exact" => {
            let named: Vec<Option<&str>> = own.items().iter().map(name_of).collect();
            let rest = base.items().iter().filter(|it| !named.contains(&name_of(it)));
            list(own, own.items().iter().chain(rest))
        }
        "components" | "after" => list(own, base.items().iter().chain(own.items())),
        "rules" => rules(base, own),
        "dependencies" => {
            let joined = own.pairs().iter().map(|(key, group)| {
                let below = base.get(&key.name).map(Node::items).unwrap_or_default();
                let named: Vec<Option<String>> = group.items().iter().map(package).collect();
                let below = below.iter().filter(|it| !named.contains(&package(it)));
                (key.clone(), list(group, below.chain(group.items())))
            });
            let joined = Node { kind: Kind::Map(joined.collect()), ..own.clone() };
            yaml::joined(base, &joined, 1)
        }
        "pyproject" => {
            let text = |node: &Node| node.text().unwrap_or_default().to_owned();
            // A text that is no TOML is told as such where it is read.
            let joined = toml::overlay(&text(base), &text(own)).unwrap_or_else(|| text(own));
            Node { kind: Kind::Scalar { text: joined, plain: false }, ..own.clone() }
        }
        _ => own.clone(),
    }
}

fn list<'n>(place: &Node, items: impl Iterator<Item = &'n Node>) -> Node {
    Node { kind: Kind::List(items.cloned().collect()), ..place.clone() }
}

/// Questions join by name, their fields replace those of the base, their choices join by value.
fn questions(base: &Node, own: &Node) -> Node {
    let mut all = yaml::joined(base, own, 1);
    let Kind::Map(pairs) = &mut all.kind else { return all };
    for (key, node) in pairs {
        let (Some(below), Some(above)) = (base.get(&key.name), own.get(&key.name)) else { continue };
        *node = yaml::joined(below, above, 1);
        if let (Some(below), Some(above)) = (below.get("choices"), above.get("choices"))
            && let Some(choices) = entry(node, "choices")
        {
            *choices = yaml::joined(below, above, 1);
        }
    }
    all
}

/// A rule with the `id` of one of the base stands in its place.
fn rules(base: &Node, own: &Node) -> Node {
    let id = |node: &Node| node.get("id").and_then(Node::text).map(str::to_owned);
    let replacing = |below: &Node| own.items().iter().find(|it| id(it).is_some() && id(it) == id(below));
    let below = base.items().iter().map(|it| replacing(it).unwrap_or(it));
    let known: Vec<Option<String>> = base.items().iter().map(id).collect();
    let new = own.items().iter().filter(|it| !known.contains(&id(it)));
    list(own, below.chain(new))
}
