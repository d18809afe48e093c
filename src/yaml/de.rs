//! Nodes into types: serde reads the nodes that were already read with their places, by the rules of YAML 1.2.

use std::fmt;

use serde::{
    Deserializer,
    de::{
        self, DeserializeOwned, IntoDeserializer, Visitor,
        value::{MapAccessDeserializer, MapDeserializer, SeqDeserializer},
    },
    forward_to_deserialize_any,
};

use super::{
    node::{Kind, Node},
    scalar::is_ambiguous,
};

/// What does not fit its type, and the innermost node that it stands in.
#[derive(Debug)]
pub(super) struct Misfit<'a> {
    pub(super) message: String,
    pub(super) node: Option<&'a Node>,
}

impl fmt::Display for Misfit<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Misfit<'_> {}

impl de::Error for Misfit<'_> {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self { message: message.to_string(), node: None }
    }
}

/// A node as a `T`.
///
/// # Errors
/// It does not fit.
pub(super) fn read<T: DeserializeOwned>(node: &Node) -> Result<T, Misfit<'_>> {
    T::deserialize(Reader { node, is_strict: false })
}

/// The same, if nobody could find anything wrong with the node: the schema of `T` has nothing to say about it either.
/// `None` means that only the schema can tell.
pub(super) fn read_flawless<T: DeserializeOwned>(node: &Node) -> Option<T> {
    T::deserialize(Reader { node, is_strict: true }).ok()
}

#[derive(Clone, Copy)]
struct Reader<'de> {
    node: &'de Node,
    /// Whether words are refused that mean different things to different readers, or to the schema.
    is_strict: bool,
}

impl<'de> Reader<'de> {
    fn of(self, node: &'de Node) -> Self {
        Self { node, ..self }
    }

    /// Refuses the node when this reader is strict and only the schema can judge whether it `is_clear`.
    fn clear(self, is_clear: impl FnOnce() -> bool) -> Result<(), Misfit<'de>> {
        if self.is_strict && !is_clear() { self.placed(Err(de::Error::custom("not clear"))) } else { Ok(()) }
    }

    fn list<V: Visitor<'de>>(self, items: &'de [Node], visitor: V) -> Result<V::Value, Misfit<'de>> {
        let mut items = SeqDeserializer::new(items.iter().map(|item| self.of(item)));
        visitor.visit_seq(&mut items).and_then(|value| items.end().map(|()| value))
    }

    fn placed<V>(self, read: Result<V, Misfit<'de>>) -> Result<V, Misfit<'de>> {
        read.map_err(|misfit| Misfit { node: misfit.node.or(Some(self.node)), ..misfit })
    }

    /// The text of a value without quotes.
    fn word(self) -> Option<&'de str> {
        match &self.node.kind {
            Kind::Scalar { text, plain: true } => Some(text),
            _ => None,
        }
    }

    fn map(
        self,
    ) -> Result<MapDeserializer<'de, impl Iterator<Item = (&'de str, Self)>, Misfit<'de>>, Misfit<'de>> {
        let pairs = self.node.pairs();
        self.clear(|| !pairs.iter().any(|(key, _)| key.plain && is_ambiguous(&key.name)))?;
        let pairs = pairs.iter().map(move |(key, node)| (key.name.as_str(), self.of(node)));
        Ok(MapDeserializer::new(pairs))
    }
}

