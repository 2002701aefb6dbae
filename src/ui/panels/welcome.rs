//! What the window shows without a table, and on request.

use eframe::egui::{Button, RichText, ScrollArea, Ui};

use crate::app::{App, Command, OpenCommand, Origin, toys};
use crate::ui::keys::{self, Action};

/// Paints the toy tables and the recent ones, or what is being opened.
pub(in crate::ui) fn welcome_ui(
    ui: &mut Ui,
    app: &App,
    recent: &[Origin],
    commands: &mut Vec<Command>,
    actions: &mut Vec<Action>,
) {
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        ui.vertical_centered(|ui| {
            ui.add_space(ui.available_height() * 0.12);
            if let Some(busy) = app.busy() {
                ui.spinner();
                ui.label(busy);
                return;
            }
            ui.heading("Find the anomalies in a table by answering a few questions");
            let key = keys::name(Action::Open);
            ui.label(format!("Open a table ({key}), drop a CSV file here, or begin with a toy table whose anomalies are known."));
            ui.add_space(14.0);
            ui.label(RichText::new("Toy tables").weak());
            for toy in toys() {
                let button = Button::new(RichText::new(toy.title).strong());
                if ui.add(button).on_hover_text("Open this toy table").clicked() {
                    commands.push(Command::Open(OpenCommand::Toy(toy)));
                }
                ui.label(RichText::new(toy.sentence).weak());
                ui.add_space(6.0);
            }
            recent_ui(ui, recent, commands);
            if app.workspace().is_some() {
                ui.add_space(10.0);
                if ui.button("Back to the open table").clicked() {
                    actions.push(Action::Welcome);
                }
            }
        });
    });
}

fn recent_ui(ui: &mut Ui, recent: &[Origin], commands: &mut Vec<Command>) {
    if recent.is_empty() {
        return;
    }
    ui.add_space(8.0);
    ui.label(RichText::new("Tables that were open").weak());
    for origin in recent {
        recent_button(ui, origin, commands);
    }
}

/// A button that opens a table again, as it was read before.
pub(in crate::ui) fn recent_button(ui: &mut Ui, origin: &Origin, commands: &mut Vec<Command>) {
    let Origin::File { path, options } = origin else {
        return;
    };
    let name = std::path::Path::new(path).file_name();
    let name = name.map_or_else(|| path.clone(), |name| name.to_string_lossy().into_owned());
    if ui.button(name).on_hover_text(path).clicked() {
        let file = OpenCommand::File(path.into(), options.clone());
        commands.push(Command::Open(file));
        ui.close();
    }
}
