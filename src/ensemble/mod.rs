//! Scores without labels: unsupervised detectors, fitted once and frozen.
//!
//! An [`Ensemble`] turns standardised instances `[n, d]` into member scores `[n, m]`, where
//! **higher is more anomalous** and no score is negative. Detectors of any kind stand side by side:
//! a new kind is a variant of [`Member`] behind the trait [`Detector`], and a way to fit it.
//!
//! A member is made of parts, and each part cuts the space into cells ([`CellScore`]); relevance is
//! learnt by cell as well as by place.

mod banded;
mod bands;
mod cell_score;
mod checks;
mod describe;
mod detector;
mod exact;
mod fit;
mod histogram;
mod instance_cells;
mod kinds;
mod kmeans;
mod part_view;
mod presets;
mod projection;
mod references;
mod sampling;
mod scale;
mod settings;
mod text;
mod trees;

pub use banded::Banded;
pub use bands::Bands;
pub use cell_score::CellScore;
pub use detector::Detector;
pub use histogram::Histogram;
pub use instance_cells::InstanceCells;
use kinds::SUBSAMPLE;
pub use kinds::{
    Autoencoder, Cblof, Forest, Gaussian, GaussianMixture, Given, GivenScore, KINDS, Kind,
    KindEntry, Knn, Lof, Member, OneClassSvm, OutlierRule, PAPER_DIRECTIONS, Pca, Projections,
    RuleKind, draw_direction, sparsity,
};
pub use part_view::{CutSeen, PartView};
pub use presets::PRESETS;
pub use projection::Projection;
pub use references::References;
pub use scale::ScoreScale;
pub use settings::{EnsembleSettings, KindSettings, SpecError};
pub use trees::{Cut, Node, Tree, mean_depth};

use std::ops::Range;

use ndarray::{Array2, ArrayView2};
use serde::Deserialize;

use self::instance_cells::{SEVERAL, accumulate_several};
use crate::numeric::{Cancelled, Watch, map_blocks};

/// Instances whose sums are made at once: they stay in the nearest cache.
const BLOCK: usize = 4096;

/// Frozen detectors with the transform of each part's scores.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(try_from = "text::EnsembleText")]
pub struct Ensemble {
    members: Vec<Member>,
    parts: Vec<Part>,
    /// The scaled score in each cell of all parts; 1 in those of parts whose cells do not tell it.
    values: Vec<f32>,
}

/// One part of a member.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Part {
    member: usize,
    /// Its position among the parts of its member.
    index: usize,
    /// The first of its cells among those of all parts.
    offset: usize,
    cells: usize,
    scale: ScoreScale,
}

/// One point in all parts of an ensemble.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PointCells {
    /// The cell in each part, counted through all parts.
    pub cells: Vec<u32>,
    /// The scaled score in each part, `>= 0`.
    pub scores: Vec<f32>,
}

impl Ensemble {
    /// Fits an ensemble to standardised instances.
    ///
    /// # Shapes
    /// `x` `[n_instances, n_features]`, standardised; returns the ensemble and where the instances
    /// lie in it.
    ///
    /// # Errors
    /// [`Cancelled`] when `watch` says so.
    pub fn fit(
        x: ArrayView2<'_, f32>,
        settings: &EnsembleSettings,
        seed: u64,
        watch: &mut dyn Watch,
    ) -> Result<(Self, InstanceCells), Cancelled> {
        Self::fit_lifted(x, settings, 0.0, seed, watch)
    }

    /// Fits an ensemble whose cells stand higher by `lift` standard deviations of their part's score:
    /// that changes no ranking, but what relevance can do.
    ///
    /// # Errors
    /// [`Cancelled`] when `watch` says so.
    pub fn fit_lifted(
        x: ArrayView2<'_, f32>,
        settings: &EnsembleSettings,
        lift: f32,
        seed: u64,
        watch: &mut dyn Watch,
    ) -> Result<(Self, InstanceCells), Cancelled> {
        let x = x.as_standard_layout();
        fit::ensemble(x.view(), settings, lift, seed, watch)
    }

