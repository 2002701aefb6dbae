//! The features and the ranges that parallel coordinates and the scatter matrix have in common, and
//! the marks of rows that both paint.

use std::collections::BTreeSet;
use std::sync::Arc;

use eframe::egui::{Mesh, Pos2, Rangef, Rect, Shape};

use super::map_look::{Dots, DotsKey};
use crate::app::{Ask, Command, Drawn, FeatureRange, View, ViewCommand};

/// Features that are shown until others are chosen, and at most.
const FIRST: usize = 6;
pub(super) const MOST: usize = 12;
/// Rows that are shown, evenly taken, and those that rank first.
const EVEN: usize = 1_500;
const CANDIDATES: usize = 100;
/// The chosen features, and the ranges by which rows are selected.
#[derive(Default)]
pub(in crate::ui) struct Brushing {
    /// The table with its fit that they are of.
    document: u64,
    pub(super) features: Vec<usize>,
    pub(super) ranges: Vec<FeatureRange>,
    /// Whether the selection by the ranges is on its way.
    is_awaited: bool,
    /// Whether the features that explain the candidate are to be shown once they are known.
    pub(in crate::ui) explains: bool,
    rows: Option<((u64, usize), Vec<usize>)>,
    /// The features that the scatter matrix had room for in the frame before.
    pub(super) fits: usize,
    /// Where a range was begun, and along which feature.
    pub(super) begun: Option<(usize, f32)>,
    /// Where a rectangle was begun, and in which cell.
    pub(super) begun_in: Option<((usize, usize), Pos2)>,
}

impl Brushing {
    /// The chosen features.
    pub(super) fn features(&self) -> &[usize] {
        &self.features
    }

    /// The range of a feature.
    pub(super) fn range(&self, feature: usize) -> Option<Rangef> {
        let range = self.ranges.iter().find(|range| range.feature == feature)?;
        Some(Rangef::new(range.low, range.high))
    }

    /// Selects the rows whose features lie in these ranges, as well as in those of other features.
    pub(super) fn set(&mut self, new: &[FeatureRange], commands: &mut Vec<Command>) {
        let of = |range: &FeatureRange| range.feature;
        self.ranges
            .retain(|range| !new.iter().map(of).any(|feature| feature == range.feature));
        self.ranges.extend(new);
        self.select(commands);
    }

    /// Takes the range of a feature away.
    pub(super) fn clear(&mut self, feature: usize, commands: &mut Vec<Command>) {
        let before = self.ranges.len();
        self.ranges.retain(|range| range.feature != feature);
        if self.ranges.len() < before {
            self.select(commands);
        }
    }

    fn select(&mut self, commands: &mut Vec<Command>) {
        self.is_awaited = !self.ranges.is_empty();
        let brush = ViewCommand::Brush(self.ranges.clone());
        commands.push(Command::View(brush));
    }

    /// Follows the table, the candidate and what is selected.
    pub(super) fn follow(
        &mut self,
        document: u64,
        workspace: View<'_>,
        commands: &mut Vec<Command>,
    ) {
        let d = workspace.dataset().n_features();
        if self.document != document || self.features.is_empty() {
            *self = Self {
                document,
                features: match workspace.explaining() {
                    best if best.is_empty() => (0..d.min(FIRST)).collect(),
                    best => best.into_iter().take(FIRST).collect(),
                },
                explains: self.explains,
                ..Self::default()
            };
        }
        if self.explains {
            commands.extend(Command::for_panel(workspace, Ask::Why));
            let best = workspace.explaining();
            if !best.is_empty() {
                self.features = best.into_iter().take(FIRST).collect();
                self.explains = false;
            }
        }
        let held = workspace.lasso().map(|lasso| &lasso.drawn);
        let is_own = matches!(held, Some(Drawn::Ranges(ranges)) if *ranges == self.ranges);
        if is_own {
            self.is_awaited = false;
        } else if !self.is_awaited {
            // Something else was selected, or nothing.
            self.ranges.clear();
        }
    }

    /// The rows that are shown whoever is selected: evenly taken, with those that rank first.
    pub(super) fn rows(&mut self, workspace: View<'_>) -> &[usize] {
        let key = (self.document, workspace.session().revision() as usize);
        let known = self.rows.take().filter(|(of, _)| *of == key);
        let (_, rows) = self.rows.insert(known.unwrap_or_else(|| {
            let n = workspace.dataset().n_instances();
            let even = (0..n).step_by(n.div_ceil(EVEN).max(1));
            let first = workspace.listed().iter().take(CANDIDATES).copied();
            let all: BTreeSet<usize> = even.chain(first).collect();
            (key, all.into_iter().collect())
        }));
        rows
    }
}

/// The marks of all rows that are shown, made once for a place, a table and a model: thousands of
/// shapes would cost a frame.
#[derive(Default)]
pub(in crate::ui) struct PaintedRows {
    shown: Option<(Key, Arc<Mesh>)>,
}

/// What they were made of.
#[derive(PartialEq)]
struct Key {
    plot: Rect,
    features: Vec<usize>,
    model: usize,
    rows: usize,
    dots: DotsKey,
}

impl PaintedRows {
    /// The marks as they are, or as `make` makes them anew.
    pub(super) fn of(
        &mut self,
        (plot, features): (Rect, &[usize]),
        workspace: View<'_>,
        (rows, dots): (&[usize], &Dots<'_>),
        make: impl FnOnce() -> Mesh,
    ) -> Shape {
        let key = Key {
            plot,
            features: features.to_vec(),
            model: Arc::as_ptr(workspace.model()).addr(),
            rows: rows.len(),
            dots: dots.key(),
        };
        let known = self.shown.take().filter(|(of, _)| *of == key);
        let (_, mesh) = self
            .shown
            .insert(known.unwrap_or_else(|| (key, Arc::new(make()))));
        Shape::Mesh(Arc::clone(mesh))
    }
}
