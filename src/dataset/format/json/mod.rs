//! JSON: records one after another (JSON lines), in one list, or within a document.

mod document;
mod node;
mod record;
mod values;

use std::collections::BTreeSet;
use std::io::Read;

use self::node::Node;
use self::record::{Record, Shape};
use self::values::Values;
use super::render::{Chunks, Notes, end_line, header, push_field};
use crate::dataset::text::{list, quote};
use crate::dataset::{DatasetError, MAX_COLUMNS};

/// Records from which the columns are known.
const SAMPLE: usize = 1000;

/// Records of JSON, each an object whose keys are the columns, or a list of cells.
pub(super) struct Json<R> {
    source: Values<R>,
    notes: Notes,
    columns: Vec<String>,
    shape: Shape,
    /// Records that were read to know the columns.
    ahead: std::vec::IntoIter<Record>,
}

impl<R: Read + Send> Json<R> {
    /// Reads the first records; returns the reader with the line of the columns' names.
    ///
    /// # Errors
    ///
    /// They are no objects or lists of plain values.
    pub(super) fn open(
        reader: R,
        name: &str,
        notes: &Notes,
    ) -> Result<(Self, Vec<u8>), DatasetError> {
        let mut source = Values::new(reader, name);
        let mut nodes: Vec<(u64, Node)> = Vec::new();
        while nodes.len() < SAMPLE
            && let Some(node) = source.value()?
        {
            nodes.push(node);
        }
        let mut names = None;
        if let [(line, Node::Object(fields))] = &nodes[..]
            && let Some(document) = document::find(fields)
        {
            let line = *line;
            if let Some(note) = document.note {
                notes.add(note);
            }
            names = document.names;
            let records = document.records.into_iter();
            nodes = records.map(|record| (line, record)).collect();
        }
        let shape = Shape::of(&mut nodes, names);
        let mut lists = Vec::new();
        let mut ahead = Vec::with_capacity(nodes.len());
        let mut columns: Vec<String> = Vec::new();
        let mut known = BTreeSet::new();
        for (line, node) in nodes {
            let record = shape.record(line, node, &mut lists)?;
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
        shape.tell(notes);
        let line = header(columns.iter().map(String::as_str));
        let json = Self {
            source,
            notes: notes.clone(),
            columns,
            shape,
            ahead: ahead.into_iter(),
        };
        Ok((json, line))
    }

    fn push(&self, text: &mut Vec<u8>, record: &[(String, String)]) {
        // Most records have all fields in the order of the first.
        let mut are_in_order = record.len() == self.columns.len();
        for (index, column) in self.columns.iter().enumerate() {
            let here = record.get(index).filter(|(key, _)| key == column);
            are_in_order &= here.is_some();
            let field = here.or_else(|| record.iter().find(|(key, _)| key == column));
            push_field(text, field.map_or("", |(_, value)| value));
        }
        end_line(text);
        let is_new = |(key, _): &&(String, String)| !self.columns.contains(key);
        if !are_in_order && let Some((key, _)) = record.iter().find(is_new) {
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
            let record = match self.ahead.next() {
                Some(record) => record,
                None => match self.source.value()? {
                    Some((line, node)) => self.shape.record(line, node, &mut Vec::new())?,
                    None => break,
                },
            };
            self.push(&mut text, &record);
        }
        Ok((!text.is_empty()).then_some(text))
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
        for text in [
            "{\"a\":1,\"b\":\"x}\"}\n{\"a\":-2.5e3,\"b\":null}\n{\"b\":\"y\"}",
            "[{\"a\":1,\"b\":\"x}\"},\n {\"a\":-2.5e3,\"b\":null} , {\"b\":\"y\"}]\n",
            "{\"a\":1,\"b\":\"x}\"},\n{\"a\":-2.5e3,\"b\":NaN},\n{\"b\":\"y\"},\n",
        ] {
            assert_eq!(read(text).unwrap(), expected, "{text}");
        }
    }

    #[test]
    fn records_that_are_lists_have_the_names_above_their_numbers_or_none() {
        let rows = "[[1,\"x\"],[-2.5,null]]";
        let expected = "column 1\tcolumn 2\n1\tx\n-2.5\t\n";
        assert_eq!(read(rows).unwrap(), expected);
        assert_eq!(read("[1,\"x\"]\n[-2.5,null]\n").unwrap(), expected);
        assert_eq!(
            read("[[\"a\",\"a\"],[1,2],[3]]").unwrap(),
            "a\ta (2)\n1\t2\n3\t\n"
        );
        assert!(read("[[1,2],[3,4,5]]").is_err());
    }

    #[test]
    fn a_document_holds_its_table_in_one_of_its_fields() {
        let expected = "a\tb\n1\tx\n2\ty\n";
        for text in [
            "{\"columns\":[\"a\",\"b\"],\"index\":[0,1],\"data\":[[1,\"x\"],[2,\"y\"]]}",
            "{\"n\":2,\"data\":[{\"a\":1,\"b\":\"x\"},{\"a\":2,\"b\":\"y\"}]}",
            "{\"reply\":{\"rows\":[{\"a\":1,\"b\":\"x\"},{\"a\":2,\"b\":\"y\"}]}}",
            "{\"a\":[1,2],\"b\":[\"x\",\"y\"]}",
        ] {
            assert_eq!(read(text).unwrap(), expected, "{text}");
        }
        let expected = "index\ta\tb\n0\t1\t4\n1\t2\t5\n2\t3\t6\n";
        for text in [
            "{\"a\":{\"0\":1,\"1\":2,\"2\":3},\"b\":{\"0\":4,\"1\":5,\"2\":6}}",
            "{\"0\":{\"a\":1,\"b\":4},\"1\":{\"a\":2,\"b\":5},\"2\":{\"a\":3,\"b\":6}}",
        ] {
            assert_eq!(read(text).unwrap(), expected, "{text}");
        }
        // An object that holds no table is one record.
        assert_eq!(
            read("{\"error\":\"x\",\"code\":4}").unwrap(),
            "error\tcode\nx\t4\n"
        );
    }

    #[test]
    fn objects_are_flattened_and_lists_left_out_with_their_names_or_spread_out() {
        let notes = Notes::default();
        let text = "{\"id\":9223372036854775807,\"at\":{\"x\":1,\"y\":true},\"tags\":[\"a\"],\"v\":[1,2.5],\"k\":{\"$oid\":\"7f\"}}";
        let (mut json, names) = Json::open(text.as_bytes(), "t", &notes).unwrap();
        assert_eq!(
            String::from_utf8(names).unwrap(),
            "id\tat.x\tat.y\tv.1\tv.2\tk\n"
        );
        assert_eq!(
            json.next().unwrap().unwrap(),
            b"9223372036854775807\t1\ttrue\t1\t2.5\t7f\n"
        );
        assert!(notes.all()[0].contains("“tags”") && notes.all()[1].contains("“v”"));
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
