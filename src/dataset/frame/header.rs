//! Header rows: names, units, rules.

use csv::ByteRecord;

use super::above::{are_types, groups, is_empty, is_text};
use super::numbered::{are_years, counts_up, rises, steps_outside};
use crate::dataset::lines::is_typed;
use crate::dataset::rows::cell::Cell;
use crate::dataset::written::{is_known_unit, is_time};

/// The share of a column's cells that have to be typed, so that it is a column of numbers or times.
const MOSTLY: f64 = 0.9;

/// Most rows of a header.
const ROWS: usize = 4;

/// Which columns hold numbers or times, as far as some records tell.
pub(super) fn typed(records: &[ByteRecord], width: usize) -> Vec<bool> {
    let mut counts = vec![(0_usize, 0_usize); width];
    for record in records.iter().filter(|record| record.len() == width) {
        for (count, cell) in counts.iter_mut().zip(record.iter()) {
            if is_empty(cell) {
                continue;
            }
            count.0 += usize::from(is_typed(cell));
            count.1 += 1;
        }
    }
    let is_typed = |(typed, all): (usize, usize)| all > 0 && typed as f64 >= MOSTLY * all as f64;
    counts.into_iter().map(is_typed).collect()
}

/// Whether the first of some records names the columns.
///
/// A text above numbers says so, a number above numbers denies it, unless the numbers of the first
/// record step evenly outside what their columns hold, as wavelengths and years do. Where no column
/// holds numbers, a header holds nothing that the records below it hold.
pub(super) fn is_header(records: &[ByteRecord]) -> bool {
    let Some((first, rest)) = records.split_first() else {
        return false;
    };
    let typed = typed(rest, first.len());
    if !typed.contains(&true) {
        return crate::dataset::frame::sniff::has_header(records);
    }
    if counts_up(first, rest) || are_years(first, rest) || rises(first, rest) {
        return true;
    }
    let steps = steps_outside(first, rest);
    let over_numbers = |column: usize| {
        let mut below = rest.iter().filter_map(|record| record.get(column));
        below.all(|cell| matches!(Cell::read(cell), Cell::Number(_) | Cell::Missing))
    };
    let (mut pro, mut contra) = (0, 0);
    let typed = first.iter().zip(&typed).enumerate();
    for (column, (cell, _)) in typed.filter(|(_, (_, typed))| **typed) {
        match (is_empty(cell), is_typed(cell)) {
            (true, _) => {}
            // A date above numbers is the name of what was counted then.
            (_, true) if is_date(cell) && over_numbers(column) => pro += 1,
            (_, true) => contra += 1,
            _ => pro += 1,
        }
        // A number of a row of wavelengths is a name.
        if steps && !is_empty(cell) && is_typed(cell) {
            contra -= 1;
            pro += 1;
        }
    }
    pro > 0 && pro >= contra
}

/// Whether a cell is a time with marks of its own, and no number by any hand.
fn is_date(cell: &[u8]) -> bool {
    match Cell::read(cell) {
        Cell::Text(text) => is_time(text),
        _ => false,
    }
}

/// The rows of a header below the names.
#[derive(Debug, Default, PartialEq)]
pub(super) struct More {
    /// How many records there are, rules included.
    pub(super) rows: usize,
    /// The units of the columns, where a row gives them.
    pub(super) units: Option<Vec<Option<String>>>,
    /// Whether one of them is a rule.
    pub(super) has_rule: bool,
    /// Whether one of the rows gave something else than units.
    pub(super) is_other: bool,
    /// Whether the units stood above the names.
    pub(super) is_above: bool,
}

/// Finds the rows of a header below the names: of texts where all below are numbers, and rules.
pub(super) fn more(below: &[ByteRecord]) -> More {
    let mut more = More::default();
    while more.rows < ROWS && below.len() > more.rows + 2 {
        let row = &below[more.rows];
        if is_rule(row) {
            more.has_rule = true;
            more.rows += 1;
            continue;
        }
        if are_widths(row) {
            more.is_other = true;
            more.rows += 1;
            continue;
        }
        let rest = &below[more.rows + 1..];
        // What belongs to the header itself says nothing of the columns.
        let typed = typed(&rest[rest.len().min(ROWS)..], row.len());
        let typed = match typed.contains(&true) {
            true => typed,
            false => self::typed(rest, row.len()),
        };
        let cells = || row.iter().zip(&typed);
        let over_numbers = || cells().filter(|(_, typed)| **typed).map(|(cell, _)| cell);
        let texts = over_numbers().filter(|cell| is_text(cell)).count();
        let others = row.iter().filter(|cell| !is_empty(cell)).count();
        let numbers = over_numbers().filter(|cell| !is_text(cell) && !is_empty(cell));
        let any_numbers = numbers.count() > 0;
        let all = typed.iter().filter(|typed| **typed).count();
        if texts == 0 || any_numbers || (texts * 2 < all && others > texts) {
            break;
        }
        match units(row, texts).filter(|_| more.units.is_none()) {
            Some(units) => more.units = Some(units),
            None => more.is_other = true,
        }
        more.rows += 1;
    }
    more
}

