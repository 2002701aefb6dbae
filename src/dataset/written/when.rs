//! Times as people write them: to seconds since 1970, or since midnight.

use crate::numeric::{date_of, days_to};

/// How the times of a column are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::dataset) enum Form {
    /// Year, month, day, in this order; a time of day and a zone may follow.
    YearFirst,
    /// Day, month, year.
    DayFirst,
    /// Month, day, year.
    MonthFirst,
    /// The time of day alone.
    Clock,
    /// Seconds since 1970.
    Unix,
    /// Milliseconds since 1970.
    UnixMs,
    /// `20240301`.
    Digits,
}

impl Form {
    /// The words for it.
    pub(in crate::dataset) fn name(self) -> &'static str {
        match self {
            Self::YearFirst => "dates, year first",
            Self::DayFirst => "dates, day first",
            Self::MonthFirst => "dates, month first",
            Self::Clock => "times of day",
            Self::Unix => "seconds since 1970",
            Self::UnixMs => "milliseconds since 1970",
            Self::Digits => "dates such as 20240301",
        }
    }

    /// Reads a time; `None` where the text is none of this form.
    pub(in crate::dataset) fn read(self, text: &str) -> Option<f64> {
        let text = text.trim();
        match self {
            Self::Unix => text.parse().ok().filter(|time| UNIX.contains(time)),
            Self::UnixMs => {
                let time = text.parse::<f64>().ok()? / 1e3;
                UNIX.contains(&time).then_some(time)
            }
            Self::Digits => digits(text),
            Self::Clock => clock(text),
            Self::YearFirst | Self::DayFirst | Self::MonthFirst => {
                let (date, rest) = split_date(text)?;
                let date = self.date(date)?;
                match rest {
                    "" => Some(date),
                    rest => Some(date + clock_and_zone(rest)?),
                }
            }
        }
    }

    fn date(self, parts: [&str; 3]) -> Option<f64> {
        let [first, second, third] = parts;
        let (year, month, day) = match self {
            Self::YearFirst => (first, second, third),
            Self::MonthFirst => (third, first, second),
            _ => (third, second, first),
        };
        if self == Self::YearFirst && year.len() != 4 {
            return None;
        }
        let year_number: i64 = year.parse().ok()?;
        let year_number = match (year.len(), year_number) {
            (2, 0..70) => 2000 + year_number,
            (2, _) => 1900 + year_number,
            (4, _) => year_number,
            _ => return None,
        };
        let day = day.parse().ok()?;
        Some(days_to(year_number, month_of(month)?, day)? as f64 * 86_400.0)
    }

    /// A time of this form as text.
    pub(in crate::dataset) fn show(self, time: f64) -> String {
        let (days, seconds) = (time.div_euclid(86_400.0), time.rem_euclid(86_400.0));
        let clock = |seconds: f64| {
            // To the millisecond: what is below is noise of the sum.
            let ms = (seconds * 1e3).round() as u64;
            let (whole, part) = (ms / 1000, ms % 1000);
            let text = format!(
                "{:02}:{:02}:{:02}",
                whole / 3600,
                whole / 60 % 60,
                whole % 60
            );
            if part == 0 {
                text
            } else {
                format!("{text}.{part:03}")
            }
        };
        if self == Self::Clock {
            return clock(seconds);
        }
        let (year, month, day) = date_of(days as i64);
        let date = format!("{year:04}-{month:02}-{day:02}");
        if seconds == 0.0 {
            date
        } else {
            format!("{date} {}", clock(seconds))
        }
    }
}

/// 1990 to 2100, as seconds: numbers outside are rather something else.
const UNIX: std::ops::Range<f64> = 631_152_000.0..4_102_444_800.0;

/// Whether a text is a time with marks of its own (so no plain number).
pub(in crate::dataset) fn is_time(text: &str) -> bool {
    [
        Form::YearFirst,
        Form::DayFirst,
        Form::MonthFirst,
        Form::Clock,
    ]
    .iter()
    .any(|form| form.read(text).is_some())
}

/// Splits a date from what follows it.
fn split_date(text: &str) -> Option<([&str; 3], &str)> {
    let mark = text
        .find(['-', '/', '.', ' '])
        .map(|at| text.as_bytes()[at])?;
    let mark = char::from(mark);
    let (first, rest) = text.split_once(mark)?;
    let (second, rest) = rest.split_once(mark)?;
    let end = rest
        .find(|letter: char| !letter.is_ascii_digit())
        .unwrap_or(rest.len());
    let (third, rest) = rest.split_at(end);
    let is_part = |part: &str| !part.is_empty() && part.len() <= 4;
    let parts = [first, second.trim_end_matches(','), third];
    let rest = rest.strip_prefix(['T', 't', ',']).unwrap_or(rest);
    let good = parts.iter().all(|part| is_part(part))
        && (rest.is_empty() || text.len() > 10 || rest.starts_with(' '));
    good.then_some((parts, rest.trim_start()))
}

const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

fn month_of(text: &str) -> Option<u32> {
    if let Ok(number) = text.parse() {
        return (1..=12).contains(&number).then_some(number);
    }
    let lower = text.to_ascii_lowercase();
    let place = MONTHS.iter().position(|month| lower.starts_with(month))?;
    Some(place as u32 + 1)
}

