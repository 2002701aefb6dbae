//! The current candidate: what it is, and the answers.

use eframe::egui::{Button, RichText, Ui, vec2};

use super::curves::curves_ui;
use super::note::{confidence_ui, note_ui};
use super::original::original_ui;
use super::tags::tags_line_ui;
use super::why_ui;
use crate::app::{Answer, CandidateView, Command, SessionCommand, View};
use crate::ui::keys::{self, Action};
use crate::ui::layout::{Field, PaneContext};
use crate::ui::pictures::pictures_ui;
use crate::ui::{colours, number};

/// Paints the current candidate with its answers.
pub(in crate::ui) fn candidate_ui(ui: &mut Ui, pane: &mut PaneContext<'_>) {
    pane.kept.visible = pane.workspace.selected();
    let takes_focus = pane.kept.takes_focus(Field::Note);
    let (draft, pictures) = (&mut pane.kept.note, &mut pane.kept.pictures);
    let sequences = &mut pane.kept.sequences;
    let (workspace, commands) = (pane.workspace, &mut *pane.commands);
    let view = workspace.candidate();
    match &view {
        Some(view) => title(ui, workspace, view),
        None if workspace.is_training() => {
            ui.label(match workspace.recovering() {
                Some((revision, of)) => format!(
                    "Training on the recovered answers: training {} of {}; the best candidate comes then.",
                    number::count(revision as usize),
                    number::count(of as usize)
                ),
                None => "Training on your answer; the next candidate comes in a moment.".to_owned(),
            });
            ui.label("");
        }
        None => {
            ui.label("All instances have an answer: there is nothing left to ask.");
            ui.label("");
        }
    }
    ui.add_space(4.0);
    ui.add_enabled_ui(pane.app.takes_answers(), |ui| {
        answers(ui, view.as_ref(), commands);
        confidence_ui(ui, workspace, commands);
        tags_line_ui(ui, workspace, commands, pane.actions);
        note_ui(ui, pane.app, workspace, draft, takes_focus, commands);
    });
    ui.add_space(4.0);
    walk(ui, workspace, commands);
    if let Some(view) = &view {
        pictures_ui(ui, workspace, view.row.instance, pictures, commands);
    }
    ui.separator();
    let how = (pane.kept.by_time, pane.app.takes_answers());
    let wishes = (&mut *pane.actions, &mut *commands);
    curves_ui(ui, workspace, sequences, how, wishes);
    original_ui(ui, workspace, &mut pane.kept.original, commands);
    why_ui(ui, workspace, commands);
}

fn title(ui: &mut Ui, workspace: View<'_>, view: &CandidateView) {
    let row = &view.row;
    let id = workspace.dataset().id_name();
    ui.label(
        RichText::new(format!("{id} {}", row.id))
            .strong()
            .size(16.0),
    );
    let reply = workspace.reply(row.instance);
    let answer = reply.map_or_else(String::new, |reply| {
        format!(", answered {}", workspace.said(reply))
    });
    ui.label(format!(
        "rank {} of {}, score {:.3}{answer}",
        number::count(row.rank),
        number::count(view.n_instances),
        row.score
    ))
    .on_hover_text("Anomaly score: the sum of the members' contributions, each its score times its relevance, Σ s·p. Rank 1 is the most anomalous.");
    let times = workspace.dataset().times(row.instance);
    for (name, time) in times.iter().filter(|(_, time)| !time.is_empty()) {
        ui.label(format!("{name} {time}"))
            .on_hover_text("When it was: a column of times, which is no feature.");
    }
}

/// Width from which on all answers stand in one row.
const ONE_ROW: f32 = 320.0;

fn answers(ui: &mut Ui, view: Option<&CandidateView>, commands: &mut Vec<Command>) {
    let room = ui.available_width();
    let columns = if room < ONE_ROW { 2 } else { Answer::ALL.len() };
    let gaps = (columns - 1) as f32 * ui.spacing().item_spacing.x;
    // The stroke around a button is not part of its least size.
    let width = (room - gaps) / columns as f32 - 4.0;
    for row in Answer::ALL.chunks(columns) {
        ui.horizontal(|ui| {
            for &answer in row {
                answer_ui(ui, view, answer, width, commands);
            }
        });
    }
}

fn answer_ui(
    ui: &mut Ui,
    view: Option<&CandidateView>,
    answer: Answer,
    width: f32,
    commands: &mut Vec<Command>,
) {
    let action = keys::of_answer(answer);
    let given = view.is_some_and(|view| view.row.answer == Some(answer));
    let name = answer.name();
    let (first, rest) = name.split_at(1);
    let text = format!("{}{rest} ({})", first.to_uppercase(), keys::name(action));
    let mut button = Button::new(RichText::new(text).size(12.5))
        .min_size(vec2(width, 30.0))
        .selected(given);
    if matches!(answer, Answer::Anomaly | Answer::Nominal) {
        button = button.stroke((1.5, colours::answer(answer)));
    }
    let response = ui
        .add_enabled(view.is_some(), button)
        .on_hover_text(keys::meaning(action))
        .on_disabled_hover_text("No answers are taken here at present: the session is read-only, played back, or there is nothing left to ask.");
    if response.clicked() {
        commands.push(Command::Session(SessionCommand::Answer(answer)));
    }
}

fn walk(ui: &mut Ui, workspace: View<'_>, commands: &mut Vec<Command>) {
    let session = workspace.session();
    let buttons = [
        ("Previous", Action::Previous, true),
        ("Next", Action::Next, true),
        ("Undo", Action::Undo, session.can_undo()),
        ("Redo", Action::Redo, session.can_redo()),
        ("Retrain", Action::Retrain, !workspace.answers().is_empty()),
    ];
    ui.horizontal_wrapped(|ui| {
        for (name, action, enabled) in buttons {
            let tip = format!("{} ({})", keys::meaning(action), keys::name(action));
            let response = ui
                .add_enabled(enabled, Button::new(name))
                .on_hover_text(&tip)
                .on_disabled_hover_text(&tip);
            if response.clicked() {
                commands.extend(keys::command(action));
            }
        }
    });
}
