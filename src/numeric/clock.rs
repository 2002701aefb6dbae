//! Times for people: those of the clock on their wall, with its zone.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::number;

/// Writes milliseconds since 1970 as `2026-11-25 06:30 CET`, in the zone of this machine (UTC where
/// it has none).
pub fn local(milliseconds: u64) -> String {
    within(
        &TimeZone::try_system().unwrap_or(TimeZone::UTC),
        milliseconds,
    )
}

/// Writes milliseconds since 1970 as `2026-11-25 05:30 UTC`: for files that programs read, which are
/// the same wherever they were written.
///
/// ```
/// use glad::numeric::utc;
///
/// assert_eq!(utc(951_782_399_999), "2000-02-28 23:59 UTC");
/// assert_eq!(utc(951_782_400_000), "2000-02-29 00:00 UTC");
/// ```
pub fn utc(milliseconds: u64) -> String {
    within(&TimeZone::UTC, milliseconds)
}

/// The same in a zone.
fn within(zone: &TimeZone, milliseconds: u64) -> String {
    let at = i64::try_from(milliseconds)
        .ok()
        .and_then(|at| Timestamp::from_millisecond(at).ok());
    match at {
        Some(at) => at
            .to_zoned(zone.clone())
            .strftime("%Y-%m-%d %H:%M %Z")
            .to_string(),
        // Later than the year 9999.
        None => number::date_and_time(milliseconds),
    }
}

#[cfg(test)]
mod tests {
    use jiff::tz::Offset;

    use super::*;

    #[test]
    fn the_zone_is_told_and_summer_is_not_winter() {
        assert_eq!(within(&TimeZone::UTC, 0), "1970-01-01 00:00 UTC");
        let zone = TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").expect("a zone");
        assert_eq!(within(&zone, 1_795_584_600_000), "2026-11-25 06:30 CET");
        assert_eq!(within(&zone, 1_782_538_200_000), "2026-06-27 07:30 CEST");
        let ahead = Offset::constant(1).to_time_zone();
        assert_eq!(within(&ahead, 0), "1970-01-01 01:00 +01");
    }
}
