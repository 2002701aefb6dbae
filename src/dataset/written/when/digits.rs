//! Dates of digits alone.

use super::period::monday;
use crate::numeric::days_to;

/// Years of dates that only the name of their column tells from other numbers.
const YEARS: std::ops::Range<i64> = 1950..2100;

fn number(text: &str) -> Option<i64> {
    let is_plain = text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| is_plain)
}

fn seconds(year: i64, month: i64, day: i64) -> Option<f64> {
    let is_good = YEARS.contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    let days = is_good.then(|| days_to(year, month as u32, day as u32))??;
    Some(days as f64 * 86_400.0)
}

/// The year of two digits.
fn century(year: i64) -> i64 {
    if year < 70 { 2000 + year } else { 1900 + year }
}

/// Reads `240301`: year, month, day; a spreadsheet drops the zero before it.
pub(super) fn short(text: &str) -> Option<f64> {
    let number = number(text).filter(|_| (5..=6).contains(&text.len()))?;
    seconds(century(number / 10_000), number / 100 % 100, number % 100)
}

/// Reads `01032024` and `010324`: day, month, year; a spreadsheet drops the zero before it.
pub(super) fn day_first(text: &str) -> Option<f64> {
    let number = number(text)?;
    match text.len() {
        7 | 8 => seconds(number % 10_000, number / 10_000 % 100, number / 1_000_000),
        5 | 6 => seconds(century(number % 100), number / 100 % 100, number / 10_000),
        _ => None,
    }
}

/// Reads `202409`: year and week.
pub(super) fn week(text: &str) -> Option<f64> {
    let number = number(text).filter(|_| text.len() == 6)?;
    let year = Some(number / 100).filter(|year| YEARS.contains(year))?;
    Some(monday(year, number % 100)? as f64 * 86_400.0)
}

/// Reads `2024061`: year and day of the year.
pub(super) fn ordinal(text: &str) -> Option<f64> {
    let number = number(text).filter(|_| text.len() == 7)?;
    let (year, day) = (number / 1000, number % 1000);
    let is_good = (1..=366).contains(&day);
    Some((is_good.then(|| seconds(year, 1, 1))??) + (day - 1) as f64 * 86_400.0)
}

/// Reads `20240301`, `202403010015`, `20240301001500`, `202403`.
pub(super) fn digits(text: &str) -> Option<f64> {
    if !matches!(text.len(), 6 | 8 | 10 | 12 | 14)
        || !text.bytes().all(|byte| byte.is_ascii_digit())
    {
        return None;
    }
    let at = |from: usize| match text.get(from..from + 2) {
        Some(two) => two.parse::<u32>().ok(),
        None => Some(0),
    };
    let (year, month) = (text[..4].parse().ok()?, at(4)?);
    let day = if text.len() == 6 { 1 } else { at(6)? };
    let (hour, minute, second) = (at(8)?, at(10)?, at(12)?);
    let good = (1900..2100).contains(&year)
        && (1..=12).contains(&month)
        && hour < 25
        && minute < 60
        && second < 61;
    let days = good.then(|| days_to(year, month, day))??;
    Some(days as f64 * 86_400.0 + f64::from((hour * 60 + minute) * 60 + second))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_whose_column_has_to_say_so() {
        let march = Some(1_709_251_200.0);
        assert_eq!([short("240301"), day_first("010324")], [march, march]);
        assert_eq!(
            [day_first("1032024"), day_first("01032024")],
            [march, march]
        );
        assert_eq!(ordinal("2024061"), march);
        assert_eq!(week("202409"), Some(1_708_905_600.0));
        assert_eq!(
            [short("241301"), day_first("320324"), week("202460")],
            [None; 3]
        );
        assert_eq!(
            [ordinal("2024367"), short("-40301"), week("20249")],
            [None; 3]
        );
    }
}
