//! Dates of digits alone.

use crate::numeric::days_to;

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
