//! Sentences for the analyst, until they are put away.

use eframe::egui::{Align, Button, Frame, Label, Layout, Margin, RichText, ScrollArea, Ui};

use crate::app::{Command, Message, Severity};

/// Paints the messages, the newest at the top.
pub(in crate::ui) fn messages_ui(ui: &mut Ui, messages: &[Message], commands: &mut Vec<Command>) {
    ScrollArea::vertical().max_height(96.0).show(ui, |ui| {
        for (index, message) in messages.iter().enumerate().rev() {
            let colour = match message.severity {
                Severity::Note => ui.visuals().text_color(),
                Severity::Error => ui.visuals().error_fg_color,
            };
            Frame::new()
                .inner_margin(Margin::symmetric(2, 1))
                .show(ui, |ui| {
                    ui.with_layout(Layout::right_to_left(Align::TOP), |ui| {
                        if ui
                            .add(Button::new("Dismiss").small())
                            .on_hover_text("Put this message away")
                            .clicked()
                        {
                            commands.push(Command::Dismiss(index));
                        }
                        ui.with_layout(
                            Layout::left_to_right(Align::TOP).with_main_wrap(true),
                            |ui| {
                                ui.add(
                                    Label::new(RichText::new(&message.text).color(colour)).wrap(),
                                );
                            },
                        );
                    });
                });
        }
    });
}
