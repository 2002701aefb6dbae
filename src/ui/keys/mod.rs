//! The key of every action, in one table: what is pressed, what buttons show, what the sheet lists.

mod action;
mod press;
mod tags;

use eframe::egui::{Key, Modifiers};

pub(super) use self::action::{Action, Group, command, of_answer};
pub(super) use self::press::pressed;
pub(super) use self::tags::TAGS;
use self::tags::digit;
use super::layout::Pane;
use super::zoom::Look;
use crate::app::Tag;

const CTRL_SHIFT: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);

/// An action, its keys (any of them) and what it does.
type Entry = (Action, &'static [(Modifiers, Key)], &'static str);

/// Every action of the window.
pub(super) const TABLE: [Entry; 59] = [
    (
        Action::Anomaly,
        &[(Modifiers::NONE, Key::A)],
        "Answer: the current candidate is an anomaly",
    ),
    (
        Action::Nominal,
        &[(Modifiers::NONE, Key::N)],
        "Answer: it is nominal",
    ),
    (
        Action::FairlyAnomaly,
        &[(Modifiers::SHIFT, Key::A)],
        "Answer: an anomaly, but only fairly sure",
    ),
    (
        Action::FairlyNominal,
        &[(Modifiers::SHIFT, Key::N)],
        "Answer: nominal, but only fairly sure",
    ),
    (
        Action::Unsure,
        &[(Modifiers::NONE, Key::U)],
        "Answer: cannot tell; not a label, not asked again",
    ),
    (
        Action::Skip,
        &[(Modifiers::NONE, Key::S)],
        "Skip it; not a label, not asked again",
    ),
    (
        Action::Withdraw,
        &[(Modifiers::NONE, Key::Delete)],
        "Take the answer to the current candidate back",
    ),
    (
        Action::Note,
        &[(Modifiers::NONE, Key::M)],
        "Write a note on the current candidate; kept when you leave the field",
    ),
    (
        Action::Find,
        &[(Modifiers::NONE, Key::Slash)],
        "Find an instance by its id",
    ),
    (
        Action::Filter,
        &[(Modifiers::COMMAND, Key::F)],
        "Filter the list by a condition, or look for a value in every column",
    ),
    (
        Action::OpenOnly,
        &[(Modifiers::NONE, Key::O)],
        "List only rows without an answer, or all of them again",
    ),
    (
        Action::WholeTable,
        &[(Modifiers::NONE, Key::W)],
        "List all rows of the table, or only the candidates",
    ),
    (
        Action::Columns,
        &[(Modifiers::COMMAND, Key::L)],
        "Choose the columns of the list and their widths",
    ),
    (
        Action::SortByNext,
        &[(Modifiers::COMMAND, Key::J)],
        "Sort the list by its next column",
    ),
    (
        Action::TurnOrder,
        &[(CTRL_SHIFT, Key::J)],
        "Turn the order of the list round",
    ),
    (
        Action::Lasso,
        &[(Modifiers::NONE, Key::L)],
        "Draw on the map to select instances together; without it Shift and drag",
    ),
    (
        Action::Explaining,
        &[(Modifiers::NONE, Key::X)],
        "Show on the map the two features that explain the current candidate best",
    ),
    (
        Action::Colouring,
        &[(Modifiers::NONE, Key::V)],
        "Colour the map by the score over the plane, the number of rows, the score of each row, or its answer",
    ),
    (
        Action::LayOut,
        &[(Modifiers::NONE, Key::E)],
        "Lay rows out anew, with the present candidates, so that alike ones lie together",
    ),
    (
        Action::AxesExplaining,
        &[(Modifiers::NONE, Key::P)],
        "Show the features that explain the current candidate in parallel coordinates and in the scatter matrix",
    ),
    (
        Action::Blink,
        &[(Modifiers::NONE, Key::B)],
        "Show the map as it was before the last training, and again as it is",
    ),
    (
        Action::Overlay(false),
        &[(Modifiers::NONE, Key::Comma)],
        "Of images: less of the residual over the image",
    ),
    (
        Action::Overlay(true),
        &[(Modifiers::NONE, Key::Period)],
        "More of it",
    ),
    (
        Action::Curves,
        &[(Modifiers::NONE, Key::C)],
        "Show a sequence over the usual course, or by its own time",
    ),
    (
        Action::MarkEvent,
        &[(Modifiers::NONE, Key::Y)],
        "Mark an event in the sequence, at the moment that was chosen by a click or typed",
    ),
    (
        Action::Original,
        &[(Modifiers::NONE, Key::D)],
        "Show the whole row as it stands in the file, columns too that no detector sees, or fold it away",
    ),
    (
        Action::Redo,
        &[(CTRL_SHIFT, Key::Z), (Modifiers::COMMAND, Key::Y)],
        "Redo the step that was taken back",
    ),
    (
        Action::Undo,
        &[(Modifiers::COMMAND, Key::Z)],
        "Undo the last step, its training included",
    ),
    (
        Action::Retrain,
        &[(Modifiers::NONE, Key::R)],
        "Retrain now, without waiting for the batch",
    ),
    (
        Action::Look(Look::Closer),
        &[(Modifiers::NONE, Key::Plus), (Modifiers::NONE, Key::Equals)],
        "Look closer at the charts in sight",
    ),
    (
        Action::Look(Look::Farther),
        &[(Modifiers::NONE, Key::Minus)],
        "Look at them from farther away",
    ),
    (
        Action::Look(Look::All),
        &[(Modifiers::NONE, Key::Home)],
        "Show all of them again",
    ),
    (
        Action::Look(Look::Left),
        &[(Modifiers::SHIFT, Key::ArrowLeft)],
        "Look farther to the left in the charts in sight",
    ),
    (
        Action::Look(Look::Right),
        &[(Modifiers::SHIFT, Key::ArrowRight)],
        "Look farther to the right",
    ),
    (
        Action::Look(Look::Up),
        &[(Modifiers::SHIFT, Key::ArrowUp)],
        "Look farther up",
    ),
    (
        Action::Look(Look::Down),
        &[(Modifiers::SHIFT, Key::ArrowDown)],
        "Look farther down",
    ),
    (
        Action::Look(Look::MarkLeft),
        &[(Modifiers::ALT, Key::ArrowLeft)],
        "Move the mark in the charts in sight, whose value is read, to the left",
    ),
    (
        Action::Look(Look::MarkRight),
        &[(Modifiers::ALT, Key::ArrowRight)],
        "Move the mark to the right",
    ),
    (
        Action::Look(Look::MarkUp),
        &[(Modifiers::ALT, Key::ArrowUp)],
        "Move the mark up",
    ),
    (
        Action::Look(Look::MarkDown),
        &[(Modifiers::ALT, Key::ArrowDown)],
        "Move the mark down",
    ),
    (
        Action::Next,
        &[(Modifiers::NONE, Key::ArrowDown), (Modifiers::NONE, Key::J)],
        "Look at the next instance of the list",
    ),
    (
        Action::Previous,
        &[(Modifiers::NONE, Key::ArrowUp), (Modifiers::NONE, Key::K)],
        "Look at the previous one",
    ),
    (
        Action::Cancel,
        &[(Modifiers::NONE, Key::Escape)],
        "Let the selection go, put the lasso away, or cancel the running training",
    ),
    (
        Action::Open,
        &[(Modifiers::COMMAND, Key::O)],
        "Open a table",
    ),
    (
        Action::SaveAs,
        &[(CTRL_SHIFT, Key::S)],
        "Save the session in another file",
    ),
    (
        Action::Save,
        &[(Modifiers::COMMAND, Key::S)],
        "Save the session",
    ),
    (
        Action::SaveChart,
        &[(Modifiers::COMMAND, Key::E)],
        "Save a chart as SVG or PNG, or the data behind it as CSV",
    ),
    (
        Action::AllCharts,
        &[(CTRL_SHIFT, Key::E)],
        "Save all charts of the session with their data in a folder",
    ),
    (
        Action::Report,
        &[(Modifiers::COMMAND, Key::R)],
        "Write a report of the session: one page for the screen and for print",
    ),
    (
        Action::Export,
        &[(CTRL_SHIFT, Key::X)],
        "Write scores, answers or the trained model to a file for other programs",
    ),
    (
        Action::ScoreData,
        &[(CTRL_SHIFT, Key::D)],
        "Score the rows of another table by what this session has learnt",
    ),
    (
        Action::FitOnBoth,
        &[(CTRL_SHIFT, Key::B)],
        "Fit the detectors again on this table and the one before it together; all answers go along",
    ),
    (
        Action::Theme,
        &[(Modifiers::NONE, Key::T)],
        "Go on to the next theme: light, dark, as the system has it",
    ),
    (
        Action::Frames,
        &[(Modifiers::NONE, Key::F)],
        "Show how long frames take",
    ),
    (
        Action::Sheet,
        &[
            (Modifiers::NONE, Key::Questionmark),
            (Modifiers::SHIFT, Key::Questionmark),
            (Modifiers::NONE, Key::F1),
        ],
        "Show this sheet of keys",
    ),
    (
        Action::About,
        &[(Modifiers::SHIFT, Key::F1)],
        "Say what this program is, its version and its paper",
    ),
    (
        Action::Guide,
        &[(Modifiers::NONE, Key::G)],
        "Show the guide of the first session",
    ),
    (
        Action::Welcome,
        &[(Modifiers::NONE, Key::H)],
        "Show the welcome screen: toy tables and recent ones",
    ),
    (
        Action::ResetLayout,
        &[(Modifiers::COMMAND, Key::Num0)],
        "Put all panes back where they were at first",
    ),
];

