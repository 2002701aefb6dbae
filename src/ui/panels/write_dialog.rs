//! What the dialogs that write files have in common.

use eframe::egui::{Align, Button, Layout, RichText, TextEdit, Ui};

use crate::app::Writing;

/// What was pressed at the foot of a dialog.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Foot {
    /// The button that writes.
    Write,
    /// The one that puts the dialog away.
    Close,
}

/// A field for the path of a file or a folder, `what`, with its button; true when the system's
/// dialog is asked for.
pub(super) fn path_ui(ui: &mut Ui, name: &str, what: &str, typed: &mut String) -> bool {
    ui.horizontal(|ui| {
        let label = ui.label(name);
        let field = TextEdit::singleline(typed)
            .desired_width(360.0)
            .hint_text(format!("path of a {what}"));
        ui.add(field).labelled_by(label.id);
        ui.button("Browse…")
            .on_hover_text(format!("Choose the {what} in the system's dialog"))
            .clicked()
    })
    .inner
}

/// What went wrong, and the buttons: the one that writes, with its tooltip, and the one that
/// closes.
pub(super) fn foot_ui(
    ui: &mut Ui,
    writing: &Writing,
    (name, tip): (&str, &str),
    path: &str,
) -> Option<Foot> {
    if let Some(trouble) = writing.trouble() {
        ui.label(RichText::new(trouble).color(ui.visuals().error_fg_color));
    }
    ui.add_space(8.0);
    let mut pressed = None;
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        let can_write = !path.is_empty() && !writing.is_writing();
        let write = ui.add_enabled(can_write, Button::new(name));
        if write.on_hover_text(tip).clicked() {
            pressed = Some(Foot::Write);
        }
        if ui.button("Close").on_hover_text("Go on (Esc)").clicked() {
            pressed = Some(Foot::Close);
        }
        if writing.is_writing() {
            ui.spinner();
            ui.label("writing…");
        }
    });
    pressed
}
