//! Whole numbers with a fraction behind them, such as `56 1/2` and `56½`.

use super::digits::is_space;

/// The largest denominator that people write so.
const LARGEST: u32 = 64;

/// Fractions that are one sign.
const SIGNS: [(char, f64); 13] = [
    ('½', 0.5),
    ('⅓', 1.0 / 3.0),
    ('⅔', 2.0 / 3.0),
    ('¼', 0.25),
    ('¾', 0.75),
    ('⅕', 0.2),
    ('⅖', 0.4),
    ('⅗', 0.6),
    ('⅘', 0.8),
    ('⅛', 0.125),
    ('⅜', 0.375),
    ('⅝', 0.625),
    ('⅞', 0.875),
];

/// The value of a whole number with a fraction, and what follows it; `None` where there is none.
///
/// A fraction of digits alone (`1/2`) is none: it may as well be a day of a month.
pub(super) fn mixed(text: &str) -> Option<(f64, &str)> {
    let is_fraction = |letter: char| letter == '/' || sign(letter).is_some();
    text.find(is_fraction)?;
    let (whole, behind) = number(text).unwrap_or((0, text));
    let rest = behind.trim_start_matches(is_space);
    let mut letters = rest.chars();
    if let Some(part) = letters.next().and_then(sign) {
        return Some((f64::from(whole) + part, letters.as_str()));
    }
    let is_apart = rest.len() < behind.len() && behind.len() < text.len();
    let (above, rest) = number(rest).filter(|_| is_apart)?;
    let (below, rest) = number(rest.strip_prefix(['/', '⁄'])?)?;
    let is_part = above > 0 && above < below && below <= LARGEST;
    is_part.then_some((f64::from(whole) + f64::from(above) / f64::from(below), rest))
}

fn sign(letter: char) -> Option<f64> {
    let found = SIGNS.iter().find(|(sign, _)| *sign == letter);
    found.map(|(_, value)| *value)
}

/// The digits that a text begins with as a number, and what follows them.
fn number(text: &str) -> Option<(u32, &str)> {
    let end = text.find(|letter: char| !letter.is_ascii_digit());
    let (digits, rest) = text.split_at(end.unwrap_or(text.len()));
    Some((digits.parse().ok()?, rest))
}

#[cfg(test)]
mod tests {
    use super::mixed;

    #[test]
    fn wholes_with_fractions() {
        for (text, value, rest) in [
            ("56 1/2", 56.5, ""),
            ("56\u{a0}3/16 in", 56.1875, " in"),
            ("12½", 12.5, ""),
            ("12 ¾\"", 12.75, "\""),
            ("⅜", 0.375, ""),
        ] {
            assert_eq!(mixed(text), Some((value, rest)), "{text}");
        }
        for text in [
            "1/2", "56", "56 3/2", "56 1/100", "12/3/24", "5 1/0", "a/b", "km/h", "5 km/h", "56 1/",
        ] {
            assert_eq!(mixed(text), None, "{text}");
        }
    }
}
