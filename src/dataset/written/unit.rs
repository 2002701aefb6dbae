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
const UNITS: [&str; 100] = [
    "m",
    "km",
    "cm",
    "mm",
    "µm",
    "um",
    "nm",
    "s",
    "ms",
    "us",
    "µs",
    "sec",
    "min",
    "h",
    "hr",
    "wk",
    "weeks",
    "wks",
    "d",
    "kg",
    "g",
    "mg",
    "µg",
    "ug",
    "t",
    "lb",
    "v",
    "mv",
    "kv",
    "a",
    "ma",
    "w",
    "kw",
    "mw",
    "kwh",
    "wh",
    "j",
    "kj",
    "pa",
    "hpa",
    "kpa",
    "mbar",
    "bar",
    "psi",
    "c",
    "f",
    "k",
    "degc",
    "degf",
    "hz",
    "khz",
    "mhz",
    "ghz",
    "rpm",
    "n",
    "l",
    "ml",
    "m3",
    "m2",
    "ppm",
    "ppb",
    "db",
    "dbm",
    "lux",
    "lx",
    "rad",
    "deg",
    "pct",
    "pcs",
    "count",
    "counts",
    "eur",
    "usd",
    "gbp",
    "mol",
    "mmol",
    "ohm",
    "kohm",
    "px",
    "gb",
    "mb",
    "kb",
    "tb",
    "kib",
    "mib",
    "gib",
    "tib",
    "b",
    "bn",
    "mio",
    "mrd",
    "mn",
    "degree_c",
    "degree_f",
    "degrees_north",
    "degrees_east",
    "degree",
    "degrees",
    "utc",
    "gmt",
];

/// Whether a text is a unit beyond doubt.
pub(in crate::dataset) fn is_known_unit(text: &str) -> bool {
    let lower = text.to_lowercase();
    UNITS.contains(&lower.as_str())
        || multiple_of(text).is_some()
        || (is_unit(text) && text.contains(['°', '%', '‰', '/', '²', '³', '^', 'Ω', '€']))
}

/// Reads a span of time, in seconds: `00:03:20`, `3:20`, `3h 20m`, `1 day, 4:00:00`, `PT3H20M`.
pub(super) fn duration(text: &str) -> Option<f64> {
    if !text.contains([':', '\'', '′', '’']) && !text.contains(char::is_alphabetic) {
        return None;
    }
    if let Some(bare) = text.strip_prefix(['-', '−']) {
        return positive(bare).map(|seconds| -seconds);
    }
    positive(text.strip_prefix('+').unwrap_or(text))
}

fn positive(text: &str) -> Option<f64> {
    if let Some(bare) = text.strip_prefix('P') {
        return iso(bare);
    }
    if let Some(seconds) = by_primes(text) {
        return Some(seconds);
    }
    if !text.contains(':') {
        let (seconds, count) = by_units(text)?;
        return (count > 1).then_some(seconds);
    }
    if let Some((days, time)) = text.rsplit_once(' ') {
        let (seconds, count) = by_units(days.trim_end_matches(','))?;
        return (count == 1 && seconds % 86_400.0 == 0.0).then_some(seconds + by_colons(time)?);
    }
    by_colons(text)
}

/// Minutes and seconds such as `5'30''` or `5′30″`.
fn by_primes(text: &str) -> Option<f64> {
    let (minutes, rest) = text.split_once(['\'', '′', '’'])?;
    let seconds = ["''", "\"", "″", "”"]
        .iter()
        .find_map(|end| rest.strip_suffix(end))?;
    let is_whole = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let whole = seconds.split('.').next().unwrap_or_default();
    if !is_whole(minutes) || !is_whole(whole) || whole.len() > 2 {
        return None;
    }
    let (minutes, seconds): (f64, f64) = (minutes.parse().ok()?, seconds.parse().ok()?);
    (seconds < 60.0).then_some(minutes * 60.0 + seconds)
}

/// Hours, minutes and seconds, or minutes and seconds.
fn by_colons(text: &str) -> Option<f64> {
    let mut parts: Vec<&str> = text.split(':').collect();
    // Days before a point, as .NET writes them, or a colon: 1.02:30:00, 1:02:30:00.
    let mut days = 0.0;
    let before = match parts.len() {
        4 => Some((parts.remove(0), parts[0])),
        3 => parts[0].split_once('.'),
        _ => None,
    };
    if let Some((before, hours)) = before {
        let is_day = !before.is_empty() && before.bytes().all(|byte| byte.is_ascii_digit());
        let is_hour = hours.len() == 2 && hours.parse::<u8>().is_ok_and(|hour| hour < 24);
        if !is_day || !is_hour {
            return None;
        }
        days = before.parse().ok()?;
        parts[0] = hours;
    }
    if !(2..=3).contains(&parts.len()) {
        return None;
    }
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
    Some(days * 86_400.0 + numbers.iter().fold(0.0, |sum, part| sum * 60.0 + part))
}

/// Numbers with units of time, each smaller than the one before; also how many there are.
fn by_units(text: &str) -> Option<(f64, usize)> {
    let mut total = 0.0;
    let (mut rest, mut last) = (text, f64::INFINITY);
    let mut count = 0;
    while !rest.is_empty() {
        let Some(end) = rest.find(|letter: char| !letter.is_ascii_digit() && letter != '.') else {
            // 1h02: two digits behind hours are minutes.
            let is_minutes = last == 3600.0 && rest.len() == 2 && count == 1;
            let minutes: f64 = rest.parse().ok().filter(|minutes| *minutes < 60.0)?;
            return is_minutes.then_some((total + minutes * 60.0, 2));
        };
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
        rest = behind[end..].trim_start_matches(['.', ',']).trim_start();
    }
    Some((total, count))
}

