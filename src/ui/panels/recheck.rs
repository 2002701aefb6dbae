//! The queue of labels that the model contradicts.

use eframe::egui::{Button, RichText, ScrollArea, Ui};

use super::rows::{self, Row};
use crate::app::{
    Answer, Command, Confidence, Contradiction, Reply, SessionCommand, View, ViewCommand,
};
use crate::ui::layout::PaneContext;
use crate::ui::number;

/// Cells: id, label, rank, hinge.
const CELLS: [f32; 4] = [1.0, 1.0, -64.0, -60.0];

/// Paints the labels that the model contradicts, the most first, and what can be done with one.
pub(in crate::ui) fn recheck_ui(ui: &mut Ui, pane: &mut PaneContext<'_>) {
    let (workspace, commands) = (pane.workspace, &mut *pane.commands);
    let queue = workspace.contradictions();
    let Some(first) = queue.first() else {
        ui.label(
            "The model agrees with every label, or you have confirmed those that it does not.",
        );
        return;
    };
    let labels = if queue.len() == 1 { "label" } else { "labels" };
    let count = number::count(queue.len());
    ui.label(RichText::new(format!("{count} {labels} to check again")).weak()).on_hover_text(
        "An anomaly that scores below the edge of the top τ (q_tau) or a nominal instance above it, by how far its score is off, max(0, y·(q_tau − Score)), the largest first. The label may be a slip, or the instance one that the detectors cannot see.",
    );
    let at = queue
        .iter()
        .find(|one| workspace.selected() == Some(one.instance));
    ui.add_enabled_ui(pane.app.takes_answers(), |ui| {
        decide_ui(ui, workspace, at.unwrap_or(first), commands);
    });
    ui.add_space(4.0);
    rows::header(ui, &CELLS, &["id", "label", "rank", "off by"]);
    ui.separator();
    ScrollArea::vertical().auto_shrink(false).show_rows(
        ui,
        rows::height(ui),
        queue.len(),
        |ui, range| {
            ui.spacing_mut().item_spacing.y = 0.0;
            for one in range.filter_map(|index| queue.get(index)) {
                row_ui(ui, workspace, one, commands);
            }
        },
    );
}

fn row_ui(ui: &mut Ui, workspace: View<'_>, one: &Contradiction, commands: &mut Vec<Command>) {
    let row = workspace.row(one.instance);
    let answer = Answer::from(one.label);
    let words = format!(
        "id {} is labelled {}, but its score {} is on the other side of the edge of the top τ, {} (rank {})",
        row.id,
        answer.name(),
        number::value(row.score),
        number::value(workspace.model().q_tau()),
        number::count(row.rank),
    );
    let row = Row {
        reply: workspace.reply(one.instance),
        cells: &[
            row.id,
            answer.name().to_owned(),
            number::count(row.rank),
            number::value(one.hinge),
        ],
        is_current: workspace.selected() == Some(one.instance),
        words: &words,
    };
    if rows::row_ui(ui, &CELLS, &row).clicked() {
        commands.push(Command::View(ViewCommand::Select(one.instance)));
    }
}

/// Confirms or changes a label of the queue.
fn decide_ui(ui: &mut Ui, workspace: View<'_>, one: &Contradiction, commands: &mut Vec<Command>) {
    let id = workspace.dataset().id(one.instance);
    let given = Answer::from(one.label);
    let other = match given {
        Answer::Anomaly => Answer::Nominal,
        _ => Answer::Anomaly,
    };
    let mut give = |answer: Answer| {
        let confidence = Confidence::Sure;
        let give = SessionCommand::Give(vec![one.instance], Reply::new(answer, confidence));
        commands.push(Command::Session(give));
    };
    ui.horizontal_wrapped(|ui| {
        ui.label(format!("id {id}:"));
        let confirm = Button::new(format!("Confirm {}", given.name())).small();
        if ui
            .add(confirm)
            .on_hover_text("It is right: leave the queue.")
            .clicked()
        {
            give(given);
        }
        for answer in [other, Answer::Unsure] {
            let change = Button::new(format!("Change to {}", answer.name())).small();
            if ui
                .add(change)
                .on_hover_text("A new answer to it; undo brings the old one back.")
                .clicked()
            {
                give(answer);
            }
        }
    });
}
