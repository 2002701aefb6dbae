//! On which line of the file each row begins.

/// The lines of rows; where they follow on each other only the first is kept.
#[derive(Clone, Debug, Default)]
pub(in crate::dataset) struct LinesOf {
    /// Rows that do not lie on the line after that of the row before, with their lines.
    breaks: Vec<(u32, u64)>,
}

impl LinesOf {
    /// Adds the next row.
    pub(in crate::dataset) fn add(&mut self, row: u32, line: u64) {
        let follows = self
            .breaks
            .last()
            .is_some_and(|&(from, start)| start + u64::from(row - from) == line);
        if !follows {
            self.breaks.push((row, line));
        }
    }

    /// The line of a row.
    pub(in crate::dataset) fn line(&self, row: usize) -> u64 {
        let after = self
            .breaks
            .partition_point(|&(from, _)| from as usize <= row);
        match after.checked_sub(1).and_then(|at| self.breaks.get(at)) {
            Some(&(from, start)) => start + (row as u64 - u64::from(from)),
            None => row as u64 + 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_follow_on_each_other_but_for_breaks() {
        let mut lines = LinesOf::default();
        for (row, line) in [(0, 2), (1, 3), (2, 6), (3, 7)] {
            lines.add(row, line);
        }
        assert_eq!(lines.breaks.len(), 2);
        assert_eq!([0, 1, 2, 3].map(|row| lines.line(row)), [2, 3, 6, 7]);
    }
}
