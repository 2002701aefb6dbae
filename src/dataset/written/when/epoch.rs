//! Times that are counted from a day on.

use std::ops::Range;

/// From 2000 to 2040, in seconds since 1970.
pub(in crate::dataset) const OURS: Range<f64> = 946_684_800.0..2_208_988_800.0;

/// 1990 to 2100, as seconds: numbers outside are rather something else.
const UNIX: Range<f64> = 631_152_000.0..4_102_444_800.0;

/// Seconds from 1904 to 1970.
const FROM_1904: f64 = 2_082_844_800.0;

/// Reads a time since 1970, in units of which so many make a second.
pub(super) fn since_1970(text: &str, per_second: f64) -> Option<f64> {
    let time = text.parse::<f64>().ok()? / per_second;
    UNIX.contains(&time).then_some(time)
}

/// Reads seconds since 1904, of our days.
pub(super) fn since_1904(text: &str) -> Option<f64> {
    let time = text.parse::<f64>().ok()? - FROM_1904;
    OURS.contains(&time).then_some(time)
}

/// Reads days of a calendar in which 1970 began on the day `epoch`.
pub(super) fn days(text: &str, from: Range<f64>, epoch: f64) -> Option<f64> {
    let point = text.replace(',', ".");
    let day = point.parse().ok().filter(|day| from.contains(day))?;
    // To the millisecond: what is below is noise of the fraction.
    Some(((day - epoch) * 86_400_000.0).round() / 1e3)
}