impl<'de> IntoDeserializer<'de, Misfit<'de>> for Reader<'de> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for Reader<'de> {
    type Error = Misfit<'de>;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit<'de>> {
        self.placed(match &self.node.kind {
            Kind::Map(_) => self.map().and_then(|map| visitor.visit_map(map)),
            // Of such a list serde would make a map, too, if that is what one of several types needs.
            Kind::List(items) => {
                let clear = self.clear(|| items.iter().all(|item| item.text().is_some()));
                clear.and_then(|()| self.list(items, visitor))
            }
            Kind::Scalar { text, plain: false } => visitor.visit_borrowed_str(text),
            Kind::Scalar { text, plain: true } => {
                let plain = Plain::of(text);
                let clear = self.clear(|| match plain {
                    Plain::Whole(_) => text.parse::<i64>().is_ok(),
                    Plain::Fraction(_) => text.parse::<f64>().is_ok(),
                    _ => !is_ambiguous(text),
                });
                clear.and_then(|()| match plain {
                    Plain::Null => visitor.visit_unit(),
                    Plain::Truth(value) => visitor.visit_bool(value),
                    Plain::Whole(value) => match (u64::try_from(value), i64::try_from(value)) {
                        (Ok(value), _) => visitor.visit_u64(value),
                        (_, Ok(value)) => visitor.visit_i64(value),
                        _ => visitor.visit_i128(value),
                    },
                    Plain::Fraction(value) => visitor.visit_f64(value),
                    Plain::Text => visitor.visit_borrowed_str(text),
                })
            }
        })
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit<'de>> {
        match &self.node.kind {
            Kind::List(items) => self.placed(self.list(items, visitor)),
            _ => self.deserialize_any(visitor),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misfit<'de>> {
        self.clear(|| !matches!(self.node.kind, Kind::List(_)))?;
        self.deserialize_any(visitor)
    }

    /// Text as it was written: 3.10 is not 3.1.
    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit<'de>> {
        match &self.node.kind {
            Kind::Scalar { text, plain } => {
                let clear =
                    self.clear(|| !plain || matches!(Plain::of(text), Plain::Text) && !is_ambiguous(text));
                self.placed(clear.and_then(|()| visitor.visit_borrowed_str(text)))
            }
            _ => self.deserialize_any(visitor),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit<'de>> {
        self.deserialize_str(visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit<'de>> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit<'de>> {
        match self.word().filter(|word| matches!(Plain::of(word), Plain::Null)) {
            Some(word) => self.clear(|| !is_ambiguous(word)).and_then(|()| visitor.visit_none()),
            None => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Misfit<'de>> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misfit<'de>> {
        self.placed(match self.node.text() {
            Some(text) => visitor.visit_enum(text.into_deserializer()),
            None => self.map().and_then(|map| visitor.visit_enum(MapAccessDeserializer::new(map))),
        })
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char bytes byte_buf unit unit_struct tuple
        tuple_struct map ignored_any
    }
}

/// What a word without quotes stands for, as `serde_yaml` sees it.
enum Plain {
    Null,
    Truth(bool),
    Whole(i128),
    Fraction(f64),
    Text,
}

impl Plain {
    fn of(word: &str) -> Self {
        match word {
            "" | "~" | "null" | "Null" | "NULL" => Self::Null,
            "true" | "True" | "TRUE" => Self::Truth(true),
            "false" | "False" | "FALSE" => Self::Truth(false),
            ".nan" | ".NaN" | ".NAN" => Self::Fraction(f64::NAN),
            _ => Self::number(word).unwrap_or(Self::Text),
        }
    }

    fn number(word: &str) -> Option<Self> {
        let bare = word.strip_prefix(['+', '-']).unwrap_or(word);
        let sign = if word.starts_with('-') { "-" } else { "" };
        if matches!(bare, ".inf" | ".Inf" | ".INF") {
            return Some(Self::Fraction(if sign.is_empty() { f64::INFINITY } else { f64::NEG_INFINITY }));
        }
        if !bare.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
            return None;
        }
        for (base, radix) in [("0x", 16), ("0o", 8), ("0b", 2)] {
            if let Some(digits) = bare.strip_prefix(base).filter(|it| !it.starts_with(['+', '-'])) {
                return i128::from_str_radix(&format!("{sign}{digits}"), radix).ok().map(Self::Whole);
            }
        }
        // A leading zero is that of an article number, or of a file's mode.
        if bare.len() > 1 && bare.starts_with('0') && bare.bytes().all(|it| it.is_ascii_digit()) {
            return None;
        }
        match word.parse() {
            Ok(whole) => Some(Self::Whole(whole)),
            Err(_) => word.parse().ok().filter(|it: &f64| it.is_finite()).map(Self::Fraction),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;
    use serde_json::{Value, json};

    use super::*;
    use crate::{source::Source, yaml::parse};

    fn node(text: &str) -> Node {
        parse(&Source::new("t", text)).unwrap()
    }

    #[test]
    fn plain_words_are_what_they_look_like() {
        let node = node("[1, 1.5, true, '1', none, ~, -3, 3.10.1, .env, 1e999]");
        let found: Value = read(&node).unwrap();
        assert_eq!(found, json!([1, 1.5, true, "1", "none", null, -3, "3.10.1", ".env", "1e999"]));
    }

    #[test]
    fn plain_words_are_what_the_library_takes_them_for() {
        let words = "a none null Null NULL nULL ~ true True TRUE tRue false False FALSE yes on 0 -0 00 1 +1 -1 \
                     ++1 +-1 012 -012 0755 1_000 0x1f -0x1f +0x1f 0x 0xg 0x-1 0o17 -0o17 0b101 0b2 0.5 00.5 1.5 \
                     +1.5 .5 -.5 1. . 1e3 -1E-3 1e999 .e1 3.10 3.10.1 .inf -.inf +.Inf .nan inf nan infinity \
                     9223372036854775808 18446744073709551615 -9223372036854775808 2026-01-31 12:30 1a .env -x \
                     +";
        for word in words.split_whitespace() {
            let library: Value = serde_yaml::from_str(word).unwrap();
            assert_eq!(read::<Value>(&node(&format!("[{word}]"))).unwrap(), json!([library]), "{word}");
        }
        let huge = "18446744073709551616";
        assert!(serde_yaml::from_str::<Value>(huge).is_err() && read::<Value>(&node(huge)).is_err());
    }

    #[derive(Debug, Deserialize, PartialEq)]
    struct Entry {
        version: String,
        size: Option<u8>,
        kind: Sort,
    }

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(rename_all = "lowercase")]
    enum Sort {
        Plain,
        Named { name: String },
    }

    #[test]
    fn types_take_what_fits_and_name_the_innermost_node_that_does_not() {
        let good = node(
            "- {version: 3.10, size: ~, kind: plain}\n- {version: '3', size: 2, kind: {named: {name: a}}}\n",
        );
        let entry = |version: &str, size, kind| Entry { version: version.to_owned(), size, kind };
        let named = Sort::Named { name: "a".to_owned() };
        assert_eq!(
            read::<Vec<Entry>>(&good).unwrap(),
            [entry("3.10", None, Sort::Plain), entry("3", Some(2), named)]
        );

        let text = "- {version: a, size: 300, kind: plain}\n";
        let bad = node(text);
        let misfit = read::<Vec<Entry>>(&bad).unwrap_err();
        assert_eq!(&text[misfit.node.unwrap().span.clone()], "300");
        assert!(misfit.message.contains("300"), "{misfit}");

        let text = "- {version: a, kind: {other: 1}}\n";
        let bad = node(text);
        let misfit = read::<Vec<Entry>>(&bad).unwrap_err();
        assert_eq!(misfit.node.unwrap(), bad.get("0").unwrap().get("kind").unwrap());
    }
}
