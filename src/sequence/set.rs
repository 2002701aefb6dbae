//! A set of sequences.

use std::collections::BTreeMap;

use ndarray::{Array2, Axis, s};

use super::SequenceError;
use super::options::SequenceOptions;

/// Fewest sequences among which one can be called unlike the others.
const FEWEST: usize = 3;

/// Fewest moments of a sequence.
const SHORTEST: usize = 4;

/// Most values of a set: 800 MB as single numbers.
const MOST_VALUES: usize = 200_000_000;

/// Most channels: the windows of the encoder hold five moments of all of them.
const MOST_CHANNELS: usize = 1_000;

/// Longest of an id or a class that is kept, in bytes.
const LONGEST_TEXT: usize = 200;

/// Sequences of the same channels, of any lengths; every value is finite, and every channel varies.
#[derive(Clone, Debug, PartialEq)]
pub struct SequenceSet {
    name: String,
    channels: Vec<String>,
    sequences: Vec<Sequence>,
    notices: Vec<String>,
}

/// One sequence: an instance.
#[derive(Clone, Debug, PartialEq)]
pub struct Sequence {
    /// What the analyst calls it.
    pub id: String,
    /// Its class in the file, where there is one.
    pub class: Option<String>,
    /// The values `[t, channels]`.
    pub values: Array2<f32>,
    /// The phase of each moment, where the file names it.
    pub phases: Option<Vec<String>>,
}

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

impl SequenceSet {
    /// Checks what was read: lengths, missing values, times; and drops channels that are constant.
    pub(super) fn of(
        name: String,
        channels: Vec<String>,
        raw: Vec<RawSequence>,
        options: &SequenceOptions,
    ) -> Result<Self, SequenceError> {
        let refuse = |sentence: String| Err(SequenceError::new(name.clone(), sentence));
        if raw.len() < FEWEST {
            let found = raw.len();
            return refuse(format!(
                "the set has {found} sequences where at least {FEWEST} are needed"
            ));
        }
        if channels.is_empty() || channels.len() > MOST_CHANNELS {
            let found = channels.len();
            return refuse(format!(
                "the set has {found} channels where 1 to {MOST_CHANNELS} are possible"
            ));
        }
        let (mut padded, mut filled, mut resampled, mut values) = (0, 0, 0, 0);
        let mut sequences = Vec::with_capacity(raw.len());
        for mut sequence in raw {
            if sequence.channels.len() != channels.len() {
                return Err(SequenceError::new(
                    sequence.place,
                    format!(
                        "the sequence has {} channels where the first one has {}; give every sequence the same channels",
                        sequence.channels.len(),
                        channels.len()
                    ),
                ));
            }
            padded += usize::from(sequence.cut_padding()?);
            filled += sequence.fill(&channels, options.interpolate)?;
            resampled += usize::from(sequence.even(options.resample)?);
            let sequence = sequence.finish()?;
            values += sequence.values.len();
            if values > MOST_VALUES {
                return refuse(format!(
                    "the set has more than {MOST_VALUES} values; leave out sequences or channels"
                ));
            }
            sequences.push(sequence);
        }
        let mut set = Self {
            name,
            channels,
            sequences,
            notices: Vec::new(),
        };
        set.make_ids_unique();
        set.drop_constant()?;
        let mut say = |count: usize, what: &str| {
            if count > 0 {
                set.notices.push(format!(
                    "{what} (number of {}: {count}).",
                    if what.contains("values were") {
                        "values"
                    } else {
                        "sequences"
                    }
                ));
            }
        };
        say(
            padded,
            "Missing values at the end of sequences were taken for padding and cut off",
        );
        say(
            filled,
            "Missing values were interpolated between their neighbours in time",
        );
        say(resampled, "Uneven times were resampled to even ones");
        Ok(set)
    }

    /// What the set is called.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The names of the channels.
    pub fn channels(&self) -> &[String] {
        &self.channels
    }

    /// The sequences, in the order of the file.
    pub fn sequences(&self) -> &[Sequence] {
        &self.sequences
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.sequences.len()
    }

    /// Whether there are none; never.
    pub fn is_empty(&self) -> bool {
        self.sequences.is_empty()
    }

    /// Sentences for the analyst about what was decided in reading.
    pub fn notices(&self) -> &[String] {
        &self.notices
    }

    /// The classes with the number of sequences of each, in the order of their names.
    pub fn classes(&self) -> Vec<(&str, usize)> {
        let mut counts = BTreeMap::new();
        for class in self
            .sequences
            .iter()
            .filter_map(|sequence| sequence.class.as_deref())
        {
            *counts.entry(class).or_insert(0) += 1;
        }
        counts.into_iter().collect()
    }

    /// The median length, in moments.
    pub fn usual_length(&self) -> usize {
        let mut lengths: Vec<usize> = self.sequences.iter().map(Sequence::len).collect();
        lengths.sort_unstable();
        lengths.get(lengths.len() / 2).copied().unwrap_or(0)
    }

    fn make_ids_unique(&mut self) {
        let mut seen = BTreeMap::new();
        for sequence in &mut self.sequences {
            let times = seen.entry(sequence.id.clone()).or_insert(0_usize);
            *times += 1;
            if *times > 1 {
                sequence.id = format!("{} ({times})", sequence.id);
            }
        }
    }

