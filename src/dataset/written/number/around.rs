//! What stands before and behind the digits of a number.

use super::digits::{digits_end, magnitude};
use super::{Hand, Trait};

/// Takes a sign off; returns whether it is a minus.
pub(super) fn sign(rest: &mut &str, traits: &mut Vec<Trait>) -> bool {
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

/// Currencies that are written in letters; signs of their own are told by their place in Unicode.
const CURRENCIES: [&str; 58] = [
    "$", "£", "¥", "￥", "USD", "EUR", "GBP", "CHF", "JPY", "CNY", "RMB", "INR", "KRW", "AUD",
    "CAD", "NZD", "SGD", "HKD", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF", "RON", "BGN", "RUB",
    "TRY", "ILS", "THB", "IDR", "MYR", "PHP", "VND", "ZAR", "BRL", "MXN", "ARS", "US$", "R$", "A$",
    "C$", "NZ$", "HK$", "S$", "NT$", "RM", "Rs.", "Rs", "Rp", "kr", "kr.", "zł", "Kč", "Ft", "лв",
    "руб.", "元",
];

/// Whether a letter is a sign of a currency alone.
fn is_sign(letter: char) -> bool {
    matches!(
        letter,
        '$' | '¢' | '£' | '¥' | '฿' | '円' | '元' | '원' | '\u{20a0}'..='\u{20cf}'
    )
}

/// Signs, codes and short names of one currency.
const SAME: [&[&str]; 24] = [
    &["$", "US$", "USD"],
    &["€", "EUR"],
    &["£", "GBP"],
    &["¥", "￥", "JPY", "円", "\\"],
    &["CNY", "RMB", "元"],
    &["₩", "KRW", "원"],
    &["₹", "INR", "Rs.", "Rs"],
    &["kr", "kr."],
    &["zł", "PLN"],
    &["Kč", "CZK"],
    &["Ft", "HUF"],
    &["лв", "BGN"],
    &["₽", "руб.", "RUB"],
    &["₪", "ILS"],
    &["฿", "THB"],
    &["₺", "TRY"],
    &["₫", "VND"],
    &["R$", "BRL"],
    &["A$", "AUD"],
    &["C$", "CAD"],
    &["S$", "SGD"],
    &["HK$", "HKD"],
    &["NZ$", "NZD"],
    &["RM", "MYR"],
];

/// The sign by which a currency is known, of all that are written for it.
pub(in crate::dataset) fn currency_of(sign: &str) -> &str {
    let same = SAME.iter().find(|same| same.contains(&sign));
    same.and_then(|same| same.first()).copied().unwrap_or(sign)
}

pub(super) fn is_currency(text: &str) -> bool {
    let mut letters = text.chars();
    CURRENCIES.contains(&text) || (letters.next().is_some_and(is_sign) && letters.next().is_none())
}

/// The sign of a currency before a number, and what follows it.
pub(super) fn currency_before(text: &str) -> Option<(&str, &str)> {
    // As nearly all numbers begin.
    if text.starts_with(|first: char| first.is_ascii_digit() || first == '.') {
        return None;
    }
    // In encodings of Japan and Korea the byte of the backslash is the sign of the yen and the won.
    let is_yen =
        text.starts_with('\\') && text[1..].starts_with(|next: char| next.is_ascii_digit());
    if let Some(bare) = text.strip_prefix(|first| is_sign(first) || (is_yen && first == '\\')) {
        return Some((&text[..text.len() - bare.len()], bare.trim_start()));
    }
    // The longest first: `US$` begins as `US`.
    let mut found = CURRENCIES.iter().filter(|sign| text.starts_with(**sign));
    let sign = found.by_ref().max_by_key(|sign| sign.len())?;
    Some((&text[..sign.len()], text[sign.len()..].trim_start()))
}

/// A power of ten behind the digits, such as `×10^3`, and what follows it.
pub(super) fn power(behind: &str) -> (f64, &str) {
    // As Mathematica writes it.
    if let Some(exponent) = behind.strip_prefix("*^") {
        return match exponent.parse::<i32>() {
            Ok(power) if power.abs() < 40 => (10_f64.powi(power), ""),
            _ => (1.0, behind),
        };
    }
    let Some(bare) = behind.strip_prefix(['×', 'x', '*', '·']) else {
        return (1.0, behind);
    };
    let Some(exponent) = bare.trim_start().strip_prefix("10") else {
        return (1.0, behind);
    };
    if let Some(power) = raised(exponent) {
        return (10_f64.powi(power), "");
    }
    let Some(exponent) = exponent.strip_prefix('^') else {
        return (1.0, behind);
    };
    let end = exponent
        .char_indices()
        .find(|(at, letter)| !(letter.is_ascii_digit() || (*at == 0 && *letter == '-')))
        .map_or(exponent.len(), |(at, _)| at);
    match exponent[..end].parse() {
        Ok(power) => (10_f64.powi(power), exponent[end..].trim_start()),
        Err(_) => (1.0, behind),
    }
}

/// A number of raised digits alone, such as `⁻³`.
fn raised(text: &str) -> Option<i32> {
    let digit = |letter| match letter {
        '⁻' => Some('-'),
        _ => "⁰¹²³⁴⁵⁶⁷⁸⁹"
            .chars()
            .position(|other| other == letter)
            .and_then(|digit| char::from_digit(digit as u32, 10)),
    };
    let digits: Option<String> = text.trim_end().chars().map(digit).collect();
    digits?.parse().ok().filter(|power: &i32| power.abs() < 40)
}

/// Takes an uncertainty, marks and a sign off what stands behind the digits; returns what is left, and
/// whether the sign is a minus.
pub(super) fn behind<'t>(text: &'t str, hand: Hand, traits: &mut Vec<Trait>) -> (&'t str, bool) {
    let mut rest = text;
    let spread = ["±", "+/-", "+-"];
    let spread = spread.iter().find_map(|sign| rest.strip_prefix(*sign));
    if let Some(spread) = spread.map(str::trim_start) {
        let end = digits_end(spread);
        if magnitude(spread[..end].trim_end(), hand, &mut Vec::new()).is_some() {
            traits.push(Trait::Uncertainty);
            rest = spread[end..].trim_start();
        }
    } else if let Some(spread) = rest.strip_prefix('(')
        && let Some((inside, more)) = spread.split_once(')')
        && magnitude(inside, hand, &mut Vec::new()).is_some()
    {
        traits.push(Trait::Uncertainty);
        rest = more.trim_start();
    }
    match rest {
        "-" | "−" => return ("", true),
        "+" => {
            traits.push(Trait::Above);
            return ("", false);
        }
        _ => {}
    }
    let bare = rest.trim_end_matches(['*', '†', '‡']);
    if bare.len() < rest.len() {
        traits.push(Trait::Mark);
        rest = bare.trim_end();
    }
    if let Some((before, note)) = rest
        .strip_suffix(']')
        .and_then(|rest| rest.rsplit_once('['))
        && (1..=3).contains(&note.len())
        && note.bytes().all(|byte| byte.is_ascii_alphanumeric())
    {
        traits.push(Trait::Mark);
        rest = before.trim_end();
    }
    (rest, false)
}
