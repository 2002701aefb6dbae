//! Numbers as people write them.

mod around;
mod degrees;
mod digits;
mod fraction;

pub(in crate::dataset) use self::around::currency_of;
use self::around::{behind, currency_before, is_currency, power, sign};
use self::degrees::{degrees, hexadecimal};
use self::digits::{ascii, digits_end, is_space, magnitude};
use self::fraction::mixed;
use super::unit::{duration, is_known_unit, is_unit, multiple_of};

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
    /// An equals sign and quotation marks around it, so that spreadsheets leave it as it is.
    Formula,
    /// `<` a detection limit, of which half is taken.
    Below,
    /// `>` a limit, which is taken itself.
    Above,
    /// A span of time, in seconds.
    Duration,
    /// `~`, which is left out.
    About,
    /// `± 0.3`, which is left out.
    Uncertainty,
    /// A mark such as `*`, which is left out.
    Mark,
    /// k, M or B for thousands, millions, billions.
    Multiple,
    /// Units of one kind, which are brought to one.
    Scaled,
    /// Digits of another script.
    Script,
    /// A whole number and a fraction, such as `56 1/2`.
    Fraction,
    /// Thousands grouped by underscores, as programs write them.
    Underscores,
    /// Hexadecimal digits behind 0x.
    Hexadecimal,
    /// Degrees, minutes and seconds of an angle, in degrees.
    Degrees,
}

impl Trait {
    /// All of them.
    pub(in crate::dataset) const ALL: [Self; 20] = [
        Self::Thousands,
        Self::Currency,
        Self::Percent,
        Self::Brackets,
        Self::Minus,
        Self::Apostrophe,
        Self::Formula,
        Self::Below,
        Self::Above,
        Self::Duration,
        Self::About,
        Self::Uncertainty,
        Self::Mark,
        Self::Multiple,
        Self::Scaled,
        Self::Script,
        Self::Fraction,
        Self::Underscores,
        Self::Hexadecimal,
        Self::Degrees,
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
            Self::Formula => "an equals sign and quotation marks around them",
            Self::Below => "a detection limit (<), of which half is taken",
            Self::Above => "a limit (>), which is taken itself",
            Self::Duration => "spans of time, in seconds",
            Self::About => "a sign for about (~), which is left out",
            Self::Uncertainty => "an uncertainty behind them (±), which is left out",
            Self::Mark => "a mark behind them, such as *, which is left out",
            Self::Multiple => "k, M or B for thousands, millions or billions",
            Self::Scaled => "several units of one kind, of which one is taken for all",
            Self::Script => "the digits of another script",
            Self::Fraction => "fractions, such as 1/2, behind them",
            Self::Underscores => "underscores between their thousands",
            Self::Hexadecimal => "hexadecimal digits behind 0x",
            Self::Degrees => "degrees, minutes and seconds of an angle, in degrees",
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
    /// The sign of a currency before or behind it.
    pub(in crate::dataset) currency: Option<&'a str>,
}

/// Whether a text is a number by any hand.
pub(in crate::dataset) fn is_number(text: &str) -> bool {
    number(text, Hand::POINT).is_some() || number(text, Hand::COMMA).is_some()
}

/// Reads a number; `None` where the text is none by this hand.
pub(in crate::dataset) fn number(text: &str, hand: Hand) -> Option<Written<'_>> {
    // Where files are joined, the mark of a text's beginning stands in its midst.
    let text = text.trim().trim_start_matches('\u{feff}');
    // A number begins and ends near its digits, so long texts are none.
    if text.len() > 60 {
        return None;
    }
    if text.bytes().any(|byte| byte.is_ascii_digit()) {
        return plain(text, hand);
    }
    let translated = ascii(text, hand)?;
    let mut found = plain(&translated, hand)?;
    found.traits.push(Trait::Script);
    Some(Written {
        value: found.value,
        traits: found.traits,
        unit: None,
        currency: None,
    })
}

