//! The current candidate: what it is, why it is here, and the answers.

use eframe::egui::{Button, Grid, ProgressBar, RichText, ScrollArea, TextStyle, Ui, vec2};

use crate::app::{Answer, CandidateView, Command, FeatureRow, MemberRow, Workspace};
use crate::ui::keys::{self, Action};
use crate::ui::{colours, number};

/// Members that are shown; the others contribute less than any of these.
const MEMBERS: usize = 5;

/// Paints the current candidate with its answers.
pub(in crate::ui) fn candidate_ui(ui: &mut Ui, workspace: &Workspace, commands: &mut Vec<Command>) {
    ui.label(RichText::new("Current candidate").heading().strong());
    let view = workspace.candidate();
    match &view {
        Some(view) => title(ui, workspace, view),
        None if workspace.is_training() => {
            ui.label("Training on your answer; the next candidate comes in a moment.");
            ui.label("");
        }
        None => {
            ui.label("All instances have an answer: there is nothing left to ask.");
            ui.label("");
        }
    }
    ui.add_space(4.0);
    answers(ui, view.as_ref(), commands);
    ui.add_space(4.0);
    walk(ui, workspace, commands);
    ui.separator();
    if let Some(view) = &view {
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            members(ui, &view.members);
            ui.add_space(8.0);
            features(ui, workspace, view.row.instance);
        });
    }
}

fn title(ui: &mut Ui, workspace: &Workspace, view: &CandidateView) {
    let row = &view.row;
    let id = workspace.dataset().id_column().unwrap_or("row");
    ui.label(
        RichText::new(format!("{id} {}", row.id))
            .strong()
            .size(16.0),
    );
    let answer = row.answer.map_or_else(String::new, |answer| {
        format!(", answered {}", answer.name())
    });
    ui.label(format!(
        "rank {} of {}, score {:.3}{answer}",
        number::count(row.rank),
        number::count(view.n_instances),
        row.score
    ))
    .on_hover_text("Anomaly score: the sum over members of member score times relevance, Σ s·p. Rank 1 is the most anomalous.");
}

fn answers(ui: &mut Ui, view: Option<&CandidateView>, commands: &mut Vec<Command>) {
    let width = (ui.available_width() - 3.0 * ui.spacing().item_spacing.x) / 4.0;
    ui.horizontal(|ui| {
        for answer in Answer::ALL {
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
                .on_hover_text(keys::meaning(action));
            if response.clicked() {
                commands.push(Command::Answer(answer));
            }
        }
    });
}

fn walk(ui: &mut Ui, workspace: &Workspace, commands: &mut Vec<Command>) {
    let session = workspace.session();
    let buttons = [
        ("Previous", Action::Previous, true),
        ("Next", Action::Next, true),
        ("Undo", Action::Undo, session.can_undo()),
        ("Redo", Action::Redo, session.can_redo()),
        ("Retrain", Action::Retrain, !workspace.answers().is_empty()),
    ];
    ui.horizontal(|ui| {
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

fn members(ui: &mut Ui, members: &[MemberRow]) {
    ui.label(RichText::new("Why: the members that contribute most").strong()).on_hover_text(
        "A member is one unsupervised detector. Its score s says how unusual it finds the instance, its relevance p how far it is to be trusted here; the anomaly score is the sum of s·p.",
    );
    Grid::new("members")
        .num_columns(4)
        .striped(true)
        .spacing([10.0, 4.0])
        .show(ui, |ui| {
            for title in ["member", "score s", "relevance p", "share of Σ s·p"] {
                ui.label(RichText::new(title).weak());
            }
            ui.end_row();
            for member in members.iter().take(MEMBERS) {
                ui.label(&member.name)
                    .on_hover_text(format!("It scores {}.", member.description));
                ui.monospace(format!("{:.2}", member.score));
                ui.monospace(format!("{:.2}", member.relevance));
                ui.add(
                    ProgressBar::new(member.share)
                        .desired_width(80.0)
                        .desired_height(13.0)
                        .text(RichText::new(number::percent(f64::from(member.share))).size(10.5)),
                );
                ui.end_row();
            }
        });
    if members.len() > MEMBERS {
        let rest: f32 = members[MEMBERS..].iter().map(|member| member.share).sum();
        ui.label(
            RichText::new(format!(
                "the other {} together {}",
                members.len() - MEMBERS,
                number::percent(f64::from(rest))
            ))
            .weak(),
        );
    }
}

fn features(ui: &mut Ui, workspace: &Workspace, instance: usize) {
    ui.label(RichText::new("Its values beside the table").strong())
        .on_hover_text(
            "Quantile: the share of instances with a lower value; near 0 or 100 % is unusual.",
        );
    Grid::new("features")
        .num_columns(4)
        .striped(true)
        .spacing([10.0, 4.0])
        .show(ui, |ui| {
            for title in ["feature", "value", "median", "quantile"] {
                ui.label(RichText::new(title).weak());
            }
            ui.end_row();
            for feature in 0..workspace.dataset().n_features() {
                feature_row(ui, &workspace.feature(instance, feature));
            }
        });
}

fn feature_row(ui: &mut Ui, row: &FeatureRow<'_>) {
    let name = RichText::new(row.name);
    ui.scope(|ui| {
        ui.set_max_width(110.0);
        ui.add(eframe::egui::Label::new(name).truncate());
    });
    ui.monospace(number::value(row.value));
    ui.monospace(number::value(row.median));
    let unusual = row.quantile < 0.025 || row.quantile > 0.975;
    let text = number::percent(row.quantile);
    let mut text = RichText::new(if unusual { format!("{text} !") } else { text })
        .text_style(TextStyle::Monospace);
    if unusual {
        text = text.strong();
    }
    ui.label(text);
    ui.end_row();
}
