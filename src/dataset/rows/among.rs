//! Subtotals and figures among rows of which only one is seen at a time.

use csv::ByteRecord;

use crate::dataset::written::totals::{FEWEST, Figure, MOST, figure, subtotal};
use crate::dataset::{Column, Role};

/// Tells which rows are subtotals of the group right above them.
#[derive(Default)]
pub(super) struct Among {
    before: ByteRecord,
}

impl Among {
    /// Whether a row is the subtotal of the group of the row before it: the text of a column of
    /// categories is none of these, but that of the row before and a word of totals.
    pub(super) fn is_subtotal(
        &mut self,
        record: &ByteRecord,
        columns: &[Column],
        indices: &[Option<usize>],
    ) -> bool {
        let is = |(column, index): (&Column, &Option<usize>)| {
            let (Role::OneHot { values }, Some(index)) = (&column.role, *index) else {
                return false;
            };
            let (Some(cell), Some(before)) = (record.get(index), self.before.get(index)) else {
                return false;
            };
            let (cell, before) = (cell.trim_ascii(), before.trim_ascii());
            let may_be = cell.len() > before.len()
                && !before.is_empty()
                && (cell.starts_with(before) || cell.ends_with(before));
            let Some(text) = std::str::from_utf8(cell).ok().filter(|_| may_be) else {
                return false;
            };
            subtotal(text)
                .is_some_and(|(group, figure)| figure == Figure::Sum && group.as_bytes() == before)
                && !values.iter().any(|value| value == text)
        };
        let found = columns.iter().zip(indices).any(is);
        if !found {
            self.before.clone_from(record);
        }
        found
    }
}

/// The first cells of the rows of figures with which a table begins, of which some rows are given:
/// several limits, or a mean or deviation and others.
pub(super) fn figures_above(sample: &[ByteRecord]) -> Vec<String> {
    let first = |record: &ByteRecord| {
        let mut cells = record.iter().map(<[u8]>::trim_ascii);
        let cell = cells.find(|cell| !cell.is_empty())?;
        std::str::from_utf8(cell).ok().map(str::to_owned)
    };
    let words = || sample.iter().map_while(first);
    let found: Vec<(String, Figure)> = words()
        .map_while(|word| figure(&word).map(|figure| (word, figure)))
        .take(MOST + 1)
        .collect();
    let count = found.len();
    let is_new = |(word, _): &(String, Figure)| words().filter(|other| other == word).count() == 1;
    let is_sure = found.iter().all(|(_, figure)| *figure == Figure::Limit)
        || found
            .iter()
            .any(|(_, figure)| matches!(figure, Figure::Mean | Figure::Deviation));
    let is_good = (2..=MOST).contains(&count)
        && is_sure
        && sample.len() >= 2 * count.max(FEWEST)
        && found.iter().all(is_new);
    match is_good {
        true => found.into_iter().map(|(word, _)| word).collect(),
        false => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn records(firsts: &[&str]) -> Vec<ByteRecord> {
        let record = |first: &&str| ByteRecord::from(vec![*first, "1", "2"]);
        firsts.iter().map(record).collect()
    }

    #[test]
    fn figures_stand_above_rows() {
        let rows = ["r1", "r2", "r3", "r4", "r5", "r6", "r7", "r8", "r9"];
        let with = |first: &[&str]| figures_above(&records(&[first, &rows].concat())).len();
        assert_eq!(
            [with(&["LSL", "USL"]), with(&["Mean", "SD", "Max"])],
            [2, 3]
        );
        assert_eq!([with(&["Max", "Min"]), with(&["LSL"]), with(&[])], [0; 3]);
        assert_eq!(figures_above(&records(&["LSL", "USL", "r1"])).len(), 0);
    }

    #[test]
    fn subtotals_follow_their_group() {
        let values = ["North", "South", "Total Wine", "Wine"].map(str::to_owned);
        let column = Column {
            name: "site".to_owned(),
            role: Role::OneHot {
                values: values.to_vec(),
            },
        };
        let mut among = Among::default();
        let told: Vec<bool> = records(&[
            "North",
            "North Total",
            "South",
            "North Total",
            "Wine",
            "Total Wine",
        ])
        .iter()
        .map(|record| among.is_subtotal(record, std::slice::from_ref(&column), &[Some(0)]))
        .collect();
        assert_eq!(told, [false, true, false, false, false, false]);
    }
}
