//! What ensemble to fit, and how it is written: `loda+hbos+iforest:30`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{KINDS, Kind, Projections, SUBSAMPLE};

/// Settings of an ensemble: detectors of several kinds side by side.
///
/// The default is LODA's projections, a member each, with a forest of straight cuts and a smaller
/// one of slanting cuts beside them. The forests find most anomalies over all tables that were
/// tried, and carry most of the weight; the projections are few enough to look at each, and cost
/// little at the weight that they have (docs/EVALUATION.md).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct EnsembleSettings {
    /// The kinds, in the order of their members.
    pub kinds: Vec<KindSettings>,
}

/// A kind of detector and its weight beside the others.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KindSettings {
    /// The kind.
    pub kind: Kind,
    /// The standard deviation, over the table, of the sum of its members' scores; above 0.
    pub weight: f32,
}

impl Default for EnsembleSettings {
    fn default() -> Self {
        Self {
            kinds: vec![
                KindSettings {
                    kind: Kind::Loda(Projections::default()),
                    weight: 0.02,
                },
                KindSettings {
                    kind: Kind::IsolationForest {
                        trees: 150,
                        subsample: SUBSAMPLE,
                    },
                    weight: 1.0,
                },
                KindSettings {
                    kind: Kind::ObliqueForest {
                        trees: 75,
                        subsample: SUBSAMPLE,
                    },
                    weight: 0.6,
                },
            ],
        }
    }
}

impl From<Kind> for EnsembleSettings {
    fn from(kind: Kind) -> Self {
        Self {
            kinds: vec![KindSettings { kind, weight: 1.0 }],
        }
    }
}

impl EnsembleSettings {
    /// Checks that there is a kind, and every number in its range.
    ///
    /// # Errors
    /// A sentence that names the first number outside, and what it may be.
    pub fn validate(&self) -> Result<(), String> {
        if self.kinds.is_empty() {
            return Err("an ensemble needs at least one kind of detector".to_owned());
        }
        self.kinds.iter().try_for_each(KindSettings::validate)
    }
}

impl KindSettings {
    fn validate(&self) -> Result<(), String> {
        let Self { kind, weight } = self;
        match *weight > 0.0 && weight.is_finite() {
            true => kind.validate(),
            false => Err(format!(
                "the weight of {kind} is {weight}, but must be above 0"
            )),
        }
    }
}

impl fmt::Display for EnsembleSettings {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, KindSettings { kind, weight }) in self.kinds.iter().enumerate() {
            let plus = if place > 0 { "+" } else { "" };
            write!(to, "{plus}{kind}")?;
            if *weight != 1.0 {
                write!(to, "*{weight}")?;
            }
        }
        Ok(())
    }
}

/// A text that names no ensemble.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error(
    "“{part}” names no kind of detector: {reason}; write for example loda+hbos+iforest:30, where a number after a colon counts and one after an asterisk weighs, of {}",
    names()
)]
pub struct SpecError {
    part: String,
    reason: String,
}

impl FromStr for EnsembleSettings {
    type Err = SpecError;

    /// Reads `kind[:count][*weight]`, joined by `+`.
    fn from_str(text: &str) -> Result<Self, SpecError> {
        let kinds = text.split('+').map(|part| {
            kind(part.trim()).map_err(|reason| SpecError {
                part: part.trim().chars().take(40).collect(),
                reason,
            })
        });
        Ok(Self {
            kinds: kinds.collect::<Result<_, _>>()?,
        })
    }
}

/// The names of all kinds, for a sentence.
fn names() -> String {
    let names: Vec<&str> = KINDS.iter().map(|kind| kind.name).collect();
    match names.split_last() {
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
        None => String::new(),
    }
}

fn kind(part: &str) -> Result<KindSettings, String> {
    let (part, weight) = match part.split_once('*') {
        None => (part, 1.0),
        Some((part, weight)) => {
            let weight = weight.trim().parse::<f32>();
            (
                part,
                weight.map_err(|_| "the weight is no number".to_owned())?,
            )
        }
    };
    let (name, count) = match part.split_once(':') {
        None => (part, None),
        Some((name, count)) => {
            let count = count.trim().parse::<usize>();
            (
                name,
                Some(count.map_err(|_| "the count is no whole number".to_owned())?),
            )
        }
    };
    let name = name.trim().to_ascii_lowercase();
    let kind = Kind::read(&name, count)?;
    let settings = KindSettings { kind, weight };
    settings.validate()?;
    Ok(settings)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_name_ensembles_and_are_written_back() {
        for text in [
            "loda:15",
            "paper",
            "loda:4+hbos+iforest:30",
            "iforest:100+eif:50*0.5",
            "knn:5+lof:20+gmm:4+cblof:8+ocsvm+pca+autoencoder+sigma+iqr*0.1",
        ] {
            let read: EnsembleSettings = text.parse().expect("an ensemble");
            assert_eq!(read.to_string(), text);
            assert_eq!(read.validate(), Ok(()));
        }
        assert_eq!(
            EnsembleSettings::default().to_string(),
            "loda:15*0.02+iforest:150+eif:75*0.6"
        );
    }

    #[test]
    fn other_texts_are_refused_with_the_part_that_is_wrong() {
        for (text, told) in [
            ("loda+nope", "“nope”"),
            ("", "“”"),
            ("iforest:0", "from 1 to 1000"),
            ("iforest:many", "no whole number"),
            ("hbos:3", "takes no count"),
            ("knn:0", "neighbours of knn is 0"),
            ("pca:2", "takes no count"),
            ("loda*0", "above 0"),
            ("loda*x", "no number"),
        ] {
            let error = text
                .parse::<EnsembleSettings>()
                .expect_err("a refusal")
                .to_string();
            assert!(error.contains(told), "{error}");
        }
    }
}
