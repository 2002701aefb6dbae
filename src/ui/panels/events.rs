//! Events at moments of a sequence: marked once, and seen in all of them.

use eframe::egui::{Button, DragValue, RichText, TextEdit, Ui};

use crate::app::{Command, Event, Mark, SessionCommand, View};
use crate::ui::keys::{self, Action};
use crate::ui::sequences::Sequences;

/// Paints the field that marks an event in a sequence, and the events that there are.
pub(super) fn events_ui(
    ui: &mut Ui,
    workspace: View<'_>,
    kept: &mut Sequences,
    instance: usize,
    takes: bool,
    commands: &mut Vec<Command>,
) {
    let Some(length) = workspace.moments(instance) else {
        return;
    };
    let events = workspace.events(instance);
    ui.add_enabled_ui(takes, |ui| {
        if mark_ui(ui, kept, length, events.len()) {
            commands.extend(mark_event(workspace, kept));
        }
        for event in &events {
            event_ui(ui, workspace, event, instance, commands);
        }
    });
}

/// Marks an event in the current candidate, at the chosen moment or in the middle, by the name that
/// was typed or the next number; nothing where it is no sequence.
pub(in crate::ui) fn mark_event(workspace: View<'_>, kept: &mut Sequences) -> Option<Command> {
    let instance = workspace.selected()?;
    let length = workspace.moments(instance)?;
    kept.keep_to(workspace);
    let typed = std::mem::take(&mut kept.event);
    let name = match typed.trim().is_empty() {
        true => proposed(workspace.events(instance).len()),
        false => typed,
    };
    let moment = chosen(kept, length);
    let mark = Some(Mark { instance, moment });
    Some(Command::Session(SessionCommand::Mark(name, mark)))
}

/// What an event is called that is given no name.
fn proposed(known: usize) -> String {
    format!("event {}", known + 1)
}

fn chosen(kept: &Sequences, length: usize) -> usize {
    kept.moment.unwrap_or(length / 2).min(length - 1)
}

/// Paints the field; says whether the event is to be marked.
fn mark_ui(ui: &mut Ui, kept: &mut Sequences, length: usize, known: usize) -> bool {
    let shown = ui.horizontal_wrapped(|ui| {
        let tip = "A click into a chart above chooses the moment; the event then stands in all sequences where they are as far along the usual course.";
        let label = ui.label("Event").on_hover_text(tip);
        let field = TextEdit::singleline(&mut kept.event)
            .hint_text(proposed(known))
            .desired_width(110.0);
        ui.add(field).labelled_by(label.id).on_hover_text(tip);
        let label = ui.label("at moment");
        let mut moment = chosen(kept, length) + 1;
        let field = ui.add(DragValue::new(&mut moment).range(1..=length));
        if field.labelled_by(label.id).on_hover_text(tip).changed() {
            kept.moment = Some(moment - 1);
        }
        let words = format!("Mark event ({})", keys::name(Action::MarkEvent));
        let tip = "Mark it at this moment; an event of this name moves there. Undo takes it back.";
        ui.add(Button::new(words)).on_hover_text(tip).clicked()
    });
    shown.inner
}

fn event_ui(
    ui: &mut Ui,
    workspace: View<'_>,
    event: &Event,
    instance: usize,
    commands: &mut Vec<Command>,
) {
    ui.horizontal_wrapped(|ui| {
        let name = &event.name;
        let from = match event.mark.instance == instance {
            true => "marked here".to_owned(),
            false => {
                let id = workspace.dataset().id(event.mark.instance);
                format!("carried over from sequence {id}")
            }
        };
        ui.label(RichText::new(name).strong());
        ui.label(format!("at moment {}, {from}", event.moment + 1));
        let words = format!("Take {name} away");
        let button = ui.add(Button::new(words).small());
        let tip = "Takes the event away in all sequences; undo brings it back.";
        if button.on_hover_text(tip).clicked() {
            let change = SessionCommand::Mark(event.name.clone(), None);
            commands.push(Command::Session(change));
        }
    });
}
