//! Numbers in English words and digits: counts, values, percentages, times.

/// Formats a count with a comma at each thousand.
pub fn count(value: usize) -> String {
    let digits = value.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Says how many instances.
pub fn instances(many: usize) -> String {
    match many {
        1 => "1 instance".to_owned(),
        many => format!("{} instances", count(many)),
    }
}

/// Says how many of something: `1 anomaly`, `2 anomalies`.
pub fn many(value: usize, one: &str, more: &str) -> String {
    let what = if value == 1 { one } else { more };
    format!("{} {what}", count(value))
}

/// Formats a place: 1st, 2nd, 3rd, 4th.
pub fn ordinal(place: usize) -> String {
    let ending = match (place % 10, place % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{}{ending}", count(place))
}

/// Formats a value with about four significant digits.
pub fn value(value: f32) -> String {
    let magnitude = value.abs();
    if value == 0.0 {
        "0".to_owned()
    } else if !(1e-3..1e6).contains(&magnitude) {
        format!("{value:.2e}")
    } else if magnitude >= 1e3 {
        let sign = if value < 0.0 { "-" } else { "" };
        format!("{sign}{}", count(magnitude.round() as usize))
    } else if value.fract() == 0.0 {
        format!("{value:.0}")
    } else {
        let decimals = (3 - magnitude.log10().floor() as i32).clamp(0, 5) as usize;
        let text = format!("{value:.decimals$}");
        if text.contains('.') {
            text.trim_end_matches('0').trim_end_matches('.').to_owned()
        } else {
            text
        }
    }
}

/// The next shorter spelling of a number that is spelt in a way of this program; `None` where there
/// is none.
///
/// Digits are rounded off from the right, with an exponent where that is shorter; the exponent and
/// the sign always stay, as a number without its end is another one. What is no number has no
/// shorter spelling.
///
/// ```
/// use glad::numeric::number::shorter;
/// assert_eq!(shorter("-8.61e-4").as_deref(), Some("-8.6e-4"));
/// assert_eq!(shorter("1,234,567").as_deref(), Some("1.2346e6"));
/// assert_eq!(shorter("9e12"), None);
/// ```
pub fn shorter(text: &str) -> Option<String> {
    let plain: String = text.chars().filter(|&letter| letter != ',').collect();
    let begins = plain
        .trim_start_matches('-')
        .starts_with(|first: char| first.is_ascii_digit());
    let value = plain
        .parse::<f64>()
        .ok()
        .filter(|value| begins && value.is_finite())?;
    let mantissa = plain.split(['e', 'E']).next().unwrap_or(&plain);
    let digits = mantissa.trim_start_matches(['-', '0', '.']);
    let known = digits.chars().filter(char::is_ascii_digit).count();
    let spelt = |kept: usize| -> String {
        let powers = format!("{value:.*e}", kept - 1);
        let exponent = powers
            .split_once('e')
            .and_then(|(_, power)| power.parse::<i32>().ok());
        let decimals = exponent.map(|power| kept as i32 - 1 - power);
        // Without digits that nobody knows: those before the point all count.
        match decimals.and_then(|decimals| usize::try_from(decimals).ok()) {
            Some(decimals) if format!("{value:.decimals$}").len() <= powers.len() => {
                format!("{value:.decimals$}")
            }
            _ => powers,
        }
    };
    let mut kept = (1..known).rev().map(spelt);
    kept.find(|shorter| shorter.chars().count() < text.chars().count())
}

/// Formats a fraction as a percentage, without claiming 0 or 100 of what is only near.
pub fn percent(fraction: f64) -> String {
    let percent = fraction * 100.0;
    match percent {
        p if p > 0.0 && p < 1.0 => "<1 %".to_owned(),
        p if p > 99.0 && p < 100.0 => ">99 %".to_owned(),
        p => format!("{p:.0} %"),
    }
}

/// Formats a time of day, UTC, of milliseconds since 1970.
pub fn time(at: u64) -> String {
    let seconds = at / 1000 % 86_400;
    let (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
    format!("{hours:02}:{minutes:02}:{:02}", seconds % 60)
}

/// Formats a date, UTC, of milliseconds since 1970.
pub fn date(at: u64) -> String {
    let days = i64::try_from(at / 86_400_000).unwrap_or(0);
    let (year, month, day) = super::date_of(days);
    format!("{year}-{month:02}-{day:02}")
}

/// Formats date and time of day, UTC, of milliseconds since 1970.
pub fn date_and_time(at: u64) -> String {
    format!("{} {} UTC", date(at), time(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_have_commas() {
        assert_eq!(
            [0, 999, 1000, 1_234_567].map(count),
            ["0", "999", "1,000", "1,234,567"]
        );
    }

    #[test]
    fn places_have_their_endings() {
        assert_eq!(
            [1, 2, 3, 4, 11, 12, 13, 21, 1_102, 113].map(ordinal),
            [
                "1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "1,102nd", "113th"
            ]
        );
    }

    #[test]
    fn values_have_four_digits() {
        assert_eq!(
            [0.0, 1.0, 0.123_456, -12.345_6, 1e7, 1e-5, -25_641.7].map(value),
            ["0", "1", "0.1235", "-12.35", "1.00e7", "1.00e-5", "-25,642"]
        );
    }

    #[test]
    fn shorter_numbers_keep_their_size() {
        let all = |text: &str| {
            let next = |text: &String| shorter(text);
            std::iter::successors(Some(text.to_owned()), next).collect::<Vec<_>>()
        };
        assert_eq!(all("8.60e-4"), ["8.60e-4", "8.6e-4", "9e-4"]);
        assert_eq!(
            all("-1.014e12"),
            ["-1.014e12", "-1.01e12", "-1.0e12", "-1e12"]
        );
        assert_eq!(all("9.96e4"), ["9.96e4", "1.0e5", "1e5"]);
        assert_eq!(all("0.1236"), ["0.1236", "0.124", "0.12", "0.1"]);
        assert_eq!(all("-25,642"), ["-25,642", "-2.6e4", "-3e4"]);
        assert_eq!(all("12.6"), ["12.6", "13"]);
        for other in ["", "7", "sensor 12", "e5", "inf", "NaN", "1,5 m"] {
            assert_eq!(shorter(other), None, "{other}");
        }
        for text in ["123.4", "99,999", "0.00995", "5.55e-40", "1,234,567"] {
            let value: f64 = text.replace(',', "").parse().expect("a number");
            for short in all(text) {
                let shown: f64 = short.replace(',', "").parse().expect("a number");
                assert!((shown / value - 1.0).abs() < 0.51, "{text}: {short}");
            }
        }
    }

    #[test]
    fn one_is_not_many() {
        let found = |count| many(count, "anomaly", "anomalies");
        assert_eq!(
            [0, 1, 1200].map(found),
            ["0 anomalies", "1 anomaly", "1,200 anomalies"]
        );
    }

    #[test]
    fn dates_are_those_of_the_calendar() {
        assert_eq!(date_and_time(0), "1970-01-01 00:00:00 UTC");
        assert_eq!(date_and_time(951_782_400_000), "2000-02-29 00:00:00 UTC");
        assert_eq!(date_and_time(1_795_615_199_999), "2026-11-25 13:59:59 UTC");
    }

    #[test]
    fn percentages_do_not_claim_certainty() {
        assert_eq!(
            [0.0, 0.001, 0.5, 0.999, 1.0].map(percent),
            ["0 %", "<1 %", "50 %", ">99 %", "100 %"]
        );
    }
}
