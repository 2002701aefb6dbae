//! The two lines above the text: the format and the checksum.

use sha2::{Digest, Sha256};

use super::{FORMAT, FileError};
use crate::dataset::hexadecimal;

const MAGIC: &str = "// GLAD session, format ";
const CHECKSUM: &str = "// sha256 ";

/// How a session file begins, whatever its format.
pub(super) fn begins_like_one(bytes: &[u8]) -> bool {
    bytes.starts_with(MAGIC.as_bytes())
}

fn checksum(version: &str, body: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(version.as_bytes());
    hash.update(b"\n");
    hash.update(body.as_bytes());
    hexadecimal(&hash.finalize())
}

/// Puts the two lines above a text: format and checksum, as of a file that was just written.
pub fn with_header(body: &str) -> String {
    let version = FORMAT.to_string();
    let sum = checksum(&version, body);
    format!("{MAGIC}{version}\n{CHECKSUM}{sum}\n{body}")
}

/// Takes the two lines off, checks them, and returns the format and the text below.
pub(super) fn without_header<'a>(bytes: &'a [u8], name: &str) -> Result<(u32, &'a str), FileError> {
    if !begins_like_one(bytes) {
        return Err(FileError::NotASession(name.to_owned()));
    }
    let damaged = || FileError::Damaged(name.to_owned());
    let text = std::str::from_utf8(bytes).map_err(|_| damaged())?;
    let (version, rest) = text[MAGIC.len()..].split_once('\n').ok_or_else(damaged)?;
    let format: u32 = version.parse().map_err(|_| damaged())?;
    if format > FORMAT {
        return Err(FileError::Newer(name.to_owned(), format));
    }
    let rest = rest.strip_prefix(CHECKSUM).ok_or_else(damaged)?;
    let (sum, body) = rest.split_once('\n').ok_or_else(damaged)?;
    match format > 0 && sum == checksum(version, body) {
        true => Ok((format, body)),
        false => Err(damaged()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_sealed_comes_out_and_nothing_else_does() {
        let text = with_header("(a: 1)\n");
        assert_eq!(
            without_header(text.as_bytes(), "x"),
            Ok((FORMAT, "(a: 1)\n"))
        );
        let told = |text: &str| {
            let error = without_header(text.as_bytes(), "x.glad");
            error.expect_err("a refusal").to_string()
        };
        assert!(told(&text.replace("1)", "2)")).contains("damaged"));
        assert!(told(&text.replace("format 3", "format 03")).contains("damaged"));
        assert!(told(&text.replace("format 3", "format 0")).contains("damaged"));
        assert!(told(&text.replace("format 3", "format 9")).contains("a newer GLAD wrote"));
        assert!(told("a,b\n1,2\n").contains("is not a GLAD session"));
    }
}
