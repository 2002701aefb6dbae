//! Numbers as people write them.

use std::borrow::Cow;

use super::unit::{duration, is_known_unit, is_unit};

/// How the numbers of a column are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::dataset) struct Hand {
    /// The decimal mark, a point or a comma; the other one groups thousands.
    pub(in crate::dataset) decimal: u8,
}

impl Hand {
    pub(in crate::dataset) const POINT: Self = Self { decimal: b'.' };
    pub(in crate::dataset) const COMMA: Self = Self { decimal: b',' };
}

/// What was around the digits of a number, worth a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::dataset) enum Trait {
    /// Thousands are grouped.
    Thousands,
    /// A currency sign.
    Currency,
    /// A per cent sign; the number is taken as it is written.
    Percent,
    /// In brackets: negative to an accountant.
    Brackets,
    /// Another minus sign than the hyphen.
    Minus,
    /// An apostrophe before it, as spreadsheets mark texts.
    Apostrophe,
    /// `<` a detection limit, of which half is taken.
    Below,
    /// `>` a limit, which is taken itself.
    Above,
    /// A span of time, in seconds.
    Duration,
}

impl Trait {
    /// All of them.
    pub(in crate::dataset) const ALL: [Self; 9] = [
        Self::Thousands,
        Self::Currency,
        Self::Percent,
        Self::Brackets,
        Self::Minus,
        Self::Apostrophe,
        Self::Below,
        Self::Above,
        Self::Duration,
    ];

    /// What it is, as it follows "written with".
    pub(in crate::dataset) fn name(self) -> &'static str {
        match self {
            Self::Thousands => "grouped thousands",
            Self::Currency => "a currency sign",
            Self::Percent => "a per cent sign",
            Self::Brackets => "brackets for negative ones",
            Self::Minus => "another minus sign",
            Self::Apostrophe => "an apostrophe before them",
            Self::Below => "a detection limit (<), of which half is taken",
            Self::Above => "a limit (>), which is taken itself",
            Self::Duration => "spans of time, in seconds",
        }
    }
}

/// A number with what was around it.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::dataset) struct Written<'a> {
    /// The number.
    pub(in crate::dataset) value: f64,
    /// What was around it.
    pub(in crate::dataset) traits: Vec<Trait>,
    /// The unit behind it.
    pub(in crate::dataset) unit: Option<&'a str>,
}

/// Whether a text is a number by any hand.
pub(in crate::dataset) fn is_number(text: &str) -> bool {
    number(text, Hand::POINT).is_some() || number(text, Hand::COMMA).is_some()
}

/// Reads a number; `None` where the text is none by this hand.
pub(in crate::dataset) fn number(text: &str, hand: Hand) -> Option<Written<'_>> {
    let mut traits = Vec::new();
    let mut rest = text.trim();
    // A number begins and ends near its digits, so long texts are none.
    if rest.len() > 60 || !rest.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    if let Some(value) = duration(rest) {
        let (traits, unit) = (vec![Trait::Duration], None);
        return Some(Written {
            value,
            traits,
            unit,
        });
    }
    if let Some(bare) = rest.strip_prefix(['\'', '’']) {
        traits.push(Trait::Apostrophe);
        rest = bare.trim_start();
    }
    if let Some(inside) = rest
        .strip_prefix('(')
        .and_then(|rest| rest.strip_suffix(')'))
    {
        traits.push(Trait::Brackets);
        rest = inside.trim();
    }
    for (mark, what) in [('<', Trait::Below), ('>', Trait::Above)] {
        if let Some(bare) = rest.strip_prefix(mark) {
            traits.push(what);
            rest = bare.trim_start_matches('=').trim_start();
        }
    }
    let mut negative = sign(&mut rest, &mut traits);
    if let Some(bare) = currency_before(rest) {
        traits.push(Trait::Currency);
        rest = bare;
        negative ^= sign(&mut rest, &mut traits);
    }
    let end = digits_end(rest);
    let (digits, behind) = rest.split_at(end);
    let mut value = magnitude(digits.trim_end(), hand, &mut traits)?;
    let is_spaced = behind.starts_with(is_space) || digits.ends_with(is_space);
    let mut behind = behind.trim();
    if let Some(bare) = behind
        .strip_suffix(['-', '−'])
        .filter(|bare| bare.is_empty())
    {
        negative = true;
        behind = bare;
    }
    let unit = match behind {
        "" => None,
        "%" | "pct" => {
            traits.push(Trait::Percent);
            None
        }
        _ if is_currency(behind) => {
            traits.push(Trait::Currency);
            None
        }
        // Behind a space any short word may be a unit, directly behind the digits only a known one.
        _ if is_spaced && is_unit(behind) => Some(behind),
        _ if is_known_unit(behind) => Some(behind),
        _ => return None,
    };
    if traits.contains(&Trait::Below) {
        value /= 2.0;
    }
    let brackets = traits.contains(&Trait::Brackets);
    if brackets && (negative || unit.is_some()) {
        return None;
    }
    if negative || brackets {
        value = -value;
    }
    traits.sort_unstable();
    Some(Written {
        value,
        traits,
        unit,
    })
}

