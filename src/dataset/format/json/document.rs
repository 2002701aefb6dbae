//! A single JSON value that holds a whole table, as programs answer and pandas writes.

use super::node::Node;
use crate::dataset::text::quote;

/// Fewest records of a table.
const LEAST: usize = 2;

/// Deepest place at which a list of records is looked for.
const DEEPEST: usize = 4;

/// The records of a document, and what is to be told of it.
pub(super) struct Document {
    pub(super) records: Vec<Node>,
    /// The names of the columns, where the records are lists.
    pub(super) names: Option<Vec<String>>,
    pub(super) note: Option<String>,
}

/// Finds the table in an object that is all of a file; `None` where it holds none.
///
/// 1. `{"columns": […], "data": [[…], …]}`, pandas' *split*.
/// 2. The longest list of objects, or of lists, in any field, such as `{"status": "ok", "data": [{…}, …]}`.
/// 3. `{"a": […], "b": […]}`: columns.
/// 4. `{"a": {"0": …, "1": …}, "b": {…}}`: columns, or rows, whichever has more of them.
pub(super) fn find(fields: &[(String, Node)]) -> Option<Document> {
    split(fields)
        .or_else(|| within(fields))
        .or_else(|| columns(fields))
        .or_else(|| crossed(fields))
}

fn split(fields: &[(String, Node)]) -> Option<Document> {
    let of = |name: &str| fields.iter().find(|(key, _)| key == name);
    let (_, columns) = of("columns")?;
    let names: Option<Vec<String>> = columns.as_list(1)?.iter().map(name_of).collect();
    let records = of("data")?.1.as_list(LEAST)?;
    let are_lists = records.iter().all(|record| record.as_list(1).is_some());
    are_lists.then(|| Document {
        records: records.to_vec(),
        names,
        note: None,
    })
}

/// The name of a column; one of several levels has all of them.
fn name_of(node: &Node) -> Option<String> {
    match node.as_list(1) {
        Some(levels) => {
            let levels: Option<Vec<&str>> = levels.iter().map(Node::text).collect();
            Some(levels?.join(" "))
        }
        None => node.text().map(str::to_owned),
    }
}

fn within(fields: &[(String, Node)]) -> Option<Document> {
    let mut best: Option<(String, &[Node])> = None;
    look(fields, "", 0, &mut best);
    let (name, records) = best?;
    let note = format!(
        "The records are those of the field {}; what else the file holds is left out.",
        quote(&name)
    );
    Some(Document {
        records: records.to_vec(),
        names: None,
        note: (fields.len() > 1).then_some(note),
    })
}

fn look<'n>(
    fields: &'n [(String, Node)],
    before: &str,
    depth: usize,
    best: &mut Option<(String, &'n [Node])>,
) {
    for (key, node) in fields {
        let name = match before {
            "" => key.clone(),
            before => format!("{before}.{key}"),
        };
        match node {
            Node::Object(inner) if depth < DEEPEST => look(inner, &name, depth + 1, best),
            Node::List(records) => {
                let are_objects = records.iter().all(|record| record.as_object().is_some());
                let are_lists = records.iter().all(|record| record.as_list(2).is_some());
                let is_longer = best
                    .as_ref()
                    .is_none_or(|(_, other)| other.len() < records.len());
                if records.len() >= LEAST && (are_objects || are_lists) && is_longer {
                    *best = Some((name, records));
                }
            }
            _ => {}
        }
    }
}

fn columns(fields: &[(String, Node)]) -> Option<Document> {
    let lists: Option<Vec<&[Node]>> = fields.iter().map(|(_, node)| node.as_list(LEAST)).collect();
    let lists = lists?;
    let rows = lists.first()?.len();
    let are_even = lists
        .iter()
        .all(|list| list.len() == rows && list.iter().all(Node::is_plain));
    let row = |at: usize| Node::List(lists.iter().map(|list| list[at].clone()).collect());
    (lists.len() > 1 && are_even).then(|| Document {
        records: (0..rows).map(row).collect(),
        names: Some(fields.iter().map(|(key, _)| key.clone()).collect()),
        note: None,
    })
}

fn crossed(fields: &[(String, Node)]) -> Option<Document> {
    let inner: Option<Vec<&[(String, Node)]>> =
        fields.iter().map(|(_, node)| node.as_object()).collect();
    let inner = inner?;
    let keys: Vec<&String> = inner.first()?.iter().map(|(key, _)| key).collect();
    let are_even = inner.iter().all(|other| {
        other.len() == keys.len()
            && other
                .iter()
                .zip(&keys)
                .all(|((key, node), first)| key == *first && node.is_plain())
    });
    if !are_even || fields.len() < LEAST || keys.len() < LEAST {
        return None;
    }
    let text = |text: &String| Node::Plain {
        text: text.clone(),
        is_number: false,
    };
    let outer = fields.iter().map(|(key, _)| key);
    if keys.len() > fields.len() {
        let row = |at: usize| {
            let cells = inner.iter().map(|column| column[at].1.clone());
            Node::List(std::iter::once(text(keys[at])).chain(cells).collect())
        };
        return Some(Document {
            records: (0..keys.len()).map(row).collect(),
            names: Some(names(outer)),
            note: None,
        });
    }
    let row = |(key, cells): (&String, &&[(String, Node)])| {
        let cells = cells.iter().map(|(_, node)| node.clone());
        Node::List(std::iter::once(text(key)).chain(cells).collect())
    };
    Some(Document {
        records: outer.zip(&inner).map(row).collect(),
        names: Some(names(keys.into_iter())),
        note: None,
    })
}

/// The names of columns behind the one that names the rows.
fn names<'n>(columns: impl Iterator<Item = &'n String>) -> Vec<String> {
    std::iter::once("index".to_owned())
        .chain(columns.cloned())
        .collect()
}
