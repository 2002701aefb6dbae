//! Recognises the delimiter and the header from the first records.

use csv::{ByteRecord, ReaderBuilder};

use crate::dataset::rows::cell::Cell;

/// How many records are looked at.
pub(in crate::dataset) const SAMPLE: usize = 51;

/// The delimiters that are recognised; of equals, the first.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// The parser's settings, the same for looking ahead and for reading.
pub(in crate::dataset) fn parser(delimiter: u8) -> ReaderBuilder {
    let mut builder = ReaderBuilder::new();
    builder
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .buffer_capacity(1 << 16);
    builder
}

/// Parses up to 51 records of the beginning of a file, leaving out one that is cut off.
pub(in crate::dataset) fn sample(head: &[u8], whole: bool, delimiter: u8) -> Vec<ByteRecord> {
    let mut reader = parser(delimiter).from_reader(head);
    let mut records: Vec<ByteRecord> = reader
        .byte_records()
        .take(SAMPLE)
        .map_while(Result::ok)
        .collect();
    let cut_off = !whole && reader.position().byte() == head.len() as u64;
    if cut_off && records.len() > 1 {
        records.pop();
    }
    records
}

/// Recognises the delimiter: the one that splits the most records into as many fields as the
/// first, and of equals the one that makes the most fields.
pub(in crate::dataset) fn delimiter(head: &[u8], whole: bool) -> u8 {
    let mut best = (b',', (0, 1));
    for delimiter in DELIMITERS {
        let records = sample(head, whole, delimiter);
        let fields = records.first().map_or(0, ByteRecord::len);
        let alike = records.iter().filter(|record| record.len() == fields);
        let merit = (alike.count(), fields);
        if fields > 1 && merit > best.1 {
            best = (delimiter, merit);
        }
    }
    best.0
}

/// Recognises a header: the first record holds texts only, and the records below it hold a number,
/// or at least nothing that it holds.
///
/// The first cell may be empty, as pandas and R leave the name of the row numbers.
pub(in crate::dataset) fn has_header(sample: &[ByteRecord]) -> bool {
    let Some((first, rest)) = sample.split_first() else {
        return false;
    };
    let rest: Vec<&ByteRecord> = rest.iter().filter(|row| row.len() == first.len()).collect();
    let named = first.iter().enumerate().all(|(index, cell)| {
        let nameless = cell.trim_ascii().is_empty();
        !is_number(cell) && (!nameless || (index == 0 && first.len() > 1))
    });
    let says_something = first.iter().any(|cell| Cell::read(cell) != Cell::Missing);
    let numbers_below = rest.iter().any(|row| row.iter().any(is_number));
    let recurs = |(index, cell)| rest.iter().any(|row| row.get(index) == Some(cell));
    named && says_something && (numbers_below || !first.iter().enumerate().any(recurs))
}

fn is_number(cell: &[u8]) -> bool {
    matches!(
        Cell::read(cell),
        Cell::Number(_) | Cell::TooLarge(_) | Cell::Infinite(_)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(text: &str) -> bool {
        has_header(&sample(text.as_bytes(), true, b','))
    }

    #[test]
    fn delimiters_are_recognised() {
        assert_eq!(delimiter(b"a,b\n1,2\n", true), b',');
        assert_eq!(delimiter(b"a;b\n1,5;2,5\n", true), b';');
        assert_eq!(delimiter(b"a\tb, c\n1\t2\n", true), b'\t');
        assert_eq!(delimiter(b"a|b|c\n1|2|3\n", true), b'|');
        assert_eq!(delimiter(b"a,b\n1,2\n3\n", true), b',');
        assert_eq!(delimiter(b"\"a;b;c\",b\n\"1;2\",2\n", true), b',');
        assert_eq!(delimiter(b"", true), b',');
    }

    #[test]
    fn headers_are_recognised() {
        assert!(header("x,y\n1,2\n"));
        assert!(header(",x\n0,2\n1,3\n"));
        assert!(header("label,colour\nnominal,red\nanomaly,red\n"));
        assert!(header("x,y\n"));
        assert!(!header("1,2\n3,4\n"));
        assert!(!header("x,\n1,2\n"));
        assert!(!header("nominal,1\nanomaly,2\n"));
        assert!(!header("red,small\nblue,large\nred,large\n"));
        assert!(!header("?,na\n1,2\n"));
        assert!(!header(""));
    }

    #[test]
    fn a_record_that_is_cut_off_is_not_sampled() {
        assert_eq!(sample(b"a,b\n1,2\n3,", false, b',').len(), 2);
        assert_eq!(sample(b"a,b\n1,2\n3,4", true, b',').len(), 3);
        assert_eq!(sample(b"a,b", false, b',').len(), 1);
    }
}
