//! Times as people write them: to seconds since 1970, or since midnight.

mod clock;
mod digits;
mod epoch;
mod month;
mod parts;
mod period;

use self::clock::{by_points, clock, clock_and_zone};
use self::digits::{day_first, digits, ordinal, short, week};
pub(in crate::dataset) use self::epoch::OURS;
use self::epoch::{days, since_1904, since_1970};
use self::month::{month_of, short_month};
use self::parts::{Parts, split_date};
use self::period::{monday, period};
use crate::numeric::{date_of, days_to};
use serde::{Deserialize, Serialize};

/// How the times of a column are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::dataset) enum Form {
    /// Year, month, day, in this order; a time of day and a zone may follow.
    YearFirst,
    /// Day, month, year.
    DayFirst,
    /// Month, day, year.
    MonthFirst,
    /// Month and day without a year, and a time of day.
    Yearless,
    /// The time of day alone.
    Clock,
    /// The time of day alone, such as `13.05.30`.
    ClockByPoints,
    /// Seconds since 1970.
    Unix,
    /// Seconds since 1904, as LabVIEW counts them.
    Since1904,
    /// Milliseconds since 1970.
    UnixMs,
    /// Microseconds since 1970.
    UnixUs,
    /// Nanoseconds since 1970.
    UnixNs,
    /// `20240301`, perhaps with hours, minutes and seconds; `202403`.
    Digits,
    /// `240301`; only where the name of the column says that it holds dates.
    ShortDigits,
    /// `01032024`, `010324`, perhaps without the zero before it; likewise.
    DayFirstDigits,
    /// `202409`, a year and its week; likewise.
    WeekDigits,
    /// `2024061`, a year and its day; likewise.
    OrdinalDigits,
    /// Quarters, half-years, weeks and months of a year by number, such as `2024Q1`.
    Period,
    /// Days since the end of 1899, as spreadsheets count them.
    Spreadsheet,
    /// Julian days, from noon to noon.
    Julian,
    /// Modified Julian days.
    ModifiedJulian,
}

impl Form {
    /// Those with marks of their own.
    pub(in crate::dataset) const WRITTEN: [Self; 7] = [
        Self::YearFirst,
        Self::DayFirst,
        Self::MonthFirst,
        Self::Yearless,
        Self::Clock,
        Self::ClockByPoints,
        Self::Period,
    ];

    /// Those of digits alone.
    pub(in crate::dataset) const DIGITS: [Self; 9] = [
        Self::Digits,
        // As seconds since 1970 those of our days lie behind 2066, where nobody's times do.
        Self::Since1904,
        Self::Unix,
        Self::UnixMs,
        Self::UnixUs,
        Self::UnixNs,
        Self::Spreadsheet,
        Self::Julian,
        Self::ModifiedJulian,
    ];

    /// Those of digits that are dates only where something says so.
    pub(in crate::dataset) const SAID: [Self; 4] = [
        Self::ShortDigits,
        Self::DayFirstDigits,
        Self::WeekDigits,
        Self::OrdinalDigits,
    ];

