//! The time of day, and its zone.

/// Reads a time of day, to seconds: `13:05`, `1:05:30.5 PM`.
pub(super) fn clock(text: &str) -> Option<f64> {
    let upper = text.trim_end();
    let lower = upper.to_ascii_lowercase();
    let (bare, half) = match (lower.strip_suffix("am"), lower.strip_suffix("pm")) {
        (Some(bare), _) => (bare.trim_end(), Some(0.0)),
        (_, Some(bare)) => (bare.trim_end(), Some(12.0)),
        _ => (lower.as_str(), None),
    };
    let parts: Vec<&str> = bare.split(':').collect();
    if !(2..=3).contains(&parts.len()) || !(1..=2).contains(&parts[0].len()) {
        return None;
    }
    let mut numbers = [0.0; 3];
    for (at, part) in parts.iter().enumerate() {
        let point = part.replace(',', ".");
        let plain = point
            .bytes()
            .all(|byte| byte.is_ascii_digit() || (at == 2 && byte == b'.'));
        if !plain || (at > 0 && point.split('.').next().map_or(0, str::len) != 2) {
            return None;
        }
        numbers[at] = point.parse().ok()?;
    }
    let [mut hour, minute, second] = numbers;
    if let Some(half) = half {
        if !(1.0..=12.0).contains(&hour) {
            return None;
        }
        hour = hour % 12.0 + half;
    }
    let good = hour <= 24.0 && minute < 60.0 && second < 61.0;
    good.then_some(hour * 3600.0 + minute * 60.0 + second)
}

/// Reads a time of day with its zone; in seconds of UTC.
pub(super) fn clock_and_zone(text: &str) -> Option<f64> {
    let text = text.trim();
    if let Some(bare) = text.strip_suffix(['Z', 'z']) {
        return clock(bare);
    }
    let bare = text
        .strip_suffix("UTC")
        .or_else(|| text.strip_suffix("GMT"));
    if let Some(bare) = bare {
        return clock(bare.trim_end());
    }
    match text.rfind(['+', '-']) {
        None => clock(text),
        Some(at) => {
            let zone: String = text[at + 1..]
                .chars()
                .filter(|&letter| letter != ':')
                .collect();
            if !zone.bytes().all(|byte| byte.is_ascii_digit()) || !matches!(zone.len(), 2 | 4) {
                return None;
            }
            let hours: f64 = zone[..2].parse().ok()?;
            let minutes: f64 = zone
                .get(2..4)
                .map_or(Some(0.0), |minutes| minutes.parse().ok())?;
            let ahead = (hours * 60.0 + minutes) * 60.0;
            let sign = if text[at..].starts_with('-') {
                1.0
            } else {
                -1.0
            };
            Some(clock(text[..at].trim_end())? + sign * ahead)
        }
    }
}

/// Reads a time of day such as `13.05.30`.
pub(super) fn by_points(text: &str) -> Option<f64> {
    let is_one = |part: &str| {
        (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    let parts = text.split('.');
    let fits = parts.clone().count() == 3 && parts.clone().all(is_one);
    fits.then(|| clock(&text.replace('.', ":")))?
}
