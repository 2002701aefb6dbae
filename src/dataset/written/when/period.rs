//! Spans of a year: quarters, half-years, weeks and months by number.

use crate::numeric::days_to;

/// What a year is divided into.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Quarter,
    Half,
    Week,
    Month,
}

const QUARTERS: [&str; 16] = [
    "q",
    "qtr",
    "quarter",
    "quartal",
    "trimestre",
    "trimester",
    "trim",
    "t",
    "kwartał",
    "kwartal",
    "kv",
    "кв",
    "квартал",
    "季度",
    "四半期",
    "분기",
];
const HALVES: [&str; 8] = [
    "h",
    "hy",
    "half",
    "halbjahr",
    "hj",
    "semestre",
    "s",
    "полугодие",
];
const WEEKS: [&str; 10] = [
    "w",
    "wk",
    "week",
    "kw",
    "woche",
    "semaine",
    "semana",
    "settimana",
    "неделя",
    "周",
];
const MONTHS: [&str; 2] = ["m", "month"];

/// Words beside them that say nothing.
const BESIDE: [&str; 9] = ["fy", "cy", "of", "de", "年", "년", "第", "年第", "г"];

const ROMAN: [&str; 4] = ["i", "ii", "iii", "iv"];

const YEARS: std::ops::Range<i64> = 1900..2100;

/// Reads a quarter, half-year, week or month of a year, such as `2024Q1`, `Q1 2024`, `KW 9/2024` or
/// `2024-S1`: the days from 1970 to its first.
pub(super) fn period(text: &str) -> Option<f64> {
    if text.len() > 24 || !text.bytes().any(|byte| byte.is_ascii_digit()) || is_measured(text) {
        return None;
    }
    let (mut kind, mut numbers) = (None, Vec::new());
    for token in tokens(text)? {
        if token.starts_with(|letter: char| letter.is_ascii_digit()) {
            numbers.push((token, kind.is_some()));
            continue;
        }
        let word = token.to_lowercase();
        let is = |words: &[&str]| words.contains(&word.as_str());
        let roman = ROMAN.iter().position(|number| *number == word);
        let found = match () {
            () if is(&QUARTERS) => Kind::Quarter,
            () if is(&HALVES) => Kind::Half,
            () if is(&WEEKS) => Kind::Week,
            () if is(&MONTHS) => Kind::Month,
            () if is(&BESIDE) => continue,
            () => {
                numbers.push((["1", "2", "3", "4"][roman?], kind.is_some()));
                continue;
            }
        };
        if kind.replace(found).is_some_and(|before| before != found) {
            return None;
        }
    }
    let kind = kind?;
    let [first, second] = numbers.try_into().ok()?;
    let (year, part) = year_and_part(first, second)?;
    let part: i64 = part.parse().ok()?;
    let month = |months: i64, most: i64| {
        let good = (1..=most).contains(&part);
        good.then(|| days_to(year, ((part - 1) * months + 1) as u32, 1))?
    };
    let days = match kind {
        Kind::Quarter => month(3, 4)?,
        Kind::Half => month(6, 2)?,
        Kind::Month => month(1, 12)?,
        Kind::Week => monday(year, part)?,
    };
    Some(days as f64)
}

/// Whether a text is a number and its unit: `4.83 kW`, `1,85 m`, and `1h20`, an hour and its minutes.
fn is_measured(text: &str) -> bool {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let whole = digits(text);
    let Some((mark, behind)) = text.split_at_checked(whole).and_then(|(_, rest)| {
        let mark = rest.chars().next()?;
        Some((mark, &rest[mark.len_utf8()..]))
    }) else {
        return false;
    };
    let part = digits(behind);
    let is_last = part == behind.len();
    whole > 0
        && part > 0
        && match mark {
            '.' | ',' => true,
            'h' | 'm' | 's' | 't' | 'w' => is_last && part < 3,
            _ => false,
        }
}

/// The Monday of a week of a year, as ISO 8601 counts them: the one with the fourth of January is the
/// first.
pub(super) fn monday(year: i64, week: i64) -> Option<i64> {
    let fourth = days_to(year, 1, 4)?;
    let first = fourth - (fourth + 3).rem_euclid(7);
    (1..=53).contains(&week).then_some(first + (week - 1) * 7)
}

/// Of two numbers, of which each stands before or behind the word, the year and the other.
fn year_and_part<'t>(
    (first, is_behind): (&'t str, bool),
    (second, _): (&'t str, bool),
) -> Option<(i64, &'t str)> {
    let year = |text: &str| text.parse::<i64>().ok().filter(|year| YEARS.contains(year));
    match (first.len(), second.len()) {
        (4, 1 | 2) => Some((year(first)?, second)),
        (1 | 2, 4) => Some((year(second)?, first)),
        // 1Q24 and Q1 24; 24Q1
        (1, 2) => Some((2000 + second.parse::<i64>().ok()?, first)),
        (2, 1) if !is_behind => Some((2000 + first.parse::<i64>().ok()?, second)),
        _ => None,
    }
}

/// The words and numbers of a text; `None` where there is another sign than those between them.
fn tokens(text: &str) -> Option<Vec<&str>> {
    let mut tokens = Vec::new();
    let mut rest = text.trim();
    while let Some(first) = rest.chars().next() {
        let is_number = first.is_ascii_digit();
        let is_same = |letter: char| match is_number {
            true => letter.is_ascii_digit(),
            false => letter.is_alphabetic(),
        };
        let end = match is_number || first.is_alphabetic() {
            true => {
                let end = rest.find(|letter| !is_same(letter)).unwrap_or(rest.len());
                tokens.push(&rest[..end]);
                end
            }
            false if " -/.'’_:,".contains(first) => first.len_utf8(),
            false => return None,
        };
        rest = &rest[end..];
    }
    Some(tokens)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_year() {
        let days = |year, month, day| days_to(year, month, day).map(|days| days as f64);
        for text in [
            "2024Q2",
            "2024-Q2",
            "2024 Q2",
            "2024q2",
            "Q2 2024",
            "Q2-2024",
            "Q2/2024",
            "2Q2024",
            "2Q24",
            "Q2'24",
            "2. Quartal 2024",
            "T2 2024",
            "II кв. 2024",
            "2024年第2季度",
            "FY2024 Q2",
        ] {
            assert_eq!(period(text), days(2024, 4, 1), "{text}");
        }
        for text in ["2024H2", "H2 2024", "2024-S2"] {
            assert_eq!(period(text), days(2024, 7, 1), "{text}");
        }
        for text in ["2024-W09", "2024W09", "KW 9/2024", "Week 9 2024"] {
            assert_eq!(period(text), days(2024, 2, 26), "{text}");
        }
        assert_eq!(period("2024M03"), days(2024, 3, 1));
        for text in [
            "Q5 2024", "2024", "Q1", "P1 2024", "2024Q1Q2", "1899Q1", "W60 2024", "Q1+2024",
            "24-1", "4.83 kW", "4.99 m", "2.24M", "1,85 m", "8.79 W", "1.37wk", "2.62 T", "1.50 h",
            "7.69M", "1h20", "2m05",
        ] {
            assert_eq!(period(text), None, "{text}");
        }
    }
}