    /// The words for it.
    pub(in crate::dataset) fn name(self) -> &'static str {
        match self {
            Self::YearFirst => "dates, year first",
            Self::DayFirst => "dates, day first",
            Self::MonthFirst => "dates, month first",
            Self::Yearless => "times without a year",
            Self::Clock | Self::ClockByPoints => "times of day",
            Self::Unix => "seconds since 1970",
            Self::Since1904 => "seconds since 1904, as LabVIEW counts them",
            Self::UnixMs => "milliseconds since 1970",
            Self::UnixUs => "microseconds since 1970",
            Self::UnixNs => "nanoseconds since 1970",
            Self::Digits => "dates such as 20240301",
            Self::ShortDigits => "dates such as 240301, year first",
            Self::DayFirstDigits => "dates such as 01032024, day first",
            Self::WeekDigits => "weeks such as 202409",
            Self::OrdinalDigits => "days of a year such as 2024061",
            Self::Period => "quarters, half-years, weeks or months of years",
            Self::Spreadsheet => "days as spreadsheets count them",
            Self::Julian => "Julian days",
            Self::ModifiedJulian => "modified Julian days",
        }
    }

    /// Whether it tells the time of day alone.
    pub(in crate::dataset) fn is_clock(self) -> bool {
        matches!(self, Self::Clock | Self::ClockByPoints)
    }

    /// Reads a time; `None` where the text is none of this form.
    pub(in crate::dataset) fn read(self, text: &str) -> Option<f64> {
        let text = text.trim();
        match self {
            Self::Unix => since_1970(text, 1.0),
            Self::Since1904 => since_1904(text),
            Self::UnixMs => match text.strip_prefix("/Date(") {
                // As .NET writes them into JSON.
                Some(rest) => Self::UnixMs.read(rest.strip_suffix(")/")?),
                None => since_1970(text, 1e3),
            },
            Self::UnixUs => since_1970(text, 1e6),
            Self::UnixNs => since_1970(text, 1e9),
            Self::Digits => digits(text),
            Self::ShortDigits => short(text),
            Self::DayFirstDigits => day_first(text),
            Self::WeekDigits => week(text),
            Self::OrdinalDigits => ordinal(text),
            Self::Spreadsheet => days(text, 20_000.0..80_000.0, 25_569.0),
            Self::Julian => days(text, 2_300_000.0..2_600_000.0, 2_440_587.5),
            Self::ModifiedJulian => days(text, 20_000.0..80_000.0, 40_587.0),
            Self::Clock => clock(text).or_else(|| Parts::of(text)?.clock_alone()),
            Self::ClockByPoints => by_points(text),
            Self::Period => Some(period(text)? * 86_400.0),
            Self::Yearless => {
                let parts = Parts::of(text)?;
                let (month, day) = match parts.date[..] {
                    [month, day] if parts.seconds.is_some() => (month, day),
                    // Behind a month alone, the number may be a year.
                    [day, month] => (month, day),
                    _ => return None,
                };
                let month = month.word()?;
                let days = days_to(YEARLESS, month, day.number()?.parse().ok()?)?;
                Some(days as f64 * 86_400.0 + parts.seconds.unwrap_or(0.0))
            }
            Self::YearFirst | Self::DayFirst | Self::MonthFirst => {
                self.plain(text).or_else(|| self.by_parts(text))
            }
        }
    }

    /// Reads a date and what follows it, as most programs write them.
    fn plain(self, text: &str) -> Option<f64> {
        let (date, rest) = split_date(text)?;
        let date = self.date(date)?;
        match rest {
            "" => Some(date),
            // The hour alone.
            hour if self == Self::YearFirst && hour.len() == 2 => {
                let hour: f64 = hour
                    .parse()
                    .ok()
                    .filter(|hour| (0.0..24.0).contains(hour))?;
                Some(date + hour * 3600.0)
            }
            rest => Some(date + clock_and_zone(rest)?),
        }
    }

    /// Reads a date from the parts of any text that holds one and nothing else.
    fn by_parts(self, text: &str) -> Option<f64> {
        let parts = Parts::of(text)?;
        let days = match parts.date[..] {
            [first, second, third] if parts.is_week && self == Self::YearFirst => {
                let number = |part: parts::Part| part.number()?.parse::<i64>().ok();
                let (year, week, day) = (number(first)?, number(second)?, number(third)?);
                let day = (1..=7).contains(&day).then_some(day)?;
                (monday(year, week)? + day - 1) as f64
            }
            [first, second, third] => {
                let texts = [first, second, third].map(parts::Part::text);
                return Some(self.date(texts)? + parts.seconds.unwrap_or(0.0));
            }
            // With a time of day, the second of them is a day.
            [first, second] if parts.seconds.is_none() || self == Self::YearFirst => {
                self.month(first, second)?
            }
            _ => return None,
        };
        Some(days * 86_400.0 + parts.seconds.unwrap_or(0.0))
    }

    /// A month of a year, as days to its first day, or a day of a year.
    fn month(self, first: parts::Part, second: parts::Part) -> Option<f64> {
        let is_year = |part: parts::Part| part.number().is_some_and(|text| text.len() == 4);
        let (year, month) = match self {
            Self::YearFirst if is_year(first) => (first.number()?, second),
            Self::DayFirst if is_year(second) || first.word().is_some() => {
                (second.number()?, first)
            }
            _ => return None,
        };
        let number: i64 = year.parse().ok()?;
        let year = match year.len() {
            4 => number,
            2 => 2000 + number,
            _ => return None,
        };
        if let Some(day) = month.number().filter(|day| day.len() == 3) {
            let day: i64 = day.parse().ok().filter(|day| (1..=366).contains(day))?;
            return Some((days_to(year, 1, 1)? + day - 1) as f64);
        }
        Some(days_to(year, month_of(month.text())?, 1)? as f64)
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
        if self.is_clock() {
            return clock(seconds);
        }
        let (year, month, day) = date_of(days as i64);
        if self == Self::Yearless {
            return format!("{} {day} {}", short_month(month), clock(seconds));
        }
        let date = format!("{year:04}-{month:02}-{day:02}");
        if seconds == 0.0 {
            date
        } else {
            format!("{date} {}", clock(seconds))
        }
    }
}

