//! The records of an experiment, as lines of a file.

use thiserror::Error;

use super::Record;

/// Records read back from lines.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Results {
    /// The records, in the order of their lines.
    pub records: Vec<Record>,
    /// The bytes up to the end of the last whole line; what follows was torn by an interruption.
    pub whole: usize,
}

/// A line that is no record.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error(
    "line {line} is not a result of glad experiment ({reason}); take the line out, or name another folder with --out"
)]
pub struct ResultsError {
    line: usize,
    reason: String,
}

impl Results {
    /// Reads lines that [`Record::line`] wrote.
    ///
    /// A last line without its end is what an interruption leaves behind: it is passed over, and
    /// whoever goes on writes from [`Self::whole`].
    ///
    /// # Errors
    /// [`ResultsError`] for a whole line that is no record.
    pub fn read(bytes: &[u8]) -> Result<Self, ResultsError> {
        let whole = bytes.iter().rposition(|byte| *byte == b'\n');
        let whole = whole.map_or(0, |end| end + 1);
        let mut records = Vec::new();
        for (index, line) in bytes[..whole]
            .split_inclusive(|byte| *byte == b'\n')
            .enumerate()
        {
            if line.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            let record = serde_json::from_slice(line).map_err(|error| ResultsError {
                line: index + 1,
                reason: error.to_string(),
            })?;
            records.push(record);
        }
        Ok(Self { records, whole })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(seed: u64) -> Record {
        Record {
            dataset: "a \"table\"".to_owned(),
            method: "glad".to_owned(),
            seed,
            key: "00".to_owned(),
            found: vec![0, 1, 1],
            auroc: 2.0 / 3.0,
            average_precision: 0.1,
        }
    }

    #[test]
    fn lines_are_read_back_and_a_torn_one_is_passed_over() {
        let lines = format!("{}{}", record(1).line(), record(2).line());
        let read = Results::read(lines.as_bytes()).expect("records");
        assert_eq!(read.records, [record(1), record(2)]);
        assert_eq!(read.whole, lines.len());
        for torn in 1..record(2).line().len() {
            let read = Results::read(&lines.as_bytes()[..lines.len() - torn]).expect("records");
            assert_eq!(read.records, [record(1)]);
            assert_eq!(read.whole, record(1).line().len());
        }
        assert_eq!(Results::read(b""), Ok(Results::default()));
    }

    #[test]
    fn another_line_is_told_with_its_number() {
        let lines = format!("{}query,found\n", record(1).line());
        let error = Results::read(lines.as_bytes()).expect_err("a refusal");
        assert!(error.to_string().starts_with("line 2 is not a result"));
        assert!(Results::read(b"\xff\xfe\n").is_err());
    }
}