    /// Finds the cells of other standardised instances `[n, d]` as if it had been fitted to them.
    ///
    /// # Errors
    /// [`Cancelled`] when `watch` says so.
    pub fn instance_cells(
        &self,
        x: ArrayView2<'_, f32>,
        watch: &mut dyn Watch,
    ) -> Result<InstanceCells, Cancelled> {
        let x = x.as_standard_layout();
        fit::instance_cells(x.view(), self, watch)
    }

    /// The number of members.
    pub fn len(&self) -> usize {
        self.members.len()
    }

    /// Whether there are no members; never after a fit.
    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    /// The detectors.
    pub fn members(&self) -> &[Member] {
        &self.members
    }

    /// The number of parts of all members.
    pub fn n_parts(&self) -> usize {
        self.parts.len()
    }

    /// The number of cells of all parts.
    pub fn n_cells(&self) -> usize {
        self.values.len()
    }

    /// The parts of a member, among those of all.
    pub fn parts_of(&self, member: usize) -> Range<usize> {
        let first = self.parts.partition_point(|part| part.member < member);
        let end = self.parts.partition_point(|part| part.member <= member);
        first..end
    }

    /// The cells of a member, among those of all.
    pub fn cells_of(&self, member: usize) -> Range<usize> {
        let parts = self.parts_of(member);
        let end = |part: &Part| part.offset + part.cells;
        match (self.parts.get(parts.start), self.parts[..parts.end].last()) {
            (Some(first), Some(last)) => first.offset..end(last),
            _ => 0..0,
        }
    }

    /// The scaled score in each cell; 1 in those of parts whose cells do not tell it.
    pub fn values(&self) -> &[f32] {
        &self.values
    }

    /// The transform of a part's raw scores.
    pub fn scale(&self, part: usize) -> ScoreScale {
        self.parts[part].scale
    }

    /// By how much the cells of a part stand higher for a lift that it was fitted with; 0 for a part
    /// whose cells do not tell the score.
    pub fn lift_of(&self, part: usize, lift: f32) -> f32 {
        let part = &self.parts[part];
        let member = &self.members[part.member];
        match member.detector().cell_scores(part.index) {
            Some(_) => part.scale.floor * lift / member.floor(lift),
            None => 0.0,
        }
    }

    /// The cells of a part, among those of all.
    pub fn cells_of_part(&self, part: usize) -> Range<usize> {
        let part = &self.parts[part];
        part.offset..part.offset + part.cells
    }

    /// The names of the members on screen.
    pub fn names(&self, features: &[String]) -> Vec<String> {
        let same = |a: &Member, b: &Member| std::mem::discriminant(a) == std::mem::discriminant(b);
        let number = |index: usize| {
            let before = self.members[..index].iter();
            1 + before
                .filter(|other| same(other, &self.members[index]))
                .count()
        };
        let mut names: Vec<String> = (0..self.members.len())
            .map(|index| self.members[index].name(number(index), features))
            .collect();
        // Two of a kind that needs no number otherwise: nearest neighbours, and those of 20.
        for index in 1..names.len() {
            let same = names[..index].iter().filter(|name| **name == names[index]);
            if same.count() > 0 {
                names[index] = format!("{} ({})", names[index], index + 1);
            }
        }
        names
    }

    /// Places a standardised point `[d]` in every part.
    pub fn locate(&self, x: &[f32], located: &mut PointCells) {
        located.cells.clear();
        located.scores.clear();
        for part in &self.parts {
            let found = self.members[part.member]
                .detector()
                .cell_score(part.index, x);
            located.cells.push((part.offset + found.cell) as u32);
            located.scores.push(part.scale.apply(found.score));
        }
    }

