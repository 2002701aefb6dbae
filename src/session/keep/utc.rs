//! Times for people.

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
    let minutes = milliseconds / 60_000;
    let (days, minute) = (minutes / 1440, minutes % 1440);
    let (mut year, mut day) = (1970, days);
    loop {
        let length = 365 + u64::from(is_leap(year));
        if day < length || year > 9999 {
            break;
        }
        day -= length;
        year += 1;
    }
    let february = 28 + u64::from(is_leap(year));
    let lengths = [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let mut month = 1;
    for length in lengths {
        if day < length || month == 12 {
            break;
        }
        day -= length;
        month += 1;
    }
    format!(
        "{year:04}-{month:02}-{:02} {:02}:{:02} UTC",
        day + 1,
        minute / 60,
        minute % 60
    )
}

fn is_leap(year: u64) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}
