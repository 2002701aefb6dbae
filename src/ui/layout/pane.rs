//! The panes, in one table: what each is called, which key shows it, where it belongs.

use eframe::egui::{Key, Modifiers};

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
}

impl Pane {
    /// Every pane of the window. To add one: a variant, a line here, and who paints it in `painting`.
    pub(in crate::ui) const TABLE: [Entry; 18] = [
        Entry {
            pane: Self::Candidates,
            name: "Candidates",
            meaning: "The instances with the highest anomaly scores, down to the last of the top τ that is still without an answer, or all rows: filtered, sorted, with the columns of your choice.",
            key: Some((Modifiers::COMMAND, Key::Num1)),
            home: Home::Left,
            is_open: true,
        },
        Entry {
            pane: Self::Answers,
            name: "Answers",
            meaning: "All answers with time, confidence and note, to change them or take them back.",
            key: Some((Modifiers::COMMAND, Key::Num5)),
            home: Home::Left,
            is_open: true,
        },
        Entry {
            pane: Self::Recheck,
            name: "Re-check",
            meaning: "The labels that the model contradicts most, to confirm or change.",
            key: Some((Modifiers::COMMAND, Key::Num6)),
            home: Home::Left,
            is_open: true,
        },
        Entry {
            pane: Self::Tags,
            name: "Tags",
            meaning: "The types of anomaly, each with its key, colour, name and number of anomalies.",
            key: Some((Modifiers::COMMAND, Key::G)),
            home: Home::Left,
            is_open: true,
        },
        Entry {
            pane: Self::Map,
            name: "Map",
            meaning: "All instances over the anomaly score, with its contour lines.",
            key: Some((Modifiers::COMMAND, Key::Num2)),
            home: Home::Centre,
            is_open: true,
        },
        Entry {
            pane: Self::Batch,
            name: "Batch",
            meaning: "The b instances of this round as cards, to answer one by one or all; and how they are picked.",
            key: Some((Modifiers::COMMAND, Key::Num7)),
            home: Home::Centre,
            is_open: true,
        },
        Entry {
            pane: Self::Similar,
            name: "Similar",
            meaning: "The rows that are most like the current candidate, side by side with it, to answer them the same.",
            key: Some((Modifiers::COMMAND, Key::M)),
            home: Home::Centre,
            is_open: true,
        },
        Entry {
            pane: Self::Embedding,
            name: "Embedding",
            meaning: "Rows laid out so that alike ones lie together (t-SNE), by their features or by what the members say.",
            key: Some((Modifiers::COMMAND, Key::K)),
            home: Home::Centre,
            is_open: false,
        },
        Entry {
            pane: Self::Parallel,
            name: "Parallel coordinates",
            meaning: "An axis for each chosen feature and a line for each row; draw along an axis to select rows.",
            key: Some((Modifiers::COMMAND, Key::H)),
            home: Home::Centre,
            is_open: false,
        },
        Entry {
            pane: Self::Scatter,
            name: "Scatter matrix",
            meaning: "Every chosen feature over every other; draw a rectangle to select rows.",
            key: Some((Modifiers::COMMAND, Key::I)),
            home: Home::Centre,
            is_open: false,
        },
        Entry {
            pane: Self::Relevance,
            name: "Relevance maps",
            meaning: "How far each member is to be trusted over the map, beside its own score and their product.",
            key: Some((Modifiers::COMMAND, Key::Num8)),
            home: Home::Centre,
            is_open: true,
        },
        Entry {
            pane: Self::Change,
            name: "Before and after",
            meaning: "What the last training changed: the score over the map, and the ranks that moved most.",
            key: Some((Modifiers::COMMAND, Key::Num9)),
            home: Home::Centre,
            is_open: true,
        },
        Entry {
            pane: Self::Discovery,
            name: "Discovery",
            meaning: "The discovery curve: anomalies found against queries spent, beside the baseline's.",
            key: Some((Modifiers::COMMAND, Key::Num3)),
            home: Home::Foot,
            is_open: true,
        },
        Entry {
            pane: Self::Progress,
            name: "Progress",
            meaning: "How many answers a minute you give, and when you want to be told to stop.",
            key: Some((Modifiers::COMMAND, Key::U)),
            home: Home::Foot,
            is_open: true,
        },
        Entry {
            pane: Self::Losses,
            name: "Training",
            meaning: "The losses of priming and of the updates, step by step.",
            key: Some((Modifiers::COMMAND, Key::T)),
            home: Home::Foot,
            is_open: true,
        },
        Entry {
            pane: Self::Replay,
            name: "Replay",
            meaning: "The history of the session, played back step by step; or the truth in your place.",
            key: Some((Modifiers::COMMAND, Key::P)),
            home: Home::Foot,
            is_open: true,
        },
        Entry {
            pane: Self::Candidate,
            name: "Candidate",
            meaning: "The current candidate: what it is, why it is here, and the answers.",
            key: Some((Modifiers::COMMAND, Key::Num4)),
            home: Home::Right,
            is_open: true,
        },
        Entry {
            pane: Self::Settings,
            name: "Settings",
            meaning: "All settings with their meaning and range, applied only when you say so.",
            key: Some((Modifiers::COMMAND, Key::Comma)),
            home: Home::Right,
            is_open: true,
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
