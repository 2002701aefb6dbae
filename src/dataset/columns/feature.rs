//! What becomes of a column that its name does not set apart.

use super::assemble::Make;
use super::categories::Categories;
use super::finding::Finding;
use super::gather::Gathered;
use crate::dataset::text::quote;
use crate::dataset::{DatasetError, Missing, Role};

/// A column whose role is decided.
pub(in crate::dataset) struct Settled {
    /// What it is to the table.
    pub(in crate::dataset) role: Role,
    /// What it gives to the feature matrix.
    pub(in crate::dataset) make: Make,
    /// What stands for its missing values, if there are some.
    pub(in crate::dataset) filled_with: Option<String>,
}

impl Settled {
    /// A column that makes no feature.
    pub(in crate::dataset) fn plain(role: Role) -> Self {
        Self {
            role,
            make: Make::Nothing,
            filled_with: None,
        }
    }

    /// A column that is not used, with the reason.
    pub(in crate::dataset) fn left_out(reason: &str) -> Self {
        Self::plain(Role::LeftOut {
            reason: reason.into(),
        })
    }
}

/// A column of the file under judgement.
pub(in crate::dataset) struct Candidate<'a> {
    /// Its name.
    pub(in crate::dataset) name: &'a str,
    /// What was met in it.
    pub(in crate::dataset) met: &'a Gathered,
    /// Whether its texts are texts, also where they look like numbers.
    pub(in crate::dataset) is_code: bool,
    /// What was found out of it.
    pub(in crate::dataset) finding: &'a Finding,
    /// Its numbers, one per row; NaN where there is none.
    pub(in crate::dataset) numbers: &'a dyn Fn() -> Vec<f32>,
    /// What to do where a value is missing.
    pub(in crate::dataset) missing: Missing,
}

impl Candidate<'_> {
    /// Decides what becomes of the column.
    ///
    /// # Errors
    ///
    /// With its line, for the earliest to be reported: a text among numbers, a number that is not
    /// finite in `f32`, a missing value that may not be filled in.
    pub(in crate::dataset) fn settle(self) -> Result<Settled, (u64, DatasetError)> {
        match self.met.texts.count {
            0 => self.settle_numbers(),
            _ => self.settle_texts(),
        }
    }

    fn settle_numbers(self) -> Result<Settled, (u64, DatasetError)> {
        let spread = &self.met.spread;
        if let (Some(stray), Missing::Refuse) = (&self.finding.stray, self.missing) {
            let (line, column, text) = (stray.line, self.name.into(), stray.text.clone());
            return Err((line, DatasetError::NotANumber { line, column, text }));
        }
        if let Some(unfit) = &self.met.unfit {
            return Err(unfit.clone());
        }
        if spread.count() == 0 {
            return Ok(Settled::left_out("it holds no values"));
        }
        if spread.is_constant() {
            return Ok(Settled::plain(Role::constant()));
        }
        if spread.is_constant_in_f32() {
            return Ok(Settled::left_out(
                "its values differ by less than single precision can tell",
            ));
        }
        self.check_missing()?;
        let fill = match self.met.missing.0 {
            0 => None,
            _ => median((self.numbers)()),
        };
        Ok(Settled {
            role: Role::Feature,
            filled_with: fill.map(|fill| fill.to_string()),
            make: Make::Number {
                fill: fill.unwrap_or_default(),
            },
        })
    }

    fn settle_texts(self) -> Result<Settled, (u64, DatasetError)> {
        if !self.is_code && self.has_decimal_commas() {
            return Err(self.not_a_number());
        }
        let Some(categories) = Categories::of(&self.met.texts, &(self.numbers)()) else {
            return match !self.is_code && self.is_mostly_numbers() {
                true => Err(self.not_a_number()),
                false => Ok(Settled::left_out(&match &self.finding.evidence {
                    Some(evidence) => evidence.clone(),
                    None => self.many_texts(),
                })),
            };
        };
        if categories.values.len() == 1 {
            let is_mark = self.met.missing.0 > 0 && self.met.na == 0 && self.met.texts.count > 1;
            if is_mark && self.met.spread.count() == 0 && self.met.texts.keeps {
                return Ok(marked(categories));
            }
            return Ok(Settled::plain(Role::constant()));
        }
        if categories.values.len() == categories.present() {
            return Ok(Settled::left_out("its texts are all different"));
        }
        if let (1.., Missing::Refuse) = (self.met.na, self.missing) {
            let (line, column, cells) = (self.met.missing.1, self.name.into(), self.met.na);
            return Err((
                line,
                DatasetError::Na {
                    line,
                    column,
                    cells,
                },
            ));
        }
        self.check_missing()?;
        Ok(one_hot(categories))
    }

    /// Why a column of many texts is left out; one of them shows what was not understood.
    fn many_texts(&self) -> String {
        let texts = &self.met.texts;
        let is_like_a_number = |text: &String| {
            let digits = text.bytes().filter(u8::is_ascii_digit).count();
            digits * 2
                > text
                    .chars()
                    .filter(|letter| letter.is_alphanumeric())
                    .count()
        };
        match texts
            .different
            .first()
            .filter(|text| is_like_a_number(text))
        {
            Some(text) => format!(
                "it holds many different texts, such as {}, which read neither as numbers nor as times",
                quote(text)
            ),
            None => "it holds many different texts".to_owned(),
        }
    }

    /// Whether at least 90 % of the cells are numbers.
    fn is_mostly_numbers(&self) -> bool {
        self.met.spread.count() >= 9 * self.met.texts.count
    }

    /// Whether the texts are numbers such as `1,5`.
    fn has_decimal_commas(&self) -> bool {
        let is_number = |text: &String| text.replacen(',', ".", 1).parse::<f64>().is_ok();
        self.met.texts.different.iter().all(is_number)
    }

    fn not_a_number(&self) -> (u64, DatasetError) {
        let texts = &self.met.texts;
        let line = texts.first_line;
        let column = self.name.into();
        let text = texts.different.first().cloned().unwrap_or_default();
        (line, DatasetError::NotANumber { line, column, text })
    }

    fn check_missing(&self) -> Result<(), (u64, DatasetError)> {
        let (cells, line) = self.met.missing;
        if cells == 0 || self.missing == Missing::Median {
            return Ok(());
        }
        let column = self.name.into();
        Err((
            line,
            DatasetError::Missing {
                line,
                column,
                cells,
            },
        ))
    }
}

