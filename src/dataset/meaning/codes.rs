//! Codes: names of things that only look like numbers.

use csv::ByteRecord;

use crate::dataset::names;

/// The share of cells that have to look like codes.
const MOSTLY: f64 = 0.9;

/// The cells of a column that hold something.
pub(super) fn cells(sample: &[ByteRecord], column: usize) -> impl Iterator<Item = &str> + Clone {
    sample.iter().filter_map(move |record| {
        let text = std::str::from_utf8(record.get(column)?.trim_ascii()).ok()?;
        (!text.is_empty()).then_some(text)
    })
}

/// Why the cells of a column of this name are codes; `None` where they are not.
pub(super) fn are_codes<'c>(
    name: &str,
    cells: impl Iterator<Item = &'c str> + Clone,
) -> Option<&'static str> {
    let count = cells.clone().count();
    let mostly = |is: fn(&str) -> bool| {
        let some = cells.clone().filter(|cell| is(cell)).count();
        count > 0 && some as f64 >= MOSTLY * count as f64
    };
    if are_hashes(cells.clone()) {
        return Some(
            "its cells are digits from 0 to f of one length, as hashes have, and no numbers",
        );
    }
    if mostly(is_text_of_digits) && cells.clone().any(|cell| cell.starts_with("=\"0")) {
        return Some(
            "its cells are written as texts of digits, some with leading zeros, so they are codes",
        );
    }
    if mostly(is_phone) || (names::is_code(name) && mostly(is_phone_in_groups)) {
        return Some("its cells are numbers of telephones");
    }
    if mostly(is_exponent) {
        return Some("its cells are digits with an E among them, as codes have, and no numbers");
    }
    if mostly(is_digits) {
        if names::is_code(name) {
            return Some("its name says that its digits are codes");
        }
        // What a program prints of a large number ends in zeros.
        let rounded = cells.clone().filter(|cell| cell.ends_with("0000")).count();
        if cells.clone().any(is_long) && rounded * 10 <= count {
            return Some(
                "its numbers have more digits than a number can hold exactly, so they are names",
            );
        }
        if let Some(why) = count_beyond(name, cells.clone()) {
            return Some(why);
        }
        let length = cells.clone().map(str::len).max().unwrap_or(0);
        let same = cells.clone().filter(|cell| cell.len() == length).count();
        let padded = cells
            .clone()
            .any(|cell| cell.len() > 1 && cell.starts_with('0'));
        if padded && same as f64 >= MOSTLY * count as f64 && length > 1 {
            return Some(
                "its cells are digits of one length with leading zeros, so they are codes",
            );
        }
    }
    None
}

fn is_digits(cell: &str) -> bool {
    let bare = cell.strip_prefix(['-', '+']).unwrap_or(cell);
    !bare.is_empty() && bare.bytes().all(|byte| byte.is_ascii_digit())
}

/// Digits as spreadsheets keep them a text: `="03631"`.
fn is_text_of_digits(cell: &str) -> bool {
    let inside = cell
        .strip_prefix("=\"")
        .and_then(|cell| cell.strip_suffix('"'));
    inside.is_some_and(|inside| is_digits(inside) && !inside.starts_with(['-', '+']))
}

/// Digits of telephones.
const PHONE: std::ops::RangeInclusive<usize> = 10..=15;

/// A plus sign and the digits of a country and what follows: `+491426219345`.
fn is_phone(cell: &str) -> bool {
    let digits = cell.strip_prefix('+').unwrap_or_default();
    PHONE.contains(&digits.len()) && !digits.starts_with('0') && is_digits(digits)
}

/// Digits in groups, as numbers of telephones are written: `+49 (0)142 621-9345`.
fn is_phone_in_groups(cell: &str) -> bool {
    let digits = cell.bytes().filter(u8::is_ascii_digit).count();
    let is_good = |letter: char| letter.is_ascii_digit() || "+-/() ".contains(letter);
    (6..=*PHONE.end()).contains(&digits)
        && cell.starts_with(['+', '0', '('])
        && cell.chars().all(is_good)
}

