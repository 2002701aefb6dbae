//! Totals below a table of which only one row is seen at a time.

use csv::ByteRecord;

use crate::dataset::written::totals::{FEWEST, MOST, figure, is_figure, is_total};

/// Tells which of the rows at the end of a table are totals of those above them: rows that may be,
/// while no other row follows.
#[derive(Clone, Debug, Default)]
pub(super) struct Below {
    /// Rows that were seen.
    rows: usize,
    /// Those of them whose first cell holds no digit.
    plain: usize,
    /// First cells that were words of totals, and yet had a row below them.
    values: Vec<String>,
    /// The rows that may be totals, the last of which was the last that was seen: line and first
    /// cell.
    held: Vec<(u64, String)>,
}

impl Below {
    /// Takes up a row, and says whether it may be a total.
    pub(super) fn see(&mut self, record: &ByteRecord, line: u64) -> bool {
        let mut cells = record.iter().map(<[u8]>::trim_ascii);
        let first = cells.find(|cell| !cell.is_empty()).unwrap_or_default();
        let has_digit = first.iter().any(u8::is_ascii_digit);
        // A quantile behind other figures, such as 50%, has digits.
        let may_be = !has_digit || (!self.held.is_empty() && first.ends_with(b"%"));
        let word = may_be
            .then(|| std::str::from_utf8(first).ok())
            .flatten()
            .filter(|word| self.may_be(word));
        self.rows += 1;
        self.plain += usize::from(!has_digit);
        match word {
            Some(word) => self.held.push((line, word.to_owned())),
            None => self
                .values
                .extend(self.held.drain(..).map(|(_, word)| word)),
        }
        word.is_some()
    }

    fn may_be(&self, word: &str) -> bool {
        let is_known = self.values.iter().any(|value| value == word)
            || self.held.iter().any(|(_, held)| held == word);
        let is_alone = self.plain <= MOST || self.plain * 10 <= self.rows;
        self.rows + 1 >= FEWEST
            && self.held.len() < MOST
            && !is_known
            && (is_total(word)
                || (is_alone && is_figure(word))
                // Figures follow on each other.
                || (!self.held.is_empty() && figure(word).is_some()))
    }

    /// The rows that were totals, now that the table has ended.
    pub(super) fn end(&mut self) -> Vec<(u64, String)> {
        std::mem::take(&mut self.held)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(firsts: &[&str]) -> Vec<(u64, String)> {
        let mut below = Below::default();
        for (line, first) in firsts.iter().enumerate() {
            below.see(&ByteRecord::from(vec![*first, "1"]), line as u64 + 2);
        }
        below.end()
    }

    #[test]
    fn totals_are_the_words_behind_which_no_row_follows() {
        let rows = ["r1", "r2", "r3", "r4", "r5"];
        let with = |last: &[&str]| seen(&[&rows, last].concat());
        assert_eq!(with(&[]), []);
        assert_eq!(with(&["Total:"]), [(7, "Total:".to_owned())]);
        let lines: Vec<u64> = with(&["Mean", "Std", "Summe"])
            .iter()
            .map(|row| row.0)
            .collect();
        assert_eq!(lines, [7, 8, 9]);
        assert_eq!(with(&["Total", "r6"]), []);
        assert_eq!(with(&["Total", "r6", "Total"]), []);
    }

    #[test]
    fn a_word_among_words_is_a_value() {
        let words: Vec<&str> = std::iter::repeat_n("low", 40).collect();
        assert_eq!(seen(&[&words[..], &["median"]].concat()), []);
        assert_eq!(seen(&["low", "high", "Total"]), []);
        // Behind another figure it is one.
        let lines = seen(&[&words[..], &["Mean", "SD", "50%"]].concat());
        assert_eq!(lines.len(), 3);
    }
}
