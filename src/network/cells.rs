//! Relevance by cell: a table of logits, one for each cell that an answer has touched.

use serde::{Deserialize, Serialize};

use super::activation::sigmoid_all;
use super::adam::Optimiser;
use super::bounds::validate;
use super::{AdamMoments, CellSettings, Thresholds};
use crate::numeric::{Cancelled, Watch};

/// The table of logits that answers left behind, with its optimiser.
///
/// 1. Cells that no labelled instance lies in are not listed: their logit is 0, and their relevance
///    the prior.
/// 2. Two equal tables, updated with the same input, stay equal to the bit.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "super::check::CellsText")]
pub struct CellTable {
    /// The cells, ascending.
    pub cells: Vec<u32>,
    /// The logit of each, added to that of the prior.
    pub logits: Vec<f32>,
    /// The optimiser's memory; its moments are aligned with `cells`.
    pub adam: AdamMoments,
}

/// A labelled instance in the cells of all parts.
#[derive(Clone, Debug, PartialEq)]
pub struct LabelledCells {
    /// Its cell in each part.
    pub cells: Vec<u32>,
    /// The score of each part there.
    pub scores: Vec<f32>,
    /// +1 anomaly, −1 nominal.
    pub sign: f32,
    /// The weight of its hinge.
    pub hinge: f32,
}

/// What an update of the table trains on.
#[derive(Clone, Copy, Debug)]
pub struct CellInput<'a> {
    /// The labelled instances.
    pub labelled: &'a [LabelledCells],
    /// The prior logit `ln(b / (1 − b))` of each part.
    pub prior: &'a [f32],
    /// What their scores are held against; `x_tau` is not used.
    pub thresholds: Thresholds,
}

impl CellTable {
    /// The logit of a cell.
    pub fn logit(&self, cell: u32) -> f32 {
        self.cells
            .binary_search(&cell)
            .map_or(0.0, |slot| self.logits[slot])
    }

    /// Trains the table on labelled instances and returns its next state and the loss of each step.
    ///
    /// ```text
    /// Score(x) = Σ over parts j of  s_j(x) · σ(prior_j + θ[cell_j(x)])
    /// loss     = Σ over labelled of  hinge · A(q_tau; x, y)  +  λ / (2 · parts) · Σ θ²
    /// ```
    ///
    /// with `A` as in [`LossTerm`](super::LossTerm). The prior is the second-order form of the
    /// network's, and alike for all cells, however many instances lie in them. Training that would
    /// end where no file could hold it leaves the table as it was.
    ///
    /// # Shapes
    /// `cells` and `scores` of each labelled instance and `prior` have one entry a part.
    ///
    /// # Errors
    /// [`Cancelled`] when `watch` says so.
    pub fn update(
        &self,
        input: CellInput<'_>,
        settings: &CellSettings,
        watch: &mut dyn Watch,
    ) -> Result<(Self, Vec<f32>), Cancelled> {
        let mut table = self.clone();
        table.admit(input.labelled.iter().flat_map(|labelled| &labelled.cells));
        let mut optimiser = Optimiser::new(&table.adam, settings.rate);
        let slots = table.slots(input.labelled);
        let mut gradient = vec![0.0; table.logits.len()];
        let mut losses = Vec::with_capacity(settings.steps);
        for step in 0..settings.steps {
            watch.step(super::TRAINING, step, settings.steps)?;
            losses.push(loss(
                &table.logits,
                &slots,
                input,
                settings.lambda,
                &mut gradient,
            ));
            optimiser.step(&gradient, &mut table.logits);
        }
        table.adam = optimiser.moments();
        match validate(&table.logits, &table.adam) {
            Ok(()) => Ok((table, losses)),
            Err(_) => Ok((self.clone(), losses)),
        }
    }

    /// Lists further cells with a logit of 0.
    fn admit<'a>(&mut self, cells: impl Iterator<Item = &'a u32>) {
        let mut listed = vec![false; self.cells.last().map_or(0, |&last| last as usize + 1)];
        for cell in self.cells.iter().copied().chain(cells.copied()) {
            let cell = cell as usize;
            if cell >= listed.len() {
                listed.resize(cell + 1, false);
            }
            listed[cell] = true;
        }
        let all = (0..).zip(listed).filter(|(_, is_listed)| *is_listed);
        let all: Vec<u32> = all.map(|(cell, _)| cell).collect();
        let take = |values: &[f32]| -> Vec<f32> {
            let mut old = self.cells.iter().zip(values).peekable();
            let value = |cell: &u32| old.next_if(|old| old.0 == cell).map_or(0.0, |old| *old.1);
            all.iter().map(value).collect()
        };
        self.logits = take(&self.logits);
        if self.adam.time > 0 {
            self.adam.mean = take(&self.adam.mean);
            self.adam.square = take(&self.adam.square);
        }
        self.cells = all;
    }

    /// The places of the labelled instances' cells in the table.
    fn slots(&self, labelled: &[LabelledCells]) -> Vec<u32> {
        let mut slot_of = vec![0; self.cells.last().map_or(0, |&last| last as usize + 1)];
        for (slot, &cell) in (0..).zip(&self.cells) {
            slot_of[cell as usize] = slot;
        }
        let cells = labelled.iter().flat_map(|labelled| &labelled.cells);
        // Every cell was admitted before.
        cells.map(|&cell| slot_of[cell as usize]).collect()
    }
}

