//! One cell: a number, a text, or nothing.

/// The spellings of a missing value, beside an empty cell; `nan` is recognised as a number.
const MISSING: [&str; 4] = ["na", "n/a", "null", "?"];

/// What a cell of the file holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::dataset) enum Cell<'a> {
    /// A number that `f32` can hold.
    Number(f64),
    /// A number beyond the range of `f32`.
    TooLarge(&'a str),
    /// Infinity, spelled out.
    Infinite(&'a str),
    /// Nothing: empty, `na`, `n/a`, `nan`, `null` or `?`.
    Missing,
    /// Anything else that is UTF-8.
    Text(&'a str),
    /// Bytes that are not UTF-8.
    NotUtf8,
}

impl<'a> Cell<'a> {
    /// Reads a field, without regard to space around it.
    pub(in crate::dataset) fn read(field: &'a [u8]) -> Self {
        let Ok(text) = std::str::from_utf8(field.trim_ascii()) else {
            return Self::NotUtf8;
        };
        match text.parse::<f64>() {
            Ok(number) if number.is_nan() => Self::Missing,
            Ok(number) if (number as f32).is_finite() => Self::Number(number),
            Ok(_) if text.bytes().any(|byte| byte.is_ascii_digit()) => Self::TooLarge(text),
            Ok(_) => Self::Infinite(text),
            Err(_) if is_missing(text) => Self::Missing,
            Err(_) => Self::Text(text),
        }
    }
}

fn is_missing(text: &str) -> bool {
    text.is_empty() || MISSING.iter().any(|word| text.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_told_apart() {
        assert_eq!(Cell::read(b" 1.5 "), Cell::Number(1.5));
        assert_eq!(Cell::read(b"-.5e-3"), Cell::Number(-0.0005));
        assert_eq!(Cell::read(b"3.5e38"), Cell::TooLarge("3.5e38"));
        assert_eq!(Cell::read(b"1e999"), Cell::TooLarge("1e999"));
        assert_eq!(Cell::read(b"-Infinity"), Cell::Infinite("-Infinity"));
        for field in [&b""[..], b"  ", b"NaN", b"N/A", b"na", b"Null", b"?"] {
            assert_eq!(Cell::read(field), Cell::Missing);
        }
        assert_eq!(Cell::read(b"1,5"), Cell::Text("1,5"));
        assert_eq!(Cell::read(b"\xff"), Cell::NotUtf8);
    }
}
