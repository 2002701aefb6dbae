//! Numbers to another base than ten: angles by sixtieths, and hexadecimal ones.

/// Most hexadecimal digits of a number; longer ones are addresses and hashes.
const DIGITS: usize = 8;

/// Reads digits behind `0x`.
pub(super) fn hexadecimal(text: &str) -> Option<f64> {
    let digits = text
        .strip_prefix("0x")
        .or_else(|| text.strip_prefix("0X"))?;
    let is_good =
        (1..=DIGITS).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    let number = is_good.then(|| u32::from_str_radix(digits, 16).ok())??;
    Some(f64::from(number))
}

/// Reads degrees, minutes and perhaps seconds of an angle, in degrees: `48°46'10"N`, `-48° 46.5'`.
pub(super) fn degrees(text: &str) -> Option<f64> {
    if !text.contains(['°', 'º']) {
        return None;
    }
    let (text, side) = side(text);
    let bare = text.strip_prefix(['-', '−']);
    let (degrees, rest) = bare.unwrap_or(text).split_once(['°', 'º'])?;
    let (minutes, rest) = rest.split_once(['\'', '′', '’'])?;
    let seconds = match rest.trim() {
        "" => "0",
        rest => ["\"", "″", "”", "''", "'", "’’"]
            .iter()
            .find_map(|mark| rest.strip_suffix(mark))?
            .trim_end_matches('"'),
    };
    let part = |text: &str| {
        let text = text.trim();
        let is_plain = text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'.');
        text.parse::<f64>().ok().filter(|_| is_plain)
    };
    let (degrees, minutes, seconds) = (part(degrees)?, part(minutes)?, part(seconds)?);
    let is_good = degrees <= 360.0 && minutes < 60.0 && seconds < 60.0;
    let sign = if bare.is_some() { -side } else { side };
    is_good.then_some(sign * (degrees + minutes / 60.0 + seconds / 3600.0))
}

/// An angle without the letter of the compass before or behind it, and its sign.
fn side(text: &str) -> (&str, f64) {
    for (letter, sign) in [('N', 1.0), ('E', 1.0), ('S', -1.0), ('W', -1.0)] {
        let bare = text
            .strip_suffix(letter)
            .or_else(|| text.strip_prefix(letter));
        if let Some(bare) = bare {
            return (bare.trim(), sign);
        }
    }
    (text, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn angles_by_sixtieths() {
        for (text, value) in [
            ("48°30'36\"N", 48.51),
            ("48°30'36\"\"S", -48.51),
            ("48° 30' 36″", 48.51),
            ("-48°30.6'", -48.51),
            ("W 8°30'00''", -8.5),
        ] {
            let read = degrees(text);
            assert!(
                read.is_some_and(|read| (read - value).abs() < 1e-9),
                "{text}: {read:?}"
            );
        }
        for text in ["48°", "48.5°N", "48°61'", "20 °C", "48°30'36", "5'30''"] {
            assert_eq!(degrees(text), None, "{text}");
        }
    }
}
