//! Search by id.

use eframe::egui::{Key, TextEdit, Ui};

use crate::app::{Command, View, ViewCommand};
use crate::ui::keys::{self, Action};

/// Paints the search field; Enter looks at the instance.
pub(in crate::ui) fn find_ui(
    ui: &mut Ui,
    workspace: View<'_>,
    text: &mut String,
    takes_focus: bool,
    commands: &mut Vec<Command>,
) {
    ui.horizontal(|ui| {
        let what = workspace.dataset().id_name();
        let label = ui.label(format!("Find {what}"));
        let tip = format!(
            "{} ({})",
            keys::meaning(Action::Find),
            keys::name(Action::Find)
        );
        let field = TextEdit::singleline(text)
            .desired_width(f32::INFINITY)
            .hint_text("id, or how it begins; then Enter");
        let field = ui.add(field).labelled_by(label.id).on_hover_text(tip);
        if takes_focus {
            field.request_focus();
        }
        if field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter)) {
            commands.push(Command::View(ViewCommand::Find(text.clone())));
        }
    });
}
