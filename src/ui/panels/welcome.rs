//! What the window shows without a table.

use eframe::egui::{RichText, Ui};

use crate::app::{App, Command, OpenCommand, toys};

/// Paints the toy tables, or what is being opened.
pub(in crate::ui) fn welcome_ui(ui: &mut Ui, app: &App, commands: &mut Vec<Command>) {
    ui.vertical_centered(|ui| {
        ui.add_space(ui.available_height() * 0.2);
        if let Some(busy) = app.busy() {
            ui.spinner();
            ui.label(busy);
            return;
        }
        ui.heading("Find the anomalies in a table by answering a few questions");
        ui.label("Open a table (Ctrl+O), drop a CSV file here, or begin with a toy table whose anomalies are known:");
        ui.add_space(12.0);
        for toy in toys() {
            if ui.button(RichText::new(toy.title).strong()).on_hover_text("Open this toy table").clicked() {
                commands.push(Command::Open(OpenCommand::Toy(toy)));
            }
            ui.label(RichText::new(toy.sentence).weak());
            ui.add_space(8.0);
        }
    });
}