/// Every key with its action, in the order in which they are tried: keys with Shift or Alt before
/// those without, which they would be taken for.
fn bindings() -> Vec<((Modifiers, Key), Action)> {
    let panes = Pane::TABLE
        .iter()
        .filter_map(|entry| Some((entry.key?, Action::Show(entry.pane))));
    let own = TABLE
        .iter()
        .flat_map(|(action, keys, _)| keys.iter().map(|key| (*key, *action)));
    let tags = Tag::ALL.map(|tag| ((Modifiers::NONE, digit(tag)), Action::Tag(tag)));
    let mut bindings: Vec<_> = panes.chain(own).chain(tags).collect();
    // Stable: those of a kind stay in the order of their tables.
    bindings.sort_by_key(|((modifiers, _), _)| !(modifiers.shift || modifiers.alt));
    bindings
}

/// The first key of an action, as buttons show it.
pub(super) fn name(action: Action) -> String {
    let keys = TABLE
        .iter()
        .find(|(other, ..)| *other == action)
        .map_or(&[][..], |(_, keys, _)| *keys);
    keys.first().map_or_else(String::new, |&key| shown(key))
}

/// All keys of an action.
pub(super) fn names(keys: &[(Modifiers, Key)]) -> String {
    let mut names: Vec<String> = keys.iter().map(|&key| shown(key)).collect();
    names.dedup();
    names.join(" or ")
}

