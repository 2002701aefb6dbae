//! Rows above and below the names: groups of columns, and kinds of values.

use csv::ByteRecord;

use crate::dataset::lines::is_typed;
use crate::dataset::rows::cell::Cell;
use crate::dataset::written::words;

/// The names of columns below names of groups, of which each stands above the first of its columns
/// alone: `Inlet,,Outlet,` above `temp,press,temp,press`.
pub(super) fn groups(first: &ByteRecord, second: &ByteRecord) -> Option<ByteRecord> {
    let columns: Vec<[&[u8]; 2]> = first
        .iter()
        .zip(second.iter())
        .map(|(above, below)| [above.trim_ascii(), below.trim_ascii()])
        .collect();
    let (mut group, mut groups) = (&b""[..], 0);
    let mut names = Vec::with_capacity(columns.len());
    for (at, [above, below]) in columns.iter().enumerate() {
        let next = columns.get(at + 1);
        match (above.is_empty(), below.is_empty()) {
            (true, true) => return None,
            // The name of a column beside the groups.
            (false, true) => {
                group = b"";
                names.push(above.to_vec());
            }
            (false, false) => {
                next.filter(|[above, below]| above.is_empty() && !below.is_empty())?;
                (group, groups) = (above, groups + 1);
                names.push([*above, *below].join(&b' '));
            }
            (true, false) if group.is_empty() => names.push(below.to_vec()),
            (true, false) => names.push([group, *below].join(&b' ')),
        }
    }
    let are_texts = |record: &ByteRecord| record.iter().all(|cell| is_empty(cell) || is_text(cell));
    let is_good =
        groups > 1 && first.len() == second.len() && are_texts(first) && are_texts(second);
    is_good.then(|| ByteRecord::from(names))
}

/// Words of kinds of values, as databases write below the names.
const TYPES: [&str; 30] = [
    "double",
    "float",
    "float32",
    "float64",
    "real",
    "number",
    "numeric",
    "decimal",
    "integer",
    "int",
    "int32",
    "int64",
    "int8",
    "int16",
    "bigint",
    "smallint",
    "long",
    "short",
    "string",
    "str",
    "varchar",
    "text",
    "char",
    "bool",
    "boolean",
    "date",
    "datetime",
    "timestamp",
    "time",
    "object",
];

/// Whether a row tells the kinds of the columns.
pub(super) fn are_types(row: &ByteRecord) -> bool {
    let is_type = |cell: &[u8]| {
        let text = String::from_utf8_lossy(cell.trim_ascii()).to_lowercase();
        let bare = text.split('(').next().unwrap_or_default();
        TYPES.contains(&bare)
    };
    // `date,time` may be names.
    let mut different: Vec<&[u8]> = row.iter().collect();
    different.sort_unstable();
    different.dedup();
    row.iter().all(is_type) && (different.len() < row.len() || row.len() > 3)
}

pub(super) fn is_text(cell: &[u8]) -> bool {
    !is_empty(cell) && !is_typed(cell)
}

/// Whether a cell holds nothing, or a word for it.
pub(super) fn is_empty(cell: &[u8]) -> bool {
    match Cell::read(cell) {
        Cell::Missing => true,
        Cell::Text(text) => words::is_nothing_among_numbers(text),
        _ => false,
    }
}
