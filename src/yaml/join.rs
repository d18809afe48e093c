//! Documents put together from several files: nodes keep the place they come from.

use super::node::{Key, Kind, Node};

impl Node {
    /// The same node, with the numbers of its files raised by `by`.
    #[must_use]
    pub fn shifted(mut self, by: usize) -> Self {
        self.file += by;
        match &mut self.kind {
            Kind::Scalar { .. } => {}
            Kind::List(items) => {
                *items = std::mem::take(items).into_iter().map(|it| it.shifted(by)).collect();
            }
            Kind::Map(pairs) => {
                let raised = std::mem::take(pairs)
                    .into_iter()
                    .map(|(key, node)| (Key { file: key.file + by, ..key }, node.shifted(by)));
                *pairs = raised.collect();
            }
        }
        self
    }

    /// Keys and values of a map; of anything else none.
    pub fn pairs(&self) -> &[(Key, Self)] {
        match &self.kind {
            Kind::Map(pairs) => pairs,
            _ => &[],
        }
    }

    /// The entries of a list; of anything else none.
    pub fn items(&self) -> &[Self] {
        match &self.kind {
            Kind::List(items) => items,
            _ => &[],
        }
    }
}

/// Maps joined by key down to `depth`; below it, and where either is no map, `own` outranks `base`.
///
/// Keys keep the order of `base`, new ones follow.
pub fn joined(base: &Node, own: &Node, depth: usize) -> Node {
    let (Kind::Map(below), Kind::Map(above), true) = (&base.kind, &own.kind, depth > 0) else {
        return own.clone();
    };
    let mut pairs: Vec<(Key, Node)> = below
        .iter()
        .map(|(key, node)| match above.iter().find(|(it, _)| it.name == key.name) {
            Some((key, own)) => (key.clone(), joined(node, own, depth - 1)),
            None => (key.clone(), node.clone()),
        })
        .collect();
    let new = above.iter().filter(|(key, _)| base.key(&key.name).is_none());
    pairs.extend(new.cloned());
    Node { kind: Kind::Map(pairs), ..own.clone() }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::{
        source::Source,
        yaml::{de, parse},
    };

    fn read(text: &str) -> Node {
        parse(&Source::new("t", text)).unwrap()
    }

    fn value(node: &Node) -> Value {
        de::read(node).unwrap()
    }

    #[test]
    fn maps_join_to_a_depth_and_keep_their_files() {
        let base = read("a: {x: 1, y: {p: 1}}\nb: [1]\n");
        let own = read("a: {y: {q: 2}, z: 3}\nb: [2]\n");
        let both = joined(&base.clone().shifted(1), &own, 2);
        assert_eq!(value(&both), serde_json::json!({"a": {"x": 1, "y": {"q": 2}, "z": 3}, "b": [2]}));
        assert_eq!(both.get("a").unwrap().get("x").unwrap().file, 1);
        assert_eq!(both.get("a").unwrap().get("z").unwrap().file, 0);
        assert_eq!(value(&joined(&base, &own, 1)), value(&own));
    }
}
