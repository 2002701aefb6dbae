//! Whether the numbers of a row are a figure of those of other rows.

use crate::dataset::rows::records::Records;
use crate::dataset::written::totals::Figure;
use crate::dataset::written::{Hand, number};

/// The numbers of the columns that hold some, also where they are written so that only a second look
/// reads them.
pub(super) struct Numbers {
    columns: Vec<Vec<f64>>,
}

/// How far single precision is off.
const OFF: f64 = 2e-6;

/// The share of the rows that lie within limits.
const WITHIN: f64 = 0.9;

impl Numbers {
    /// Those of all columns that are mostly numbers.
    pub(super) fn of(records: &Records) -> Self {
        let one = |column: usize| {
            let mut numbers: Vec<f64> = records.column(column).iter().map(|&x| x.into()).collect();
            let hand = Hand {
                decimal: records.frame.marks[column],
            };
            for (row, text) in records.columns[column].texts.iter() {
                if let (Some(kept), Some(found)) =
                    (numbers.get_mut(row as usize), number(text, hand))
                {
                    *kept = found.value;
                }
            }
            let count = numbers.iter().filter(|number| number.is_finite()).count();
            (count * 2 > numbers.len()).then_some(numbers)
        };
        Self {
            columns: (0..records.names.len()).filter_map(one).collect(),
        }
    }

    /// In how many columns the number of a row is a figure of those of other rows, of how many that
    /// could say so.
    pub(super) fn agree(&self, row: usize, figure: Figure, others: &[usize]) -> (usize, usize) {
        let (mut agree, mut all) = (0, 0);
        for column in &self.columns {
            let number = column.get(row).copied().unwrap_or(f64::NAN);
            let others: Vec<f64> = others
                .iter()
                .filter_map(|&other| column.get(other).copied())
                .filter(|number| number.is_finite())
                .collect();
            if !number.is_finite() || others.is_empty() {
                continue;
            }
            all += 1;
            agree += usize::from(is_figure(number, figure, others));
        }
        (agree, all)
    }

    /// Whether a row of least and one of greatest values have nearly all others between them.
    pub(super) fn are_limits(&self, low: usize, high: usize, others: &[usize]) -> bool {
        let between = |column: &Vec<f64>| {
            let (Some(&low), Some(&high)) = (column.get(low), column.get(high)) else {
                return false;
            };
            let known = || {
                let numbers = others.iter().filter_map(|&other| column.get(other));
                numbers.filter(|number| number.is_finite())
            };
            let within = known()
                .filter(|number| (low..=high).contains(*number))
                .count();
            low.is_nan() || high.is_nan() || within as f64 >= WITHIN * known().count() as f64
        };
        self.columns.iter().all(between)
    }
}

/// Whether a number is a figure of others, as far as its digits say.
fn is_figure(number: f64, figure: Figure, mut others: Vec<f64>) -> bool {
    let count = others.len() as f64;
    let sum: f64 = others.iter().sum();
    let mean = sum / count;
    let squares: f64 = others.iter().map(|other| (other - mean).powi(2)).sum();
    // Of a sample, and of all that there are.
    let deviations = [(squares / (count - 1.0)).sqrt(), (squares / count).sqrt()];
    let is = |value: f64| is_same(number, value);
    match figure {
        Figure::Sum => is_sum(number, sum, &others),
        Figure::Mean => is(mean),
        Figure::Count => is(count),
        Figure::Deviation => deviations.into_iter().any(is),
        Figure::RelativeDeviation => deviations
            .into_iter()
            .any(|deviation| is(100.0 * deviation / mean) || is(deviation / mean)),
        Figure::Min => is(others.iter().copied().fold(f64::INFINITY, f64::min)),
        Figure::Max => is(others.iter().copied().fold(f64::NEG_INFINITY, f64::max)),
        Figure::Quantile(share) => {
            others.sort_unstable_by(f64::total_cmp);
            // Programs count quantiles in several ways.
            let at = share * (count - 1.0);
            let low = others.get((at.floor() as usize).saturating_sub(1));
            let high = others.get(at.ceil() as usize + 1).or(others.last());
            low.zip(high).is_some_and(|(&low, &high)| {
                let room = half_a_digit(number);
                (low - room..=high + room).contains(&number)
            })
        }
        Figure::Limit | Figure::Other => false,
    }
}

/// Whether a number is the sum of others, of which each may be rounded.
fn is_sum(number: f64, sum: f64, others: &[f64]) -> bool {
    let sizes: f64 = others.iter().map(|other| other.abs()).sum();
    sum != 0.0 && (number - sum).abs() <= half_a_digit(number).max(OFF * sizes)
}

fn is_same(number: f64, value: f64) -> bool {
    (number - value).abs() <= half_a_digit(number).max(OFF * value.abs())
}

/// Half of the last digit that a number is written with, and a little more.
fn half_a_digit(number: f64) -> f64 {
    let text = (number as f32).to_string();
    let digits = text.split_once('.').map_or(0, |(_, part)| part.len());
    0.51 * 10_f64.powi(-(digits as i32))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_told_as_far_as_they_are_rounded() {
        let of = |number, figure| is_figure(number, figure, vec![1.0, 2.0, 4.0, 9.0]);
        for (number, figure) in [
            (16.0, Figure::Sum),
            (4.0, Figure::Mean),
            (3.0, Figure::Quantile(0.5)),
            (1.0, Figure::Min),
            (9.0, Figure::Max),
            (3.6, Figure::Deviation),
            (3.08, Figure::Deviation),
            (89.0, Figure::RelativeDeviation),
            (4.0, Figure::Count),
        ] {
            assert!(of(number, figure), "{number} {figure:?}");
        }
        for (number, figure) in [
            (17.0, Figure::Sum),
            (4.2, Figure::Mean),
            (9.5, Figure::Quantile(0.5)),
            (8.9, Figure::Max),
            (3.4, Figure::Deviation),
            (16.0, Figure::Other),
        ] {
            assert!(!of(number, figure), "{number} {figure:?}");
        }
    }
}
