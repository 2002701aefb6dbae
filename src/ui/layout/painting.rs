//! Who paints each pane, and which chart it shows first.

use eframe::egui::Ui;

use super::{Pane, PaneContext};
use crate::app::Figure;
use crate::ui::panels;

impl Pane {
    /// Paints it.
    pub(super) fn paint(self, ui: &mut Ui, pane: &mut PaneContext<'_>) {
        match self {
            Self::Candidates => panels::candidates_ui(ui, pane),
            Self::Answers => panels::answers_ui(ui, pane),
            Self::Recheck => panels::recheck_ui(ui, pane),
            Self::Tags => panels::tags_ui(ui, pane),
            Self::Map => panels::map_ui(ui, pane),
            Self::Batch => panels::batch_ui(ui, pane),
            Self::Similar => panels::similar_ui(ui, pane),
            Self::Embedding => panels::embedding_ui(ui, pane),
            Self::Parallel => panels::parallel_ui(ui, pane),
            Self::Scatter => panels::scatter_ui(ui, pane),
            Self::Relevance => panels::relevance_ui(ui, pane.workspace, pane.commands),
            Self::Change => panels::change_ui(ui, pane.workspace, pane.commands),
            Self::Discovery => panels::discovery_ui(ui, pane.workspace, pane.commands),
            Self::Progress => panels::progress_ui(ui, pane),
            Self::Losses => panels::losses_ui(ui, pane.workspace),
            Self::Replay => panels::replay_ui(ui, pane.app, pane.commands),
            Self::Candidate => panels::candidate_ui(ui, pane),
            Self::Settings => panels::settings_ui(ui, pane),
        }
    }

    /// The chart that it shows first, where it shows one.
    pub(super) fn chart(self, ui: &Ui) -> Option<Figure> {
        Some(match self {
            Self::Map => Figure::Map,
            Self::Relevance => panels::shown_figure(ui),
            Self::Change => Figure::Change,
            Self::Discovery => Figure::Discovery,
            Self::Losses => Figure::Updates,
            Self::Candidate => Figure::Contributions,
            Self::Candidates
            | Self::Answers
            | Self::Recheck
            | Self::Tags
            | Self::Batch
            | Self::Similar
            | Self::Embedding
            | Self::Parallel
            | Self::Scatter
            | Self::Progress
            | Self::Replay
            | Self::Settings => return None,
        })
    }
}
