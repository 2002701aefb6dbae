//! Labels that the model contradicts.

use std::collections::BTreeMap;

use super::Answer;
use crate::dataset::Label;
use crate::detector::Model;

/// A label on the other side of `q_tau` than the instance's score.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Contradiction {
    /// The instance.
    pub instance: usize,
    /// Its label.
    pub label: Label,
    /// How far its score is on the wrong side: the hinge `max(0, y · (q_tau − Score(x)))`.
    pub hinge: f32,
}

/// Lists the labels that a model contradicts, the most first; ties by instance.
///
/// `given` are the answers in the order in which they were given. One that was given twice in a row
/// to the same instance has been confirmed, and is not listed.
pub fn contradictions(
    model: &Model,
    given: impl Iterator<Item = (usize, Answer)>,
) -> Vec<Contradiction> {
    contradicted(model.scores(), model.q_tau(), given)
}

fn contradicted(
    scores: &[f32],
    q_tau: f32,
    given: impl Iterator<Item = (usize, Answer)>,
) -> Vec<Contradiction> {
    let mut last: BTreeMap<usize, (Answer, bool)> = BTreeMap::new();
    for (instance, answer) in given {
        let confirms = last
            .get(&instance)
            .is_some_and(|(before, _)| *before == answer);
        last.insert(instance, (answer, confirms));
    }
    let mut found: Vec<Contradiction> = (last.into_iter())
        .filter(|(_, (_, is_confirmed))| !is_confirmed)
        .filter_map(|(instance, (answer, _))| {
            let label = answer.label()?;
            let hinge = label.sign() * (q_tau - scores.get(instance)?);
            (hinge > 0.0).then_some(Contradiction {
                instance,
                label,
                hinge,
            })
        })
        .collect();
    found.sort_by(|a, b| b.hinge.total_cmp(&a.hinge));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_on_the_wrong_side_are_listed_by_how_far() {
        let scores = [0.5, 3.0, 1.0, 9.0, 9.0];
        let given = [
            (0, Answer::Anomaly),
            (1, Answer::Nominal),
            (2, Answer::Anomaly),
            (3, Answer::Anomaly),
            (4, Answer::Unsure),
        ];
        let found = contradicted(&scores, 2.0, given.into_iter());
        let found: Vec<(usize, f32)> = found.iter().map(|at| (at.instance, at.hinge)).collect();
        assert_eq!(found, [(0, 1.5), (1, 1.0), (2, 1.0)]);
    }

    #[test]
    fn a_confirmed_label_is_not_listed_and_a_changed_one_is_judged_anew() {
        let scores = [0.0, 0.0, 5.0];
        let given = [
            (0, Answer::Anomaly),
            (1, Answer::Anomaly),
            (2, Answer::Anomaly),
            (0, Answer::Anomaly),
            (2, Answer::Nominal),
        ];
        let found = contradicted(&scores, 2.0, given.into_iter());
        let found: Vec<(usize, f32)> = found.iter().map(|at| (at.instance, at.hinge)).collect();
        assert_eq!(found, [(2, 3.0), (1, 2.0)]);
    }
}
