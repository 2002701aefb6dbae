//! Which decimal mark the numbers of a file, and of a column, have.

use csv::ByteRecord;

use crate::dataset::written::{Hand, number};

/// What numbers with marks say of the decimal mark.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(in crate::dataset) struct Marks {
    /// Numbers by a decimal point only, such as `1.5`.
    pub(in crate::dataset) point: usize,
    /// Numbers by a decimal comma only, such as `1,5`.
    pub(in crate::dataset) comma: usize,
    /// Numbers such as `1.234`, which may be grouped by points.
    pub(in crate::dataset) groups_by_point: usize,
    /// Numbers such as `1,234`, which may be grouped by commas.
    pub(in crate::dataset) groups_by_comma: usize,
}

impl Marks {
    /// Counts the cells of a column, or of all columns.
    pub(in crate::dataset) fn of<'c>(cells: impl Iterator<Item = &'c [u8]>) -> Self {
        let mut marks = Self::default();
        for text in cells.filter_map(|cell| std::str::from_utf8(cell.trim_ascii()).ok()) {
            if !text.contains(['.', ',']) {
                continue;
            }
            if is_by_point(text) {
                marks.point += 1;
                continue;
            }
            let (point, comma) = (number(text, Hand::POINT), number(text, Hand::COMMA));
            match (point.is_some(), comma.is_some()) {
                (true, false) => marks.point += 1,
                (false, true) => marks.comma += 1,
                // A time or the like: the same by both hands.
                (true, true)
                    if point.map(|number| number.value) == comma.map(|number| number.value) => {}
                (true, true) if text.contains('.') => marks.groups_by_point += 1,
                (true, true) => marks.groups_by_comma += 1,
                (false, false) => {}
            }
        }
        marks
    }

    fn add(&mut self, other: Self) {
        self.point += other.point;
        self.comma += other.comma;
        self.groups_by_point += other.groups_by_point;
        self.groups_by_comma += other.groups_by_comma;
    }
}

/// Whether a text is digits with one point among them that groups no thousands, as most numbers are.
fn is_by_point(text: &str) -> bool {
    let bare = text.strip_prefix('-').unwrap_or(text);
    let Some((whole, part)) = bare.split_once('.') else {
        return false;
    };
    let are_digits =
        |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let may_group = part.len() == 3 && whole.len() < 4 && !whole.starts_with('0');
    are_digits(whole) && are_digits(part) && !may_group && text.len() < 20
}

/// The decimal mark of a file, of each of its columns, and whether nothing but the delimiter tells
/// that `1.234` is grouped.
pub(super) struct Decimals {
    /// The mark of the file.
    pub(super) file: u8,
    /// The mark of each column.
    pub(super) columns: Vec<u8>,
    /// Columns of which every number with a mark may be grouped or not.
    pub(super) doubtful: Vec<usize>,
}

/// Recognises decimal marks, or takes the `chosen` one.
pub(super) fn recognise(
    records: &[ByteRecord],
    width: usize,
    delimiter: u8,
    chosen: Option<u8>,
) -> Decimals {
    let by_column: Vec<Marks> = (0..width)
        .map(|index| Marks::of(records.iter().filter_map(|record| record.get(index))))
        .collect();
    let mut all = Marks::default();
    by_column.iter().for_each(|marks| all.add(*marks));
    // Whoever separates by semicolons does so because of decimal commas.
    let by_delimiter = match delimiter {
        b';' => b',',
        _ => b'.',
    };
    let is_sure = chosen.is_some() || all.comma != all.point;
    let file = chosen.unwrap_or(match (all.comma, all.point) {
        // Without a mark there is nothing to read in another way.
        (0, 0) if all.groups_by_point + all.groups_by_comma == 0 => b'.',
        (0, 0) => by_delimiter,
        (comma, point) if comma > point => b',',
        _ => b'.',
    });
    let of_column = |marks: &Marks| match (chosen, marks.comma, marks.point) {
        (Some(chosen), ..) => chosen,
        (_, comma, point) if comma > point => b',',
        (_, comma, point) if point > comma => b'.',
        _ => file,
    };
    let is_doubtful = |index: &usize| {
        let marks = by_column[*index];
        let groups = marks.groups_by_point + marks.groups_by_comma;
        !is_sure && groups > 0 && marks.comma + marks.point == 0
    };
    Decimals {
        file,
        columns: by_column.iter().map(of_column).collect(),
        doubtful: (0..width).filter(is_doubtful).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimals(rows: &[&[&str]], delimiter: u8) -> (char, Vec<char>, Vec<usize>) {
        let records: Vec<ByteRecord> = rows
            .iter()
            .map(|row| ByteRecord::from(row.to_vec()))
            .collect();
        let found = recognise(&records, rows[0].len(), delimiter, None);
        let columns = found.columns.iter().map(|&mark| char::from(mark));
        (char::from(found.file), columns.collect(), found.doubtful)
    }

    #[test]
    fn marks_are_told_by_numbers_that_have_one_reading() {
        let found = decimals(&[&["19,51", "1.014"], &["3.568,5", "2.000"]], b';');
        assert_eq!(found, (',', vec![',', ','], vec![]));
        let found = decimals(&[&["1,522", "1014.1"], &["1,778", "2.5"]], b',');
        assert_eq!(found, ('.', vec!['.', '.'], vec![]));
        let found = decimals(&[&["5.129", "117"], &["6.941", "365"]], b';');
        assert_eq!(found, (',', vec![',', ','], vec![0]));
        let found = decimals(&[&["5.129", "117"], &["6.941", "365"]], b'\t');
        assert_eq!(found, ('.', vec!['.', '.'], vec![0]));
    }
}
