//! Bytes to UTF-8: which encoding a file has, and its text in UTF-8.

use std::io::{self, Cursor, Read};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::guess;
use crate::dataset::DatasetError;

/// Bytes by which an encoding is judged, and how many of them stand before the first letter that is
/// none of ASCII's.
const JUDGED: usize = 1 << 18;
const BEFORE: usize = 1 << 10;

/// Letters from which on statistics tell more than what a few words cannot be.
const LETTERS: usize = 30;

/// Letters of which nothing can be told but by what they are not.
const FEW: usize = 8;

/// Bytes that are decoded at a time.
const CHUNK: usize = 1 << 15;

/// The encoding of a file, and how it is known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::dataset) struct Known {
    /// The encoding.
    pub(in crate::dataset) encoding: &'static Encoding,
    /// Whether somebody should be told, as it is not UTF-8 and nobody chose it.
    pub(in crate::dataset) is_guess: bool,
}

impl Known {
    /// Recognises the encoding of a file by its beginning, or takes the one that is `named`.
    ///
    /// # Errors
    ///
    /// There is no encoding of that name.
    pub(in crate::dataset) fn of(
        head: &[u8],
        whole: bool,
        named: Option<&str>,
    ) -> Result<Self, DatasetError> {
        if let Some(name) = named {
            let encoding = Encoding::for_label(name.as_bytes());
            let encoding = encoding.ok_or_else(|| DatasetError::Encoding(name.to_owned()))?;
            let is_guess = false;
            return Ok(Self { encoding, is_guess });
        }
        let encoding = match Encoding::for_bom(head) {
            Some((encoding, _)) => encoding,
            None => by_zeros(head).unwrap_or_else(|| by_letters(head, whole)),
        };
        let is_guess = encoding != UTF_8;
        Ok(Self { encoding, is_guess })
    }

    /// The sentence for the analyst, where there is something to tell.
    pub(in crate::dataset) fn notice(self) -> Option<String> {
        if !self.is_guess {
            return None;
        }
        let name = self.encoding.name();
        Some(match self.encoding == WINDOWS_1252 {
            true => "The file is not UTF-8; it is read as Windows-1252. Where letters look wrong, name its encoding (--encoding).".to_owned(),
            false if [UTF_16LE, UTF_16BE].contains(&self.encoding) => {
                format!("The file is {name} text; it is decoded.")
            }
            false => format!("The file is not UTF-8; by its letters it is read as {name}. Where they look wrong, name its encoding (--encoding)."),
        })
    }
}

/// The encoding whose letters make words; that of a text of plain letters is UTF-8.
fn by_letters(head: &[u8], whole: bool) -> &'static Encoding {
    let shifts = head.windows(2).any(|pair| pair == b"\x1b$");
    if is_utf8(head, whole) && !shifts {
        return UTF_8;
    }
    let letters = head.iter().filter(|byte| !byte.is_ascii()).count();
    if !shifts && letters < LETTERS {
        let found = guess::by_few(head);
        if found != WINDOWS_1252 || letters < FEW {
            return found;
        }
    }
    let mut detector = EncodingDetector::new(match shifts {
        true => Iso2022JpDetection::Allow,
        false => Iso2022JpDetection::Deny,
    });
    // Letters of the beginning alone are all that there is to judge by.
    let first = head
        .iter()
        .position(|byte| !byte.is_ascii() || *byte == 0x1b);
    let from = first.unwrap_or_default().saturating_sub(BEFORE);
    let judged = &head[from..head.len().min(from + JUDGED)];
    detector.feed(judged, true);
    let found = detector.guess(None, Utf8Detection::Deny);
    // Which is also what is said where nothing is known.
    match found == WINDOWS_1252 || found == UTF_8 {
        true => guess::by_few(judged),
        false => found,
    }
}

/// UTF-16 without a byte order mark: of plain letters, every other byte is zero.
fn by_zeros(head: &[u8]) -> Option<&'static Encoding> {
    let pairs = (head.len() / 2).min(2000);
    if pairs < 4 {
        return None;
    }
    let zeros = |odd: usize| (0..pairs).filter(|at| head[2 * at + odd] == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    match (even * 10, odd * 10) {
        (low, high) if high >= 7 * pairs && low <= pairs => Some(UTF_16LE),
        (high, low) if high >= 7 * pairs && low <= pairs => Some(UTF_16BE),
        _ => None,
    }
}

/// Whether bytes are UTF-8, but for a letter that the end of a `head` cuts.
fn is_utf8(head: &[u8], whole: bool) -> bool {
    match std::str::from_utf8(head) {
        Ok(_) => true,
        Err(error) => !whole && error.error_len().is_none(),
    }
}

