//! The panes, in one table: what each is called, which key shows it, where it belongs, who paints
//! it.

use std::path::PathBuf;

use eframe::egui::{Key, Modifiers, Ui};

use crate::app::{App, Command, Figure, View};
use crate::ui::heat::HeatTexture;
use crate::ui::keys::Action;
use crate::ui::panels::{
    self, Brushing, Draft, Lasso, ListView, MapLook, OriginalView, PaintedRows, PresetFields,
    SettingsDraft, TagDraft,
};
use crate::ui::pictures::Pictures;
use crate::ui::sequences::Sequences;

/// A pane of the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::ui) enum Pane {
    Candidates,
    Answers,
    Recheck,
    Tags,
    Map,
    Similar,
    Batch,
    Embedding,
    Parallel,
    Scatter,
    Relevance,
    Change,
    Candidate,
    Discovery,
    Progress,
    Losses,
    Settings,
    Replay,
}

/// Where a pane is put in the default layout: to the left, in the middle, below it, or to the
/// right. Panes of one place are tabs of each other, in the order of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ui) enum Home {
    Left,
    Centre,
    Foot,
    Right,
}

/// A line of the table.
pub(in crate::ui) struct Entry {
    /// The pane.
    pub(in crate::ui) pane: Pane,
    /// Its name: on its tab, in the menu, in saved layouts.
    pub(in crate::ui) name: &'static str,
    /// What it shows: the tooltip of its tab.
    pub(in crate::ui) meaning: &'static str,
    /// The key that shows it.
    pub(in crate::ui) key: Option<(Modifiers, Key)>,
    /// Where it belongs.
    pub(in crate::ui) home: Home,
    /// Whether it is open in the default layout.
    pub(in crate::ui) is_open: bool,
    /// The chart that it shows first, where it shows one.
    pub(in crate::ui) chart: Option<fn(&Ui) -> Figure>,
    /// Paints it.
    pub(in crate::ui) paint: fn(&mut Ui, &mut PaneContext<'_>),
}

/// What a pane paints from, and what it hands back.
pub(in crate::ui) struct PaneContext<'a> {
    /// The application.
    pub(in crate::ui) app: &'a App,
    /// Its open table.
    pub(in crate::ui) workspace: View<'a>,
    /// What panes keep from frame to frame.
    pub(in crate::ui) kept: &'a mut Kept,
    /// What the analyst asked for.
    pub(in crate::ui) commands: &'a mut Vec<Command>,
    /// Actions of the window itself.
    pub(in crate::ui) actions: &'a mut Vec<Action>,
}

/// What panes keep from frame to frame: textures, text that is being typed; nothing that an analyst
/// would miss.
#[derive(Default)]
pub(in crate::ui) struct Kept {
    pub(in crate::ui) heat: HeatTexture,
    /// The images of instances.
    pub(in crate::ui) pictures: Pictures,
    /// The curves of instances.
    pub(in crate::ui) sequences: Sequences,
    /// The lasso of the map.
    pub(in crate::ui) lasso: Lasso,
    /// What colours the map and other views, and what is switched off on them.
    pub(in crate::ui) look: MapLook,
    /// The features of parallel coordinates and of the scatter matrix, and what is brushed.
    pub(in crate::ui) brushing: Brushing,
    /// The lines of parallel coordinates.
    pub(in crate::ui) lines: PaintedRows,
    /// The dots of the scatter matrix.
    pub(in crate::ui) clouds: PaintedRows,
    /// Whether the map shows the model before the last training.
    pub(in crate::ui) shows_before: bool,
    /// Whether sequences are shown by their own time, not over the usual course.
    pub(in crate::ui) by_time: bool,
    /// The candidate that a pane has shown in this frame.
    pub(in crate::ui) visible: Option<usize>,
    /// The note that is being written.
    pub(in crate::ui) note: Option<Draft>,
    /// The name of a tag that is being written.
    pub(in crate::ui) tag: Option<TagDraft>,
    /// Settings that are being changed.
    pub(in crate::ui) settings: Option<SettingsDraft>,
    /// The dialog of presets, while it is shown.
    pub(in crate::ui) preset: Option<PresetFields>,
    /// Files of settings that were saved or loaded, the last one first.
    pub(in crate::ui) presets: Vec<PathBuf>,
    /// The id that is being typed.
    pub(in crate::ui) sought: String,
    /// The list of rows.
    pub(in crate::ui) list: ListView,
    /// The candidate's row as it stands in the file.
    pub(in crate::ui) original: OriginalView,
    /// The field that is to have the keyboard next.
    pub(in crate::ui) focus: Option<Field>,
}