fn shown((modifiers, key): (Modifiers, Key)) -> String {
    let key = match key {
        Key::ArrowDown => "Down",
        Key::ArrowUp => "Up",
        Key::ArrowLeft => "Left",
        Key::ArrowRight => "Right",
        Key::Plus => "+",
        Key::Equals => "=",
        Key::Minus => "-",
        Key::Escape => "Esc",
        Key::Questionmark => "?",
        Key::Slash => "/",
        Key::Comma => ",",
        other => other.name(),
    };
    let shift = modifiers.shift && key != "?";
    format!(
        "{}{}{}{key}",
        if modifiers.command { "Ctrl+" } else { "" },
        if modifiers.alt { "Alt+" } else { "" },
        if shift { "Shift+" } else { "" }
    )
}

/// What an action is: its button's tooltip.
pub(super) fn meaning(action: Action) -> &'static str {
    TABLE
        .iter()
        .find(|(other, ..)| *other == action)
        .map_or("", |(.., meaning)| meaning)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The actions of the window itself, read from its file: a new one is not forgotten.
    fn actions() -> Vec<&'static str> {
        let source = include_str!("action.rs");
        let (_, after) = source.split_once("enum Action {").expect("the actions");
        let (body, _) = after.split_once('}').expect("their end");
        let lines = body.lines().map(|line| line.trim().trim_end_matches(','));
        lines
            .filter(|line| !line.is_empty() && !line.starts_with("//") && !line.contains('('))
            .collect()
    }

    #[test]
    fn every_action_has_a_key_and_says_what_it_does() {
        let listed: Vec<String> = TABLE
            .iter()
            .map(|(action, ..)| format!("{action:?}"))
            .collect();
        for action in actions() {
            let times = listed.iter().filter(|name| *name == action).count();
            assert_eq!(times, 1, "{action} is in the table of keys once");
        }
        for look in Look::ALL {
            let name = format!("{:?}", Action::Look(look));
            assert!(listed.contains(&name), "{name}");
        }
        for (action, keys, tip) in &TABLE {
            assert!(!keys.is_empty() && tip.len() > 8, "{action:?}");
        }
        for entry in &Pane::TABLE {
            assert!(
                entry.key.is_some() && entry.meaning.len() > 20,
                "{}",
                entry.name
            );
        }
    }

    #[test]
    fn no_key_is_that_of_two_actions() {
        let panes = Pane::TABLE.iter().filter_map(|entry| entry.key);
        let tags = Tag::ALL.map(|tag| (Modifiers::NONE, digit(tag)));
        let keys: Vec<(Modifiers, Key)> = panes
            .chain(tags)
            .chain(TABLE.iter().flat_map(|(_, keys, _)| keys.iter().copied()))
            .collect();
        for (index, key) in keys.iter().enumerate() {
            assert!(
                !keys[..index].contains(key),
                "{} is there twice",
                shown(*key)
            );
        }
    }
}
