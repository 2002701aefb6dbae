//! Times for people.

use crate::numeric::number;

/// Writes milliseconds since 1970 as `2026-11-25 05:30 UTC`.
///
/// ```
/// use glad::session::keep::utc;
///
/// assert_eq!(utc(0), "1970-01-01 00:00 UTC");
/// assert_eq!(utc(951_782_399_999), "2000-02-28 23:59 UTC");
/// assert_eq!(utc(951_782_400_000), "2000-02-29 00:00 UTC");
/// ```
pub fn utc(milliseconds: u64) -> String {
    let minutes = milliseconds / 60_000 % 1440;
    format!(
        "{} {:02}:{:02} UTC",
        number::date(milliseconds),
        minutes / 60,
        minutes % 60
    )
}