/// Whether a row tells widths and kinds of the columns, as the format RDB does: `5s 20d 14n`.
fn are_widths(row: &ByteRecord) -> bool {
    let is_one = |cell: &[u8]| match cell {
        [digits @ .., b's' | b'd' | b'n'] => {
            !digits.is_empty() && digits.iter().all(u8::is_ascii_digit)
        }
        _ => false,
    };
    row.len() > 1 && row.iter().all(is_one)
}

/// The units in the cells of a row, if they are such: some are known beyond doubt, and the others may
/// be.
fn units(row: &ByteRecord, texts: usize) -> Option<Vec<Option<String>>> {
    let known = row.iter().filter_map(unit).count();
    let is_sure = known * 2 >= texts || (known > 1 && known * 3 >= texts);
    let any = |cell: &[u8]| {
        let text = std::str::from_utf8(cell.trim_ascii()).ok()?;
        let is_short = is_text(cell) && text.chars().count() <= LONGEST;
        unit(cell).or_else(|| is_short.then(|| text.to_owned()))
    };
    (known > 0 && is_sure).then(|| row.iter().map(any).collect())
}

/// Whether a row holds units.
pub(super) fn are_units(row: &ByteRecord) -> bool {
    let filled = row.iter().filter(|cell| !is_empty(cell)).count();
    filled > 0 && units(row, filled).is_some()
}

/// Longest text that is taken for a unit beside others.
const LONGEST: usize = 12;

/// Whether a record below the names, with fewer fields, holds units alone, as where they stand below
/// names in columns of spaces.
pub(super) fn are_units_alone(record: &ByteRecord, width: usize) -> bool {
    record.len() > 1 && record.len() < width && record.iter().all(|cell| unit(cell).is_some())
}

/// The names of columns whose header has two rows of names, where neither will do: the units stand
/// above the names, or the upper row holds the name of a group for several columns.
pub(super) fn names(first: &ByteRecord, second: &ByteRecord) -> Option<Names> {
    let filled = |record: &ByteRecord| record.iter().filter(|cell| !is_empty(cell)).count();
    let are_texts = |record: &ByteRecord| record.iter().all(|cell| is_empty(cell) || is_text(cell));
    if first.len() != second.len()
        || !are_texts(second)
        || filled(second) * 2 <= second.len()
        || are_types(second)
    {
        return None;
    }
    if let Some(cells) = groups(first, second) {
        return Some(Names { cells, units: None });
    }
    // A letter may be a unit or a name.
    let is_letter = |cell: &[u8]| cell.trim_ascii().len() < 2;
    let are_letters = first.iter().all(is_letter)
        && !first
            .iter()
            .all(|cell| is_empty(cell) || unit(cell).is_some());
    let all: Vec<&[u8]> = second.iter().collect();
    if !are_letters
        && units(second, filled(second)).is_none()
        && let Some(units) = units(first, filled(first))
    {
        let cells = ByteRecord::from(all);
        return Some(Names {
            cells,
            units: Some(units),
        });
    }
    let is_repeated = |cell: &[u8]| {
        let same = first.iter().filter(|other| *other == cell).count();
        !is_empty(cell) && same > 1
    };
    let is_group = first.iter().all(|cell| is_empty(cell) || is_repeated(cell));
    // Units alone below names that come again are units.
    let is_name = |cell: &[u8]| is_text(cell) && unit(cell).is_none();
    if !is_group
        || !second.iter().any(is_name)
        || filled(first) < 2
        || filled(second) < second.len()
    {
        return None;
    }
    let both = first.iter().zip(second.iter()).map(|(above, below)| {
        let parts = [above.trim_ascii(), below.trim_ascii()];
        let parts: Vec<&[u8]> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        parts.join(&b' ')
    });
    Some(Names {
        cells: ByteRecord::from(both.collect::<Vec<_>>()),
        units: None,
    })
}

/// What two rows of names make together.
#[derive(Debug, PartialEq)]
pub(super) struct Names {
    pub(super) cells: ByteRecord,
    /// The units, where the upper row held them.
    pub(super) units: Option<Vec<Option<String>>>,
}

/// The unit in a cell of a header, perhaps in brackets.
fn unit(cell: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(cell.trim_ascii()).ok()?;
    let bare = text
        .trim_start_matches(['[', '('])
        .trim_end_matches([']', ')'])
        .trim();
    let is_bracketed = bare.len() < text.len();
    let is_good = match is_bracketed {
        true => !bare.is_empty() && bare.chars().count() <= 20,
        false => is_known_unit(bare),
    };
    is_good.then(|| bare.to_owned())
}

