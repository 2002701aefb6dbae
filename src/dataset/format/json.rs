//! JSON: records one after another (JSON lines), or in one list.

use std::io::{BufRead, BufReader, Read};

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::Value;

use super::render::{Chunks, Notes, end_line, header, push_field};
use crate::dataset::text::{list, quote};
use crate::dataset::{DatasetError, MAX_COLUMNS};

/// Records from which the columns are known.
const SAMPLE: usize = 1000;

/// Longest record in bytes.
const MAX_RECORD: usize = 16 << 20;

/// Deepest record within which fields are flattened.
const MAX_DEPTH: usize = 8;

/// Records of JSON, each an object whose keys are the columns.
pub(super) struct Json<R> {
    source: Values<R>,
    notes: Notes,
    columns: Vec<String>,
    /// Records that were read to know the columns.
    ahead: std::vec::IntoIter<Vec<(String, String)>>,
}

impl<R: Read + Send> Json<R> {
    /// Reads the first records; returns the reader with the line of the columns' names.
    ///
    /// # Errors
    ///
    /// They are no objects of plain values.
    pub(super) fn open(
        reader: R,
        name: &str,
        notes: &Notes,
    ) -> Result<(Self, Vec<u8>), DatasetError> {
        let mut source = Values {
            inner: BufReader::new(reader),
            line: 1,
            depth: 0,
            name: name.into(),
        };
        let mut lists = Vec::new();
        let mut ahead = Vec::new();
        let mut columns: Vec<String> = Vec::new();
        let mut known = std::collections::BTreeSet::new();
        while ahead.len() < SAMPLE
            && let Some(record) = source.record(&mut lists)?
        {
            for (key, _) in &record {
                if known.insert(key.clone()) {
                    columns.push(key.clone());
                }
            }
            if columns.len() > MAX_COLUMNS {
                return Err(DatasetError::TooManyColumns(columns.len()));
            }
            ahead.push(record);
        }
        if ahead.is_empty() {
            return Err(DatasetError::Empty(name.into()));
        }
        if !lists.is_empty() {
            notes.add(format!(
                "Fields that hold lists were left out: {}.",
                list(lists.iter().map(|name| quote(name)))
            ));
        }
        let line = header(columns.iter().map(String::as_str));
        let (notes, ahead) = (notes.clone(), ahead.into_iter());
        Ok((
            Self {
                source,
                notes,
                columns,
                ahead,
            },
            line,
        ))
    }

    fn push(&self, text: &mut Vec<u8>, record: &[(String, String)]) {
        // Most records have all fields in the order of the first.
        for (place, column) in self.columns.iter().enumerate() {
            let here = record.get(place).filter(|(key, _)| key == column);
            let field = here.or_else(|| record.iter().find(|(key, _)| key == column));
            push_field(text, field.map_or("", |(_, value)| value));
        }
        end_line(text);
        let mut late = record.iter().filter(|(key, _)| !self.columns.contains(key));
        if record.len() > self.columns.len()
            && let Some((key, _)) = late.next()
        {
            self.notes.add(format!(
                "Field {} first occurs after {SAMPLE} records, and was left out.",
                quote(key)
            ));
        }
    }
}

impl<R: Read + Send> Chunks for Json<R> {
    fn next(&mut self) -> Result<Option<Vec<u8>>, DatasetError> {
        let mut text = Vec::new();
        for _ in 0..SAMPLE {
            let ahead = self.ahead.next();
            let record = match ahead {
                Some(record) => Some(record),
                None => self.source.record(&mut Vec::new())?,
            };
            let Some(record) = record else { break };
            self.push(&mut text, &record);
        }
        Ok((!text.is_empty()).then_some(text))
    }
}

/// Cuts a text into JSON values, whether they stand one after another or in one list.
struct Values<R> {
    inner: BufReader<R>,
    line: u64,
    /// 1 within a list of records.
    depth: usize,
    name: String,
}

impl<R: Read> Values<R> {
    /// The fields of the next record; names of those that hold lists go to `lists`.
    fn record(
        &mut self,
        lists: &mut Vec<String>,
    ) -> Result<Option<Vec<(String, String)>>, DatasetError> {
        let Some((line, text)) = self.next()? else {
            return Ok(None);
        };
        let refused = |told: &str| DatasetError::Json(line, told.to_owned());
        if text.first() != Some(&b'{') {
            return Err(refused("it is no object of names and values"));
        }
        let fields: Fields =
            serde_json::from_slice(&text).map_err(|error| refused(&error.to_string()))?;
        let mut record = Vec::with_capacity(fields.0.len());
        flatten(&mut record, lists, "", fields.0, 0);
        Ok(Some(record))
    }

