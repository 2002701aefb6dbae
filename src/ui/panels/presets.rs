//! Ready-made settings, one press each.

use eframe::egui::{RichText, Ui};

use crate::app::{Preset, Settings};

/// Paints a button for each; returns the settings of the one that is pressed. `now` are the
/// settings beside which they stand.
pub(super) fn presets_ui(ui: &mut Ui, now: &Settings) -> Option<Settings> {
    let chosen = Preset::of(now);
    let mut pressed = None;
    ui.horizontal_wrapped(|ui| {
        ui.label("Preset")
            .on_hover_text("Detectors and learner together; seed and τ stay as they are.");
        for preset in Preset::ALL {
            let is_chosen = chosen == Some(preset);
            let button = ui.selectable_label(is_chosen, preset.name());
            if button.on_hover_text(preset.meaning()).clicked() {
                pressed = Some(preset.settings(now));
            }
        }
    });
    let sentence = chosen.map_or(
        "Settings of your own: none of the presets.",
        Preset::meaning,
    );
    ui.label(RichText::new(sentence).weak());
    pressed
}
