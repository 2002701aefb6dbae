//! ARFF, the format of Weka: attributes with their types, then comma-separated rows.

use std::io::{BufRead, BufReader, Read};

use super::render::{Chunks, end_line, header, push_field};
use crate::dataset::{DatasetError, MAX_COLUMNS};

/// Lines that are rendered at a time.
const LINES: usize = 1000;

/// Longest line in bytes.
const MAX_LINE: u64 = 16 << 20;

/// The rows of an ARFF file.
pub(super) struct Arff<R> {
    inner: BufReader<R>,
    name: String,
    line: u64,
    /// What a row without an entry for a column holds, where rows are sparse.
    defaults: Vec<String>,
}

impl<R: Read + Send> Arff<R> {
    /// Reads up to the rows; returns the reader with the line of the columns' names, and the names of
    /// those whose values are listed: categories.
    ///
    /// # Errors
    ///
    /// An attribute cannot be read, or there are no rows.
    pub(super) fn open(
        reader: R,
        name: &str,
    ) -> Result<(Self, Vec<u8>, Vec<String>), DatasetError> {
        let inner = BufReader::new(reader);
        let mut arff = Self {
            inner,
            name: name.into(),
            line: 0,
            defaults: Vec::new(),
        };
        let (mut names, mut categories) = (Vec::new(), Vec::new());
        loop {
            let Some(text) = arff.next_line()? else {
                return Err(arff.refused("@data does not follow the attributes"));
            };
            let text = text.trim();
            let (word, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
            match word.to_ascii_lowercase().as_str() {
                "@attribute" => {
                    let Some((name, kind)) = field(rest.trim_start(), char::is_whitespace) else {
                        return Err(
                            arff.refused("a quotation mark of the attribute's name is not closed")
                        );
                    };
                    let kind = kind.trim();
                    if kind.to_ascii_lowercase().starts_with("relational") {
                        return Err(arff.refused("a relational attribute is a table of its own, which no column can hold"));
                    }
                    let values = kind
                        .strip_prefix('{')
                        .and_then(|values| field(values.trim_start(), |c| matches!(c, ',' | '}')));
                    if values.is_some() {
                        categories.push(name.clone());
                    }
                    arff.defaults
                        .push(values.map_or_else(|| "0".to_owned(), |(first, _)| first));
                    names.push(name);
                }
                "@data" => break,
                "@relation" => {}
                _ => return Err(arff.refused("@relation, @attribute or @data would be right here")),
            }
            if names.len() > MAX_COLUMNS {
                return Err(DatasetError::TooManyColumns(names.len()));
            }
        }
        let line = header(names.iter().map(String::as_str));
        Ok((arff, line, categories))
    }

    fn refused(&self, told: &str) -> DatasetError {
        DatasetError::Arff(self.line, told.to_owned())
    }

    /// The next line that holds something.
    fn next_line(&mut self) -> Result<Option<String>, DatasetError> {
        loop {
            let mut line = Vec::new();
            let read = self
                .inner
                .by_ref()
                .take(MAX_LINE)
                .read_until(b'\n', &mut line);
            let read = read.map_err(|error| DatasetError::of_io(&self.name, &error))?;
            if read == 0 {
                return Ok(None);
            }
            self.line += 1;
            if read as u64 == MAX_LINE {
                return Err(DatasetError::RecordTooLong(self.line));
            }
            let text = String::from_utf8_lossy(&line);
            let text = text.trim_start_matches('\u{feff}').trim();
            if !text.is_empty() && !text.starts_with('%') {
                return Ok(Some(text.to_owned()));
            }
        }
    }

    /// Adds a row as a line of fields.
    fn push(&self, text: &mut Vec<u8>, row: &str) -> Result<(), DatasetError> {
        let open = || self.refused("a quotation mark is not closed");
        let Some(sparse) = row.strip_prefix('{') else {
            let mut rest = row;
            let mut fields = 0;
            loop {
                let (value, more) = field(rest, |c| c == ',' || c == '\t').ok_or_else(open)?;
                push_field(text, if value == "?" { "" } else { &value });
                fields += 1;
                match more.get(1..) {
                    Some(more) => rest = more.trim_start_matches(' '),
                    None => break,
                }
            }
            end_line(text);
            return match fields == self.defaults.len() {
                true => Ok(()),
                false => Err(DatasetError::Ragged {
                    line: self.line,
                    found: fields,
                    expected: self.defaults.len(),
                    lines: 1,
                }),
            };
        };
        let mut values: Vec<&str> = self.defaults.iter().map(String::as_str).collect();
        let mut given = Vec::new();
        let mut rest = sparse.trim_start();
        while !rest.is_empty() && !rest.starts_with('}') {
            let (index, more) = field(rest, char::is_whitespace).ok_or_else(open)?;
            let (value, more) =
                field(more.trim_start(), |c| matches!(c, ',' | '}')).ok_or_else(open)?;
            let index = index
                .parse::<usize>()
                .ok()
                .filter(|&index| index < values.len());
            let index = index
                .ok_or_else(|| self.refused("a sparse row names a column that is not there"))?;
            given.push((index, value));
            rest = more.trim_start_matches([',', ' ']);
        }
        for (index, value) in &given {
            values[*index] = if value == "?" { "" } else { value };
        }
        values.iter().for_each(|value| push_field(text, value));
        end_line(text);
        Ok(())
    }
}

impl<R: Read + Send> Chunks for Arff<R> {
    fn next(&mut self) -> Result<Option<Vec<u8>>, DatasetError> {
        let mut text = Vec::new();
        for _ in 0..LINES {
            let Some(row) = self.next_line()? else { break };
            self.push(&mut text, &row)?;
        }
        Ok((!text.is_empty()).then_some(text))
    }
}

/// Cuts a field, quoted or not, off the beginning of a text, up to a letter that `ends` it; `None`
/// where a quotation mark is not closed.
fn field(text: &str, ends: impl Fn(char) -> bool) -> Option<(String, &str)> {
    let mark = text
        .chars()
        .next()
        .filter(|&first| first == '\'' || first == '"');
    let Some(mark) = mark else {
        let end = text.find(&ends).unwrap_or(text.len());
        return Some((text[..end].trim().to_owned(), &text[end..]));
    };
    let mut value = String::new();
    let mut letters = text.char_indices().skip(1);
    while let Some((at, letter)) = letters.next() {
        match letter {
            '\\' => value.extend(letters.next().map(|(_, next)| next)),
            _ if letter == mark => {
                let rest = &text[at + 1..];
                let end = rest.find(&ends).unwrap_or(rest.len());
                return Some((value, &rest[end..]));
            }
            _ => value.push(letter),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<String, DatasetError> {
        let (mut arff, mut lines, categories) = Arff::open(text.as_bytes(), "t")?;
        assert!(categories.iter().all(|name| name == "k"));
        while let Some(more) = arff.next()? {
            lines.extend(more);
        }
        Ok(String::from_utf8(lines).unwrap())
    }

    #[test]
    fn rows_are_dense_or_sparse_and_names_may_be_quoted() {
        let head = "% from Weka\n@relation r\n@ATTRIBUTE 'a b' numeric\n@attribute k {red, 'dark blue'}\n@attribute c REAL\n\n@data\n";
        let dense = read(&format!("{head}1, red,?\n% aside\n2,'dark blue',-3e2\n")).unwrap();
        assert_eq!(dense, "a b\tk\tc\n1\tred\t\n2\tdark blue\t-3e2\n");
        let sparse = read(&format!("{head}{{0 5, 1 'dark blue'}}\n{{}}\n{{2 ?}}\n")).unwrap();
        assert_eq!(sparse, "a b\tk\tc\n5\tdark blue\t0\n0\tred\t0\n0\tred\t\n");
    }

    #[test]
    fn faults_are_told_with_their_line() {
        let head = "@relation r\n@attribute a numeric\n@attribute b numeric\n@data\n";
        assert!(matches!(
            read(&format!("{head}1,2\n1\n")),
            Err(DatasetError::Ragged {
                line: 6,
                found: 1,
                ..
            })
        ));
        assert!(matches!(
            read(&format!("{head}1,'2\n")),
            Err(DatasetError::Arff(5, _))
        ));
        assert!(matches!(
            read(&format!("{head}{{7 1}}\n")),
            Err(DatasetError::Arff(5, _))
        ));
        assert!(matches!(
            read("@relation r\n@attribute a relational\n"),
            Err(DatasetError::Arff(2, _))
        ));
        assert!(matches!(
            read("@relation r\n"),
            Err(DatasetError::Arff(1, _))
        ));
    }
}