/// Whether a record is a rule between header and rows, as `psql` draws it.
pub(in crate::dataset) fn is_rule(record: &ByteRecord) -> bool {
    let is_line = |cell: &[u8]| {
        let cell = cell.trim_ascii();
        cell.len() > 1 && cell.iter().all(|byte| b"-=+_:|".contains(byte))
    };
    record.iter().any(is_line) && record.iter().all(|cell| is_empty(cell) || is_line(cell))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn records(text: &str) -> Vec<ByteRecord> {
        let split = |line: &str| ByteRecord::from(line.split(',').collect::<Vec<_>>());
        text.lines().map(split).collect()
    }

    #[test]
    fn headers_are_recognised() {
        for text in [
            "x,y\n1,2\n",
            ",x\n0,2\n1,3\n",
            "x,\n1,2\n",
            "label,colour\nnominal,red\nanomaly,red\n",
            "400,410,420\n0.1,0.2,0.3\n0.2,0.1,0.4\n",
            "region,2019,2020,2021\na,1,2,3\nb,2,9,3\n",
            "day,temp\n2024-03-01,1\n2024-03-02,5\n",
            "x,y\n",
            "1,2,3\n0.5,1.5,2.5\n0.25,1.75,2.5\n0.5,1.5,2.5\n",
            "01.01.2024,01.02.2024\n1.5,2\n2.5,3\n",
            "Item,00:00,06:00,12:00\na,1.5,2,3\nb,2.5,3,4\n",
            "400nm,410nm,420nm\n0.1,0.2,0.3\n0.2,0.1,0.4\n",
            "2015,2016,2017,2018,2019\n1900,2100,2300,2000,2500\n2100,2000,1950,2300,2200\n",
        ] {
            assert!(is_header(&records(text)), "{text}");
        }
        for text in [
            "1,2\n3,4\n",
            "nominal,1\nanomaly,2\n",
            "red,small\nblue,large\nred,large\n",
            "?,na\n1,2\n",
            "1,2,3\n2,3,4\n3,4,5\n",
            "x,2,3\n1,5,4\n2,6,7\n",
            "",
        ] {
            assert!(!is_header(&records(text)), "{text}");
        }
    }

    #[test]
    fn names_of_two_rows() {
        let of = |text: &str| {
            let rows = records(text);
            names(&rows[0], &rows[1])
        };
        let found = of("°C,hPa,l/min\ntemp,pressure,flow\n").expect("names");
        assert_eq!(found.cells, ["temp", "pressure", "flow"][..]);
        assert_eq!(found.units.expect("units")[1].as_deref(), Some("hPa"));
        let found = of(",Inlet,Inlet,Outlet,Outlet\nDate,t,p,t,p\n").expect("names");
        let names = ["Date", "Inlet t", "Inlet p", "Outlet t", "Outlet p"];
        assert_eq!(found.cells, names[..]);
        let found = of("Inlet,,Outlet,\ntemp,press,temp,press\n").expect("names");
        let names = ["Inlet temp", "Inlet press", "Outlet temp", "Outlet press"];
        assert_eq!(found.cells, names[..]);
        let found = of("id,A,,B,\n,t,p,t,p\n").expect("names");
        assert_eq!(found.cells, ["id", "A t", "A p", "B t", "B p"][..]);
        assert_eq!(of("t,p,f\nDOUBLE,DOUBLE,DOUBLE\n"), None);
        assert_eq!(of("t,p,f\ninlet,outlet,flow\n"), None);
        assert_eq!(of("Price,Close,High\nTicker,ABC,ABC\n"), None);
        assert_eq!(of("temp,pressure\n°C,hPa\n"), None);
    }

    #[test]
    fn units_and_other_rows_below_the_names() {
        let found = more(&records(",[°C],hPa\na,1,2\nb,2,3\na,4,4\n"));
        let units = vec![None, Some("°C".to_owned()), Some("hPa".to_owned())];
        assert_eq!((found.rows, found.units), (1, Some(units)));
        let found = more(&records(
            "ABC,ABC,ABC\nDate,,\n2024-03-01,1,2\n2024-03-02,2,3\n2024-03-03,3,4\n2024-03-04,3,5\n2024-03-05,3,4\n2024-03-06,3,4\n",
        ));
        assert_eq!((found.rows, found.is_other), (2, true));
        let found = more(&records("---,----\n1,2\n2,3\n3,4\n"));
        assert_eq!((found.rows, found.units), (1, None));
        assert_eq!(more(&records("1,2\n2,3\n3,4\n")).rows, 0);
        assert_eq!(more(&records("a,1\nb,2\nc,3\n")).rows, 0);
    }
}