    fn drop_constant(&mut self) -> Result<(), SequenceError> {
        let first = self
            .sequences
            .first()
            .map(|sequence| sequence.values.row(0).to_vec());
        let first = first.unwrap_or_default();
        let varies = |channel: &usize| {
            let mut values = self
                .sequences
                .iter()
                .flat_map(|sequence| sequence.values.column(*channel));
            values.any(|value| *value != first[*channel])
        };
        let kept: Vec<usize> = (0..self.channels.len()).filter(varies).collect();
        if kept.is_empty() {
            return Err(SequenceError::new(
                self.name.clone(),
                "no channel varies; at least one has to",
            ));
        }
        let dropped = self.channels.len() - kept.len();
        if dropped > 0 {
            let names = (0..self.channels.len()).filter(|channel| !kept.contains(channel));
            let names: Vec<&str> = names
                .map(|channel| self.channels[channel].as_str())
                .take(8)
                .collect();
            self.notices.push(format!(
                "Left out, because they are constant: {}.",
                names.join(", ")
            ));
            for sequence in &mut self.sequences {
                sequence.values = sequence.values.select(Axis(1), &kept);
            }
            self.channels = kept
                .iter()
                .map(|&channel| self.channels[channel].clone())
                .collect();
        }
        Ok(())
    }
}

impl Sequence {
    /// The number of moments.
    pub fn len(&self) -> usize {
        self.values.nrows()
    }

    /// Whether there are no moments; never.
    pub fn is_empty(&self) -> bool {
        self.values.nrows() == 0
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
                "the sequence has {length} moments where at least {SHORTEST} are needed"
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

#[cfg(test)]
mod tests {
    use super::*;

    fn raw(values: &[f32]) -> RawSequence {
        RawSequence {
            place: "line 1 of x".to_owned(),
            id: "a".to_owned(),
            channels: vec![values.to_vec()],
            ..RawSequence::default()
        }
    }

    fn set(raw: RawSequence, options: &SequenceOptions) -> Result<SequenceSet, SequenceError> {
        let other = self::raw(&[1.0, 2.0, 3.0, 4.0]);
        SequenceSet::of(
            "x".into(),
            vec!["c".into()],
            vec![raw, other.clone(), other],
            options,
        )
    }

    #[test]
    fn missing_values_are_refused_with_their_place_or_interpolated_on_request() {
        let gap = raw(&[1.0, f32::NAN, 3.0, 4.0, f32::NAN]);
        let told = set(gap.clone(), &SequenceOptions::default())
            .expect_err("a refusal")
            .to_string();
        assert!(
            told.starts_with("line 1 of x: c, moment 2: the value is missing"),
            "{told}"
        );
        let options = SequenceOptions {
            interpolate: true,
            ..SequenceOptions::default()
        };
        let found = set(gap, &options).expect("a set");
        // The last is padding, and cut off.
        assert_eq!(
            found.sequences()[0].values.column(0).to_vec(),
            [1.0, 2.0, 3.0, 4.0]
        );
        assert_eq!(found.notices().len(), 2, "{:?}", found.notices());
        assert_eq!(found.sequences()[2].id, "a (3)");
    }

    #[test]
    fn uneven_times_are_refused_with_their_place_or_resampled_on_request() {
        let mut uneven = raw(&[0.0, 1.0, 2.0, 4.0, 5.0]);
        uneven.times = Some(vec![0.0, 1.0, 2.0, 4.0, 5.0]);
        let told = set(uneven.clone(), &SequenceOptions::default())
            .expect_err("a refusal")
            .to_string();
        assert!(
            told.contains("from moment 3 to the next it is 2 where it usually is 1"),
            "{told}"
        );
        let options = SequenceOptions {
            resample: true,
            ..SequenceOptions::default()
        };
        let found = set(uneven, &options).expect("a set");
        assert_eq!(
            found.sequences()[0].values.column(0).to_vec(),
            [0.0, 1.0, 2.0, 3.0, 4.0, 5.0]
        );
        let mut back = raw(&[0.0, 1.0, 2.0, 4.0]);
        back.times = Some(vec![0.0, 1.0, 1.0, 2.0]);
        assert!(
            set(back, &options)
                .expect_err("a refusal")
                .to_string()
                .contains("moment 3 is not after")
        );
    }

    #[test]
    fn what_is_too_short_too_few_or_constant_is_refused() {
        let told = |raw| {
            set(raw, &SequenceOptions::default())
                .expect_err("a refusal")
                .to_string()
        };
        assert!(told(raw(&[1.0, 2.0, 3.0])).contains("3 moments where at least 4"));
        assert!(told(raw(&[1.0, f32::INFINITY, 3.0, 2.0])).contains("infinite"));
        let few = SequenceSet::of(
            "x".into(),
            vec!["c".into()],
            vec![raw(&[0.0; 4])],
            &SequenceOptions::default(),
        );
        assert!(
            few.expect_err("a refusal")
                .to_string()
                .contains("1 sequences where at least 3")
        );
        let flat = vec![raw(&[1.0; 5]); 3];
        let flat = SequenceSet::of(
            "x".into(),
            vec!["c".into()],
            flat,
            &SequenceOptions::default(),
        );
        assert!(
            flat.expect_err("a refusal")
                .to_string()
                .contains("no channel varies")
        );
    }
}
