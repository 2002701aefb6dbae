//! Whether a table fits into memory, before any of it is allocated.

use csv::ByteRecord;

use crate::dataset::DatasetError;
use crate::dataset::frame::sniff;

/// What a value takes: once in the table and once standardised, while detectors are fitted.
const BYTES_A_VALUE: u64 = 8;

/// What a row takes beside its values: a cell in each part of the default ensemble, member scores,
/// the scores of two sources of relevance and their mixture, a label, its place on the map.
const BYTES_A_ROW: u64 = 330;

/// About how many rows a file has, judged by the length of its first records.
///
/// Where the `head` holds fewer than were to be sampled, all of it counts: a record of its may go on
/// beyond, and is then much longer than those before.
pub(in crate::dataset) fn rows(bytes: u64, head: usize, sample: &[ByteRecord]) -> u64 {
    // Each field is followed by a delimiter or the end of the line.
    let length = |record: &ByteRecord| record.as_slice().len() + record.len();
    let mut sampled: usize = sample.iter().map(length).sum();
    if sample.len() < sniff::SAMPLE - 1 {
        sampled = sampled.max(head);
    }
    (u128::from(bytes) * sample.len() as u128 / sampled.max(1) as u128) as u64
}

/// Refuses a table of about so many rows if every `every`th of them needs more memory than is free.
pub(in crate::dataset) fn check(
    rows: u64,
    columns: usize,
    every: u64,
    free: u64,
) -> Result<(), DatasetError> {
    let a_row = BYTES_A_VALUE * columns as u64 + BYTES_A_ROW;
    // A damaged file may say any number.
    let rows = rows.min(u64::MAX / a_row);
    let needed = rows.div_ceil(every.max(1)) * a_row;
    if needed <= free {
        return Ok(());
    }
    Err(DatasetError::Memory {
        rows,
        needed,
        free,
        every: (rows * a_row).div_ceil(free.max(1)),
    })
}

/// The memory that is free, where the system tells.
pub(in crate::dataset) fn free() -> Option<u64> {
    // Linux; elsewhere there is no such file.
    let told = std::fs::read_to_string("/proc/meminfo").ok()?;
    let line = told
        .lines()
        .find(|line| line.starts_with("MemAvailable:"))?;
    let kilobytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(
        bytes: u64,
        head: usize,
        sample: &[ByteRecord],
        every: u64,
        free: u64,
    ) -> Result<(), DatasetError> {
        let columns = sample.first().map_or(0, ByteRecord::len);
        super::check(rows(bytes, head, sample), columns, every, free)
    }

    fn sample() -> Vec<ByteRecord> {
        // 8 bytes with their delimiters: `1.5,2.5\n`.
        vec![ByteRecord::from(vec!["1.5", "2.5"]); 10]
    }

    #[test]
    fn a_table_that_does_not_fit_is_refused_with_the_figures_and_what_would_fit() {
        let a_row = 8 * 2 + 330;
        assert_eq!(check(8_000, 80, &sample(), 1, 1000 * a_row), Ok(()));
        let refused = check(8_000, 80, &sample(), 1, 1000 * a_row - 1);
        let expected = DatasetError::Memory {
            rows: 1000,
            needed: 1000 * a_row,
            free: 1000 * a_row - 1,
            every: 2,
        };
        assert_eq!(refused, Err(expected));
        assert_eq!(check(8_000, 80, &sample(), 2, 500 * a_row), Ok(()));
        assert_eq!(check(0, 0, &[], 1, 0), Ok(()));
    }

    #[test]
    fn a_long_record_behind_short_ones_is_no_sign_of_many_rows() {
        let a_row = 8 * 2 + 330;
        assert_eq!(
            check(1 << 30, 1 << 16, &sample(), 1, 200_000 * a_row),
            Ok(())
        );
    }

    #[test]
    fn the_sentence_names_rows_memory_and_remedy() {
        let error = check(80_000_000_000, 80, &sample(), 1, 16_000_000_000);
        let told = error.map_or_else(|error| error.to_string(), |()| String::new());
        assert_eq!(
            told,
            "The table has about 10000 million rows, for which 3460.0 GB of memory are needed and 16.0 GB are free: read every 217th row (option --every), or leave out rows or columns."
        );
    }
}
