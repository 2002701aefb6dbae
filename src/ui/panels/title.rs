//! What stands above a part of a pane, and what an instance is called there.

use eframe::egui::{RichText, Ui};

use crate::app::View;

/// What the table calls an instance.
pub(super) fn name(workspace: View<'_>, instance: usize) -> String {
    let dataset = workspace.dataset();
    let what = dataset.id_name();
    format!("{what} {}", dataset.id(instance))
}

/// A title of a part of the card.
pub(super) fn title(ui: &mut Ui, text: &str, tip: &str) {
    ui.label(RichText::new(text).strong()).on_hover_text(tip);
}
