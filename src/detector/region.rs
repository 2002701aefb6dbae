//! A region of the feature space with sides along the axes, in words.

/// What a region asks of one feature: `above < value ≤ up_to`, in raw units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Condition {
    /// The feature.
    pub feature: usize,
    /// The value must be larger, if there is a bound.
    pub above: Option<f32>,
    /// The value must not be larger, if there is a bound.
    pub up_to: Option<f32>,
}

impl Condition {
    /// Narrows conditions by one more cut; a feature that has none yet is added at the end.
    pub(super) fn narrow(conditions: &mut Vec<Self>, feature: usize, threshold: f32, above: bool) {
        let place = conditions.iter().position(|one| one.feature == feature);
        let place = place.unwrap_or_else(|| {
            conditions.push(Self {
                feature,
                above: None,
                up_to: None,
            });
            conditions.len() - 1
        });
        let one = &mut conditions[place];
        if above {
            one.above = Some(one.above.map_or(threshold, |bound| bound.max(threshold)));
        } else {
            one.up_to = Some(one.up_to.map_or(threshold, |bound| bound.min(threshold)));
        }
    }

    /// Whether a value fulfils it.
    pub fn holds(&self, value: f32) -> bool {
        self.above.is_none_or(|above| value > above)
            && self.up_to.is_none_or(|up_to| value <= up_to)
    }

    /// Says it, with the name of its feature.
    pub fn words(&self, name: &str) -> String {
        match (self.above, self.up_to) {
            (Some(above), Some(up_to)) => {
                format!("{} < {name} ≤ {}", number(above), number(up_to))
            }
            (Some(above), None) => format!("{name} > {}", number(above)),
            (None, Some(up_to)) => format!("{name} ≤ {}", number(up_to)),
            (None, None) => format!("any {name}"),
        }
    }
}

/// A region, with what was counted in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Region {
    /// What it asks, the most telling first; nothing where it is everywhere.
    pub conditions: Vec<Condition>,
    /// Instances in it.
    pub covered: usize,
    /// How many of them belong to the set that it describes.
    pub inside: usize,
    /// The instances among which it was counted.
    pub fitted: usize,
}

impl Region {
    /// The share of the region's instances that belong to the set, in `[0, 1]`; 0 without any.
    pub fn purity(&self) -> f64 {
        self.inside as f64 / self.covered.max(1) as f64
    }

    /// Whether a row `[d]` in raw units lies in it.
    pub fn contains(&self, row: &[f32]) -> bool {
        let holds = |one: &Condition| row.get(one.feature).is_some_and(|&value| one.holds(value));
        self.conditions.iter().all(holds)
    }

    /// Says where it is: `2.16 < y ≤ 3.31 and x > 5.1`.
    pub fn words(&self, names: &[String]) -> String {
        words(&self.conditions, names)
    }
}

/// Joins conditions by "and".
pub(super) fn words(conditions: &[Condition], names: &[String]) -> String {
    if conditions.is_empty() {
        return "everywhere".to_owned();
    }
    let name = |feature: usize| names.get(feature).map_or("?", String::as_str);
    let all = conditions.iter().map(|one| one.words(name(one.feature)));
    all.collect::<Vec<_>>().join(" and ")
}

/// A bound with the digits that it has, very large and very small ones with an exponent.
fn number(bound: f32) -> String {
    match bound.abs() {
        0.0 => "0".to_owned(),
        size if (1e-4..1e7).contains(&size) => format!("{bound}"),
        _ => format!("{bound:e}"),
    }
}

/// Rounds to so many significant digits.
pub(super) fn significant(value: f32, digits: i32) -> f32 {
    if value == 0.0 || !value.is_finite() {
        return value;
    }
    let value = f64::from(value);
    let unit = 10_f64.powi(digits - 1 - value.abs().log10().floor() as i32);
    ((value * unit).round() / unit) as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_narrow_a_region_and_words_say_it() {
        let names = ["x", "y", "z"].map(String::from);
        let mut conditions = Vec::new();
        for (feature, threshold, above) in [
            (1, 3.31, false),
            (0, 5.1, true),
            (1, 2.16, true),
            (1, 9.0, false),
            (0, 4.0, true),
        ] {
            Condition::narrow(&mut conditions, feature, threshold, above);
        }
        let region = Region {
            conditions,
            covered: 4,
            inside: 3,
            fitted: 10,
        };
        assert_eq!(region.words(&names), "2.16 < y ≤ 3.31 and x > 5.1");
        assert_eq!(region.purity(), 0.75);
        assert!(region.contains(&[5.2, 3.31, 0.0]));
        assert!(!region.contains(&[5.1, 3.0, 0.0]) && !region.contains(&[5.2, 2.16, 0.0]));
    }

    #[test]
    fn rounding_keeps_the_leading_digits() {
        assert_eq!(
            [0.0, 123_456.0, -0.004_567_8, 9.999].map(|value| significant(value, 3)),
            [0.0, 123_000.0, -0.004_57, 10.0]
        );
    }

    #[test]
    fn bounds_of_any_size_are_short() {
        assert_eq!(
            [0.0, -2.5, 1e9, 3e-7].map(number),
            ["0", "-2.5", "1e9", "3e-7"]
        );
    }
}
