//! A sequence as it stands in a file, made fit for a set: padding cut, gaps filled, times even.

use ndarray::{Array2, s};

use super::{Sequence, SequenceError, SequenceOptions};
use crate::numeric::number::many;

/// Fewest moments of a sequence.
const SHORTEST: usize = 4;
/// Longest of an id or a class that is kept, in bytes.
const LONGEST_TEXT: usize = 200;

/// A sequence as it stands in a file.
#[derive(Clone, Debug, Default)]
pub(super) struct RawSequence {
    /// Where it stands: `line 12 of GunPoint`.
    pub(super) place: String,
    pub(super) id: String,
    pub(super) class: Option<String>,
    /// The values of each channel; NaN where there is none.
    pub(super) channels: Vec<Vec<f32>>,
    /// The time of each moment, where the file tells it.
    pub(super) times: Option<Vec<f64>>,
    pub(super) phases: Option<Vec<String>>,
}

/// Makes sequences fit for a set, one after another, and counts what was done to them.
#[derive(Clone, Debug)]
pub(super) struct Tidying {
    channels: Vec<String>,
    interpolate: bool,
    resample: bool,
    padded: usize,
    filled: usize,
    resampled: usize,
}

impl Tidying {
    /// For sequences of these channels.
    pub(super) fn new(channels: Vec<String>, options: &SequenceOptions) -> Self {
        Self {
            channels,
            interpolate: options.interpolate,
            resample: options.resample,
            padded: 0,
            filled: 0,
            resampled: 0,
        }
    }

    pub(super) fn channels(&self) -> &[String] {
        &self.channels
    }

    /// Checks a sequence: lengths, missing values, times.
    pub(super) fn tidy(&mut self, mut raw: RawSequence) -> Result<Sequence, SequenceError> {
        let (found, first) = (raw.channels.len(), self.channels.len());
        if found != first {
            return raw.refuse(format!(
                "the sequence has {} where the first one has {first}; give every sequence the same channels",
                many(found, "channel", "channels")
            ));
        }
        self.padded += usize::from(raw.cut_padding()?);
        self.filled += raw.fill(&self.channels, self.interpolate)?;
        self.resampled += usize::from(raw.even(self.resample)?);
        raw.finish()
    }

    /// Sentences about what was done.
    pub(super) fn notices(&self) -> Vec<String> {
        let told = [
            (
                self.padded,
                "Missing values at the end of sequences were taken for padding and cut off",
                "sequences",
            ),
            (
                self.filled,
                "Missing values were interpolated between their neighbours in time",
                "values",
            ),
            (
                self.resampled,
                "Uneven times were resampled to even ones",
                "sequences",
            ),
        ];
        let told = told.into_iter().filter(|(count, ..)| *count > 0);
        told.map(|(count, what, of)| format!("{what} (number of {of}: {count})."))
            .collect()
    }
}

impl RawSequence {
    fn len(&self) -> usize {
        self.channels.first().map_or(0, Vec::len)
    }

    fn refuse<T>(&self, sentence: String) -> Result<T, SequenceError> {
        Err(SequenceError::new(self.place.clone(), sentence))
    }

    /// Cuts off the moments at the end that no channel has a value for, as archives of equal
    /// lengths pad shorter sequences; says whether there were any.
    fn cut_padding(&mut self) -> Result<bool, SequenceError> {
        let length = self.channels.iter().map(Vec::len).max().unwrap_or(0);
        if self.channels.iter().any(|channel| channel.len() != length) {
            let lengths: Vec<String> = self
                .channels
                .iter()
                .take(8)
                .map(|channel| channel.len().to_string())
                .collect();
            return self.refuse(format!(
                "the channels have {} values; all channels of a sequence need the same number",
                lengths.join(", ")
            ));
        }
        let has_value = |moment: &usize| {
            self.channels
                .iter()
                .any(|channel| !channel[*moment].is_nan())
        };
        let kept = (0..length).rev().find(has_value).map_or(0, |last| last + 1);
        if kept == 0 && length > 0 {
            return self.refuse("the sequence has no value at all; remove it".to_owned());
        }
        self.channels
            .iter_mut()
            .for_each(|channel| channel.truncate(kept));
        if let Some(times) = &mut self.times {
            times.truncate(kept);
        }
        if let Some(phases) = &mut self.phases {
            phases.truncate(kept);
        }
        Ok(kept < length)
    }

