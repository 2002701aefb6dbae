//! From a value of JSON to the fields of a record.

use std::collections::BTreeMap;

use super::Notes;
use super::node::Node;
use crate::dataset::DatasetError;
use crate::dataset::names::unique;
use crate::dataset::text::quote;

/// Deepest record within which fields are flattened.
const MAX_DEPTH: usize = 8;

/// The fields of a record, flattened.
pub(super) type Record = Vec<(String, String)>;

/// What the first records tell of all.
pub(super) struct Shape {
    /// The names of the columns, where records are lists.
    names: Option<Vec<String>>,
    /// Fields that hold as many numbers in each record, with how many.
    vectors: BTreeMap<String, usize>,
}

impl Shape {
    /// The shape of some records; the `names` of the columns are known where a document told them. A
    /// first record that holds names is taken off.
    pub(super) fn of(records: &mut Vec<(u64, Node)>, names: Option<Vec<String>>) -> Self {
        let names = match records.first() {
            Some((_, Node::List(_))) => names.or_else(|| take_names(records)),
            _ => None,
        };
        Self {
            names: names.map(|names| unique(names).0),
            vectors: vectors(records),
        }
    }

    /// Says which fields became several columns.
    pub(super) fn tell(&self, notes: &Notes) {
        for (field, length) in &self.vectors {
            notes.add(format!(
                "Field {} holds {length} numbers in each record; each is a column of its own.",
                quote(field)
            ));
        }
    }

    /// The fields of a record; names of those that hold lists go to `lists`.
    ///
    /// # Errors
    ///
    /// It is not like the first.
    pub(super) fn record(
        &self,
        line: u64,
        node: Node,
        lists: &mut Vec<String>,
    ) -> Result<Record, DatasetError> {
        let fields = match (node, &self.names) {
            (Node::Object(fields), None) => fields,
            (Node::List(cells), Some(names)) if cells.len() <= names.len() => {
                names.iter().cloned().zip(cells).collect()
            }
            (Node::List(cells), Some(names)) => {
                let (found, expected) = (cells.len(), names.len());
                let told = format!("it holds {found} values where the first has {expected}");
                return Err(DatasetError::Json(line, told));
            }
            _ => {
                let told = "it is no object of names and values".to_owned();
                return Err(DatasetError::Json(line, told));
            }
        };
        let mut record = Vec::with_capacity(fields.len());
        self.flatten(&mut record, lists, "", fields, 0);
        Ok(record)
    }

    /// Adds the fields of an object; those of an object within it get its name before theirs.
    fn flatten(
        &self,
        record: &mut Record,
        lists: &mut Vec<String>,
        before: &str,
        fields: Vec<(String, Node)>,
        depth: usize,
    ) {
        for (key, node) in fields {
            let name = joined(before, &key);
            match node {
                Node::Plain { text, .. } => record.push((name, text)),
                Node::Nothing => record.push((name, String::new())),
                Node::Object(inner) if is_typed(&inner) => {
                    let value = inner.first().and_then(|(_, value)| value.text());
                    record.push((name, value.unwrap_or_default().to_owned()));
                }
                Node::Object(inner) if depth < MAX_DEPTH => {
                    self.flatten(record, lists, &name, inner, depth + 1);
                }
                Node::List(values) if self.vectors.get(&name) == Some(&values.len()) => {
                    let texts = values.iter().map(|value| value.text().unwrap_or_default());
                    let cells = texts.enumerate();
                    record.extend(
                        cells.map(|(at, text)| (format!("{name}.{}", at + 1), text.to_owned())),
                    );
                }
                Node::List(_) | Node::Object(_) => {
                    if !lists.contains(&name) {
                        lists.push(name);
                    }
                }
            }
        }
    }
}

fn joined(before: &str, key: &str) -> String {
    match before {
        "" => key.to_owned(),
        before => format!("{before}.{key}"),
    }
}

/// Whether an object is one value with its type, as MongoDB exports it: `{"$oid": "…"}`.
fn is_typed(fields: &[(String, Node)]) -> bool {
    matches!(fields, [(key, value)] if key.starts_with('$') && value.is_plain())
}

/// The names of the columns of records that are lists: the first record, where it holds names above
/// numbers.
fn take_names(records: &mut Vec<(u64, Node)>) -> Option<Vec<String>> {
    let cells = |at: usize| records.get(at).and_then(|(_, node)| node.as_list(1));
    let first = cells(0)?;
    let is_name =
        |node: &Node| !node.is_number() && node.text().is_some_and(|text| !text.is_empty());
    let has_numbers = cells(1).is_some_and(|cells| cells.iter().any(Node::is_number));
    if !first.iter().all(is_name) || !has_numbers {
        return Some((1..=first.len()).map(|at| format!("column {at}")).collect());
    }
    let names = first.iter().filter_map(Node::text).map(str::to_owned);
    let names = names.collect();
    records.remove(0);
    Some(names)
}

/// Fields of objects that hold numbers, as many in each record.
fn vectors(records: &[(u64, Node)]) -> BTreeMap<String, usize> {
    let mut found: BTreeMap<String, Option<usize>> = BTreeMap::new();
    for (_, node) in records {
        if let Some(fields) = node.as_object() {
            lengths(fields, "", 0, &mut found);
        }
    }
    let even = found.into_iter();
    even.filter_map(|(name, length)| Some((name, length?)))
        .collect()
}

fn lengths(
    fields: &[(String, Node)],
    before: &str,
    depth: usize,
    found: &mut BTreeMap<String, Option<usize>>,
) {
    for (key, node) in fields {
        match node {
            Node::Object(inner) if depth < MAX_DEPTH => {
                lengths(inner, &joined(before, key), depth + 1, found);
            }
            Node::List(values) => {
                let is_one = |value: &Node| value.is_number() || *value == Node::Nothing;
                let length =
                    (values.len() > 1 && values.iter().all(is_one)).then_some(values.len());
                let known = found.entry(joined(before, key)).or_insert(length);
                if *known != length {
                    *known = None;
                }
            }
            _ => {}
        }
    }
}
