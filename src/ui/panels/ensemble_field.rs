//! The field in which an ensemble is written, with ready-made ones to choose from.

use eframe::egui::{ComboBox, Label, RichText, TextEdit, Ui};

use crate::app::{EnsembleSettings, KINDS, PRESETS};

/// Paints the field, so wide, of a label; `features` is the number of features where it is known.
pub(super) fn ensemble_ui(
    ui: &mut Ui,
    name: &str,
    text: &mut String,
    features: Option<usize>,
    width: f32,
) {
    let label = ui.label(name).on_hover_ui(kinds_ui);
    ui.horizontal(|ui| {
        let field = TextEdit::singleline(text).desired_width(width);
        ui.add(field).labelled_by(label.id).on_hover_ui(kinds_ui);
        let choice = ComboBox::from_id_salt("ready-made ensemble")
            .selected_text("choose")
            .width(72.0)
            .show_ui(ui, |ui| presets_ui(ui, text, features));
        let choice = choice.response.labelled_by(label.id);
        choice.on_hover_text("Ready-made ensembles");
    });
}

fn presets_ui(ui: &mut Ui, text: &mut String, features: Option<usize>) {
    for (preset, meaning) in PRESETS {
        // Its projections lie in a plane.
        let fits = preset != "paper" || features.is_none_or(|features| features == 2);
        let line = format!("{preset}: {meaning}");
        ui.add_enabled_ui(fits, |ui| {
            if ui.selectable_label(text.trim() == preset, line).clicked() {
                *text = preset.to_owned();
            }
        });
    }
}

/// The kinds and how they are written.
fn kinds_ui(ui: &mut Ui) {
    ui.set_max_width(520.0);
    ui.label("The detectors, as kind[:count][*weight] with + between: the count is that of the kind, the weight (1 where none is written) the spread of its scores beside the others'.");
    ui.add_space(4.0);
    for kind in KINDS {
        ui.horizontal_top(|ui| {
            ui.set_min_width(510.0);
            let written = Label::new(RichText::new(kind.usual()).monospace());
            ui.add_sized([100.0, 14.0], written.halign(eframe::egui::Align::LEFT));
            ui.add(Label::new(kind.scores).wrap());
        });
    }
}

/// Reads what is written in the field.
///
/// # Errors
/// A sentence where it is no ensemble.
pub(super) fn read(text: &str) -> Result<EnsembleSettings, String> {
    text.parse()
        .map_err(|error: <EnsembleSettings as std::str::FromStr>::Err| error.to_string())
}
