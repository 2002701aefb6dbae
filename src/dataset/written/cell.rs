//! A cell of a column whose meaning is known.

use super::{
    Hand, Written, is_known_unit, metric_of, multiple_of, number, parts_of, seconds_of, side_of,
    words,
};
use crate::dataset::columns::resolve;
use crate::dataset::rows::cell::Cell;
use crate::dataset::{Missing, ReadOptions, Rules};

/// Reads a cell of a column of numbers, whose own numbers are of this unit.
pub(in crate::dataset) fn of_number<'f>(
    field: &'f [u8],
    hand: Hand,
    unit: Option<&str>,
    options: &ReadOptions,
) -> Cell<'f> {
    let cell = Cell::read(field);
    let text = match std::str::from_utf8(field.trim_ascii()) {
        Ok(text) if options.rules == Rules::Meaning => text,
        _ => return cell,
    };
    let infinite = || match options.missing {
        Missing::Median => Cell::Missing,
        Missing::Refuse => Cell::Infinite(text),
    };
    let by_hand = |text| {
        number(text, hand)
            .and_then(|written| in_unit(&written, unit))
            .map(Cell::Number)
    };
    let read = match cell {
        _ if is_filler(text, options) => Cell::Missing,
        Cell::Text(_) => match by_hand(text) {
            Some(number) => number,
            None if words::is_nothing_among_numbers(text) => Cell::Missing,
            None if words::is_infinite(text) => infinite(),
            None => cell,
        },
        // Points group thousands where the decimal mark is a comma.
        Cell::Number(_) if hand == Hand::COMMA && text.contains('.') => {
            by_hand(text).unwrap_or(cell)
        }
        Cell::Infinite(_) => infinite(),
        _ => cell,
    };
    match read {
        Cell::Number(value) if is_filler(&value.to_string(), options) => Cell::Missing,
        _ => read,
    }
}

/// A number in the unit of its column: of another unit of the same kind it is brought to it; of
/// another kind it is none.
fn in_unit(written: &Written<'_>, own: Option<&str>) -> Option<f64> {
    let Some(unit) = written.unit else {
        return Some(written.value);
    };
    let ratio = |of: fn(&str) -> Option<f64>, own: &str| Some(of(unit)? / of(own)?);
    let factor = match own {
        None => multiple_of(unit),
        Some(own) if own == unit => Some(1.0),
        Some(own) => match (metric_of(unit), metric_of(own)) {
            (Some((kind, here)), Some((other, there))) if kind == other => Some(here / there),
            _ => match ratio(seconds_of, own)
                .or_else(|| ratio(multiple_of, own))
                .or_else(|| ratio(parts_of, own))
                .or_else(|| side_of(unit, own))
            {
                None if is_known_unit(unit) && is_known_unit(own) => return None,
                found => found,
            },
        },
    };
    Some(written.value * factor.unwrap_or(1.0))
}

/// Reads a cell of a column of categories, which has these `values`.
pub(in crate::dataset) fn of_category<'f>(
    field: &'f [u8],
    values: &[String],
    options: &ReadOptions,
) -> Cell<'f> {
    let cell = Cell::read(field);
    match std::str::from_utf8(field.trim_ascii()) {
        Ok(text) if options.rules == Rules::Meaning => {
            if values.iter().any(|value| value == text) {
                Cell::Text(text)
            } else if is_filler(text, options) || words::is_nothing(text) {
                Cell::Missing
            } else {
                cell
            }
        }
        _ => cell,
    }
}

fn is_filler(text: &str, options: &ReadOptions) -> bool {
    !options.fillers.is_empty() && resolve::is_one_of(text, &options.fillers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_read_by_hand_and_choice() {
        let options = ReadOptions {
            fillers: vec!["-200".into()],
            missing: Missing::Median,
            ..ReadOptions::default()
        };
        let read = |text: &'static str| of_number(text.as_bytes(), Hand::COMMA, None, &options);
        assert_eq!(read("1,5"), Cell::Number(1.5));
        assert_eq!(read("1.234"), Cell::Number(1234.0));
        for missing in ["-200", "-200,0", "None", "inf", ""] {
            assert_eq!(read(missing), Cell::Missing, "{missing}");
        }
        assert_eq!(read("red"), Cell::Text("red"));
        let read =
            |text: &'static str, unit| of_number(text.as_bytes(), Hand::POINT, unit, &options);
        assert_eq!(read("1.5 km", Some("m")), Cell::Number(1500.0));
        assert_eq!(read("2 min", Some("s")), Cell::Number(120.0));
        assert_eq!(read("3k", None), Cell::Number(3000.0));
        assert_eq!(read("20 °F", Some("°C")), Cell::Text("20 °F"));
        assert_eq!(read("250 ppm", Some("%")), Cell::Number(0.025));
        assert_eq!(read("22.5 S", Some("N")), Cell::Number(-22.5));
        let values = ["NA".to_owned(), "EU".to_owned()];
        let read = |text: &'static str| of_category(text.as_bytes(), &values, &options);
        assert_eq!(
            (read("NA"), read("\\N"), read("AF")),
            (Cell::Text("NA"), Cell::Missing, Cell::Text("AF"))
        );
    }
}
