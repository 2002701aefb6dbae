//! Dates and times of typed formats as ISO 8601 text.

use std::io::Write;

use crate::numeric::date_of;

/// Adds a day, counted from 1970-01-01.
pub(super) fn push_date(to: &mut Vec<u8>, days: i64) {
    let (year, month, day) = date_of(days);
    // Writing into memory does not fail.
    let _ = write!(to, "{year:04}-{month:02}-{day:02}");
}

/// Adds a time of day, counted in so many parts of a second.
pub(super) fn push_clock(to: &mut Vec<u8>, value: i64, parts: i64) {
    let (seconds, rest) = (value.div_euclid(parts), value.rem_euclid(parts));
    let (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
    let _ = write!(to, "{hours:02}:{minutes:02}:{:02}", seconds % 60);
    if rest > 0 {
        let digits = parts.ilog10() as usize;
        let part = format!("{rest:0digits$}");
        let _ = write!(to, ".{}", part.trim_end_matches('0'));
    }
}

/// Adds a moment, counted from 1970-01-01 in so many parts of a second; `zero` for one whose zone is
/// known to be that of the zero meridian.
pub(super) fn push_moment(to: &mut Vec<u8>, value: i64, parts: i64, zero: bool) {
    let a_day = parts * 86_400;
    push_date(to, value.div_euclid(a_day));
    to.push(b'T');
    push_clock(to, value.rem_euclid(a_day), parts);
    if zero {
        to.push(b'Z');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_written_as_iso_8601() {
        let moment = |value, parts, zero| {
            let mut to = Vec::new();
            push_moment(&mut to, value, parts, zero);
            String::from_utf8(to).unwrap()
        };
        assert_eq!(moment(0, 1000, false), "1970-01-01T00:00:00");
        assert_eq!(
            moment(951_782_400_250, 1000, true),
            "2000-02-29T00:00:00.25Z"
        );
        assert_eq!(moment(-1, 1_000_000, false), "1969-12-31T23:59:59.999999");
        let mut to = Vec::new();
        push_date(&mut to, 20_089);
        assert_eq!(to, b"2025-01-01");
    }
}
