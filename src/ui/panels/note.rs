//! How sure an answer is, and the note on an instance.

use eframe::egui::{Context, Id, RichText, TextEdit, Ui};

use crate::app::{App, Command, Confidence, SessionCommand, View, ViewCommand};
use crate::ui::keys::{self, Action};

/// A note that is being written: recorded when the field is left, when the session is saved, when
/// another table comes and when the window closes, so that no way out of the field loses it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::ui) struct Draft {
    /// Of which table.
    document: u64,
    instance: usize,
    text: String,
    field: Id,
}

impl Draft {
    /// What records it, if that is still to be done.
    pub(in crate::ui) fn record(&self, app: &App) -> Option<Command> {
        let workspace = app
            .workspace()
            .filter(|_| app.document() == self.document)?;
        let is_new = workspace.note(self.instance) != self.text.trim();
        let note = || SessionCommand::Note(self.instance, self.text.clone());
        (is_new && app.takes_answers()).then(|| Command::Session(note()))
    }

    /// Whether it is written on in this moment.
    pub(in crate::ui) fn has_focus(&self, ctx: &Context) -> bool {
        ctx.memory(|memory| memory.has_focus(self.field))
    }
}

/// Paints the choice of how sure the next answer is.
pub(in crate::ui) fn confidence_ui(ui: &mut Ui, workspace: View<'_>, commands: &mut Vec<Command>) {
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
                commands.push(Command::View(ViewCommand::SetConfidence(confidence)));
            }
        }
        ui.label(RichText::new("of the next label").weak());
    });
}

/// Paints the note on the current candidate; what was written is for the instance that it was
/// written on.
pub(in crate::ui) fn note_ui(
    ui: &mut Ui,
    app: &App,
    workspace: View<'_>,
    draft: &mut Option<Draft>,
    takes_focus: bool,
    commands: &mut Vec<Command>,
) {
    let document = app.document();
    let selected = workspace.selected();
    let is_here = |draft: &Draft| draft.document == document && Some(draft.instance) == selected;
    if let Some(other) = draft.take_if(|draft| !is_here(draft)) {
        commands.extend(other.record(app));
    }
    let Some(instance) = selected else {
        return;
    };
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
    let response = field.inner;
    if takes_focus {
        response.request_focus();
    }
    if response.changed() {
        *draft = Some(Draft {
            document,
            instance,
            text,
            field: response.id,
        });
    }
}
