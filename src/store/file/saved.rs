//! What a session file says.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::limits::{MAX_STEPS, at_most};
use crate::dataset::{EmbeddedTable, Fingerprint, Origin};
use crate::detector::{Calibration, Frozen, Settings, Weights, kept_settings};
use crate::imaging::Gallery;
use crate::sequence::Learnt;
use crate::session::{Action, OutcomeDigest, StoppingRule};

/// A session as its file holds it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SavedSession {
    /// The format of the file that it was read from; what is written is of this program's own.
    #[serde(skip)]
    pub format: u32,
    /// The version of the program that wrote it.
    pub program: String,
    /// The table.
    pub data: SavedData,
    /// The settings, the seed among them.
    #[serde(deserialize_with = "kept_settings")]
    pub settings: Settings,
    /// The number of answers after which training falls due.
    pub batch: usize,
    /// Whether it falls due by itself.
    #[serde(default = "by_itself")]
    pub automatic: bool,
    /// When the analyst wants to stop.
    #[serde(default, skip_serializing_if = "StoppingRule::is_empty")]
    pub stopping: StoppingRule,
    /// Instances to ask about before all others.
    #[serde(deserialize_with = "at_most::<MAX_STEPS, _, _>")]
    pub first: Vec<usize>,
    /// What the analyst did, oldest first, undone steps at the end.
    #[serde(deserialize_with = "at_most::<MAX_STEPS, _, _>")]
    pub steps: Vec<SavedStep>,
    /// How many of the steps are done.
    #[serde(rename = "place")]
    pub cursor: usize,
    /// The weights at that place; `None` before the first training.
    pub weights: Option<Weights>,
    /// The detectors as they were fitted, with scaling and columns; `None` in files of format 1,
    /// whose detectors are fitted again.
    #[serde(default, with = "shared")]
    pub fitted: Option<Arc<Frozen>>,
    /// What else the model of that place is made of; `None` where it was still to be built. With
    /// it, another table can be scored without the one of the session.
    #[serde(default, rename = "belief")]
    pub calibration: Option<Calibration>,
    /// How the panels of the window are laid out; the window's own words.
    pub layout: Option<String>,
    /// The last record of the journal that is in here: what follows it there came later.
    pub journal: Option<u64>,
    /// The images that the instances are, which are written beside the file.
    #[serde(skip)]
    pub gallery: Option<Arc<Gallery>>,
    /// The sequences that the instances are, likewise.
    #[serde(skip)]
    pub sequences: Option<Arc<Learnt>>,
}

/// What is shared is written as if it were owned.
mod shared {
    use std::sync::Arc;

    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use crate::detector::Frozen;

    pub(super) fn serialize<S: Serializer>(
        fitted: &Option<Arc<Frozen>>,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        fitted.as_deref().serialize(to)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Option<Arc<Frozen>>, D::Error> {
        Option::<Frozen>::deserialize(from).map(|fitted| fitted.map(Arc::new))
    }
}

/// Files of before there was a choice.
fn by_itself() -> bool {
    true
}

/// Of which table a session is, and where it was.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SavedData {
    /// What the table is called.
    pub name: String,
    /// What tells it from others.
    pub fingerprint: Fingerprint,
    /// Where it was.
    pub origin: Option<Origin>,
    /// The table itself, if it was asked for.
    pub embedded: Option<EmbeddedTable>,
}

/// A step of the history.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SavedStep {
    /// What was done.
    pub action: Action,
    /// When, in milliseconds since 1970 (UTC).
    pub at: Option<u64>,
    /// What became of the training that fell due with it.
    pub outcome: Option<OutcomeDigest>,
}

impl SavedSession {
    /// The number of revisions up to its place.
    pub fn revision(&self) -> usize {
        let done = self.steps.iter().take(self.cursor);
        done.filter(|step| matches!(step.outcome, Some(OutcomeDigest::Trained(_))))
            .count()
    }
}

impl SavedData {
    /// Whether only the session itself gives its table: it went on with another one, or it holds a
    /// table that lies nowhere else.
    pub fn is_its_own(&self) -> bool {
        match &self.origin {
            Some(origin) => matches!(origin, Origin::Continued(_)),
            None => self.embedded.is_some(),
        }
    }
}
