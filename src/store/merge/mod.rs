//! Two analysts' sessions on the same table, put together.

mod tags;

use std::collections::{BTreeMap, BTreeSet};

use self::tags::Joined;
use super::file::{FileError, SavedSession, SavedStep};
use crate::dataset::Label;
use crate::session::{Action, Answer, Confidence, Given, Mark, Session, Tag};

/// What two analysts said of one instance where they differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Disagreement {
    /// The instance.
    pub instance: usize,
    /// The label of each.
    pub labels: [Label; 2],
}

/// What came of putting two sessions together.
#[derive(Clone, Debug, PartialEq)]
pub struct Merged {
    /// Instances that both labelled.
    pub both: usize,
    /// Those of them with the same label.
    pub agreed: usize,
    /// Instances that only one of them labelled, by session.
    pub alone: [usize; 2],
    /// Those that they disagree on, in the order of the table.
    pub disagreements: Vec<Disagreement>,
    /// Cohen's kappa; see [`kappa`].
    pub kappa: Option<f64>,
    /// The session with all that is not in dispute; what is comes first among its candidates.
    pub session: SavedSession,
}

/// Cohen's kappa of two analysts who labelled the same instances: how far they agree beyond what
/// chance would give if each labelled by their own rates alone.
///
/// ```text
/// κ = (p_o − p_e) / (1 − p_e)
/// ```
///
/// `counts[i][j]` is the number of instances that the first called `i` and the second `j` (0
/// anomaly, 1 nominal). `None` without instances, and where both used one label only, when chance
/// alone would agree.
///
/// # Source
/// Cohen 1960, *Educational and Psychological Measurement* 20.
///
/// ```
/// // Of 50 instances 20 anomalies and 15 nominals by both: p_o = 0.7, p_e = 0.5 · 0.6 + 0.5 · 0.4.
/// let kappa = glad::store::kappa([[20, 5], [10, 15]]);
/// assert!((kappa.unwrap() - 0.4).abs() < 1e-12);
/// ```
pub fn kappa(counts: [[usize; 2]; 2]) -> Option<f64> {
    let [[aa, an], [na, nn]] = counts.map(|row| row.map(|count| count as f64));
    let total = aa + an + na + nn;
    if total == 0.0 {
        return None;
    }
    let observed = (aa + nn) / total;
    let by_chance = ((aa + an) * (aa + na) + (na + nn) * (an + nn)) / (total * total);
    (by_chance < 1.0).then(|| (observed - by_chance) / (1.0 - by_chance))
}

