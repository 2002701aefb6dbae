//! Sentences for the analyst, until they are put away.

use eframe::egui::{Button, Label, RichText, ScrollArea, Ui};

use super::strip::strip_ui;
use crate::app::{Command, Message, Severity};

/// Height that messages take at most; further ones are scrolled to.
const HEIGHT: f32 = 72.0;
/// Width of the buttons.
const BUTTONS: f32 = 150.0;

/// Paints the messages, the newest at the top.
pub(in crate::ui) fn messages_ui(ui: &mut Ui, messages: &[Message], commands: &mut Vec<Command>) {
    ScrollArea::vertical().max_height(HEIGHT).show(ui, |ui| {
        let newest = messages.len().saturating_sub(1);
        for (index, message) in messages.iter().enumerate().rev() {
            let colour = match message.severity {
                Severity::Note => ui.visuals().text_color(),
                Severity::Error => ui.visuals().error_fg_color,
            };
            let text = RichText::new(&message.text).color(colour);
            let mut dismissed = None;
            strip_ui(
                ui,
                BUTTONS,
                |ui| {
                    ui.add(Label::new(text).wrap());
                },
                |ui| {
                    let dismiss = Button::new("Dismiss").small();
                    if ui
                        .add(dismiss)
                        .on_hover_text("Put this message away")
                        .clicked()
                    {
                        dismissed = Some(index..index + 1);
                    }
                    if index == newest && index > 0 {
                        let all = Button::new("Dismiss all").small();
                        if ui.add(all).on_hover_text("Put all messages away").clicked() {
                            dismissed = Some(0..messages.len());
                        }
                    }
                },
            );
            // From the last on, as each moves up those behind it.
            let dismissed = dismissed.into_iter().flat_map(Iterator::rev);
            commands.extend(dismissed.map(Command::Dismiss));
        }
    });
}