    /// Refuses missing values with their place, or interpolates between the neighbours in time;
    /// how many there were.
    fn fill(&mut self, names: &[String], interpolate: bool) -> Result<usize, SequenceError> {
        let mut filled = 0;
        for (channel, name) in names.iter().enumerate() {
            let values = &self.channels[channel];
            let Some(first) = values.iter().position(|value| !value.is_finite()) else {
                continue;
            };
            if let Some(at) = values.iter().position(|value| value.is_infinite()) {
                return self.refuse(format!("{name}, moment {}: the value is infinite or beyond 3.4e38; correct or remove it", at + 1));
            }
            if !interpolate {
                return self.refuse(format!(
                    "{name}, moment {}: the value is missing; fill it in, or ask for interpolation (--impute)",
                    first + 1
                ));
            }
            let known: Vec<usize> = (0..values.len())
                .filter(|&at| !values[at].is_nan())
                .collect();
            if known.is_empty() {
                return self.refuse(format!(
                    "{name} has no value at all, so that there is nothing to interpolate between"
                ));
            }
            filled += values.len() - known.len();
            let places: Vec<f64> = match &self.times {
                Some(times) => times.clone(),
                None => (0..values.len()).map(|at| at as f64).collect(),
            };
            let from: Vec<f64> = known.iter().map(|&at| places[at]).collect();
            let known: Vec<f32> = known.iter().map(|&at| values[at]).collect();
            self.channels[channel] = places
                .iter()
                .map(|&at| interpolated(&from, &known, at))
                .collect();
        }
        Ok(filled)
    }

    /// Refuses uneven times with their place, or resamples to even ones; says whether it did.
    fn even(&mut self, resample: bool) -> Result<bool, SequenceError> {
        let Some(times) = self.times.take() else {
            return Ok(false);
        };
        let steps: Vec<f64> = times.windows(2).map(|pair| pair[1] - pair[0]).collect();
        if let Some(at) = steps.iter().position(|step| step.is_nan() || *step <= 0.0) {
            return self.refuse(format!("the time of moment {} is not after that before it; sort the moments, and keep one for each time", at + 2));
        }
        let mut sorted = steps.clone();
        sorted.sort_by(f64::total_cmp);
        let Some(&usual) = sorted.get(sorted.len() / 2) else {
            return Ok(false);
        };
        let Some(uneven) = steps
            .iter()
            .position(|step| (step - usual).abs() > 0.05 * usual)
        else {
            return Ok(false);
        };
        if !resample {
            return self.refuse(format!(
                "from moment {} to the next it is {} where it usually is {usual}; ask for even times (--resample), or leave the column of the time out",
                uneven + 1,
                steps[uneven]
            ));
        }
        let first = times.first().copied().unwrap_or(0.0);
        let span = times.last().copied().unwrap_or(0.0) - first;
        let count = (span / usual).round().min(1e7) as usize + 1;
        let even: Vec<f64> = (0..count)
            .map(|at| first + span * at as f64 / (count - 1).max(1) as f64)
            .collect();
        for channel in &mut self.channels {
            *channel = even
                .iter()
                .map(|&at| interpolated(&times, channel, at))
                .collect();
        }
        if let Some(phases) = &mut self.phases {
            let at = |time: f64| times.partition_point(|other| *other <= time).max(1) - 1;
            *phases = even.iter().map(|&time| phases[at(time)].clone()).collect();
        }
        Ok(true)
    }

    fn finish(self) -> Result<Sequence, SequenceError> {
        let (length, width) = (self.len(), self.channels.len());
        if length < SHORTEST {
            return self.refuse(format!(
                "the sequence has {} where at least {SHORTEST} are needed",
                many(length, "moment", "moments")
            ));
        }
        let mut values = Array2::zeros((length, width));
        for (channel, from) in self.channels.iter().enumerate() {
            values
                .slice_mut(s![.., channel])
                .iter_mut()
                .zip(from)
                .for_each(|(to, from)| *to = *from);
        }
        let short = |text: &str| text.chars().take(LONGEST_TEXT).collect::<String>();
        Ok(Sequence {
            id: short(&self.id),
            class: self.class.as_deref().map(short),
            values,
            phases: self.phases,
        })
    }
}

/// The value at a place among ascending `places`, on the line between the two beside it; beyond
/// the ends, that of the end.
pub(super) fn interpolated(places: &[f64], values: &[f32], at: f64) -> f32 {
    let after = places.partition_point(|place| *place <= at);
    let (Some(low), Some(high)) = (after.checked_sub(1), values.get(after)) else {
        let end = if after == 0 {
            values.first()
        } else {
            values.last()
        };
        return end.copied().unwrap_or(0.0);
    };
    let share = (at - places[low]) / (places[after] - places[low]);
    (f64::from(values[low]) + share * f64::from(high - values[low])) as f32
}
