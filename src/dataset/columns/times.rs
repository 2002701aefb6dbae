//! The times of a column.

use crate::dataset::written::Form;

/// The times of a column.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::dataset) struct Times {
    /// The name of the column.
    pub(in crate::dataset) name: String,
    /// How they are written.
    pub(in crate::dataset) form: Form,
    /// Seconds since 1970, or since midnight, of each row; NaN where there is none.
    pub(in crate::dataset) seconds: Vec<f64>,
}

impl Times {
    /// The time of a row as text; empty where it has none.
    pub(in crate::dataset) fn text(&self, row: usize) -> String {
        let time = self.seconds.get(row).copied().unwrap_or(f64::NAN);
        match time.is_nan() {
            true => String::new(),
            false => self.form.show(time),
        }
    }

    /// The times of all rows as text.
    pub(in crate::dataset) fn texts(&self) -> Vec<String> {
        (0..self.seconds.len()).map(|row| self.text(row)).collect()
    }

    /// The same of times as [`Times::texts`] gives them.
    pub(in crate::dataset) fn of_texts(name: &str, texts: &[String]) -> Self {
        let is_one = |form: &Form| texts.iter().any(|text| form.read(text).is_some());
        let form = [Form::YearFirst, Form::Yearless].into_iter().find(is_one);
        let form = form.unwrap_or(Form::Clock);
        let read = |text: &String| form.read(text).unwrap_or(f64::NAN);
        Self {
            name: name.to_owned(),
            form,
            seconds: texts.iter().map(read).collect(),
        }
    }
}
