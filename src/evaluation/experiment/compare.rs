//! One method held against another, pair by pair.

use super::Section;
use crate::evaluation::{area_under_curve, found_after};
use crate::numeric::{SignedRank, mean, signed_rank};

/// Differences below this are rounding, not findings.
const ROUNDING: f64 = 1e9;

/// The hero of a report against one other method.
#[derive(Clone, Debug, PartialEq)]
pub struct Contest {
    /// The other method.
    pub against: String,
    /// By each measure: anomalies found at each milestone, then the area up to the horizon.
    pub rounds: Vec<Option<Opponent>>,
}

/// A contest by one measure.
#[derive(Clone, Debug, PartialEq)]
pub struct Opponent {
    /// Over tables, each with its mean over seeds.
    pub tables: Tally,
    /// Over tables and seeds; `None` against a peer, of which only means are known.
    pub replays: Option<Tally>,
    /// The tables on which the hero's mean lies below the other's less one standard error of the
    /// other's mean.
    pub short: Vec<String>,
}

/// Pairs that the hero won, tied and lost.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tally {
    /// Pairs in which the hero was ahead.
    pub wins: usize,
    /// Pairs alike.
    pub ties: usize,
    /// Pairs in which the other was ahead.
    pub losses: usize,
    /// The signed-rank test of the differences.
    pub test: SignedRank,
}

impl Tally {
    /// Of the differences hero − other.
    pub fn of(differences: &[f64]) -> Self {
        let rounded = differences
            .iter()
            .map(|by| (by * ROUNDING).round() / ROUNDING);
        let rounded: Vec<f64> = rounded.collect();
        let wins = rounded.iter().filter(|by| **by > 0.0).count();
        let losses = rounded.iter().filter(|by| **by < 0.0).count();
        Self {
            wins,
            ties: rounded.len() - wins - losses,
            losses,
            test: signed_rank(&rounded),
        }
    }
}

/// Holds the method in place `hero` of each section against all others, found by their labels.
pub(super) fn contests(
    sections: &[Section],
    hero: usize,
    milestones: &[usize],
    horizon: usize,
) -> Vec<Contest> {
    let others = methods(sections, Some(hero));
    let contest = |against: &(&str, bool)| Contest {
        against: against.0.to_owned(),
        rounds: (0..=milestones.len())
            .map(|measure| round(sections, hero, *against, measure, milestones, horizon))
            .collect(),
    };
    others.iter().map(contest).collect()
}

/// The methods and peers of all sections, each once, by label and whether it is a peer: one may bear
/// the name of a method of ours.
pub(super) fn methods(sections: &[Section], but: Option<usize>) -> Vec<(&str, bool)> {
    let mut found: Vec<(&str, bool)> = Vec::new();
    for section in sections {
        let lines = section.lines.iter().enumerate();
        for (_, line) in lines.filter(|(index, _)| Some(*index) != but) {
            let method = (line.label.as_str(), line.is_peer());
            if !found.contains(&method) {
                found.push(method);
            }
        }
    }
    found
}

/// A contest by one measure; `None` where the other was not measured on any table.
fn round(
    sections: &[Section],
    hero: usize,
    (against, is_peer): (&str, bool),
    measure: usize,
    milestones: &[usize],
    horizon: usize,
) -> Option<Opponent> {
    let (mut by_table, mut by_replay, mut short) = (Vec::new(), Vec::new(), Vec::new());
    for section in sections {
        let own = section.lines.get(hero);
        let other = section
            .lines
            .iter()
            .find(|line| line.label == against && line.is_peer() == is_peer);
        let (Some(own), Some(other)) = (own, other) else {
            continue;
        };
        let value = |curve: &Vec<f64>| match milestones.get(measure) {
            Some(&query) => found_after(curve, query),
            None => area_under_curve(curve, section.size[2], horizon),
        };
        let ours: Vec<f64> = own.replays.iter().map(value).collect();
        let theirs = match milestones.get(measure) {
            Some(_) => other.found[measure],
            None => other.area,
        };
        if let Some(theirs) = theirs {
            let by = mean(&ours) - theirs.mean;
            let error = theirs.deviation.unwrap_or(0.0) / (other.runs.max(1) as f64).sqrt();
            if ((by + error) * ROUNDING).round() < 0.0 {
                short.push(section.dataset.clone());
            }
            by_table.push(by);
        }
        if !is_peer {
            let theirs: Vec<f64> = other.replays.iter().map(value).collect();
            by_replay.extend(ours.iter().zip(&theirs).map(|(ours, theirs)| ours - theirs));
        }
    }
    (!by_table.is_empty()).then(|| Opponent {
        tables: Tally::of(&by_table),
        replays: (!is_peer).then(|| Tally::of(&by_replay)),
        short,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounding_is_no_win() {
        let tally = Tally::of(&[0.1 + 0.2 - 0.3, -1e-12, 0.5, 2.0, -0.5]);
        assert_eq!((tally.wins, tally.ties, tally.losses), (2, 2, 1));
        // Ranks 1.5, 1.5 and 3, the negative one 1.5.
        assert_eq!(tally.test.positive, 4.5);
    }
}