/// Reads a time of day, to seconds: `13:05`, `1:05:30.5 PM`.
fn clock(text: &str) -> Option<f64> {
    let upper = text.trim_end();
    let lower = upper.to_ascii_lowercase();
    let (bare, half) = match (lower.strip_suffix("am"), lower.strip_suffix("pm")) {
        (Some(bare), _) => (bare.trim_end(), Some(0.0)),
        (_, Some(bare)) => (bare.trim_end(), Some(12.0)),
        _ => (lower.as_str(), None),
    };
    let parts: Vec<&str> = bare.split(':').collect();
    if !(2..=3).contains(&parts.len()) || !(1..=2).contains(&parts[0].len()) {
        return None;
    }
    let mut numbers = [0.0; 3];
    for (at, part) in parts.iter().enumerate() {
        let point = part.replace(',', ".");
        let plain = point
            .bytes()
            .all(|byte| byte.is_ascii_digit() || (at == 2 && byte == b'.'));
        if !plain || (at > 0 && point.split('.').next().map_or(0, str::len) != 2) {
            return None;
        }
        numbers[at] = point.parse().ok()?;
    }
    let [mut hour, minute, second] = numbers;
    if let Some(half) = half {
        if !(1.0..=12.0).contains(&hour) {
            return None;
        }
        hour = hour % 12.0 + half;
    }
    let good = hour <= 24.0 && minute < 60.0 && second < 61.0;
    good.then_some(hour * 3600.0 + minute * 60.0 + second)
}

/// Reads a time of day with its zone; in seconds of UTC.
fn clock_and_zone(text: &str) -> Option<f64> {
    let text = text.trim();
    if let Some(bare) = text.strip_suffix(['Z', 'z']) {
        return clock(bare);
    }
    let bare = text
        .strip_suffix("UTC")
        .or_else(|| text.strip_suffix("GMT"));
    if let Some(bare) = bare {
        return clock(bare.trim_end());
    }
    match text.rfind(['+', '-']) {
        None => clock(text),
        Some(at) => {
            let zone: String = text[at + 1..]
                .chars()
                .filter(|&letter| letter != ':')
                .collect();
            if !zone.bytes().all(|byte| byte.is_ascii_digit()) || !matches!(zone.len(), 2 | 4) {
                return None;
            }
            let hours: f64 = zone[..2].parse().ok()?;
            let minutes: f64 = zone
                .get(2..4)
                .map_or(Some(0.0), |minutes| minutes.parse().ok())?;
            let ahead = (hours * 60.0 + minutes) * 60.0;
            let sign = if text[at..].starts_with('-') {
                1.0
            } else {
                -1.0
            };
            Some(clock(text[..at].trim_end())? + sign * ahead)
        }
    }
}

/// Reads `20240301`.
fn digits(text: &str) -> Option<f64> {
    if text.len() != 8 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (year, month, day) = (
        text[..4].parse().ok()?,
        text[4..6].parse().ok()?,
        text[6..].parse().ok()?,
    );
    let good = (1900..2100).contains(&year) && (1..=12).contains(&month);
    Some(good.then(|| days_to(year, month, day))?? as f64 * 86_400.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_all_forms() {
        for (form, text, time) in [
            (Form::YearFirst, "1970-01-02", 86_400.0),
            (Form::YearFirst, "2024-03-01 00:15:00", 1_709_252_100.0),
            (Form::YearFirst, "2024-03-01T00:15Z", 1_709_252_100.0),
            (
                Form::YearFirst,
                "2024-03-01T01:15:00.5+01:00",
                1_709_252_100.5,
            ),
            (Form::YearFirst, "2024/03/01", 1_709_251_200.0),
            (Form::DayFirst, "01.03.2024", 1_709_251_200.0),
            (Form::DayFirst, "01-Mar-2024 00:15", 1_709_252_100.0),
            (Form::MonthFirst, "03/01/24 12:15:00 AM", 1_709_252_100.0),
            (Form::MonthFirst, "Mar 1, 2024", 1_709_251_200.0),
            (Form::Clock, "1:05:30 PM", 47_130.0),
            (Form::Unix, "1709251200", 1_709_251_200.0),
            (Form::UnixMs, "1709251200000", 1_709_251_200.0),
            (Form::Digits, "20240301", 1_709_251_200.0),
        ] {
            assert_eq!(form.read(text), Some(time), "{text}");
        }
    }

    #[test]
    fn what_is_no_time() {
        for text in [
            "",
            "1.5",
            "19.51",
            "1.2.3",
            "2024-13-01",
            "2023-02-29",
            "a-b-c",
            "25:61",
            "12-345-6789",
        ] {
            assert!(!is_time(text), "{text}");
        }
        assert_eq!(Form::Digits.read("20241301"), None);
        assert_eq!(Form::Unix.read("12"), None);
    }

    #[test]
    fn times_are_shown_as_they_are_read() {
        for text in [
            "2024-03-01",
            "1969-12-31 23:59:59",
            "2000-02-29 12:00:00.250",
        ] {
            let time = Form::YearFirst.read(text).expect("a time");
            assert_eq!(Form::YearFirst.show(time), text);
        }
        assert_eq!(Form::Clock.show(47_130.0), "13:05:30");
    }
}
