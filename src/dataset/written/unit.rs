//! Units behind numbers, and spans of time.

/// Whether a text behind a number can be its unit: letters, degree signs, slashes, powers.
pub(super) fn is_unit(text: &str) -> bool {
    let mut letters = text.chars();
    let begins = letters
        .next()
        .is_some_and(|first| first.is_alphabetic() || "°µ%‰'\"".contains(first));
    begins
        && text.chars().count() <= 10
        && letters.all(|letter| letter.is_alphanumeric() || "°µ/^²³·*%-.".contains(letter))
}

/// Units that are known without brackets or a space before them; any other word may be a name or a
/// part of a code.
const UNITS: [&str; 78] = [
    "m", "km", "cm", "mm", "µm", "um", "nm", "s", "ms", "us", "µs", "sec", "min", "h", "hr", "d",
    "kg", "g", "mg", "µg", "ug", "t", "lb", "v", "mv", "kv", "a", "ma", "w", "kw", "mw", "kwh",
    "wh", "j", "kj", "pa", "hpa", "kpa", "mbar", "bar", "psi", "c", "f", "k", "degc", "degf", "hz",
    "khz", "mhz", "ghz", "rpm", "n", "l", "ml", "m3", "m2", "ppm", "ppb", "db", "dbm", "lux", "lx",
    "rad", "deg", "pct", "pcs", "count", "counts", "eur", "usd", "gbp", "mol", "mmol", "ohm",
    "kohm", "px", "gb", "mb",
];

/// Whether a text is a unit beyond doubt.
pub(in crate::dataset) fn is_known_unit(text: &str) -> bool {
    let lower = text.to_lowercase();
    UNITS.contains(&lower.as_str())
        || (is_unit(text) && text.contains(['°', '%', '/', '²', '³', '^', 'Ω', '€']))
}

/// Reads a span of time, in seconds: `00:03:20`, `3:20`, `3h 20m`, `1d 4h`.
pub(super) fn duration(text: &str) -> Option<f64> {
    let parts: Vec<&str> = text.split(':').collect();
    if (2..=3).contains(&parts.len()) {
        let is_part = |(at, part): (usize, &&str)| {
            let whole = part.split_once('.').map_or(*part, |(whole, _)| whole);
            let last = at + 1 == parts.len();
            let plain = part
                .bytes()
                .all(|byte| byte.is_ascii_digit() || (last && byte == b'.'));
            plain && !whole.is_empty() && (at == 0 || whole.len() == 2)
        };
        if !parts.iter().enumerate().all(is_part) || parts[0].len() > 4 {
            return None;
        }
        let numbers: Option<Vec<f64>> = parts.iter().map(|part| part.parse().ok()).collect();
        let numbers = numbers?;
        if numbers[1..].iter().any(|&part| part >= 60.0) {
            return None;
        }
        // Of two parts, minutes and seconds.
        return Some(numbers.iter().fold(0.0, |sum, part| sum * 60.0 + part));
    }
    let mut total = 0.0;
    let (mut rest, mut last) = (text, f64::INFINITY);
    let mut count = 0;
    while !rest.is_empty() {
        let end = rest.find(|letter: char| !letter.is_ascii_digit() && letter != '.')?;
        let value: f64 = rest[..end].parse().ok()?;
        let behind = rest[end..].trim_start();
        let end = behind
            .find(|letter: char| !letter.is_alphabetic())
            .unwrap_or(behind.len());
        let seconds = seconds_of(&behind[..end])?;
        if seconds >= last {
            return None;
        }
        (total, last, count) = (total + value * seconds, seconds, count + 1);
        rest = behind[end..].trim_start();
    }
    (count > 1).then_some(total)
}

/// The seconds of a unit of time.
pub(in crate::dataset) fn seconds_of(unit: &str) -> Option<f64> {
    Some(match unit {
        "d" | "day" | "days" => 86_400.0,
        "h" | "hr" | "hrs" | "hour" | "hours" => 3600.0,
        "m" | "min" | "mins" | "minute" | "minutes" => 60.0,
        "s" | "sec" | "secs" | "second" | "seconds" => 1.0,
        "ms" | "msec" => 1e-3,
        _ => return None,
    })
}
