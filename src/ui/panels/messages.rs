//! Sentences for the analyst: what was done goes by itself, the rest stays until it is put away.

use std::collections::BTreeMap;

use eframe::egui::{Button, Id, Label, Response, RichText, ScrollArea, Ui};

use super::strip::strip_ui;
use crate::app::{Command, Message, Severity};
use crate::ui::open_path::open_path;

/// Height that messages take at most; further ones are scrolled to.
const HEIGHT: f32 = 72.0;
/// Width of the buttons.
const BUTTONS: f32 = 200.0;
/// Seconds for which a message stays that goes by itself, and longer while the pointer rests on the
/// messages.
const STAY: f64 = 12.0;

/// What a page makes the browser has downloaded: there is nothing to open.
const IS_PAGE: bool = cfg!(target_arch = "wasm32");

/// Since when each message that goes by itself is on the screen.
type Since = BTreeMap<String, f64>;

/// Paints the messages, the newest at the top.
pub(in crate::ui) fn messages_ui(ui: &mut Ui, messages: &[Message], commands: &mut Vec<Command>) {
    let newest = messages.len().saturating_sub(1);
    let mut gone = gone(ui, messages);
    ScrollArea::vertical().max_height(HEIGHT).show(ui, |ui| {
        for (index, message) in messages.iter().enumerate().rev() {
            let colour = match message.severity {
                Severity::Note => ui.visuals().text_color(),
                Severity::Error => ui.visuals().error_fg_color,
            };
            let text = RichText::new(&message.text).color(colour);
            let mut trouble = None;
            strip_ui(
                ui,
                BUTTONS,
                |ui| {
                    ui.add(Label::new(text).wrap());
                },
                |ui| {
                    if small(ui, "Dismiss", "Put this message away").clicked() {
                        gone.push(index);
                    }
                    if index == newest
                        && index > 0
                        && small(ui, "Dismiss all", "Put all messages away").clicked()
                    {
                        gone.extend(0..messages.len());
                    }
                    if let Some(path) = message.made.as_ref().filter(|_| !IS_PAGE) {
                        let tip = format!("Open “{}” with the system's program", path.display());
                        if small(ui, "Open", &tip).clicked() {
                            trouble = open_path(path).err();
                        }
                    }
                },
            );
            commands.extend(trouble.map(|why| Command::Say(Message::error(why))));
        }
    });
    // From the last on, as each moves up those behind it.
    gone.sort_unstable();
    gone.dedup();
    commands.extend(gone.into_iter().rev().map(Command::Dismiss));
}

fn small(ui: &mut Ui, name: &str, tip: &str) -> Response {
    ui.add(Button::new(name).small()).on_hover_text(tip)
}

/// Those whose time is over.
fn gone(ui: &Ui, messages: &[Message]) -> Vec<usize> {
    let id = Id::unique("messages that go by themselves");
    let now = ui.input(|input| input.time);
    let before: Since = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    let is_read = ui.rect_contains_pointer(ui.max_rect());
    let passing = messages
        .iter()
        .enumerate()
        .filter(|(_, one)| one.is_passing);
    let mut since = Since::new();
    let mut gone = Vec::new();
    for (index, message) in passing {
        let begun = before.get(&message.text).copied();
        let begun = begun.filter(|_| !is_read).unwrap_or(now);
        since.insert(message.text.clone(), begun);
        match begun + STAY - now {
            left if left > 0.0 => ui.ctx().request_repaint_after_secs(left as f32),
            _ => gone.push(index),
        }
    }
    ui.data_mut(|data| data.insert_temp(id, since));
    gone
}