/// A span of time as ISO 8601 writes it, behind its P.
fn iso(text: &str) -> Option<f64> {
    let (days, time) = text.split_once('T').unwrap_or((text, ""));
    let mut total = 0.0;
    let mut count = 0;
    for (part, units) in [
        (days, &[('W', 604_800.0), ('D', 86_400.0)][..]),
        (time, &[('H', 3600.0), ('M', 60.0), ('S', 1.0)]),
    ] {
        let mut rest = part;
        while !rest.is_empty() {
            let end = rest.find(|letter: char| letter.is_ascii_uppercase())?;
            let value: f64 = rest[..end].parse().ok()?;
            let unit = rest[end..].chars().next()?;
            let (_, seconds) = units.iter().find(|(letter, _)| *letter == unit)?;
            total += value * seconds;
            count += 1;
            rest = &rest[end + 1..];
        }
    }
    (count > 0).then_some(total)
}

/// The seconds of a unit of time.
pub(in crate::dataset) fn seconds_of(unit: &str) -> Option<f64> {
    Some(match unit.to_lowercase().as_str() {
        "wk" | "wks" | "week" | "weeks" | "woche" | "wochen" => 604_800.0,
        "d" | "day" | "days" | "tag" | "tage" | "jour" | "jours" => 86_400.0,
        "h" | "hr" | "hrs" | "hour" | "hours" | "std" | "stunde" | "stunden" | "heure"
        | "heures" => 3600.0,
        "m" | "min" | "mins" | "minute" | "minutes" | "minuten" if unit != "M" => 60.0,
        "s" | "sec" | "secs" | "second" | "seconds" | "sek" | "sekunde" | "sekunden" => 1.0,
        "ms" | "msec" if unit != "MS" => 1e-3,
        "us" | "µs" | "μs" => 1e-6,
        "ns" => 1e-9,
        _ => return None,
    })
}

/// What k, M and B behind the digits multiply by, and the words for these.
pub(in crate::dataset) fn multiple_of(unit: &str) -> Option<f64> {
    Some(match unit {
        "k" | "K" | "Tsd" | "Tsd." | "tsd." | "thousand" | "тыс" | "тыс." => 1e3,
        "万" => 1e4,
        "lakh" => 1e5,
        "M" | "Mio" | "Mio." | "mio." | "mn" | "mln" | "mln." | "million" | "Million"
        | "millions" | "Millionen" | "млн" | "млн." => 1e6,
        "crore" => 1e7,
        "億" | "亿" => 1e8,
        "B" | "bn" | "Mrd" | "Mrd." | "Mld" | "Mld." | "mld" | "billion" | "Billion"
        | "billions" | "млрд" | "млрд." => 1e9,
        _ => return None,
    })
}

/// What parts of a whole are in hundredths.
pub(in crate::dataset) fn parts_of(unit: &str) -> Option<f64> {
    Some(match unit {
        "%" => 1.0,
        "‰" => 0.1,
        "ppm" => 1e-4,
        "ppb" => 1e-7,
        _ => return None,
    })
}

/// On which side of zero a letter of the compass lies, behind the degrees of a place.
pub(in crate::dataset) fn side_of(unit: &str, other: &str) -> Option<f64> {
    let side = |unit: &str| match unit.strip_prefix('°').unwrap_or(unit) {
        "N" => Some((0, 1.0)),
        "S" => Some((0, -1.0)),
        "E" => Some((1, 1.0)),
        "W" => Some((1, -1.0)),
        _ => None,
    };
    let ((axis, here), (other, there)) = (side(unit)?, side(other)?);
    (axis == other).then_some(here * there)
}

/// Units that take the prefixes of the metric system.
const METRIC: [&str; 16] = [
    "m", "g", "V", "A", "W", "Wh", "J", "Pa", "Hz", "l", "L", "mol", "Ω", "N", "T", "eV",
];

/// The unit without its prefix, and what the prefix multiplies by: `km` is `m` times 1000; sizes in
/// bytes go by 1024.
pub(in crate::dataset) fn metric_of(unit: &str) -> Option<(&'static str, f64)> {
    if let Some(found) = bytes_of(unit) {
        return Some(("B", found));
    }
    if let Some(base) = METRIC.iter().find(|base| **base == unit) {
        return Some((base, 1.0));
    }
    let mut letters = unit.chars();
    let factor = match letters.next()? {
        'p' => 1e-12,
        'n' => 1e-9,
        'µ' | 'μ' | 'u' => 1e-6,
        'm' => 1e-3,
        'c' => 1e-2,
        'h' => 1e2,
        'k' => 1e3,
        'M' => 1e6,
        'G' => 1e9,
        'T' => 1e12,
        _ => return None,
    };
    let base = METRIC.iter().find(|base| **base == letters.as_str())?;
    Some((base, factor))
}

fn bytes_of(unit: &str) -> Option<f64> {
    let power = match unit {
        "B" | "byte" | "bytes" | "Byte" | "Bytes" => 0,
        "kB" | "KB" | "KiB" => 1,
        "MB" | "MiB" => 2,
        "GB" | "GiB" => 3,
        "TB" | "TiB" => 4,
        _ => return None,
    };
    Some(1024_f64.powi(power))
}