/// Encodes a mark that some rows have and the others not: a blank is a value of its own.
fn marked(categories: Categories) -> Settled {
    let codes = categories.codes.iter();
    Settled {
        filled_with: None,
        make: Make::OneHot {
            codes: codes.map(|code| u8::from(code.is_some())).collect(),
            count: categories.values.len() + 1,
        },
        role: Role::OneHot {
            values: std::iter::once(String::new())
                .chain(categories.values)
                .collect(),
        },
    }
}

/// Encodes categories; a missing one becomes the most frequent.
fn one_hot(categories: Categories) -> Settled {
    let usual = categories.usual();
    let (values, codes) = (categories.values, categories.codes);
    let filled = codes.iter().any(Option::is_none);
    Settled {
        filled_with: filled.then(|| values[usize::from(usual)].clone()),
        make: Make::OneHot {
            codes: codes
                .into_iter()
                .map(|code| code.unwrap_or(usual))
                .collect(),
            count: values.len(),
        },
        role: Role::OneHot { values },
    }
}

/// The median of the numbers that are not NaN; `None` if there are none.
pub(in crate::dataset) fn median(mut numbers: Vec<f32>) -> Option<f32> {
    numbers.retain(|number| !number.is_nan());
    let middle = numbers.len() / 2;
    if numbers.is_empty() {
        return None;
    }
    let even = numbers.len().is_multiple_of(2);
    let (below, &mut upper, _) = numbers.select_nth_unstable_by(middle, f32::total_cmp);
    match below.iter().copied().max_by(f32::total_cmp) {
        Some(lower) if even => Some(((f64::from(lower) + f64::from(upper)) / 2.0) as f32),
        _ => Some(upper),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_passes_over_what_is_missing() {
        let nan = f32::NAN;
        assert_eq!(median(vec![3.0, nan, 1.0, 2.0]), Some(2.0));
        assert_eq!(median(vec![4.0, 1.0, nan, 2.0, 3.0]), Some(2.5));
        assert_eq!(median(vec![f32::MAX, f32::MAX]), Some(f32::MAX));
        assert_eq!(median(vec![nan]), None);
    }
}
