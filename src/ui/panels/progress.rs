//! How fast it goes, how far it is, and when to stop.

use eframe::egui::{DragValue, Grid, ProgressBar, RichText, ScrollArea, Ui};

use crate::app::{Command, SessionCommand, View};
use crate::ui::layout::PaneContext;
use crate::ui::number;

/// Paints pace and stopping rule.
pub(in crate::ui) fn progress_ui(ui: &mut Ui, pane: &mut PaneContext<'_>) {
    let workspace = pane.workspace;
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        pace_ui(ui, workspace);
        met_ui(ui, workspace);
        ui.separator();
        ui.label(RichText::new("Tell me to stop when").strong()).on_hover_text(
            "A rule of your own, kept with the session: any of its parts is enough. You are told when it is met; you can always go on.",
        );
        let takes = pane.app.takes_answers();
        ui.add_enabled_ui(takes, |ui| rule_ui(ui, workspace, pane.commands));
    });
}

fn pace_ui(ui: &mut Ui, workspace: View<'_>) {
    let Some(pace) = workspace.pace() else {
        ui.label(RichText::new("How fast you answer is known after two answers.").weak());
        return;
    };
    let answers = number::many(pace.answers, "answer", "answers");
    ui.label(format!("{} answers a minute", quick(pace.per_minute)))
        .on_hover_text(format!(
            "By your last {answers}; pauses of more than 5 minutes are left out."
        ));
    if let Some(minutes) = workspace.minutes_left().filter(|minutes| *minutes > 0.0) {
        let left = workspace.remaining().candidates;
        ui.label(format!(
            "The {} left would take about {} at this pace.",
            number::many(left, "candidate", "candidates"),
            duration(minutes)
        ));
    }
}

/// A pace in two digits.
fn quick(pace: f64) -> String {
    match pace {
        pace if pace >= 9.95 => number::count(pace.round() as usize),
        pace => format!("{pace:.1}"),
    }
}

fn duration(minutes: f64) -> String {
    match minutes {
        minutes if minutes < 1.5 => "a minute".to_owned(),
        minutes if minutes < 90.0 => format!("{minutes:.0} minutes"),
        minutes => format!("{:.1} hours", minutes / 60.0),
    }
}

fn met_ui(ui: &mut Ui, workspace: View<'_>) {
    let rule = workspace.session().stopping();
    if rule.is_empty() {
        return;
    }
    let stops = workspace.stops();
    let words: Vec<String> = stops.iter().map(View::stop_in_words).collect();
    match words.is_empty() {
        true => ui.label("Your stopping rule is not met."),
        false => {
            let text = format!("Your stopping rule is met: {}.", words.join(", and "));
            ui.label(
                RichText::new(text)
                    .strong()
                    .color(ui.visuals().warn_fg_color),
            )
        }
    };
}

/// A part of the rule: whether it counts, its number, and how far it is.
fn rule_ui(ui: &mut Ui, workspace: View<'_>, commands: &mut Vec<Command>) {
    let rule = workspace.session().stopping();
    let mut wanted = rule;
    Grid::new("stopping")
        .num_columns(3)
        .spacing([8.0, 5.0])
        .show(ui, |ui| {
            let row = workspace.session().nominals_in_a_row();
            count_ui(ui, "nominals in a row", row, &mut wanted.nominals, 20);
            let spent = workspace.answers().len();
            count_ui(ui, "queries are spent", spent, &mut wanted.budget, 100);
            let left = workspace.remaining();
            let mut number_of = rule.expected.unwrap_or(1.0);
            let is_on = part_ui(
                ui,
                "fewer anomalies are left than",
                rule.expected.is_some(),
                &mut number_of,
                0.1,
            );
            wanted.expected = is_on.then_some(number_of);
            let now = match left.answers {
                0 => "not known yet".to_owned(),
                _ => format!("{:.1} expected now", left.expected),
            };
            ui.label(RichText::new(now).weak());
            ui.end_row();
        });
    if wanted != rule {
        commands.push(Command::Session(SessionCommand::SetStopping(wanted)));
    }
}

/// Paints a part that is met at a count, and how far it is; `usual` is the number to begin with.
fn count_ui(ui: &mut Ui, name: &str, now: usize, most: &mut Option<usize>, usual: usize) {
    let before = *most;
    let mut number_of = before.unwrap_or(usual) as f64;
    let is_on = part_ui(ui, name, before.is_some(), &mut number_of, 1.0);
    *most = is_on.then_some(number_of as usize);
    let most = before.map(|most| most as f64);
    bar_ui(ui, now as f64, most, format!("{now} now"));
    ui.end_row();
}

/// Paints whether a part counts and its number; returns whether it does.
fn part_ui(ui: &mut Ui, name: &str, was_on: bool, number_of: &mut f64, least: f64) -> bool {
    let mut is_on = was_on;
    let label = ui
        .checkbox(&mut is_on, name)
        .on_hover_text("Tells you when this is so; kept with the session");
    let drag = DragValue::new(number_of)
        .range(least..=1_000_000.0)
        .speed(least)
        .max_decimals(if least < 1.0 { 1 } else { 0 });
    let response = ui.add(drag).labelled_by(label.id);
    let changed = response
        .on_hover_text("The number; changing it makes the part count")
        .changed();
    is_on || changed
}

fn bar_ui(ui: &mut Ui, now: f64, most: Option<f64>, text: String) {
    match most {
        Some(most) => {
            let bar = ProgressBar::new((now / most).min(1.0) as f32);
            ui.add(bar.desired_width(110.0).desired_height(13.0).text(text));
        }
        None => {
            ui.label(RichText::new(text).weak());
        }
    }
}
