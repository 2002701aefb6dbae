//! Where the numbers of an axis stand.

/// An axis of a chart.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Axis {
    /// What it measures, with the unit.
    pub label: String,
    /// The ends; `None` for those of the data.
    pub range: Option<(f64, f64)>,
}

impl Axis {
    /// An axis that ends where the data do.
    pub fn new(label: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            range: None,
        }
    }

    /// An axis with given ends.
    pub fn with_range(label: impl Into<String>, low: f64, high: f64) -> Self {
        Self {
            label: label.into(),
            range: Some((low, high)),
        }
    }

    /// The ends: the given ones, or those of the finite values; never an empty range.
    pub(super) fn ends(&self, values: impl Iterator<Item = f64>) -> (f64, f64) {
        let (low, high) = self.range.unwrap_or_else(|| {
            values
                .filter(|value| value.is_finite())
                .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
                    (low.min(value), high.max(value))
                })
        });
        match (low.is_finite() && high.is_finite(), high > low) {
            (false, _) => (0.0, 1.0),
            (true, true) => (low, high),
            (true, false) => (low - 0.5, low + 0.5),
        }
    }
}

/// Round numbers within a range, about `count` of them: steps of 1, 2 or 5 times a power of ten.
pub(super) fn ticks(low: f64, high: f64, count: usize) -> Vec<f64> {
    let raw = (high - low) / count.max(1) as f64;
    if !(raw.is_finite() && raw > 0.0) {
        return Vec::new();
    }
    let power = 10_f64.powf(raw.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0]
        .into_iter()
        .map(|factor| factor * power)
        .find(|step| *step >= raw * 0.999)
        .unwrap_or(10.0 * power);
    let first = (low / step - 1e-9).ceil() as i64;
    let last = (high / step + 1e-9).floor() as i64;
    (first..=last.min(first.saturating_add(50)))
        .map(|place| place as f64 * step)
        .collect()
}

/// Formats the number of a tick, without more digits than its step needs.
pub(super) fn number(value: f64, step: f64) -> String {
    let largest = value.abs().max(step.abs());
    if largest >= 1e6 || (largest > 0.0 && largest < 1e-4) {
        return format!("{value:.1e}");
    }
    let decimals = if step > 0.0 {
        (-(step.log10() + 1e-9).floor()).clamp(0.0, 6.0) as usize
    } else {
        2
    };
    let text = format!("{value:.decimals$}");
    if text == "-0" { "0".to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_inside() {
        assert_eq!(
            ticks(0.0, 60.0, 6),
            [0.0, 10.0, 20.0, 30.0, 40.0, 50.0, 60.0]
        );
        assert_eq!(ticks(-0.3, 0.35, 3), [0.0]);
        assert_eq!(ticks(-0.45, 0.45, 8), [-0.4, -0.2, 0.0, 0.2, 0.4]);
        assert!(ticks(1.0, 1.0, 5).is_empty() && ticks(0.0, f64::NAN, 5).is_empty());
    }

    #[test]
    fn numbers_have_the_digits_of_their_step() {
        assert_eq!(number(0.5, 0.5), "0.5");
        assert_eq!(number(20.0, 10.0), "20");
        assert_eq!(number(0.25, 0.05), "0.25");
        assert_eq!(number(3e7, 1e7), "3.0e7");
        assert_eq!(number(-0.0, 1.0), "0");
    }

    #[test]
    fn ends_are_never_empty() {
        assert_eq!(Axis::new("x").ends([2.0, f64::NAN].into_iter()), (1.5, 2.5));
        assert_eq!(Axis::new("x").ends(std::iter::empty()), (0.0, 1.0));
        assert_eq!(
            Axis::with_range("x", 0.0, 4.0).ends([9.0].into_iter()),
            (0.0, 4.0)
        );
    }
}
