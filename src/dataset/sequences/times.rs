//! The times of moments of sequences, as people write them.

use crate::dataset::written::Form;

/// The ways that are tried, those that leave no doubt first.
const FORMS: [Form; 6] = [
    Form::YearFirst,
    Form::DayFirst,
    Form::MonthFirst,
    Form::Yearless,
    Form::Clock,
    Form::ClockByPoints,
];

/// Reads all the times of a column, in seconds, where all are written in one way.
///
/// # Errors
/// A phrase that says which of them is no time, or that day and month could be either.
pub(in crate::dataset) fn seconds(texts: &[&str]) -> Result<Vec<f64>, String> {
    let read = |form: &Form| -> Option<Vec<f64>> {
        texts.iter().map(|text| form.read(text.trim())).collect()
    };
    let fitting = FORMS.iter().filter_map(|form| Some((*form, read(form)?)));
    let mut fitting: Vec<(Form, Vec<f64>)> = fitting.collect();
    let is = |form: Form| fitting.iter().any(|(other, _)| *other == form);
    if !is(Form::YearFirst) && is(Form::DayFirst) && is(Form::MonthFirst) {
        let (first, last) = (&fitting[0].1, &fitting[1].1);
        if first != last {
            return Err(format!(
                "“{}” could be day or month first; write dates year first, as 2024-03-01",
                texts.first().map_or("", |text| text.trim())
            ));
        }
    }
    if fitting.is_empty() {
        let is_none = |text: &&&str| FORMS.iter().all(|form| form.read(text.trim()).is_none());
        let odd = texts.iter().find(is_none).or(texts.first());
        let shown: String = odd
            .map_or("", |text| text.trim())
            .chars()
            .take(40)
            .collect();
        return Err(format!(
            "“{}” is neither a number nor a time written as the others are; correct it",
            shown.escape_debug()
        ));
    }
    Ok(fitting.swap_remove(0).1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_one_form_are_seconds_and_others_are_told() {
        let read = seconds(&["2024-03-01 10:00:00", " 2024-03-01T10:00:30Z"]);
        let read = read.expect("times");
        assert_eq!(read[1] - read[0], 30.0);
        assert_eq!(seconds(&["10:00", "10:01"]), Ok(vec![36_000.0, 36_060.0]));
        let days = seconds(&["13.02.2024", "14.02.2024"]).expect("days");
        assert_eq!(days[1] - days[0], 86_400.0);
        let either = seconds(&["01.02.2024", "02.02.2024"]).expect_err("doubt");
        assert!(either.contains("year first"), "{either}");
        let told = seconds(&["2024-03-01", "soon"]).expect_err("no time");
        assert!(told.starts_with("“soon”"), "{told}");
    }
}
