//! A value of JSON, whose fields keep their order.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::Number;

/// A value of JSON.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Node {
    /// Names with their values.
    Object(Vec<(String, Self)>),
    /// Values alone.
    List(Vec<Self>),
    /// A number, a text, true or false, as it is shown.
    Plain {
        /// As it is written in a cell.
        text: String,
        /// Whether it is a number.
        is_number: bool,
    },
    /// Null.
    Nothing,
}

impl Node {
    /// Reads a text; NaN and infinities, which Python writes, are read too.
    ///
    /// # Errors
    ///
    /// The parser's words.
    pub(super) fn parse(text: &[u8]) -> Result<Self, String> {
        let told = |error: serde_json::Error| error.to_string();
        match serde_json::from_slice(text) {
            Ok(node) => Ok(node),
            Err(error) => match with_words(text) {
                Some(text) => serde_json::from_slice(&text).map_err(told),
                None => Err(told(error)),
            },
        }
    }

    /// The values of a list of more than `least` values.
    pub(super) fn as_list(&self, least: usize) -> Option<&[Self]> {
        match self {
            Self::List(values) if values.len() >= least => Some(values),
            _ => None,
        }
    }

    /// The fields of an object.
    pub(super) fn as_object(&self) -> Option<&[(String, Self)]> {
        match self {
            Self::Object(fields) => Some(fields),
            _ => None,
        }
    }

    /// Whether it holds no other values.
    pub(super) fn is_plain(&self) -> bool {
        matches!(self, Self::Plain { .. } | Self::Nothing)
    }

    pub(super) fn is_number(&self) -> bool {
        matches!(
            self,
            Self::Plain {
                is_number: true,
                ..
            }
        )
    }

    /// As it is written in a cell, where it holds no other values.
    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Self::Plain { text, .. } => Some(text),
            Self::Nothing => Some(""),
            _ => None,
        }
    }
}

/// A text whose words for numbers that are none are such as JSON has; `None` where it has none.
fn with_words(text: &[u8]) -> Option<Vec<u8>> {
    const WORDS: [(&[u8], &[u8]); 3] = [
        (b"NaN", b"null"),
        (b"-Infinity", b"\"-Infinity\""),
        (b"Infinity", b"\"Infinity\""),
    ];
    let (mut found, mut is_quoted, mut at) = (Vec::with_capacity(text.len()), false, 0);
    let mut any = false;
    while let Some(&byte) = text.get(at) {
        let word = WORDS.iter().find(|(word, _)| text[at..].starts_with(word));
        match (is_quoted, word) {
            (false, Some((word, other))) => {
                found.extend_from_slice(other);
                at += word.len();
                any = true;
                continue;
            }
            (true, _) if byte == b'\\' => {
                found.push(byte);
                at += 1;
                found.extend(text.get(at));
            }
            _ => {
                is_quoted ^= byte == b'"';
                found.push(byte);
            }
        }
        at += 1;
    }
    any.then_some(found)
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(InOrder)
    }
}

struct InOrder;

fn number(text: String) -> Node {
    Node::Plain {
        text,
        is_number: true,
    }
}

fn word(text: String) -> Node {
    Node::Plain {
        text,
        is_number: false,
    }
}

impl<'de> Visitor<'de> for InOrder {
    type Value = Node;

    fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("a value of JSON")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
        let mut fields = Vec::new();
        while let Some(field) = map.next_entry()? {
            fields.push(field);
        }
        Ok(Node::Object(fields))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Node, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = list.next_element()? {
            values.push(value);
        }
        Ok(Node::List(values))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Node, E> {
        let shown = Number::from_f64(value).map(|value| value.to_string());
        Ok(number(shown.unwrap_or_default()))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Node, E> {
        Ok(number(value.to_string()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Node, E> {
        Ok(number(value.to_string()))
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Node, E> {
        Ok(word(value.to_string()))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Node, E> {
        Ok(word(value.to_owned()))
    }

    fn visit_string<E: Error>(self, value: String) -> Result<Node, E> {
        Ok(word(value))
    }

    fn visit_unit<E: Error>(self) -> Result<Node, E> {
        Ok(Node::Nothing)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_python_are_values_and_parts_of_texts_are_not() {
        let node = Node::parse(b"{\"NaN\": NaN, \"a\": -Infinity, \"b\": \"\\\"NaN\"}");
        let fields = [("NaN", Node::Nothing), ("a", word("-Infinity".into()))];
        let mut expected = fields.map(|(name, node)| (name.to_owned(), node)).to_vec();
        expected.push(("b".to_owned(), word("\"NaN".into())));
        assert_eq!(node, Ok(Node::Object(expected)));
        assert!(Node::parse(b"{\"a\": Na}").is_err());
    }
}
