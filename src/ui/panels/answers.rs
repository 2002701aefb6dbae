//! The list of all answers, to look at them again, change them or take them back.

use eframe::egui::{Button, RichText, ScrollArea, Ui};

use super::rows::{self, Row};
use crate::app::{
    Answer, Command, Confidence, Given, Reply, SessionCommand, View, ViewCommand, local,
};
use crate::ui::keys::{self, Action};
use crate::ui::layout::PaneContext;
use crate::ui::number;

/// Cells: id, answer, time, note.
const CELLS: [f32; 4] = [0.85, 1.05, -62.0, 1.4];

/// Paints the answers, the newest first; only the rows visible are made.
pub(in crate::ui) fn answers_ui(ui: &mut Ui, pane: &mut PaneContext<'_>) {
    let workspace = pane.workspace;
    let given = workspace.given();
    if given.is_empty() {
        ui.label("Nothing is answered yet. Answers are listed here with their time and note, to be looked at again, changed or taken back.");
        return;
    }
    let notes = given
        .iter()
        .filter(|given| !workspace.note(given.instance).is_empty());
    let count = number::count(given.len());
    ui.label(RichText::new(format!("{count} answered, {} with a note", notes.count())).weak());
    let current = given
        .iter()
        .find(|given| workspace.selected() == Some(given.instance));
    let takes = pane.app.takes_answers();
    ui.add_enabled_ui(takes, |ui| change_ui(ui, current, pane));
    ui.add_space(4.0);
    rows::header(ui, &CELLS, &["id", "answer", "time", "note"]);
    ui.separator();
    ScrollArea::vertical().auto_shrink(false).show_rows(
        ui,
        rows::height(ui),
        given.len(),
        |ui, range| {
            ui.spacing_mut().item_spacing.y = 0.0;
            for index in range {
                if let Some(given) = given.get(index) {
                    row_ui(ui, workspace, given, pane.commands);
                }
            }
        },
    );
}

/// The time of day in local time, without day and zone, which the tooltip tells.
fn time_of_day(at: u64) -> String {
    let whole = local(at);
    whole.split(' ').nth(1).unwrap_or_default().to_owned()
}

fn row_ui(ui: &mut Ui, workspace: View<'_>, given: &Given, commands: &mut Vec<Command>) {
    let id = workspace.dataset().id(given.instance);
    let said = workspace.said(given.reply);
    let note = workspace.note(given.instance);
    let time = given.at.map_or_else(String::new, time_of_day);
    let mut words = format!("id {id}: {said}");
    if let Some(at) = given.at {
        words += &format!(", {}", local(at));
    }
    if !note.is_empty() {
        words += &format!(", note: {note}");
    }
    let row = Row {
        reply: Some(given.reply),
        cells: &[id, said, time, note.to_owned()],
        is_current: workspace.selected() == Some(given.instance),
        words: &words,
    };
    if rows::row_ui(ui, &CELLS, &row).clicked() {
        commands.push(Command::View(ViewCommand::Select(given.instance)));
    }
}

/// What can be done with the answer that is looked at.
fn change_ui(ui: &mut Ui, given: Option<&Given>, pane: &mut PaneContext<'_>) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let Some(given) = given else {
            ui.label(RichText::new("Click a row to change its answer.").weak());
            return;
        };
        ui.label("Change to");
        for answer in Answer::ALL {
            for confidence in Confidence::ALL {
                let reply = Reply::new(answer, confidence);
                let is_same = (given.reply.answer, given.reply.confidence) == (answer, confidence);
                // What is no label has no confidence; and the sure label is the plain one.
                let is_offered = match confidence {
                    Confidence::Sure => !is_same,
                    Confidence::Fairly => {
                        answer.label().is_some() && given.reply.answer == answer && !is_same
                    }
                };
                let button = Button::new(pane.workspace.said(reply)).small();
                let tip = "A new answer to it; undo brings the old one back.";
                if is_offered && ui.add(button).on_hover_text(tip).clicked() {
                    let give = SessionCommand::Give(vec![given.instance], reply);
                    pane.commands.push(Command::Session(give));
                }
            }
        }
        if given.reply.answer == Answer::Anomaly {
            retag_ui(ui, given, pane);
        }
        let tip = format!(
            "{} ({})",
            keys::meaning(Action::Withdraw),
            keys::name(Action::Withdraw)
        );
        if ui
            .add(Button::new("Take back").small())
            .on_hover_text(tip)
            .clicked()
        {
            pane.actions.push(Action::Withdraw);
        }
    });
}

/// Other tags for an anomaly.
fn retag_ui(ui: &mut Ui, given: &Given, pane: &mut PaneContext<'_>) {
    let workspace = pane.workspace;
    let known = workspace.known_tags().map(Some);
    let offered = known.chain([None]).filter(|tag| *tag != given.reply.tag);
    for tag in offered {
        let name = tag.map_or_else(|| "no tag".to_owned(), |tag| workspace.tag_names().of(tag));
        let tip = "Another tag for this anomaly; no other answer, nothing is trained on it.";
        if ui
            .add(Button::new(name).small())
            .on_hover_text(tip)
            .clicked()
        {
            let give = SessionCommand::Tag(vec![given.instance], tag);
            pane.commands.push(Command::Session(give));
        }
    }
}
