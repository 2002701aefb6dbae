//! Playing: the history of the session step by step, or the oracle in the analyst's place.

use eframe::egui::{Button, RichText, Slider, Ui};

use crate::app::{App, Command, PACES, PlayCommand, PlayerView};

/// Paints the controls of playing; maps, ranks and curves follow.
pub(in crate::ui) fn replay_ui(ui: &mut Ui, app: &App, commands: &mut Vec<Command>) {
    let Some(view) = app.player() else {
        return;
    };
    let mut change = |command| commands.push(Command::Play(command));
    ui.horizontal_wrapped(|ui| {
        history(ui, &view, &mut change);
        oracle(ui, &view, &mut change);
    });
    ui.horizontal(|ui| {
        let label = ui.label("Step");
        let mut cursor = view.cursor;
        ui.spacing_mut().slider_width = (ui.available_width() - 90.0).clamp(120.0, 900.0);
        let slider = Slider::new(&mut cursor, 0..=view.steps).integer();
        let response = ui.add_enabled(view.steps > 0, slider).labelled_by(label.id);
        if response
            .on_hover_text("Drag to any step of the history: what was known then is shown")
            .changed()
        {
            change(PlayCommand::Go(cursor));
        }
    });
    let at = format!(
        "step {} of {}, training {}: {}",
        view.cursor, view.steps, view.revision, view.act
    );
    ui.label(RichText::new(at).weak());
    ui.horizontal(|ui| {
        let label = ui.label("Steps a second");
        let mut pace = view.pace;
        let slider = Slider::new(&mut pace, PACES.0..=PACES.1)
            .logarithmic(true)
            .max_decimals(2);
        let response = ui.add(slider).labelled_by(label.id);
        if response.on_hover_text("How fast it plays").changed() {
            change(PlayCommand::Pace(pace));
        }
    });
}

fn history(ui: &mut Ui, view: &PlayerView, change: &mut impl FnMut(PlayCommand)) {
    let mut button = |ui: &mut Ui, name: &str, tip: &str, enabled: bool, command| {
        let response = ui.add_enabled(enabled, Button::new(name));
        if response.on_hover_text(tip).clicked() {
            change(command);
        }
    };
    let some = view.steps > 0;
    button(
        ui,
        "First step",
        "Look at the beginning",
        some,
        PlayCommand::Go(0),
    );
    let back = view.cursor.saturating_sub(1);
    button(
        ui,
        "Step back",
        "Look at the step before",
        view.cursor > 0,
        PlayCommand::Go(back),
    );
    let (name, tip) = match view.is_running {
        true => ("Pause", "Stop here"),
        false => (
            "Play",
            "Play the history step by step, from its beginning if this is its end",
        ),
    };
    button(ui, name, tip, some, PlayCommand::Run(!view.is_running));
    let on = view.cursor < view.steps;
    button(
        ui,
        "Step on",
        "Look at the next step",
        on,
        PlayCommand::Go(view.cursor + 1),
    );
    let tip = "End playing back and go on labelling where you were";
    button(ui, "Back to work", tip, view.is_playing, PlayCommand::Leave);
}

fn oracle(ui: &mut Ui, view: &PlayerView, change: &mut impl FnMut(PlayCommand)) {
    let mut answers = view.is_oracle;
    let response = ui.add_enabled_ui(view.knows_truth, |ui| {
        ui.checkbox(&mut answers, "Let the truth answer").on_hover_text(
            "The label column answers in your place, at this pace. The answers are yours to undo.",
        )
    });
    let response = response
        .inner
        .on_disabled_hover_text("The table has no label column to answer from");
    if response.changed() {
        change(PlayCommand::Oracle(answers));
    }
}