/// Reads a number of the digits 0 to 9.
fn plain(text: &str, hand: Hand) -> Option<Written<'_>> {
    let mut traits = Vec::new();
    let mut rest = text;
    let whole = |value, what| Written {
        value,
        traits: vec![what],
        unit: None,
        currency: None,
    };
    if let Some(value) = degrees(rest) {
        return Some(whole(value, Trait::Degrees));
    }
    if let Some(value) = duration(rest) {
        return Some(whole(value, Trait::Duration));
    }
    if let Some(value) = hexadecimal(rest) {
        return Some(whole(value, Trait::Hexadecimal));
    }
    if let Some(bare) = rest.strip_prefix(['\'', '’']) {
        traits.push(Trait::Apostrophe);
        // Some quote by them.
        rest = bare.strip_suffix('\'').unwrap_or(bare).trim();
    }
    if let Some(inside) = (rest.strip_prefix("=\"")).and_then(|rest| rest.strip_suffix('"')) {
        traits.push(Trait::Formula);
        rest = inside.trim();
    }
    if let Some(inside) = in_brackets(rest) {
        traits.push(Trait::Brackets);
        rest = inside.trim();
    }
    for (mark, what) in LIMITS {
        if let Some(bare) = rest.strip_prefix(mark) {
            traits.push(what);
            rest = bare.trim_start_matches('=').trim_start();
            break;
        }
    }
    let mut negative = sign(&mut rest, &mut traits);
    let mut currency = None;
    if let Some((sign_of, bare)) = currency_before(rest) {
        traits.push(Trait::Currency);
        currency = Some(sign_of);
        rest = bare;
        if let Some(inside) = in_brackets(rest) {
            traits.push(Trait::Brackets);
            rest = inside.trim();
        }
        negative ^= sign(&mut rest, &mut traits);
    }
    let (mut value, is_spaced, after) = match mixed(rest) {
        Some((value, after)) => {
            traits.push(Trait::Fraction);
            (value, after.starts_with(is_space), after.trim())
        }
        None => {
            let (digits, after) = rest.split_at(digits_end(rest));
            let value = magnitude(digits.trim_end(), hand, &mut traits)?;
            let is_spaced = after.starts_with(is_space) || digits.ends_with(is_space);
            let (factor, after) = power(after.trim());
            (value * factor, is_spaced, after)
        }
    };
    let (after, is_negative) = behind(after, hand, &mut traits);
    negative |= is_negative;
    // A multiple before its currency: `1.5 Mio. €`.
    let after = match after.rsplit_once(' ') {
        Some((before, sign)) if is_currency(sign) && multiple_of(before).is_some() => {
            traits.push(Trait::Currency);
            currency = currency.or(Some(sign));
            before
        }
        _ => after,
    };
    let unit = match after {
        "" => None,
        "%" | "pct" => {
            traits.push(Trait::Percent);
            None
        }
        _ if is_currency(after) => {
            traits.push(Trait::Currency);
            currency = currency.or(Some(after));
            None
        }
        // Behind a space any short word may be a unit, directly behind the digits only a known one.
        _ if is_spaced && is_unit(after) => Some(after),
        _ if is_known_unit(after) => Some(after),
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
    (value as f32).is_finite().then_some(Written {
        value,
        traits,
        unit,
        currency,
    })
}

/// What stands in round brackets, where nothing stands around them.
fn in_brackets(text: &str) -> Option<&str> {
    text.strip_prefix('(')?.strip_suffix(')')
}

/// Signs before a number that say how it is to be taken.
const LIMITS: [(&str, Trait); 9] = [
    ("<", Trait::Below),
    ("≤", Trait::Below),
    (">", Trait::Above),
    ("≥", Trait::Above),
    ("~", Trait::About),
    ("≈", Trait::About),
    ("ca.", Trait::About),
    ("ca ", Trait::About),
    ("approx.", Trait::About),
];

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
            ("1,23,456.78", 123_456.78),
            ("１２.５", 12.5),
            ("١٢٫٥", 12.5),
            ("1.5D+03", 1500.0),
            ("1.5×10^3", 1500.0),
            ("2 x 10^-3", 0.002),
            ("12.5±0.3", 12.5),
            ("12.5 +/- 0.3 mm", 12.5),
            ("12.52(3)", 12.52),
            ("12.5*", 12.5),
            ("12.5 [a]", 12.5),
            ("~12.5", 12.5),
            ("≤0.9", 0.45),
            ("AUD 12.5", 12.5),
            ("₪12.5", 12.5),
            ("Rs. 12", 12.0),
            ("80+", 80.0),
            ("-00:03:20", -200.0),
            ("0 days 00:03:20", 200.0),
            ("1.00:03:20.5000000", 86_600.5),
            ("1:00:03:20", 86_600.0),
            ("12.5 +- 0.3", 12.5),
            ("1.5 × 10³", 1500.0),
            ("2·10⁻³", 0.002),
            ("1 day, 0:03:20", 86_600.0),
            ("2d 00:03:20", 173_000.0),
            ("PT3H20M1S", 12_001.0),
            ("3 Std. 20 Min.", 12_000.0),
            ("3h20", 12_000.0),
            ("5'30''", 330.0),
            ("5′30.5″", 330.5),
            ("=\"12.5\"", 12.5),
            ("1_135_129", 1_135_129.0),
            ("$(16.22)", -16.22),
            ("1.2*^-5", 1.2e-5),
            ("+43:15:05.3", 155_705.3),
            ("0x1F", 31.0),
            ("48°30'36\"N", 48.51),
            ("\\4,278", 4278.0),
            ("1.2 Tsd.", 1.2),
            ("-56 1/2", -56.5),
            ("56½ kg", 56.5),
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
            "1_2",
            "0x",
            "0x123456789",
            "48°75'",
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
