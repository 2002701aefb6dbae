//! What changed from one model to another.

use super::Model;
use crate::numeric::Ranking;

/// Instances that are listed.
const LISTED: usize = 50;

/// An instance whose rank moved.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Move {
    /// The instance.
    pub instance: usize,
    /// Its rank before, 0 for the most anomalous.
    pub before: usize,
    /// Its rank after.
    pub after: usize,
}

impl Move {
    /// How far it moved: `|ln((1 + before) / (1 + after))|`. A step from rank 30 to rank 3 matters
    /// as much as one from 300 to 30, and one far down the list hardly at all.
    pub fn distance(&self) -> f64 {
        ((1.0 + self.before as f64) / (1.0 + self.after as f64))
            .ln()
            .abs()
    }
}

/// Lists the instances whose rank moved most from one model to another, by [`Move::distance`];
/// ties by the better rank after, and those that did not move not at all.
///
/// Both models are of the same table.
pub fn moves(before: &Model, after: &Model) -> Vec<Move> {
    moves_between(before.scores(), after.scores())
}

fn moves_between(before: &[f32], after: &[f32]) -> Vec<Move> {
    let (before, after) = (ranks(before), ranks(after));
    let mut moves: Vec<Move> = (before.into_iter().zip(after).enumerate())
        .filter(|(_, (before, after))| before != after)
        .map(|(instance, (before, after))| Move {
            instance,
            before: before as usize,
            after: after as usize,
        })
        .collect();
    let further = |a: &Move, b: &Move| {
        b.distance()
            .total_cmp(&a.distance())
            .then(a.after.cmp(&b.after))
    };
    if moves.len() > LISTED {
        moves.select_nth_unstable_by(LISTED, further);
        moves.truncate(LISTED);
    }
    moves.sort_unstable_by(further);
    moves
}

/// The rank of each instance.
fn ranks(scores: &[f32]) -> Vec<u32> {
    let mut ranks = vec![0; scores.len()];
    let order = Ranking::new(scores, scores.len());
    for (rank, &instance) in order.top().iter().enumerate() {
        ranks[instance as usize] = rank as u32;
    }
    ranks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_furthest_moves_come_first_by_the_ratio_of_ranks() {
        // Ranks before: 0, 1, 2, 3, 4; after: 1, 0, 2, 4, 3.
        let moves = moves_between(&[9.0, 8.0, 7.0, 6.0, 5.0], &[8.0, 9.0, 7.0, 5.0, 6.0]);
        let told: Vec<_> = moves
            .iter()
            .map(|one| (one.instance, one.before, one.after))
            .collect();
        // ln 2 for both of the first two, ln 5/4 for the last two.
        assert_eq!(told, [(1, 1, 0), (0, 0, 1), (4, 4, 3), (3, 3, 4)]);
        assert!((moves[0].distance() - 2.0_f64.ln()).abs() < 1e-12);
        assert!((moves[3].distance() - (5.0_f64 / 4.0).ln()).abs() < 1e-12);
    }

    #[test]
    fn equal_models_move_nothing_and_the_list_is_short() {
        assert!(moves_between(&[1.0, 2.0], &[3.0, 4.0]).is_empty());
        let up: Vec<f32> = (0..500).map(|i| i as f32).collect();
        let down: Vec<f32> = up.iter().map(|score| -score).collect();
        let moves = moves_between(&up, &down);
        assert_eq!(moves.len(), LISTED);
        assert_eq!((moves[0].before, moves[0].after), (499, 0));
    }
}
