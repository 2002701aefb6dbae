//! What an analyst can say of an instance.

use serde::{Deserialize, Serialize};

use super::Tag;
use crate::dataset::Label;

/// An answer to one query. Only the first two are labels; the others say that the instance was
/// looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Answer {
    /// It is anomalous.
    Anomaly,
    /// It is not.
    Nominal,
    /// The analyst cannot tell.
    Unsure,
    /// The analyst would rather see another one.
    Skip,
}

impl Answer {
    /// All answers, in the order of their buttons.
    pub const ALL: [Self; 4] = [Self::Anomaly, Self::Nominal, Self::Unsure, Self::Skip];

    /// The label that it gives, if any.
    pub fn label(self) -> Option<Label> {
        match self {
            Self::Anomaly => Some(Label::Anomaly),
            Self::Nominal => Some(Label::Nominal),
            Self::Unsure | Self::Skip => None,
        }
    }

    /// Its name on screen and in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Anomaly => "anomaly",
            Self::Nominal => "nominal",
            Self::Unsure => "unsure",
            Self::Skip => "skip",
        }
    }
}

/// How sure an analyst is of a label.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Confidence {
    /// Sure.
    #[default]
    Sure,
    /// Fairly sure.
    Fairly,
}

impl Confidence {
    /// Both, the surer first.
    pub const ALL: [Self; 2] = [Self::Sure, Self::Fairly];

    /// The weight of the label's hinge: a label that the analyst is only fairly sure of pulls half
    /// as hard.
    pub fn weight(self) -> f32 {
        match self {
            Self::Sure => 1.0,
            Self::Fairly => 0.5,
        }
    }

    /// Its name on screen and in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sure => "sure",
            Self::Fairly => "fairly",
        }
    }
}

/// An answer with how sure the analyst is of it, and what type of anomaly it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Reply {
    /// What was said.
    pub answer: Answer,
    /// How surely; of no consequence where the answer is no label.
    pub confidence: Confidence,
    /// The type of the anomaly, where one was given; nothing else has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tag: Option<Tag>,
}

impl Reply {
    /// An answer, said so surely.
    pub fn new(answer: Answer, confidence: Confidence) -> Self {
        Self {
            answer,
            confidence,
            tag: None,
        }
    }

    /// An anomaly of a type, said so surely.
    pub fn tagged(tag: Tag, confidence: Confidence) -> Self {
        Self {
            tag: Some(tag),
            ..Self::new(Answer::Anomaly, confidence)
        }
    }

    /// Whether it can be: only anomalies have a type.
    pub fn is_sound(&self) -> bool {
        self.tag.is_none() || self.answer == Answer::Anomaly
    }
}

impl From<Answer> for Reply {
    fn from(answer: Answer) -> Self {
        Self::new(answer, Confidence::Sure)
    }
}

impl From<Label> for Answer {
    fn from(label: Label) -> Self {
        match label {
            Label::Anomaly => Self::Anomaly,
            Label::Nominal => Self::Nominal,
        }
    }
}
