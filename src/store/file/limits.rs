//! How much a session may hold: more is refused before memory is given to it.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, Error, SeqAccess, Visitor};

/// Bytes of a file.
pub(super) const MAX_BYTES: u64 = 1 << 30;
/// The same in words.
pub(super) const MAX_BYTES_WORDS: &str = "1 GiB";
/// Depth of nesting; a session needs about 12.
pub(super) const MAX_DEPTH: usize = 32;
/// Steps of a history.
pub(super) const MAX_STEPS: usize = 1_000_000;
/// Bytes of any other text.
pub(super) const MAX_TEXT: usize = 1 << 20;

/// Reads a list of at most `N` items, and fails at the item after.
pub(super) fn at_most<'de, const N: usize, T, D>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    deserializer.deserialize_seq(AtMost::<N, T>(PhantomData))
}

struct AtMost<const N: usize, T>(PhantomData<T>);

impl<'de, const N: usize, T: Deserialize<'de>> Visitor<'de> for AtMost<N, T> {
    type Value = Vec<T>;

    fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "a list of at most {N} items")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Vec<T>, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            if list.len() == N {
                return Err(A::Error::custom(format!("a list has more than {N} items")));
            }
            list.push(item);
        }
        Ok(list)
    }
}