/// The year that stands for the one that is not written; it has a 29th of February.
const YEARLESS: i64 = 2000;

/// Reads a time of any form.
pub(in crate::dataset) fn read_any_time(text: &str) -> Option<f64> {
    let forms = Form::WRITTEN.into_iter().chain(Form::DIGITS);
    forms.into_iter().find_map(|form| form.read(text))
}

/// Whether a text is a time with marks of its own (so no plain number).
pub(in crate::dataset) fn is_time(text: &str) -> bool {
    [
        Form::YearFirst,
        Form::DayFirst,
        Form::MonthFirst,
        Form::Yearless,
        Form::Clock,
        Form::Period,
    ]
    .iter()
    .any(|form| form.read(text).is_some())
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
            (Form::Since1904, "3792096000", 1_709_251_200.0),
            (Form::UnixMs, "1709251200000", 1_709_251_200.0),
            (Form::Digits, "20240301", 1_709_251_200.0),
            (Form::Digits, "20240301001500", 1_709_252_100.0),
            (Form::UnixUs, "1709251200000000", 1_709_251_200.0),
            (Form::UnixNs, "1709251200000000000", 1_709_251_200.0),
            (Form::Spreadsheet, "45352.5", 1_709_294_400.0),
            (Form::Julian, "2460370.5", 1_709_251_200.0),
            (Form::YearFirst, "20240301T001500Z", 1_709_252_100.0),
            (Form::YearFirst, "2024-061", 1_709_251_200.0),
            (Form::YearFirst, "2024-W09-5", 1_709_251_200.0),
            (Form::YearFirst, "2024-03", 1_709_251_200.0),
            (Form::YearFirst, "2024年3月1日", 1_709_251_200.0),
            (Form::YearFirst, "2024. 03. 01. 00:15", 1_709_252_100.0),
            (Form::YearFirst, "2024-03-01_00-15-00", 1_709_252_100.0),
            (
                Form::YearFirst,
                "2024-03-01-00.15.00.000000",
                1_709_252_100.0,
            ),
            (Form::YearFirst, "2024-03-01 01:15:00 CET", 1_709_252_100.0),
            (
                Form::YearFirst,
                "2024-03-01T01:15+01:00[Europe/Berlin]",
                1_709_252_100.0,
            ),
            (Form::YearFirst, "2024-03-01 06", 1_709_272_800.0),
            (
                Form::YearFirst,
                "2024-03-01 00:15:00 Europe/Berlin",
                1_709_252_100.0,
            ),
            (Form::DayFirst, "1 mars 2024", 1_709_251_200.0),
            (Form::DayFirst, "1. März 2024", 1_709_251_200.0),
            (
                Form::DayFirst,
                "01-MAR-24 12.15.00.000000 AM",
                1_709_252_100.0,
            ),
            (
                Form::DayFirst,
                "Fri, 01 Mar 2024 00:15:00 +0000",
                1_709_252_100.0,
            ),
            (
                Form::DayFirst,
                "[01/Mar/2024:00:15:00 +0000]",
                1_709_252_100.0,
            ),
            (Form::DayFirst, "00:15:00 01.03.2024", 1_709_252_100.0),
            (Form::DayFirst, "01.03.2024 00:15 Uhr", 1_709_252_100.0),
            (Form::DayFirst, "01/03/2024 12:15:00 a.m.", 1_709_252_100.0),
            (Form::DayFirst, "01/03/2024 00h15", 1_709_252_100.0),
            (Form::DayFirst, "Friday, 01 March 2024", 1_709_251_200.0),
            (Form::DayFirst, "03/2024", 1_709_251_200.0),
            (Form::DayFirst, "Mar-24", 1_709_251_200.0),
            (
                Form::MonthFirst,
                "Fri Mar  1 00:15:00 2024",
                1_709_252_100.0,
            ),
            (Form::MonthFirst, "March 1, 2024 12:15 AM", 1_709_252_100.0),
            (Form::Yearless, "Mar  1 00:15:00", 951_869_700.0),
            (Form::Yearless, "1-Mar", 951_868_800.0),
            (Form::ClockByPoints, "00.15.00", 900.0),
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
            "10.0.0.1",
            "Market 12",
            "10/12",
            "pump 3",
            "2024-03-01 x",
            "978-3-16-148410-0",
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
        assert_eq!(Form::Yearless.show(951_869_700.0), "Mar 1 00:15:00");
    }
}