/// Takes a sign off; returns whether it is a minus.
fn sign(rest: &mut &str, traits: &mut Vec<Trait>) -> bool {
    for minus in ['−', '–', '－'] {
        if let Some(bare) = rest.strip_prefix(minus) {
            traits.push(Trait::Minus);
            *rest = bare.trim_start();
            return true;
        }
    }
    let bare = rest.strip_prefix(['-', '+']);
    let negative = rest.starts_with('-');
    *rest = bare.map_or(*rest, str::trim_start);
    negative
}

const CURRENCIES: [&str; 14] = [
    "$", "€", "£", "¥", "₹", "₽", "USD", "EUR", "GBP", "CHF", "US$", "R$", "kr", "zł",
];

fn is_currency(text: &str) -> bool {
    CURRENCIES.contains(&text)
}

fn currency_before(text: &str) -> Option<&str> {
    // The longest first: `US$` begins as `US`.
    let mut found = CURRENCIES.iter().filter(|sign| text.starts_with(**sign));
    let sign = found.by_ref().max_by_key(|sign| sign.len())?;
    Some(text[sign.len()..].trim_start())
}

fn is_space(letter: char) -> bool {
    matches!(
        letter,
        ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\u{2007}'
    )
}

fn is_group(letter: char) -> bool {
    is_space(letter) || matches!(letter, '\'' | '’')
}

/// Where the digits of a number end, with their marks and exponent.
fn digits_end(text: &str) -> usize {
    let mut end = 0;
    for (at, letter) in text.char_indices() {
        let after = &text[at + letter.len_utf8()..];
        let digit_follows = after.starts_with(|next: char| next.is_ascii_digit());
        let belongs = match letter {
            '0'..='9' => true,
            '.' | ',' => true,
            'e' | 'E' if end > 0 => {
                let exponent = after.strip_prefix(['-', '+']).unwrap_or(after);
                exponent.starts_with(|next: char| next.is_ascii_digit())
            }
            '-' | '+' => text[..at].ends_with(['e', 'E']) && digit_follows,
            _ => is_group(letter) && digit_follows && end > 0,
        };
        if !belongs {
            break;
        }
        end = at + letter.len_utf8();
    }
    end
}

