//! Excel and OpenDocument: the cells of one sheet of a workbook.

use std::io::BufReader;

use calamine::{
    Cell, Data, ExcelDateTime, Ods, Range, Reader, SheetType, SheetVisible, Sheets, Xls, Xlsb, Xlsx,
};

use super::bytes::Bytes;
use super::civil;
use super::guarded;
use super::render::{Chunks, end_line, push_field};
use crate::dataset::DatasetError;
use crate::dataset::text::{list, quote};

/// Rows that are rendered at a time.
const ROWS: usize = 1000;

/// Fewest rows and columns of a table, its header included.
const LEAST: (usize, usize) = (4, 2);

/// Most cells of a sheet, empty ones between others included.
const MAX_CELLS: u64 = 50_000_000;

/// The rows of a sheet.
pub(super) struct Sheet {
    cells: Range<Data>,
    /// The next row of `cells`.
    row: usize,
    /// Rows of the sheet above the first that holds something.
    above: usize,
}

/// The formats of workbooks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Workbook {
    /// Excel since 2007.
    Xlsx,
    /// The same in binary.
    Xlsb,
    /// Excel before 2007.
    Xls,
    /// OpenDocument.
    Ods,
}

impl Workbook {
    /// The name of the format.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Xlsx => "Excel",
            Self::Xlsb => "Excel (binary)",
            Self::Xls => "Excel 97",
            Self::Ods => "OpenDocument",
        }
    }

    fn open(self, bytes: BufReader<Bytes>) -> Result<Sheets<BufReader<Bytes>>, String> {
        match self {
            Self::Xlsx => Xlsx::new(bytes)
                .map(Sheets::Xlsx)
                .map_err(|error| error.to_string()),
            Self::Xlsb => Xlsb::new(bytes)
                .map(Sheets::Xlsb)
                .map_err(|error| error.to_string()),
            Self::Xls => Xls::new(bytes)
                .map(Sheets::Xls)
                .map_err(|error| error.to_string()),
            Self::Ods => Ods::new(bytes)
                .map(Sheets::Ods)
                .map_err(|error| error.to_string()),
        }
    }
}

/// A sheet that was chosen, and the others.
pub(super) struct Chosen {
    pub(super) rows: Sheet,
    /// All sheets of the workbook.
    pub(super) sheets: Vec<String>,
    /// The one that is read.
    pub(super) sheet: String,
    /// Whether only its beginning was read.
    pub(super) is_cut: bool,
}

/// Cells from which whatever is told of a table by its beginning can be told.
const BEGINNING: usize = 500_000;

/// Opens a workbook at the sheet of that name, or else at the first that holds a table. Of a large sheet
/// its `beginning` may be enough.
///
/// # Errors
///
/// It is damaged or encrypted, there is no such sheet, or none holds a table.
pub(super) fn open(
    bytes: Bytes,
    kind: Workbook,
    name: &str,
    wanted: Option<&str>,
    beginning: bool,
) -> Result<Chosen, DatasetError> {
    let most = if beginning { BEGINNING } else { usize::MAX };
    let damaged = |told: String| DatasetError::Damaged(name.into(), "workbook", told);
    let opened = guarded(|| kind.open(BufReader::new(bytes)));
    let mut workbook = opened.and_then(|opened| opened).map_err(damaged)?;
    let sheets = workbook.sheet_names();
    let read = |workbook: &mut Sheets<BufReader<Bytes>>, sheet: &str| {
        let cells = guarded(|| match workbook {
            Sheets::Xlsx(workbook) => bounded(workbook, sheet, most),
            other => match other.worksheet_range(sheet) {
                Ok(cells) => Ok((cells, false)),
                Err(error) => Err(error.to_string()),
            },
        });
        cells.and_then(|cells| cells).map_err(damaged)
    };
    if let Some(wanted) = wanted {
        let same = |sheet: &&String| sheet.as_str() == wanted;
        let alike = |sheet: &&String| sheet.to_lowercase() == wanted.to_lowercase();
        let found = sheets
            .iter()
            .find(same)
            .or_else(|| sheets.iter().find(alike))
            .cloned();
        let sheet = found
            .ok_or_else(|| DatasetError::NoSuchSheet(name.into(), wanted.into(), sheets.clone()))?;
        let (cells, is_cut) = read(&mut workbook, &sheet)?;
        return Ok(Chosen {
            rows: Sheet::new(cells),
            sheets,
            sheet,
            is_cut,
        });
    }
    // What is hidden is rather a list for the others than a table, and a chart has no cells.
    let about = workbook.sheets_metadata();
    let tables = about
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet);
    let (shown, hidden): (Vec<_>, Vec<_>) =
        tables.partition(|sheet| sheet.visible == SheetVisible::Visible);
    let order: Vec<String> = shown
        .iter()
        .chain(&hidden)
        .map(|sheet| sheet.name.clone())
        .collect();
    for sheet in order {
        let (cells, is_cut) = read(&mut workbook, &sheet)?;
        let (rows, columns) = cells.get_size();
        if rows >= LEAST.0 && columns >= LEAST.1 {
            return Ok(Chosen {
                rows: Sheet::new(cells),
                sheets,
                sheet,
                is_cut,
            });
        }
    }
    let sheets = list(sheets.iter().map(|sheet| quote(sheet)));
    Err(damaged(format!(
        "no sheet holds a table of {} rows and {} columns or more; the sheets are {sheets}",
        LEAST.0, LEAST.1
    )))
}