/// Puts two sessions on the same table together.
///
/// 1. Instances with one label, given by both or by one, keep it; of two confidences the lesser
///    counts.
/// 2. Instances with two different labels have no answer, and are asked about before all others.
/// 3. A label outweighs unsure and skip, which are no labels; of these two unsure stays.
/// 4. Notes of both are kept, one below the other where they differ.
/// 5. Tags of the same name are one, and keep the number that they have in the first session or, if
///    it does not use it, in the second; a tag on which they differ, or for which no number is
///    left, is that of the first, and the other is written in the note.
/// 6. Of two events of one name that of the first session stays.
/// 7. Settings, and with them the detector, are those of the first session.
///
/// # Errors
/// [`FileError::OtherData`] when the tables differ.
pub fn merge(first: &SavedSession, second: &SavedSession) -> Result<Merged, FileError> {
    let (one, other) = (&first.data.fingerprint, &second.data.fingerprint);
    if let Some(difference) = one.difference(other) {
        return Err(FileError::OtherData(first.differently(difference)));
    }
    let histories = [first.history_alone(), second.history_alone()];
    let given = histories.each_ref().map(|history| {
        let given = history.given().into_iter();
        let given: BTreeMap<usize, Given> = given.map(|given| (given.instance, given)).collect();
        given
    });
    let label = |at: usize, instance: &usize| given[at].get(instance)?.reply.answer.label();
    let answered: BTreeSet<usize> = given
        .iter()
        .flat_map(|given| given.keys().copied())
        .collect();
    let mut merged = Merged {
        both: 0,
        agreed: 0,
        alone: [0, 0],
        disagreements: Vec::new(),
        kappa: None,
        session: first.clone(),
    };
    let mut counts = [[0; 2]; 2];
    let mut in_force: BTreeMap<usize, Given> = BTreeMap::new();
    let tags = Joined::of(&histories);
    let mut remarks: Vec<(usize, String)> = Vec::new();
    for instance in answered {
        match [label(0, &instance), label(1, &instance)] {
            [Some(a), Some(b)] => {
                merged.both += 1;
                counts[usize::from(a == Label::Nominal)][usize::from(b == Label::Nominal)] += 1;
                if a != b {
                    let labels = [a, b];
                    merged.disagreements.push(Disagreement { instance, labels });
                    continue;
                }
                merged.agreed += 1;
            }
            [Some(_), None] => merged.alone[0] += 1,
            [None, Some(_)] => merged.alone[1] += 1,
            [None, None] => {}
        }
        let said = [0, 1].map(|at| given[at].get(&instance).copied());
        let mut one = together(said.iter().flatten());
        if let Some(one) = &mut one {
            let (tag, remark) = tags.of_answer(one.reply.answer, said.map(|said| said?.reply.tag));
            one.reply.tag = tag;
            remarks.extend(remark.map(|remark| (instance, remark)));
        }
        in_force.extend(one.map(|one| (instance, one)));
    }
    merged.kappa = kappa(counts);
    let mut notes: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for (instance, text) in histories.iter().flat_map(|history| history.notes()) {
        let texts = notes.entry(instance).or_default();
        if !texts.iter().any(|known| known == text) {
            texts.push(text.to_owned());
        }
    }
    for (instance, remark) in remarks {
        notes.entry(instance).or_default().push(remark);
    }
    let notes = notes
        .into_iter()
        .map(|(instance, texts)| (instance, texts.join("\n")));
    let order = in_order(&histories.each_ref().map(|history| {
        history
            .answers_in_order()
            .map(|(instance, _)| instance)
            .collect()
    }));
    let carried = order
        .into_iter()
        .filter_map(|instance| in_force.get(&instance).copied());
    // Of two events of one name that of the first session stays.
    let [mut own, others] = histories.each_ref().map(Session::marks);
    for (name, mark) in others {
        if own.len() < Mark::MOST {
            own.entry(name).or_insert(mark);
        }
    }
    merged.carry(Carried {
        given: carried.collect(),
        notes: notes.collect(),
        names: tags.names(),
        marks: own.into_iter().collect(),
    });
    Ok(merged)
}

/// What is carried over from two sessions.
struct Carried {
    given: Vec<Given>,
    notes: Vec<(usize, String)>,
    names: Vec<(Tag, String)>,
    marks: Vec<(String, Mark)>,
}

impl Merged {
    /// Makes the session of one act that carries everything over.
    fn carry(&mut self, carried: Carried) {
        let Carried {
            given,
            notes,
            names,
            marks,
        } = carried;
        let session = &mut self.session;
        let at = session.steps.iter().filter_map(|step| step.at).max();
        let is_any =
            !(given.is_empty() && notes.is_empty() && names.is_empty() && marks.is_empty());
        let carried = is_any.then(|| SavedStep {
            action: Action::Carry {
                times: given.iter().map(|given| given.at).collect(),
                replies: (given.iter().map(|given| (given.instance, given.reply))).collect(),
                notes,
                names,
                marks,
            },
            at,
            outcome: None,
        });
        session.steps = carried.into_iter().collect();
        session.cursor = session.steps.len();
        session.first = self
            .disagreements
            .iter()
            .map(|dispute| dispute.instance)
            .collect();
        (session.weights, session.calibration, session.journal) = (None, None, None);
    }
}

/// What is kept of what was said of one instance, where no two labels differ.
fn together<'a>(said: impl Iterator<Item = &'a Given>) -> Option<Given> {
    let weight = |given: &&Given| match (given.reply.answer, given.reply.confidence) {
        (Answer::Anomaly | Answer::Nominal, Confidence::Fairly) => 3,
        (Answer::Anomaly | Answer::Nominal, Confidence::Sure) => 2,
        (Answer::Unsure, _) => 1,
        (Answer::Skip, _) => 0,
    };
    said.max_by_key(weight).copied()
}

/// Instances in the order of the first list, and then those that only the second has.
fn in_order(lists: &[Vec<usize>; 2]) -> Vec<usize> {
    let mut met = BTreeSet::new();
    let all = lists.iter().flatten().copied();
    all.filter(|&instance| met.insert(instance)).collect()
}