/// Reads digits with their marks, without a sign.
fn magnitude(text: &str, hand: Hand, traits: &mut Vec<Trait>) -> Option<f64> {
    let decimal = char::from(hand.decimal);
    let other = if hand.decimal == b'.' { ',' } else { '.' };
    let (number, exponent) = match text.find(['e', 'E']) {
        Some(at) => text.split_at(at),
        None => (text, ""),
    };
    let (whole, part) = match number.split_once(decimal) {
        Some((whole, part)) => (whole, Some(part)),
        None => (number, None),
    };
    if part.is_some_and(|part| !part.bytes().all(|byte| byte.is_ascii_digit())) {
        return None;
    }
    let mut whole = Cow::Borrowed(whole);
    if let Some(mark) = whole.chars().find(|letter| !letter.is_ascii_digit()) {
        if mark != other && !is_group(mark) {
            return None;
        }
        let same = |letter: char| letter == mark || (is_space(mark) && is_space(letter));
        let groups: Vec<&str> = whole.split(same).collect();
        let (first, rest) = groups.split_first()?;
        let is_digits = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
        let is_first =
            (1..=3).contains(&first.len()) && is_digits(first) && !first.starts_with('0');
        if !is_first
            || !rest
                .iter()
                .all(|group| group.len() == 3 && is_digits(group))
        {
            return None;
        }
        traits.push(Trait::Thousands);
        whole = Cow::Owned(groups.concat());
    }
    if whole.is_empty() && part.unwrap_or_default().is_empty() {
        return None;
    }
    let plain = format!("{whole}.{}{exponent}", part.unwrap_or("0"));
    let value: f64 = plain.parse().ok()?;
    (value as f32).is_finite().then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(text: &str) -> Option<f64> {
        number(text, Hand::POINT).map(|written| written.value)
    }

    fn comma(text: &str) -> Option<f64> {
        number(text, Hand::COMMA).map(|written| written.value)
    }

    #[test]
    fn numbers_by_a_decimal_point() {
        for (text, value) in [
            ("12", 12.0),
            ("-1.5", -1.5),
            ("−0.196", -0.196),
            ("'-0.68", -0.68),
            ("$4,379.38", 4379.38),
            ("-$5.00", -5.0),
            ("$-5.00", -5.0),
            ("12.5 EUR", 12.5),
            ("96.7%", 96.7),
            ("(1,234.50)", -1234.5),
            ("1,522", 1522.0),
            ("1'234'567.5", 1_234_567.5),
            ("8 056", 8056.0),
            ("8\u{202f}056", 8056.0),
            ("<0.50", 0.25),
            ("> 100", 100.0),
            ("12 kg", 12.0),
            ("38s", 38.0),
            ("00:03:20", 200.0),
            ("3:20", 200.0),
            ("3h 20m", 12_000.0),
            ("1.5e3", 1500.0),
            ("12-", -12.0),
        ] {
            assert_eq!(point(text), Some(value), "{text}");
        }
    }

    #[test]
    fn numbers_by_a_decimal_comma() {
        for (text, value) in [
            ("19,51", 19.51),
            ("3.568,53", 3568.53),
            ("12.345", 12_345.0),
            ("1.234.567", 1_234_567.0),
            ("-1,5e3", -1500.0),
            ("8 056,5 €", 8056.5),
        ] {
            assert_eq!(comma(text), Some(value), "{text}");
        }
    }

    #[test]
    fn other_texts_are_no_numbers() {
        for text in [
            "",
            "-",
            "red",
            "1,5",
            "1,2345",
            "12O",
            "A12",
            "2024-03-01",
            "1.2.3",
            "(−5)",
            "12:75:00",
            "1 2",
            "01 234",
            "\"5",
            "3.5e38",
            "12 very long unit",
            "AC-1000",
            "1/2",
            "12,345,67",
        ] {
            assert_eq!(point(text), None, "{text}");
        }
        for text in ["1,234.5", "12.34", "1,2,3"] {
            assert_eq!(comma(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_around_a_number_is_told() {
        let traits = |text| number(text, Hand::POINT).expect("a number").traits;
        assert_eq!(
            traits("($1,000)"),
            [Trait::Thousands, Trait::Currency, Trait::Brackets]
        );
        assert_eq!(traits("<0.5"), [Trait::Below]);
        assert_eq!(
            number("12 kg", Hand::POINT).and_then(|written| written.unit),
            Some("kg")
        );
    }
}
