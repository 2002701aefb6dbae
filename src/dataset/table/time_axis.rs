//! Times as an axis of a map.

use crate::dataset::Dataset;
use crate::dataset::columns::times::Times;

/// Units of an axis with their seconds, and the longest span, in seconds, that each is for.
const UNITS: [(&str, f64, f64); 5] = [
    ("seconds", 1.0, 300.0),
    ("minutes", 60.0, 3.0 * 3600.0),
    ("hours", 3600.0, 4.0 * 86_400.0),
    ("days", 86_400.0, 4.0 * 365.25 * 86_400.0),
    ("years", 365.25 * 86_400.0, f64::INFINITY),
];

/// Share of the span by which instances without a time lie before all others.
const BEFORE: f32 = 0.04;

/// The times of all instances on an axis.
#[derive(Clone, Debug, PartialEq)]
pub struct TimeAxis {
    /// What the axis shows, with its unit and where it begins: `when (hours since 2024-03-01)`.
    pub label: String,
    /// Where each instance lies `[n]`, finite.
    pub locations: Vec<f32>,
}

impl Dataset {
    /// The names of the columns of times.
    pub fn time_columns(&self) -> impl ExactSizeIterator<Item = &str> {
        self.times.iter().map(|times| times.name.as_str())
    }

    /// What an axis of a column of times shows; `None` where there is no such column, or no time in it.
    pub fn time_label(&self, column: usize) -> Option<String> {
        Some(Scale::of(self.times.get(column)?)?.label)
    }

    /// The times of a column on an axis.
    pub fn time_axis(&self, column: usize) -> Option<TimeAxis> {
        let times = self.times.get(column)?;
        let scale = Scale::of(times)?;
        let location = |time: &f64| match time.is_nan() {
            true => -BEFORE * scale.length,
            false => ((time - scale.from) / scale.unit) as f32,
        };
        Some(TimeAxis {
            locations: times.seconds.iter().map(location).collect(),
            label: scale.label,
        })
    }
}

/// Where an axis begins, and what it counts.
struct Scale {
    label: String,
    from: f64,
    unit: f64,
    /// From the first time to the last, in units.
    length: f32,
}

impl Scale {
    fn of(times: &Times) -> Option<Self> {
        let known = times.seconds.iter().filter(|time| !time.is_nan());
        let (first, last) = known.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), &time| {
            (low.min(time), high.max(time))
        });
        if first > last {
            return None;
        }
        let missing = times.seconds.iter().any(|time| time.is_nan());
        let note = if missing {
            "; without a time on the left"
        } else {
            ""
        };
        if times.form.is_clock() {
            return Some(Self {
                label: format!("{} (hour of the day{note})", times.name),
                from: 0.0,
                unit: 3600.0,
                length: (last / 3600.0) as f32,
            });
        }
        let (word, unit, _) = UNITS
            .into_iter()
            .find(|(.., most)| last - first <= *most)
            .unwrap_or(UNITS[UNITS.len() - 1]);
        Some(Self {
            label: format!(
                "{} ({word} since {}{note})",
                times.name,
                times.form.show(first)
            ),
            from: first,
            unit,
            length: ((last - first) / unit) as f32,
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::dataset::{ReadOptions, read_from};

    #[test]
    fn times_lie_on_an_axis_of_their_own_unit() {
        let read = |text: &str| read_from(text.as_bytes(), "t", &ReadOptions::default()).unwrap();
        let table = read("when,x,y\n2024-03-01,1,2\n2024-03-03 12:00,2,1\n,5,3\n2024-03-11,2,2\n");
        let axis = table.time_axis(0).unwrap();
        assert_eq!(
            axis.label,
            "when (days since 2024-03-01; without a time on the left)"
        );
        let expected = [0.0, 2.5, -0.4, 10.0];
        let off = axis
            .locations
            .iter()
            .zip(expected)
            .map(|(a, b)| (a - b).abs());
        assert!(off.fold(0.0, f32::max) < 1e-6, "{:?}", axis.locations);
        assert_eq!(table.time_columns().collect::<Vec<_>>(), ["when"]);
        let table = read("time,x,y\n08:00,1,2\n13:30,2,1\n14:00,2,5\n");
        let axis = table.time_axis(0).unwrap();
        assert_eq!(
            (axis.label.as_str(), axis.locations[1]),
            ("time (hour of the day)", 13.5)
        );
        assert_eq!(read("a,b\n1,2\n2,1\n2,2\n").time_axis(0), None);
    }
}