/// The loss of a step at `logits`; overwrites `gradient`.
///
/// `slots` holds the place in `logits` of each part's cell, instance after instance.
fn loss(
    logits: &[f32],
    slots: &[u32],
    input: CellInput<'_>,
    lambda: f32,
    gradient: &mut [f32],
) -> f32 {
    let parts = input.prior.len();
    let decay = lambda / parts.max(1) as f32;
    let mut total = 0.0;
    for (slope, logit) in gradient.iter_mut().zip(logits) {
        *slope = decay * logit;
        total += decay / 2.0 * logit * logit;
    }
    let mut relevance = vec![0.0; parts];
    for (labelled, slots) in input.labelled.iter().zip(slots.chunks_exact(parts.max(1))) {
        for (p, (prior, &slot)) in relevance.iter_mut().zip(input.prior.iter().zip(slots)) {
            *p = prior + logits[slot as usize];
        }
        sigmoid_all(&mut relevance);
        let products = relevance.iter().zip(&labelled.scores);
        let score: f32 = products.map(|(p, score)| p * score).sum();
        let lack = labelled.sign * (input.thresholds.q_tau - score);
        let (value, slope) = input.thresholds.hinge(lack);
        total += labelled.hinge * value;
        let by_score = -labelled.hinge * labelled.sign * slope;
        for ((p, score), slot) in relevance.iter().zip(&labelled.scores).zip(slots) {
            gradient[*slot as usize] += by_score * score * p * (1.0 - p);
        }
    }
    total
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::Unwatched;

    fn labelled(cells: [u32; 2], scores: [f32; 2], sign: f32) -> LabelledCells {
        LabelledCells {
            cells: cells.to_vec(),
            scores: scores.to_vec(),
            sign,
            hinge: 0.7,
        }
    }

    fn thresholds(softness: f32) -> Thresholds {
        Thresholds {
            x_tau: None,
            q_tau: 1.3,
            margin: 0.4,
            softness,
        }
    }

    #[test]
    fn the_gradient_is_the_slope_of_the_loss() {
        let rows = [
            labelled([0, 4], [1.0, 2.0], 1.0),
            labelled([1, 4], [0.5, 3.0], -1.0),
            labelled([0, 5], [2.5, 0.1], -1.0),
        ];
        let slots = [0, 2, 1, 2, 0, 3];
        let logits = [0.3_f32, -0.8, 0.5, 1.1];
        for softness in [0.0, 0.6] {
            let input = CellInput {
                labelled: &rows,
                prior: &[-1.2, 0.2],
                thresholds: thresholds(softness),
            };
            let mut gradient = [0.0; 4];
            loss(&logits, &slots, input, 0.3, &mut gradient);
            for slot in 0..4 {
                let moved = |by: f32| {
                    let mut logits = logits;
                    logits[slot] += by;
                    f64::from(loss(&logits, &slots, input, 0.3, &mut [0.0; 4]))
                };
                let expected = (moved(1e-2) - moved(-1e-2)) / 2e-2;
                let found = f64::from(gradient[slot]);
                assert!(
                    (found - expected).abs() < 2e-3,
                    "{slot}: {found} is not {expected}"
                );
            }
        }
    }

    #[test]
    fn an_answer_moves_its_own_cells_only_and_the_right_way() {
        let table = CellTable::default();
        let rows = [
            labelled([3, 9], [1.0, 1.0], 1.0),
            labelled([4, 8], [1.0, 1.0], -1.0),
        ];
        let input = CellInput {
            labelled: &rows,
            prior: &[0.0, 0.0],
            thresholds: thresholds(0.5),
        };
        let (next, losses) = table
            .update(input, &CellSettings::default(), &mut Unwatched)
            .expect("never cancelled");
        assert_eq!(next.cells, [3, 4, 8, 9]);
        assert!(next.logit(3) > 0.0 && next.logit(9) > 0.0);
        assert!(next.logit(4) < 0.0 && next.logit(8) < 0.0);
        assert_eq!(next.logit(5), 0.0);
        assert!(losses[losses.len() - 1] < losses[0]);
    }

    #[test]
    fn new_cells_do_not_disturb_old_ones() {
        let table = CellTable {
            cells: vec![2, 6],
            logits: vec![0.2, 0.6],
            adam: AdamMoments {
                time: 3,
                mean: vec![2.0, 6.0],
                square: vec![4.0, 36.0],
            },
        };
        let mut more = table.clone();
        more.admit([6, 1, 4].iter());
        assert_eq!(more.cells, [1, 2, 4, 6]);
        assert_eq!(more.logits, [0.0, 0.2, 0.0, 0.6]);
        assert_eq!(more.adam.mean, [0.0, 2.0, 0.0, 6.0]);
        assert_eq!(more.adam.square, [0.0, 4.0, 0.0, 36.0]);
        assert_eq!([1, 2, 3].map(|cell| table.logit(cell)), [0.0, 0.2, 0.0]);
    }
}