/// The cells of a sheet, if they do not lie so far apart that what is between them fills the memory; at
/// most so many and the rest of their row, and whether there are more.
fn bounded(
    workbook: &mut Xlsx<BufReader<Bytes>>,
    sheet: &str,
    most: usize,
) -> Result<(Range<Data>, bool), String> {
    let reader = workbook.worksheet_cells_reader(sheet);
    let mut reader = reader.map_err(|error| error.to_string())?;
    let (mut cells, mut columns, mut is_cut) = (Vec::new(), 0, false);
    while let Some(cell) = reader.next_cell().map_err(|error| error.to_string())? {
        let (row, column) = cell.get_position();
        let value = Data::from(cell.get_value().clone());
        if matches!(value, Data::Empty) {
            continue;
        }
        let last = cells.last().map(|last: &Cell<Data>| last.get_position().0);
        if last.is_some_and(|last| last > row) {
            return Err("its rows are in disorder".to_owned());
        }
        if cells.len() >= most && last != Some(row) {
            is_cut = true;
            break;
        }
        columns = columns.max(u64::from(column) + 1);
        if (u64::from(row) + 1) * columns > MAX_CELLS {
            return Err(format!(
                "its cells are spread over more than {MAX_CELLS} places: save the table as CSV or Parquet"
            ));
        }
        cells.push(Cell::new((row, column), value));
    }
    Ok((Range::from_sparse(cells), is_cut))
}

impl Sheet {
    fn new(cells: Range<Data>) -> Self {
        let above = cells.start().map_or(0, |(row, _)| row as usize);
        Self {
            cells,
            row: 0,
            above,
        }
    }

    fn push(&self, text: &mut Vec<u8>, row: &[Data]) {
        if row.iter().all(|cell| matches!(cell, Data::Empty)) {
            text.push(b'\n');
            return;
        }
        for cell in row {
            push_field(text, &shown(cell));
        }
        end_line(text);
    }
}

impl Chunks for Sheet {
    fn next(&mut self) -> Result<Option<Vec<u8>>, DatasetError> {
        // Empty rows stay empty lines: so a line is a row of the sheet, as its program counts them.
        let mut text = vec![b'\n'; std::mem::take(&mut self.above)];
        let rows = self.cells.rows().skip(self.row).take(ROWS);
        let before = text.len();
        for row in rows {
            self.push(&mut text, row);
            self.row += 1;
        }
        Ok((text.len() > before).then_some(text))
    }
}

/// A cell as its program shows it, without the format of its number.
fn shown(cell: &Data) -> String {
    match cell {
        Data::Int(number) => number.to_string(),
        Data::Float(number) => number.to_string(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Bool(true) => "true".to_owned(),
        Data::Bool(false) => "false".to_owned(),
        Data::DateTime(time) => moment(time),
        Data::Error(error) => error.to_string(),
        Data::Empty => String::new(),
    }
}

/// A date, time of day or duration as text.
fn moment(time: &ExcelDateTime) -> String {
    let mut text = Vec::new();
    let days = time.as_f64();
    if time.is_duration() || (0.0..1.0).contains(&days) {
        civil::push_clock(&mut text, (days * 86_400_000.0).round() as i64, 1000);
    } else {
        let (year, month, day, hour, minute, second, milli) = time.to_ymd_hms_milli();
        text.extend(format!("{year:04}-{month:02}-{day:02}").bytes());
        let of_day = (i64::from(hour) * 3600 + i64::from(minute) * 60 + i64::from(second)) * 1000
            + i64::from(milli);
        if of_day > 0 {
            text.push(b'T');
            civil::push_clock(&mut text, of_day, 1000);
        }
    }
    String::from_utf8(text).unwrap_or_default()
}
