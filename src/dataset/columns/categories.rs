//! The few different values of a text column.

use super::gather::Texts;
use crate::dataset::MAX_CATEGORIES;

/// The different values of a column, sorted, and which of them each row holds.
#[derive(Debug, PartialEq)]
pub(in crate::dataset) struct Categories {
    /// The values.
    pub(in crate::dataset) values: Vec<String>,
    /// The index of each row's value; `None` where it is missing.
    pub(in crate::dataset) codes: Vec<Option<u8>>,
}

impl Categories {
    /// Collects the texts of a column, and the numbers among them; `None` if there are too many.
    pub(in crate::dataset) fn of(texts: &Texts, numbers: &[f32]) -> Option<Self> {
        if texts.many {
            return None;
        }
        let written = texts.different.len();
        let different = different(numbers, MAX_CATEGORIES - written)?;
        let mut values = texts.different.clone();
        values.extend(different.iter().map(f32::to_string));
        let column = |number: &f32| different.iter().position(|known| known == number);
        // At most MAX_CATEGORIES: the index fits a byte.
        let code = |number: &f32| column(number).map(|column| (written + column) as u8);
        let mut codes: Vec<Option<u8>> = numbers.iter().map(code).collect();
        for &(row, column) in &texts.cells {
            codes[row as usize] = Some(column);
        }
        Some(Self { values, codes }.sorted())
    }

    /// How many rows hold a value.
    pub(in crate::dataset) fn present(&self) -> usize {
        self.codes.iter().flatten().count()
    }

    /// The index of the most frequent value; of equals, the first.
    pub(in crate::dataset) fn usual(&self) -> u8 {
        let mut counts = vec![0_usize; self.values.len()];
        for &code in self.codes.iter().flatten() {
            counts[usize::from(code)] += 1;
        }
        let most = counts.iter().max();
        let column = counts.iter().position(|count| Some(count) == most);
        column.unwrap_or_default() as u8
    }

    fn sorted(self) -> Self {
        let mut order: Vec<usize> = (0..self.values.len()).collect();
        order.sort_by_key(|&column| &self.values[column]);
        let mut ranks = vec![0_u8; order.len()];
        for (rank, &column) in order.iter().enumerate() {
            ranks[column] = rank as u8;
        }
        let rank = |code: u8| ranks[usize::from(code)];
        Self {
            codes: self.codes.into_iter().map(|code| code.map(rank)).collect(),
            values: order
                .iter()
                .map(|&column| self.values[column].clone())
                .collect(),
        }
    }
}

/// The different numbers, without NaN; `None` if there are more than `limit`.
fn different(numbers: &[f32], limit: usize) -> Option<Vec<f32>> {
    let mut different = Vec::new();
    for &number in numbers.iter().filter(|number| !number.is_nan()) {
        if different.contains(&number) {
            continue;
        }
        if different.len() == limit {
            return None;
        }
        different.push(number);
    }
    Some(different)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_and_numbers_are_sorted_together() {
        let texts = Texts {
            count: 2,
            different: vec!["red".into(), "blue".into()],
            cells: vec![(0, 0), (2, 1), (4, 0)],
            ..Texts::default()
        };
        let nan = f32::NAN;
        let categories = Categories::of(&texts, &[nan, 2.0, nan, nan, nan]);
        let expected = Categories {
            values: vec!["2".into(), "blue".into(), "red".into()],
            codes: vec![Some(2), Some(0), Some(1), None, Some(2)],
        };
        assert_eq!(categories, Some(expected));
        let numbers: Vec<f32> = (0..11_u8).map(f32::from).collect();
        assert_eq!(Categories::of(&texts, &numbers), None);
    }

    #[test]
    fn the_usual_value_is_the_first_of_the_most_frequent() {
        let codes = vec![Some(2), Some(1), None, Some(1), Some(2), Some(0)];
        let values = ["a", "b", "c"].map(String::from).to_vec();
        let categories = Categories { values, codes };
        assert_eq!((categories.usual(), categories.present()), (1, 5));
    }
}
