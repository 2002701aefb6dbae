//! Texts of sequences in other encodings than UTF-8, decoded as those of tables are.

use std::io::{self, Cursor, Read};

use encoding_rs::UTF_8;

use crate::dataset::lines::decode::{Decoded, Known};

/// How much of a text is looked at.
const HEAD: u64 = 1 << 18;

/// A text in UTF-8, by the name of its encoding or by what it seems to be; with a sentence where
/// that was inferred.
pub(super) fn decode(
    mut reader: Box<dyn Read + Send>,
    named: Option<&str>,
) -> io::Result<(Box<dyn Read + Send>, Option<String>)> {
    let mut head = Vec::new();
    let read = reader.by_ref().take(HEAD).read_to_end(&mut head)?;
    let known = Known::of(&head, (read as u64) < HEAD, named).map_err(io::Error::other)?;
    let text = Cursor::new(head).chain(reader);
    let text: Box<dyn Read + Send> = match known.encoding == UTF_8 {
        true => Box::new(text),
        false => Box::new(Decoded::new(text, known.encoding)),
    };
    Ok((text, known.notice()))
}