/// Whether decoded text is none: it holds control characters that no table has.
pub(in crate::dataset) fn is_binary(text: &[u8]) -> bool {
    let is_odd = |byte: &u8| matches!(byte, 1..=8 | 14..=25 | 28..=31);
    let odd = text.iter().filter(|byte| is_odd(byte)).count();
    odd * 500 > text.len() && separator(text).is_none()
}

/// A control character that separates the fields of every line, as Hive writes tables.
fn separator(text: &[u8]) -> Option<u8> {
    [1, 2, 7, 28, 29, 30, 31].into_iter().find(|&byte| {
        let count = |line: &[u8]| line.iter().filter(|&&other| other == byte).count();
        let mut lines = text.split(|&byte| byte == b'\n').take(20);
        let first = lines.next().map_or(0, count);
        let mut rest = lines.filter(|line| !line.is_empty()).map(count).peekable();
        // The last of the lines may be cut.
        first > 0 && rest.peek().is_some() && rest.filter(|&found| found != first).count() < 2
    })
}

/// The UTF-8 text of a reader of another encoding; what does not decode becomes U+FFFD.
pub(in crate::dataset) struct Decoded<R> {
    inner: R,
    decoder: Decoder,
    bytes: Vec<u8>,
    text: Cursor<Vec<u8>>,
    ended: bool,
}

impl<R: Read> Decoded<R> {
    pub(in crate::dataset) fn new(inner: R, encoding: &'static Encoding) -> Self {
        Self {
            inner,
            decoder: encoding.new_decoder_with_bom_removal(),
            bytes: vec![0; CHUNK],
            text: Cursor::default(),
            ended: false,
        }
    }

    fn fill(&mut self) -> io::Result<()> {
        let read = self.inner.read(&mut self.bytes)?;
        self.ended = read == 0;
        let most = self
            .decoder
            .max_utf8_buffer_length(read)
            .unwrap_or(CHUNK * 3 + 64);
        let mut text = std::mem::take(&mut self.text).into_inner();
        text.clear();
        text.resize(most, 0);
        let (_, _, written, _) =
            self.decoder
                .decode_to_utf8(&self.bytes[..read], &mut text, self.ended);
        text.truncate(written);
        self.text = Cursor::new(text);
        Ok(())
    }
}

impl<R: Read> Read for Decoded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let read = self.text.read(buffer)?;
            if read > 0 || self.ended || buffer.is_empty() {
                return Ok(read);
            }
            self.fill()?;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8]) -> (String, Known) {
        let known = Known::of(bytes, true, None).expect("an encoding");
        let mut text = String::new();
        Decoded::new(bytes, known.encoding)
            .read_to_string(&mut text)
            .expect("text");
        (text, known)
    }

    #[test]
    fn encodings_are_recognised_and_decoded() {
        let text = "temp (°C)\n1.5\n2.5\n";
        let utf16 = |mark: bool, little: bool| -> Vec<u8> {
            let units = mark
                .then_some(0xfeff)
                .into_iter()
                .chain(text.encode_utf16());
            units
                .flat_map(|unit| {
                    if little {
                        unit.to_le_bytes()
                    } else {
                        unit.to_be_bytes()
                    }
                })
                .collect()
        };
        for (bytes, name, is_guess) in [
            (text.as_bytes().to_vec(), "UTF-8", false),
            (utf16(true, true), "UTF-16LE", true),
            (utf16(true, false), "UTF-16BE", true),
            (utf16(false, true), "UTF-16LE", true),
            (utf16(false, false), "UTF-16BE", true),
            (
                text.chars().map(|letter| letter as u8).collect(),
                "windows-1252",
                true,
            ),
        ] {
            let (found, known) = decoded(&bytes);
            assert_eq!((found.as_str(), known.encoding.name()), (text, name));
            assert_eq!(known.notice().is_some(), is_guess);
        }
    }

    #[test]
    fn a_named_encoding_is_taken_and_an_unknown_one_refused() {
        let known = Known::of(b"x", true, Some("latin2")).expect("an encoding");
        assert_eq!(
            (known.encoding.name(), known.is_guess),
            ("ISO-8859-2", false)
        );
        assert!(Known::of(b"x", true, Some("klingon")).is_err());
    }

    #[test]
    fn a_letter_cut_by_the_end_of_the_head_is_no_other_encoding() {
        assert!(is_utf8(b"caf\xc3", false) && !is_utf8(b"caf\xc3", true));
        assert!(!is_utf8(b"caf\xe9\n", false));
        let long = format!("a\u{1b}[31m b{}", " and much more text".repeat(30));
        assert!(is_binary(b"\x01\x02\x03abc") && !is_binary(long.as_bytes()));
    }
}