/// A field that a key leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ui) enum Field {
    Note,
    Find,
    Filter,
    Columns,
}

impl Kept {
    /// Whether a field is to take the keyboard now; true once.
    pub(in crate::ui) fn takes_focus(&mut self, field: Field) -> bool {
        let takes = self.focus == Some(field);
        if takes {
            self.focus = None;
        }
        takes
    }
}

impl Pane {
    /// Every pane of the window. To add one: a variant, and a line here.
    pub(in crate::ui) const TABLE: [Entry; 18] = [
        Entry {
            pane: Self::Candidates,
            name: "Candidates",
            meaning: "The instances with the highest anomaly scores, down to the last of the top τ that is still without an answer, or all rows: filtered, sorted, with the columns of your choice.",
            key: Some((Modifiers::COMMAND, Key::Num1)),
            home: Home::Left,
            is_open: true,
            chart: None,
            paint: panels::candidates_ui,
        },
        Entry {
            pane: Self::Answers,
            name: "Answers",
            meaning: "All answers with time, confidence and note, to change them or take them back.",
            key: Some((Modifiers::COMMAND, Key::Num5)),
            home: Home::Left,
            is_open: true,
            chart: None,
            paint: panels::answers_ui,
        },
        Entry {
            pane: Self::Recheck,
            name: "Re-check",
            meaning: "The labels that the model contradicts most, to confirm or change.",
            key: Some((Modifiers::COMMAND, Key::Num6)),
            home: Home::Left,
            is_open: true,
            chart: None,
            paint: panels::recheck_ui,
        },
        Entry {
            pane: Self::Tags,
            name: "Tags",
            meaning: "The types of anomaly, each with its key, colour, name and number of anomalies.",
            key: Some((Modifiers::COMMAND, Key::G)),
            home: Home::Left,
            is_open: true,
            chart: None,
            paint: panels::tags_ui,
        },
        Entry {
            pane: Self::Map,
            name: "Map",
            meaning: "All instances over the anomaly score, with its contour lines.",
            key: Some((Modifiers::COMMAND, Key::Num2)),
            home: Home::Centre,
            is_open: true,
            chart: Some(|_| Figure::Map),
            paint: panels::map_ui,
        },
        Entry {
            pane: Self::Batch,
            name: "Batch",
            meaning: "The b instances of this round as cards, to answer one by one or all; and how they are picked.",
            key: Some((Modifiers::COMMAND, Key::Num7)),
            home: Home::Centre,
            is_open: true,
            chart: None,
            paint: panels::batch_ui,
        },
        Entry {
            pane: Self::Similar,
            name: "Similar",
            meaning: "The rows that are most like the current candidate, side by side with it, to answer them the same.",
            key: Some((Modifiers::COMMAND, Key::M)),
            home: Home::Centre,
            is_open: true,
            chart: None,
            paint: panels::similar_ui,
        },
        Entry {
            pane: Self::Embedding,
            name: "Embedding",
            meaning: "Rows laid out so that alike ones lie together (t-SNE), by their features or by what the members say.",
            key: Some((Modifiers::COMMAND, Key::K)),
            home: Home::Centre,
            is_open: false,
            chart: None,
            paint: panels::embedding_ui,
        },
        Entry {
            pane: Self::Parallel,
            name: "Parallel coordinates",
            meaning: "An axis for each chosen feature and a line for each row; draw along an axis to select rows.",
            key: Some((Modifiers::COMMAND, Key::H)),
            home: Home::Centre,
            is_open: false,
            chart: None,
            paint: panels::parallel_ui,
        },
        Entry {
            pane: Self::Scatter,
            name: "Scatter matrix",
            meaning: "Every chosen feature over every other; draw a rectangle to select rows.",
            key: Some((Modifiers::COMMAND, Key::I)),
            home: Home::Centre,
            is_open: false,
            chart: None,
            paint: panels::scatter_ui,
        },
        Entry {
            pane: Self::Relevance,
            name: "Relevance maps",
            meaning: "How far each member is to be trusted over the map, beside its own score and their product.",
            key: Some((Modifiers::COMMAND, Key::Num8)),
            home: Home::Centre,
            is_open: true,
            chart: Some(panels::shown_figure),
            paint: |ui, pane| panels::relevance_ui(ui, pane.workspace, pane.commands),
        },
        Entry {
            pane: Self::Change,
            name: "Before and after",
            meaning: "What the last training changed: the score over the map, and the ranks that moved most.",
            key: Some((Modifiers::COMMAND, Key::Num9)),
            home: Home::Centre,
            is_open: true,
            chart: Some(|_| Figure::Change),
            paint: |ui, pane| panels::change_ui(ui, pane.workspace, pane.commands),
        },
        Entry {
            pane: Self::Discovery,
            name: "Discovery",
            meaning: "The discovery curve: anomalies found against queries spent, beside the baseline's.",
            key: Some((Modifiers::COMMAND, Key::Num3)),
            home: Home::Foot,
            is_open: true,
            chart: Some(|_| Figure::Discovery),
            paint: |ui, pane| panels::discovery_ui(ui, pane.workspace, pane.commands),
        },
        Entry {
            pane: Self::Progress,
            name: "Progress",
            meaning: "How many answers a minute you give, and when you want to be told to stop.",
            key: Some((Modifiers::COMMAND, Key::U)),
            home: Home::Foot,
            is_open: true,
            chart: None,
            paint: panels::progress_ui,
        },
        Entry {
            pane: Self::Losses,
            name: "Training",
            meaning: "The losses of priming and of the updates, step by step.",
            key: Some((Modifiers::COMMAND, Key::T)),
            home: Home::Foot,
            is_open: true,
            chart: Some(|_| Figure::Updates),
            paint: |ui, pane| panels::losses_ui(ui, pane.workspace),
        },
        Entry {
            pane: Self::Replay,
            name: "Replay",
            meaning: "The history of the session, played back step by step; or the truth in your place.",
            key: Some((Modifiers::COMMAND, Key::P)),
            home: Home::Foot,
            is_open: true,
            chart: None,
            paint: |ui, pane| panels::replay_ui(ui, pane.app, pane.commands),
        },
        Entry {
            pane: Self::Candidate,
            name: "Candidate",
            meaning: "The current candidate: what it is, why it is here, and the answers.",
            key: Some((Modifiers::COMMAND, Key::Num4)),
            home: Home::Right,
            is_open: true,
            chart: Some(|_| Figure::Contributions),
            paint: panels::candidate_ui,
        },
        Entry {
            pane: Self::Settings,
            name: "Settings",
            meaning: "All settings with their meaning and range, applied only when you say so.",
            key: Some((Modifiers::COMMAND, Key::Comma)),
            home: Home::Right,
            is_open: true,
            chart: None,
            paint: panels::settings_ui,
        },
    ];

    /// Its line of the table.
    pub(in crate::ui) fn entry(self) -> &'static Entry {
        let line = Self::TABLE.iter().position(|entry| entry.pane == self);
        &Self::TABLE[line.unwrap_or(0)]
    }

    /// The pane of a name.
    pub(super) fn of_name(name: &str) -> Option<Self> {
        let entry = Self::TABLE.iter().find(|entry| entry.name == name)?;
        Some(entry.pane)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn panes_names_and_keys_are_there_once() {
        let panes: BTreeSet<Pane> = Pane::TABLE.iter().map(|entry| entry.pane).collect();
        let names: BTreeSet<&str> = Pane::TABLE.iter().map(|entry| entry.name).collect();
        assert_eq!(
            (panes.len(), names.len()),
            (Pane::TABLE.len(), Pane::TABLE.len())
        );
        for entry in &Pane::TABLE {
            assert_eq!(entry.pane.entry().name, entry.name);
            let same = Pane::TABLE
                .iter()
                .filter(|other| other.key.is_some() && other.key == entry.key);
            assert!(same.count() <= 1, "{}", entry.name);
        }
    }
}
