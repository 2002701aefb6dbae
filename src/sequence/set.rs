//! A set of sequences.

use std::collections::BTreeMap;

use ndarray::Axis;
use serde::{Deserialize, Serialize};

use super::raw::{RawSequence, Tidying};
use super::{Sequence, SequenceError};
use crate::numeric::number::many;

/// Fewest sequences among which one can be called unlike the others.
const FEWEST: usize = 3;

/// Most values of a set: 800 MB as single numbers.
const MOST_VALUES: usize = 200_000_000;

/// Most channels: the windows of the encoder hold five moments of all of them.
const MOST_CHANNELS: usize = 1_000;

/// Sequences of the same channels, of any lengths; every value is finite, and every channel varies.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "SetText")]
pub struct SequenceSet {
    name: String,
    channels: Vec<String>,
    sequences: Vec<Sequence>,
    notices: Vec<String>,
}

/// A [`SequenceSet`] as it stands in a file.
#[derive(Deserialize)]
#[serde(rename = "SequenceSet", deny_unknown_fields)]
struct SetText {
    name: String,
    channels: Vec<String>,
    sequences: Vec<Sequence>,
    notices: Vec<String>,
}

impl TryFrom<SetText> for SequenceSet {
    type Error = String;

    fn try_from(text: SetText) -> Result<Self, String> {
        let width = text.channels.len();
        let fits = |sequence: &Sequence| {
            let values = &sequence.values;
            let phases = sequence.phases.as_ref();
            values.ncols() == width
                && !sequence.is_empty()
                && values.iter().all(|value| value.is_finite())
                && phases.is_none_or(|phases| phases.len() == sequence.len())
        };
        if width == 0 || text.sequences.len() < FEWEST || !text.sequences.iter().all(fits) {
            return Err(format!("sequences of {width} channels do not fit together"));
        }
        Ok(Self {
            name: text.name,
            channels: text.channels,
            sequences: text.sequences,
            notices: text.notices,
        })
    }
}

impl SequenceSet {
    /// Takes in what was read, and drops channels that are constant.
    pub(super) fn of(
        name: String,
        raw: impl Iterator<Item = Result<RawSequence, SequenceError>>,
        mut tidying: Tidying,
        notes: Vec<String>,
    ) -> Result<Self, SequenceError> {
        let refuse = |sentence: String| Err(SequenceError::new(name.clone(), sentence));
        let channels = tidying.channels().to_vec();
        if channels.is_empty() || channels.len() > MOST_CHANNELS {
            let found = channels.len();
            return refuse(format!(
                "the set has {found} channels where 1 to {MOST_CHANNELS} are possible"
            ));
        }
        let mut values = 0;
        let mut sequences = Vec::new();
        for raw in raw {
            let sequence = tidying.tidy(raw?)?;
            values += sequence.values.len();
            if values > MOST_VALUES {
                return refuse(format!(
                    "the set has more than {MOST_VALUES} values; leave out sequences or channels"
                ));
            }
            sequences.push(sequence);
        }
        if sequences.len() < FEWEST {
            let found = sequences.len();
            return refuse(format!(
                "the set has {} where at least {FEWEST} are needed",
                many(found, "sequence", "sequences")
            ));
        }
        let mut set = Self {
            name,
            channels,
            sequences,
            notices: notes,
        };
        set.make_ids_unique();
        set.drop_constant()?;
        set.notices.extend(tidying.notices());
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

#[cfg(test)]
mod tests {
    use super::super::SequenceOptions;
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
        of(vec![raw, other.clone(), other], options)
    }

    fn of(raw: Vec<RawSequence>, options: &SequenceOptions) -> Result<SequenceSet, SequenceError> {
        let tidying = Tidying::new(vec!["c".into()], options);
        SequenceSet::of("x".into(), raw.into_iter().map(Ok), tidying, Vec::new())
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
        let few = of(vec![raw(&[0.0; 4])], &SequenceOptions::default());
        assert!(
            few.expect_err("a refusal")
                .to_string()
                .contains("1 sequence where at least 3")
        );
        let flat = vec![raw(&[1.0; 5]); 3];
        let flat = of(flat, &SequenceOptions::default());
        assert!(
            flat.expect_err("a refusal")
                .to_string()
                .contains("no channel varies")
        );
    }
}
