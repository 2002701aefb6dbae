//! How the numbers and letters of a text are to be read.

use std::io::{self, Read};
use std::path::Path;

use super::super::{SequenceError, SequenceOptions};
use super::text::{self, Count, unreadable};

/// A text in UTF-8, with a sentence where it was none.
pub type Decoded = (Box<dyn Read + Send>, Option<String>);

/// Decodes a text by the name of its encoding, or by what it seems to be.
pub type Decode = fn(Box<dyn Read + Send>, Option<&str>) -> io::Result<Decoded>;

/// How a text is read.
#[derive(Clone, Debug)]
pub(super) struct How {
    pub(super) numbers: Numbers,
    decode: Decode,
    encoding: Option<String>,
}

impl How {
    pub(super) fn of(options: &SequenceOptions, decode: Decode) -> Self {
        Self {
            numbers: Numbers::of(options),
            decode,
            encoding: options.encoding.clone(),
        }
    }

    /// Opens a file as text in UTF-8.
    pub(super) fn open(&self, path: &Path) -> Result<(Decoded, Count), SequenceError> {
        let (reader, count) = text::open(path)?;
        let decoded = (self.decode)(reader, self.encoding.as_deref());
        Ok((decoded.map_err(|error| unreadable(path, &error))?, count))
    }
}

/// For texts that are UTF-8.
pub(super) fn as_it_is(reader: Box<dyn Read + Send>, _: Option<&str>) -> io::Result<Decoded> {
    Ok((reader, None))
}

/// How numbers are written.
#[derive(Clone, Debug, Default)]
pub(super) struct Numbers {
    /// Words that stand for a missing value, and numbers that do.
    words: Vec<String>,
    values: Vec<f32>,
    /// The decimal mark, where it is chosen or known.
    pub(super) decimal: Option<u8>,
}

impl Numbers {
    fn of(options: &SequenceOptions) -> Self {
        let plain = Self {
            decimal: options.decimal,
            ..Self::default()
        };
        let words: Vec<String> = options
            .missing
            .iter()
            .map(|word| word.trim().into())
            .collect();
        // A number is one however it is written: −999 is −999.0.
        let value = |word: &String| plain.parsed(word).or_else(|| word.parse().ok());
        Self {
            values: words.iter().filter_map(value).collect(),
            words,
            ..plain
        }
    }

    /// Reads a number; NaN for what stands for a missing value.
    pub(super) fn read(&self, field: &str) -> Option<f32> {
        let field = field.trim();
        let is_missing = |word: &String| word.eq_ignore_ascii_case(field);
        match field.to_ascii_lowercase().as_str() {
            "" | "?" | "nan" | "na" | "null" | "none" => Some(f32::NAN),
            _ if self.words.iter().any(is_missing) => Some(f32::NAN),
            _ => self.parsed(field).map(|value| self.known(value)),
        }
    }

    /// The same number; NaN where it stands for a missing value.
    pub(super) fn known(&self, value: f32) -> f32 {
        match self.values.contains(&value) {
            true => f32::NAN,
            false => value,
        }
    }

    fn parsed(&self, field: &str) -> Option<f32> {
        self.pointed(field)?.parse().ok()
    }

    /// A number with a decimal point; `None` where it has a point that is no decimal mark.
    pub(super) fn pointed(&self, field: &str) -> Option<String> {
        match self.decimal {
            Some(b',') if field.contains('.') => None,
            Some(b',') => Some(field.replacen(',', ".", 1)),
            _ => Some(field.to_owned()),
        }
    }

    /// The same, with the decimal mark that the fields of a text have, where it is not chosen:
    /// commas, where a comma does not stand between fields and no number has a point.
    pub(super) fn by_fields<'a>(
        mut self,
        delimiter: u8,
        fields: impl Iterator<Item = &'a str>,
    ) -> Self {
        if self.decimal.is_some() || delimiter == b',' {
            return self;
        }
        let is_number = |text: &str| text.trim().parse::<f32>().is_ok();
        let mut commas = false;
        for field in fields {
            if field.contains('.') && is_number(field) {
                return self;
            }
            let one = field.matches(',').count() == 1;
            commas |= one && !field.contains('.') && is_number(&field.replace(',', "."));
        }
        if commas {
            self.decimal = Some(b',');
        }
        self
    }
}

/// What stands between the fields of a table of text, by its first line.
pub(super) fn delimiter(text: &str) -> u8 {
    let first = text.lines().next().unwrap_or_default();
    let counted = |delimiter: &u8| first.bytes().filter(|byte| byte == delimiter).count();
    let found = [b',', b'\t', b';', b'|'];
    let found = found.into_iter().max_by_key(|d| (counted(d), *d == b','));
    found.unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_values_and_decimal_commas_are_read_as_they_were_chosen() {
        let options = SequenceOptions {
            missing: vec!["-999".into(), "gap".into()],
            ..SequenceOptions::default()
        };
        let numbers = Numbers::of(&options);
        for missing in ["-999", " -999.0", "-9.99e2", "GAP", "", "?"] {
            assert!(numbers.read(missing).is_some_and(f32::is_nan), "{missing}");
        }
        assert_eq!(numbers.read("-99"), Some(-99.0));
        assert_eq!(numbers.read("1,5"), None);
        assert_eq!(numbers.known(-99.0), -99.0);
        let by = |delimiter, fields: &[&str]| {
            let numbers = numbers.clone();
            numbers.by_fields(delimiter, fields.iter().copied()).decimal
        };
        assert_eq!(by(b';', &["a", "1", "1,5"]), Some(b','));
        assert_eq!(by(b';', &["1,5", "1.5"]), None);
        assert_eq!(by(b';', &["1,234,567"]), None);
        assert_eq!(by(b',', &["1,5"]), None);
        let comma = Numbers {
            decimal: Some(b','),
            ..numbers
        };
        assert_eq!((comma.read("1,5"), comma.read("1.5")), (Some(1.5), None));
    }
}