    /// The bytes of the next value, with the line on which it begins.
    fn next(&mut self) -> Result<Option<(u64, Vec<u8>)>, DatasetError> {
        let (mut value, mut open, mut in_text, mut escaped) = (Vec::new(), 0_usize, false, false);
        let mut began = self.line;
        loop {
            let buffer = self
                .inner
                .fill_buf()
                .map_err(|error| DatasetError::of_io(&self.name, &error))?;
            if buffer.is_empty() {
                return match value.is_empty() {
                    true => Ok(None),
                    false => Err(DatasetError::Json(began, "it does not end".to_owned())),
                };
            }
            let mut used = 0;
            let mut done = false;
            for &byte in buffer {
                used += 1;
                self.line += u64::from(byte == b'\n');
                if value.is_empty() {
                    match byte {
                        b'[' if self.depth == 0 => self.depth = 1,
                        b',' | b']' if self.depth > 0 => {}
                        0xef | 0xbb | 0xbf => {}
                        _ if byte.is_ascii_whitespace() => {}
                        _ => {
                            began = self.line;
                            value.push(byte);
                            (open, in_text) =
                                (usize::from(matches!(byte, b'{' | b'[')), byte == b'"');
                        }
                    }
                    continue;
                }
                // A plain value ends with its line; it is refused all the same.
                if open == 0 && !in_text && (byte == b'\n' || byte == b',' || byte == b']') {
                    done = true;
                    break;
                }
                value.push(byte);
                match byte {
                    _ if escaped => escaped = false,
                    b'\\' if in_text => escaped = true,
                    b'"' => in_text = !in_text,
                    b'{' | b'[' if !in_text => open += 1,
                    b'}' | b']' if !in_text => open = open.saturating_sub(1),
                    _ => {}
                }
                if open == 0 && !in_text && matches!(byte, b'}' | b']') {
                    done = true;
                    break;
                }
            }
            self.inner.consume(used);
            if value.len() > MAX_RECORD {
                return Err(DatasetError::Json(
                    began,
                    "it does not end within 16 MiB".to_owned(),
                ));
            }
            if done {
                return Ok(Some((began, value)));
            }
        }
    }
}

/// The fields of an object, in their order.
struct Fields(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;
        impl<'de> Visitor<'de> for InOrder {
            type Value = Fields;

            fn expecting(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                to.write_str("an object of names and values")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields, A::Error> {
                let mut fields = Vec::new();
                while let Some(field) = map.next_entry()? {
                    fields.push(field);
                }
                Ok(Fields(fields))
            }
        }
        deserializer.deserialize_map(InOrder)
    }
}

/// Adds the fields of an object; those of an object within it get its name before theirs.
fn flatten(
    record: &mut Vec<(String, String)>,
    lists: &mut Vec<String>,
    before: &str,
    fields: impl IntoIterator<Item = (String, Value)>,
    depth: usize,
) {
    for (key, value) in fields {
        let name = match before {
            "" => key,
            before => format!("{before}.{key}"),
        };
        let text = match value {
            Value::Object(inner) if depth < MAX_DEPTH => {
                flatten(record, lists, &name, inner, depth + 1);
                continue;
            }
            Value::Array(_) | Value::Object(_) => {
                if !lists.contains(&name) {
                    lists.push(name);
                }
                continue;
            }
            Value::Null => String::new(),
            Value::String(text) => text,
            other => other.to_string(),
        };
        record.push((name, text));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<String, DatasetError> {
        let (mut json, mut lines) = Json::open(text.as_bytes(), "t", &Notes::default())?;
        while let Some(more) = json.next()? {
            lines.extend(more);
        }
        Ok(String::from_utf8(lines).unwrap())
    }

    #[test]
    fn records_stand_one_after_another_or_in_a_list() {
        let expected = "a\tb\n1\tx}\n-2500.0\t\n\ty\n";
        assert_eq!(
            read("{\"a\":1,\"b\":\"x}\"}\n{\"a\":-2.5e3,\"b\":null}\n{\"b\":\"y\"}").unwrap(),
            expected
        );
        assert_eq!(
            read("[{\"a\":1,\"b\":\"x}\"},\n {\"a\":-2.5e3,\"b\":null} , {\"b\":\"y\"}]\n")
                .unwrap(),
            expected
        );
    }

    #[test]
    fn objects_are_flattened_and_lists_left_out_with_their_names() {
        let notes = Notes::default();
        let text = "{\"id\":9223372036854775807,\"at\":{\"x\":1,\"y\":true},\"tags\":[1]}";
        let (mut json, names) = Json::open(text.as_bytes(), "t", &notes).unwrap();
        assert_eq!(String::from_utf8(names).unwrap(), "id\tat.x\tat.y\n");
        assert_eq!(
            json.next().unwrap().unwrap(),
            b"9223372036854775807\t1\ttrue\n"
        );
        assert!(notes.all()[0].contains("“tags”"));
    }

    #[test]
    fn what_is_no_record_is_refused_with_its_line() {
        for (text, line) in [
            ("{\"a\":1}\n{\"a\":", 2),
            ("{\"a\":1}\n\n[1,2]\n", 3),
            ("{\"a\":1}\n7\n{}", 2),
            ("{\"a\" 1}", 1),
        ] {
            assert!(
                matches!(read(text), Err(DatasetError::Json(at, _)) if at == line),
                "{text}"
            );
        }
    }
}
