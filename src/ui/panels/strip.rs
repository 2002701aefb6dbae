//! A line across the window: text that wraps at the left, buttons at the right.

use eframe::egui::{Align, Layout, Ui, vec2};

/// Paints a strip that is as high as its text and covers nothing; `room` points are for the
/// buttons, which are added from right to left.
pub(super) fn strip_ui(
    ui: &mut Ui,
    room: f32,
    text: impl FnOnce(&mut Ui),
    buttons: impl FnOnce(&mut Ui),
) {
    ui.horizontal_top(|ui| {
        let width = (ui.available_width() - room).max(120.0);
        ui.allocate_ui(vec2(width, 0.0), |ui| {
            ui.vertical(|ui| {
                ui.set_width(width);
                text(ui);
            });
        });
        ui.with_layout(Layout::right_to_left(Align::TOP), buttons);
    });
}
