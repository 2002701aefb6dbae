//! How sure an answer is, and the note on an instance.

use eframe::egui::{RichText, TextEdit, Ui};

use crate::app::{Answering, Command, Confidence, Workspace};
use crate::ui::keys::{self, Action};

/// A note that is being written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::ui) struct Draft {
    instance: usize,
    text: String,
}

/// Paints the choice of how sure the next answer is.
pub(in crate::ui) fn confidence_ui(
    ui: &mut Ui,
    workspace: &Workspace,
    commands: &mut Vec<Command>,
) {
    let chosen = workspace.confidence();
    ui.horizontal(|ui| {
        ui.label(RichText::new("I am").weak());
        for confidence in Confidence::ALL {
            let tip = match confidence {
                Confidence::Sure => "The label counts in full.".to_owned(),
                Confidence::Fairly => format!(
                    "The label counts half. At once: {} and {}.",
                    keys::name(Action::FairlyAnomaly),
                    keys::name(Action::FairlyNominal)
                ),
            };
            let response = ui.radio(confidence == chosen, confidence.name());
            if response.on_hover_text(tip).clicked() {
                commands.push(Command::Answering(Answering::SetConfidence(confidence)));
            }
        }
        ui.label(RichText::new("of the next label").weak());
    });
}

/// Paints the note on the current candidate; what was written is recorded when the field is left,
/// for the instance that it was written on.
pub(in crate::ui) fn note_ui(
    ui: &mut Ui,
    workspace: &Workspace,
    draft: &mut Option<Draft>,
    takes_focus: bool,
    commands: &mut Vec<Command>,
) {
    let Some(instance) = workspace.selected() else {
        record(workspace, draft.take(), commands);
        return;
    };
    if draft
        .as_ref()
        .is_some_and(|draft| draft.instance != instance)
    {
        record(workspace, draft.take(), commands);
    }
    let mut text = match draft.as_ref() {
        Some(draft) => draft.text.clone(),
        None => workspace.note(instance).to_owned(),
    };
    let field = ui.horizontal(|ui| {
        let label = ui.label("Note");
        let tip = format!(
            "{} ({})",
            keys::meaning(Action::Note),
            keys::name(Action::Note)
        );
        let field = TextEdit::singleline(&mut text)
            .desired_width(f32::INFINITY)
            .hint_text("what you see in it");
        ui.add(field).labelled_by(label.id).on_hover_text(tip)
    });
    let field = field.inner;
    if takes_focus {
        field.request_focus();
    }
    if field.changed() {
        *draft = Some(Draft { instance, text });
    }
    if field.lost_focus() {
        record(workspace, draft.take(), commands);
    }
}

fn record(workspace: &Workspace, draft: Option<Draft>, commands: &mut Vec<Command>) {
    if let Some(Draft { instance, text }) = draft
        && workspace.note(instance) != text.trim()
    {
        commands.push(Command::Answering(Answering::Note(instance, text)));
    }
}
