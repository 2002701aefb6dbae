//! Which of the candidates make up a round.

use std::collections::BTreeMap;

use ndarray::{ArrayView1, ArrayView2};
use serde::{Deserialize, Serialize};

use crate::detector::Model;

/// Candidates among which diverse ones are looked for, for each one picked: farther down the list
/// instances are ever less likely to be anomalies, however different they are.
const POOL: usize = 5;

/// Candidates whose most relevant member is looked at, at most.
const DEEPEST: usize = 1_000;

/// How the instances of a round are picked from the candidates.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Strategy {
    /// The best ones.
    #[default]
    Top,
    /// The best one, then always the one farthest from those picked (maximin distance).
    Diverse,
    /// The best one of each member that is the most relevant to a candidate, in turn.
    Member,
}

impl Strategy {
    /// All strategies, in the order of their buttons.
    pub const ALL: [Self; 3] = [Self::Top, Self::Diverse, Self::Member];

    /// Its name on screen and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Top => "top",
            Self::Diverse => "diverse",
            Self::Member => "member",
        }
    }

    /// What it does, as a sentence.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Top => "The candidates with the highest anomaly scores.",
            Self::Diverse => {
                "The best candidate, then always the one farthest from all picked so far (maximin distance over standardised features) among the best 5 b."
            }
            Self::Member => {
                "The best candidate of each member that is the most relevant to one, in turn: no member has all the say."
            }
        }
    }
}

/// An instance of a round.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pick {
    /// The instance.
    pub instance: usize,
    /// Why it was picked.
    pub reason: Reason,
}

/// Why an instance is in a round.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Reason {
    /// It has this place among the candidates, counted from 0.
    Place(usize),
    /// It is this far from the nearest one picked before it: of all in reach the farthest.
    Distance(f32),
    /// This member is the most relevant to it, and has it at this place, counted from 0.
    Member(usize, usize),
}

/// Picks `count` of the candidates, which come best first.
///
/// The first pick is the best candidate under every strategy. Ties go to the better candidate.
pub fn pick(model: &Model, candidates: &[usize], count: usize, strategy: Strategy) -> Vec<Pick> {
    let count = count.min(candidates.len());
    match strategy {
        Strategy::Top => (candidates[..count].iter().enumerate())
            .map(|(index, &instance)| Pick {
                instance,
                reason: Reason::Place(index),
            })
            .collect(),
        Strategy::Diverse => {
            let pool = &candidates[..candidates.len().min(count * POOL)];
            let x = model.fitted().x_of(pool);
            let far = farthest(x.view(), count);
            far.into_iter()
                .map(|(index, distance)| Pick {
                    instance: pool[index],
                    reason: distance.map_or(Reason::Place(index), Reason::Distance),
                })
                .collect()
        }
        Strategy::Member => {
            let pool = &candidates[..candidates.len().min(DEEPEST.max(count))];
            let leading = pool.iter().map(|&instance| model.most_relevant(instance));
            let leading: Vec<usize> = leading.collect();
            in_turn(&leading, count)
                .into_iter()
                .map(|(index, nth)| Pick {
                    instance: pool[index],
                    reason: Reason::Member(leading[index], nth),
                })
                .collect()
        }
    }
}

/// Picks rows of `x` `[k, d]`, the first to begin with and then the one whose distance to the
/// nearest row picked is the largest; with that distance, but for the first. Ties by row.
fn farthest(x: ArrayView2<'_, f32>, count: usize) -> Vec<(usize, Option<f32>)> {
    let distance = |a: ArrayView1<'_, f32>, b: ArrayView1<'_, f32>| -> f32 {
        let squares = a.iter().zip(b).map(|(a, b)| (a - b) * (a - b));
        squares.sum::<f32>().sqrt()
    };
    let mut nearest = vec![f32::INFINITY; x.nrows()];
    let mut picked: Vec<(usize, Option<f32>)> = Vec::with_capacity(count);
    while picked.len() < count.min(x.nrows()) {
        let next = (nearest.iter().enumerate())
            .filter(|(row, _)| picked.iter().all(|(before, _)| before != row))
            .max_by(|a, b| a.1.total_cmp(b.1).then(b.0.cmp(&a.0)));
        let Some((row, &far)) = next else {
            break;
        };
        picked.push((row, far.is_finite().then_some(far)));
        for (other, near) in nearest.iter_mut().enumerate() {
            *near = near.min(distance(x.row(row), x.row(other)));
        }
    }
    picked
}

/// Picks places whose group has the fewest picked before, and of those the first; with the number
/// of their group that stand before them.
fn in_turn(groups: &[usize], count: usize) -> Vec<(usize, usize)> {
    let mut seen: BTreeMap<usize, usize> = BTreeMap::new();
    let mut nth: Vec<(usize, usize)> = (groups.iter().enumerate())
        .map(|(index, group)| {
            let before = seen.entry(*group).or_insert(0);
            *before += 1;
            (index, *before - 1)
        })
        .collect();
    nth.sort_by_key(|&(index, nth)| (nth, index));
    nth.truncate(count);
    nth
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn the_farthest_are_taken_one_after_the_other() {
        // On a line: 0, then the far end, then the middle between them.
        let x = array![[0.0], [1.0], [5.0], [9.0], [10.0]];
        let picked = farthest(x.view(), 4);
        assert_eq!(
            picked,
            [(0, None), (4, Some(10.0)), (2, Some(5.0)), (1, Some(1.0))]
        );
    }

    #[test]
    fn twins_are_picked_last_and_each_once() {
        let x = array![[0.0, 0.0], [0.0, 0.0], [3.0, 4.0]];
        assert_eq!(
            farthest(x.view(), 5),
            [(0, None), (2, Some(5.0)), (1, Some(0.0))]
        );
    }

    #[test]
    fn groups_take_turns() {
        let picked = in_turn(&[7, 7, 7, 2, 9, 2], 5);
        assert_eq!(picked, [(0, 0), (3, 0), (4, 0), (1, 1), (5, 1)]);
        assert!(in_turn(&[], 3).is_empty());
    }
}
