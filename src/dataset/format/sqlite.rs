//! SQLite: the rows of one table of a database.

use core::time::Duration;
use std::io::{Cursor, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use rusqlite::types::ValueRef;
use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::bytes::{Bytes, Input};
use super::columns::{push_float, push_integer};
use super::render::{Chunks, DELIMITER, Notes, end_line, push_field};
use crate::dataset::DatasetError;
use crate::dataset::text::{list, quote};
use crate::disk::fs;

/// Rows that are rendered at a time, where the next are found by their number; where all before have
/// to be passed again, more.
const ROWS: i64 = 1 << 13;
const MANY_ROWS: i64 = 1 << 16;

/// Fewest rows and columns of a table.
const LEAST: (i64, usize) = (3, 2);

/// Bytes of the header.
const HEAD: u64 = 100;

/// How long another program is waited for that is writing.
const PATIENCE: Duration = Duration::from_secs(2);

/// The bytes of the header that say how the database is written, and what they are where changes go to
/// a file beside it first.
const VERSIONS: std::ops::Range<usize> = 18..20;
const LOGGED: u8 = 2;

/// The rows of a table.
pub(super) struct Sqlite {
    name: String,
    connection: Connection,
    bytes: Option<Bytes>,
    query: String,
    /// The names of the columns.
    columns: Vec<String>,
    /// Where the next rows begin; `None` after the last.
    next: Option<i64>,
    /// Whether rows have numbers by which the next are found.
    has_numbers: bool,
    notes: Notes,
    /// How many cells of each column held bytes.
    blobs: Vec<usize>,
}

/// A table that was chosen, and the others.
pub(super) struct Chosen {
    pub(super) rows: Sqlite,
    /// All tables of the database.
    pub(super) tables: Vec<String>,
    /// The one that is read.
    pub(super) table: String,
    /// The names of its columns.
    pub(super) names: Vec<String>,
}

/// Opens a database, for reading only, at the table of that name, or else at the first that has rows
/// enough.
///
/// # Errors
///
/// It is damaged or in use, there is no such table, or none that has rows enough.
pub(super) fn open(
    input: Input<'_>,
    name: &str,
    wanted: Option<&str>,
    notes: &Notes,
) -> Result<Chosen, DatasetError> {
    let told = |error: rusqlite::Error| explain(name, &error);
    let (head, input) = (input.look(HEAD)).map_err(|error| DatasetError::of_io(name, &error))?;
    let missing = |length: u64| match length < pages(&head) {
        true => Err(DatasetError::Damaged(
            name.into(),
            "SQLite database",
            "it ends before its last page".to_owned(),
        )),
        false => Ok(()),
    };
    if let Some(length) = input.length() {
        missing(length)?;
    }
    let (connection, bytes) = match input.path().map(Path::to_owned) {
        Some(path) => {
            let connection = at(&path).map_err(told)?;
            (connection, input.into_bytes(name).ok())
        }
        None => {
            let bytes = input.into_bytes(name)?;
            missing(bytes.length())?;
            (in_memory(bytes, &head, name, notes)?, None)
        }
    };
    let found = tables(&connection).map_err(told)?;
    let names: Vec<String> = found.iter().map(|(table, _)| table.clone()).collect();
    // A table that does not read is as good as none, where another one does.
    let mut broken = None;
    let has_rows = |(table, _): &&(String, bool)| match has_rows(&connection, table) {
        Ok(has_rows) => has_rows,
        Err(error) => {
            broken = Some(told(error));
            false
        }
    };
    let chosen = match wanted {
        Some(wanted) => {
            let same = found.iter().find(|(table, _)| table == wanted);
            let alike =
                |(table, _): &&(String, bool)| table.to_lowercase() == wanted.to_lowercase();
            let chosen = same.or_else(|| found.iter().find(alike));
            let missing = || DatasetError::NoSuchSheet(name.into(), wanted.into(), names.clone());
            chosen.ok_or_else(missing)?
        }
        None => found.iter().find(has_rows).ok_or_else(|| {
            if let Some(error) = broken {
                return error;
            }
            let held = match names.is_empty() {
                true => "it holds no table".to_owned(),
                false => format!(
                    "none of its tables, {}, has {} rows and {} columns or more",
                    list(names.iter().map(|table| quote(table))),
                    LEAST.0,
                    LEAST.1
                ),
            };
            DatasetError::NoTableIn(name.into(), held)
        })?,
    };
    let (table, is_numbered) = chosen.clone();
    let columns = columns(&connection, &table).map_err(told)?;
    let number = ["rowid", "_rowid_", "oid"].into_iter().find(|number| {
        let is_it = |column: &String| column.eq_ignore_ascii_case(number);
        is_numbered && !columns.iter().any(is_it)
    });
    let source = quoted(&table);
    let query = match number {
        Some(number) => format!(
            "SELECT {number}, * FROM {source} WHERE {number} >= ?1 ORDER BY {number} LIMIT {ROWS}"
        ),
        None => format!("SELECT 0, * FROM {source} LIMIT {MANY_ROWS} OFFSET ?1"),
    };
    let rows = Sqlite {
        name: name.into(),
        connection,
        bytes,
        query,
        next: Some(if number.is_some() { i64::MIN } else { 0 }),
        has_numbers: number.is_some(),
        notes: notes.clone(),
        blobs: vec![0; columns.len()],
        columns: columns.clone(),
    };
    Ok(Chosen {
        rows,
        tables: names,
        table,
        names: columns,
    })
}

/// Opens the file of a database so that nothing is written, nor beside it.
fn at(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = match address(path) {
        Some(address) => Connection::open_with_flags(address, flags | OpenFlags::SQLITE_OPEN_URI)?,
        None => Connection::open_with_flags(path, flags)?,
    };
    prepared(connection)
}

/// The address of a file as SQLite takes it. Without changes in a file beside it nobody writes to it,
/// and none of the files need be made that else tell programs of each other.
fn address(path: &Path) -> Option<String> {
    let mut escaped = String::new();
    for letter in path.to_str()?.chars() {
        match letter {
            '%' => escaped.push_str("%25"),
            '?' => escaped.push_str("%3f"),
            '#' => escaped.push_str("%23"),
            _ => escaped.push(letter),
        }
    }
    let mut head = Vec::new();
    let file = fs::File::open(path).ok()?;
    file.take(HEAD).read_to_end(&mut head).ok()?;
    let is_logged = head.get(VERSIONS).is_some_and(|bytes| bytes[1] == LOGGED);
    let log = PathBuf::from(format!("{}-wal", path.to_str()?));
    let has_log = fs::metadata(&log).is_ok_and(|about| about.len() > 0);
    let how = if is_logged && !has_log {
        "immutable=1"
    } else {
        "mode=ro"
    };
    Some(format!("file:{escaped}?{how}"))
}

/// The bytes of all pages that a header counts; zero where it does not say.
fn pages(head: &[u8]) -> u64 {
    let number = |at: usize| {
        let four = head.get(at..at + 4)?.try_into().ok()?;
        Some(u64::from(u32::from_be_bytes(four)))
    };
    let size = head
        .get(16..18)
        .map_or(0, |two| u64::from(two[0]) << 8 | u64::from(two[1]));
    // The largest size does not fit two bytes.
    let size = if size == 1 { 1 << 16 } else { size };
    // Programs of old did not keep the count.
    let is_kept = number(24).is_some() && number(24) == number(92);
    number(28)
        .filter(|_| is_kept)
        .map_or(0, |count| count * size)
}

/// Opens a database that is no file of its own: unpacked, or handed over.
fn in_memory(
    mut bytes: Bytes,
    head: &[u8],
    name: &str,
    notes: &Notes,
) -> Result<Connection, DatasetError> {
    let told = |error: rusqlite::Error| explain(name, &error);
    let mut head = head.to_vec();
    let skipped = bytes.seek(SeekFrom::Start(head.len() as u64));
    skipped.map_err(|error| DatasetError::of_io(name, &error))?;
    if let Some(versions) = head.get_mut(VERSIONS)
        && versions[1] == LOGGED
    {
        versions.fill(1);
        notes.add("The database keeps its last changes in a file beside it (-wal), which is not here: they are not read.".to_owned());
    }
    let length = bytes.length() as usize;
    let mut connection = Connection::open_in_memory().map_err(told)?;
    let all = Cursor::new(head).chain(bytes);
    let taken = connection.deserialize_read_exact(rusqlite::MAIN_DB, all, length, true);
    taken.map_err(told)?;
    prepared(connection).map_err(told)
}

/// A connection that trusts nothing that the database says of itself, and sees it as it is now.
fn prepared(connection: Connection) -> rusqlite::Result<Connection> {
    connection.busy_timeout(PATIENCE)?;
    connection.execute_batch(
        "PRAGMA trusted_schema = OFF; PRAGMA query_only = ON; PRAGMA cell_size_check = ON; BEGIN;",
    )?;
    Ok(connection)
}

/// The tables in the order in which they were made, then the views; of each whether its rows have
/// numbers.
fn tables(connection: &Connection) -> rusqlite::Result<Vec<(String, bool)>> {
    let mut known = connection.prepare(
        "SELECT s.name, l.type = 'table' AND l.wr = 0 \
         FROM sqlite_schema AS s JOIN pragma_table_list AS l ON l.name = s.name AND l.schema = 'main' \
         WHERE s.type IN ('table', 'view') AND s.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' \
         AND l.type IN ('table', 'view', 'virtual') \
         ORDER BY l.type = 'view', s.rowid",
    )?;
    let rows = known.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    rows.collect()
}

fn columns(connection: &Connection, table: &str) -> rusqlite::Result<Vec<String>> {
    let all = connection.prepare(&format!("SELECT * FROM {} LIMIT 0", quoted(table)))?;
    Ok(all.column_names().map(str::to_owned).collect())
}

/// Whether a table has rows and columns enough.
fn has_rows(connection: &Connection, table: &str) -> rusqlite::Result<bool> {
    let (rows, source) = (LEAST.0, quoted(table));
    let count = format!("SELECT count(*) FROM (SELECT 1 FROM {source} LIMIT {rows})");
    let found: i64 = connection.query_row(&count, [], |row| row.get(0))?;
    Ok(found == rows && columns(connection, table)?.len() >= LEAST.1)
}

/// A name as SQL takes it for one.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

impl Sqlite {
    fn rows(&mut self, from: i64) -> rusqlite::Result<Vec<u8>> {
        let mut statement = self.connection.prepare(&self.query)?;
        let mut rows = statement.query([from])?;
        let mut text = Vec::new();
        let (mut count, mut last) = (0, from);
        let mut is_odd = false;
        while let Some(row) = rows.next()? {
            count += 1;
            last = row.get(0)?;
            for at in 0..self.columns.len() {
                match row.get_ref(at + 1)? {
                    ValueRef::Null => text.push(DELIMITER),
                    ValueRef::Integer(number) => {
                        push_integer(&mut text, number);
                        text.push(DELIMITER);
                    }
                    ValueRef::Real(number) => {
                        // Writing into memory does not fail.
                        let _ = push_float(&mut text, number);
                        text.push(DELIMITER);
                    }
                    ValueRef::Text(bytes) => {
                        let shown = String::from_utf8_lossy(bytes);
                        is_odd |= matches!(shown, std::borrow::Cow::Owned(_));
                        push_field(&mut text, &shown);
                    }
                    ValueRef::Blob(_) => {
                        self.blobs[at] += 1;
                        text.push(DELIMITER);
                    }
                }
            }
            end_line(&mut text);
        }
        if is_odd {
            self.notes.add("Some texts of the database are not UTF-8; what does not read of them is shown as �.".to_owned());
        }
        self.next = match self.has_numbers {
            _ if count == 0 => None,
            true => last.checked_add(1),
            false => Some(from + count),
        };
        Ok(text)
    }

    fn tell_blobs(&self) {
        let cells = self.columns.iter().zip(&self.blobs);
        let cells = cells.filter(|(_, count)| **count > 0);
        let cells: Vec<String> = cells
            .map(|(name, count)| format!("{} ({count} cells)", quote(name)))
            .collect();
        if !cells.is_empty() {
            self.notes.add(format!(
                "Cells that hold bytes (BLOB), perhaps numbers that a program stored as they lie in memory, count as missing: {}.",
                list(cells)
            ));
        }
    }
}

impl Chunks for Sqlite {
    fn next(&mut self) -> Result<Option<Vec<u8>>, DatasetError> {
        let Some(from) = self.next else {
            return Ok(None);
        };
        let text = self
            .rows(from)
            .map_err(|error| explain(&self.name, &error))?;
        if text.is_empty() {
            self.tell_blobs();
            return Ok(None);
        }
        if let Some(bytes) = &self.bytes {
            bytes.count(text.len() as u64);
        }
        Ok(Some(text))
    }
}

/// What the library says, in a sentence with a remedy.
fn explain(name: &str, error: &rusqlite::Error) -> DatasetError {
    let text = error.to_string();
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => DatasetError::Unreadable(
            name.into(),
            "another program is writing to the database; wait until it is done".to_owned(),
        ),
        Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen) => DatasetError::Unreadable(
            name.into(),
            format!(
                "{text}; changes of the database are unfinished, so open it once in its own program"
            ),
        ),
        _ => DatasetError::Damaged(name.into(), "SQLite database", text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(make: &str, wanted: Option<&str>) -> Result<String, String> {
        let mut database = Connection::open_in_memory().unwrap();
        database.execute_batch(make).unwrap();
        let bytes = database.serialize(rusqlite::MAIN_DB).unwrap().to_vec();
        let notes = Notes::default();
        let input = Input::stream(Cursor::new(bytes));
        let opened = open(input, "t", wanted, &notes).map_err(|error| error.to_string())?;
        let mut text = format!("{}: {}\n", opened.table, opened.names.join(","));
        let mut rows = opened.rows;
        while let Some(chunk) = rows.next().unwrap() {
            text += &String::from_utf8(chunk).unwrap();
        }
        text.push_str(&notes.all().join(" "));
        Ok(text)
    }

    #[test]
    fn values_of_all_kinds_come_in_the_order_of_their_rows() {
        let made = "CREATE TABLE few (a); INSERT INTO few VALUES (1);
            CREATE TABLE t (rowid TEXT, x REAL, n INTEGER, b BLOB);
            INSERT INTO t VALUES ('b', 1.5, -7, NULL), ('a \"q\"', 1e300, NULL, x'00ff'), ('c', 0.1, 9223372036854775807, 2);
            CREATE VIEW v AS SELECT x, n FROM t ORDER BY x;";
        let found = rows(made, None).unwrap();
        let lines: Vec<&str> = found.lines().collect();
        assert_eq!(lines[0], "t: rowid,x,n,b");
        assert_eq!(lines[1], "b\t1.5\t-7\t");
        assert!(
            lines[2].starts_with("\"a \"\"q\"\"\"\t1000"),
            "{}",
            lines[2]
        );
        assert_eq!(lines[3], "c\t0.1\t9223372036854775807\t2");
        assert!(lines[4].contains("“b” (1 cells)"), "{}", lines[4]);
        let view = rows(made, Some("V")).unwrap();
        assert!(view.starts_with("v: x,n\n0.1\t9223372036854775807\n1.5\t-7\n"));
        let told = rows(made, Some("nowhere")).unwrap_err();
        assert!(told.contains("it holds “few”, “t”, “v”"), "{told}");
        let told = rows("CREATE TABLE few (a, b)", None).unwrap_err();
        assert!(told.contains("“few”"), "{told}");
    }

    #[test]
    fn all_rows_come_whatever_they_are_numbered_by() {
        let many =
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 70000)";
        for table in ["t (i, x)", "t (i PRIMARY KEY, x) WITHOUT ROWID"] {
            let made = format!(
                "CREATE TABLE {table}; INSERT INTO t {many} SELECT i, i * 0.5 FROM n;
                 UPDATE t SET i = i - 100000;"
            );
            let found = rows(&made, None).unwrap();
            assert_eq!(found.lines().count(), 70_001, "{table}");
            assert!(found.ends_with("-30000\t35000\n"), "{table}");
        }
    }
}