    /// Places many standardised points `[k, d]`, row by row, as [`Self::locate`] places one.
    pub fn locate_all(&self, x: &[f32], d: usize) -> Vec<PointCells> {
        let mut located = vec![PointCells::default(); x.len() / d.max(1)];
        let mut cells = vec![0; located.len()];
        for part in &self.parts {
            let detector = self.members[part.member].detector();
            if detector.is_even() {
                detector.find_cells(part.index, x, &mut cells);
                for (located, cell) in located.iter_mut().zip(&cells) {
                    let cell = part.offset as u32 + cell;
                    located.cells.push(cell);
                    located.scores.push(self.values[cell as usize]);
                }
                continue;
            }
            for (located, x) in located.iter_mut().zip(x.chunks_exact(d.max(1))) {
                let found = detector.cell_score(part.index, x);
                located.cells.push((part.offset + found.cell) as u32);
                located.scores.push(part.scale.apply(found.score));
            }
        }
        located
    }

    /// The located of an instance that the ensemble was fitted to.
    pub fn point_cells_of(&self, instance_cells: &InstanceCells, instance: usize) -> PointCells {
        let mut located = PointCells::default();
        for (part, column) in self.parts.iter().zip(&instance_cells.columns) {
            let cell = part.offset + column.cells.get(instance);
            located.cells.push(cell as u32);
            let own = column.scores.as_ref().map(|scores| scores[instance]);
            located.scores.push(own.unwrap_or(self.values[cell]));
        }
        located
    }

    /// The scaled score of an instance that the ensemble was fitted to, in one part.
    pub fn part_score(&self, instance_cells: &InstanceCells, part: usize, instance: usize) -> f32 {
        let column = &instance_cells.columns[part];
        let own = column.scores.as_ref().map(|scores| scores[instance]);
        own.unwrap_or_else(|| self.values[self.parts[part].offset + column.cells.get(instance)])
    }

    /// Sums, for each of `rows` and each member, `table[cell]` over the member's parts, times the
    /// part's own score where cells do not tell it.
    ///
    /// With [`Self::values`] for a table these are the member scores.
    ///
    /// # Shapes
    /// `table` `[n_cells]`; `sums` `[m, rows.len()]`, overwritten.
    pub fn sum(
        &self,
        instance_cells: &InstanceCells,
        rows: Range<usize>,
        table: &[f32],
        sums: &mut [f32],
    ) {
        sums.fill(0.0);
        let length = rows.len();
        let cells = |part: &Part| &table[part.offset..part.offset + part.cells];
        let mut next = 0;
        while let Some(part) = self.parts.get(next) {
            let own = &mut sums[part.member * length..(part.member + 1) * length];
            let several = self.parts.get(next..next + SEVERAL).unwrap_or_default();
            let columns = instance_cells.columns.get(next..).unwrap_or_default();
            if several.iter().all(|other| other.member == part.member)
                && accumulate_several(columns, rows.clone(), several.iter().map(cells), own)
            {
                next += SEVERAL;
                continue;
            }
            if let Some(column) = columns.first() {
                column.accumulate(rows.clone(), cells(part), own);
            }
            next += 1;
        }
    }

    /// The scores of all fitted instances by every member `[n, m]`, each `>= 0`.
    pub fn member_scores(&self, instance_cells: &InstanceCells, n: usize) -> Array2<f32> {
        let m = self.len();
        let blocks = map_blocks(n, BLOCK, |rows| {
            let length = rows.len();
            let mut sums = vec![0.0; m * length];
            self.sum(instance_cells, rows, &self.values, &mut sums);
            let transposed = (0..length).flat_map(|row| {
                let sums = &sums;
                (0..m).map(move |member| sums[member * length + row])
            });
            transposed.collect::<Vec<f32>>()
        });
        Array2::from_shape_vec((n, m), blocks.concat()).unwrap_or_default()
    }
}