/// Longer than any whole number that double precision holds exactly.
fn is_long(cell: &str) -> bool {
    cell.trim_start_matches('-').len() > 15
}

/// Fewest cells of which an even step is no chance, and digits up to which single precision is exact.
const CELLS: usize = 20;
const DIGITS: usize = 7;

/// Why whole numbers that single precision would not tell apart name the rows.
fn count_beyond<'c>(
    name: &str,
    cells: impl Iterator<Item = &'c str> + Clone,
) -> Option<&'static str> {
    let numbers: Option<Vec<i64>> = cells.clone().map(|cell| cell.parse().ok()).collect();
    let numbers = numbers?;
    let is_long = cells
        .clone()
        .any(|cell| cell.trim_start_matches('-').len() > DIGITS);
    if !is_long || numbers.len() < CELLS {
        return None;
    }
    let mut steps = numbers.windows(2).map(|pair| pair[1].wrapping_sub(pair[0]));
    let step = steps.next()?;
    if step != 0 && steps.all(|other| other == step) {
        return Some("it counts the rows, so it is an id");
    }
    let mut all = numbers;
    let count = all.len();
    all.sort_unstable();
    all.dedup();
    let is_named = names::may_be_id(name).is_some() && all.len() == count;
    is_named.then_some("its name and its whole numbers, all different, say that it is an id")
}

/// Shortest hash.
const HASH: usize = 6;

/// Whether cells are hexadecimal numbers of one length, some with other letters than the e of a number,
/// or with one so that the number would be beyond all measure.
fn are_hashes<'c>(cells: impl Iterator<Item = &'c str> + Clone) -> bool {
    let Some(length) = cells
        .clone()
        .next()
        .map(str::len)
        .filter(|&length| length >= HASH)
    else {
        return false;
    };
    let is_hash =
        |cell: &str| cell.len() == length && cell.bytes().all(|byte| byte.is_ascii_hexdigit());
    let is_sure = |cell: &&str| {
        let is_number = cell
            .parse::<f64>()
            .is_ok_and(|number| (number as f32).is_finite());
        !is_number
    };
    let sure = cells.clone().filter(is_sure).count();
    cells.clone().all(is_hash) && sure * 5 >= cells.count()
}

/// Digits, a capital E, digits: as a number, it would have a point or a sign.
fn is_exponent(cell: &str) -> bool {
    let parts = cell.split_once('E');
    parts.is_some_and(|(before, after)| {
        let digits =
            |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        digits(before) && digits(after)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(cells: &[&str]) -> bool {
        are_codes("x", cells.iter().copied()).is_some()
    }

    #[test]
    fn codes_are_told_from_numbers() {
        assert!(told(&["=\"03631\"", "=\"12345\""]));
        assert!(!told(&["=\"3631\"", "=\"12345\""]));
        assert!(told(&["+491426219345", "+33498093436"]));
        assert!(!told(&["+1426219", "-1426219"]));
        let groups = ["+49 142 621 934", "0142/621934"];
        assert!(are_codes("Telefon", groups.into_iter()).is_some());
        assert!(are_codes("tel", ["+4914262", "+4914263"].into_iter()).is_some());
        assert!(told(&["2E29", "1E3", "9E24"]));
        assert!(told(&["45545", "03747", "38383"]));
        assert!(told(&["2774009078779859983", "425674247999022449"]));
        assert!(told(&["15838e062", "a00000bc9", "123456789"]));
        assert!(told(&["15838e062", "00017e991"]));
        assert!(!told(&["123456", "234567", "345678"]));
        assert!(!told(&["1e3", "2.5E3", "17"]));
        assert!(!told(&["12", "7", "0"]));
        assert!(!told(&["0.5", "01.5"]));
        assert!(!told(&[]));
        assert!(are_codes("zip", ["10115", "80331"].into_iter()).is_some());
        assert!(are_codes("zip", ["1.5", "2.5"].into_iter()).is_none());
    }
}
