//! The sheet of keys.

use eframe::egui::{Context, Grid, Id, Modal, RichText, ScrollArea, Ui};

use crate::ui::keys::{TABLE, names};
use crate::ui::layout::Pane;

/// Paints the sheet over the window; true when it is to be put away.
pub(in crate::ui) fn key_sheet_ui(ctx: &Context) -> bool {
    let modal = Modal::new(Id::unique("key sheet")).show(ctx, |ui| {
        ui.heading("Keys");
        // The way out stays in sight, however low the window is.
        let height = (ctx.content_rect().height() - 150.0).max(120.0);
        ScrollArea::vertical().max_height(height).show(ui, keys_ui);
        ui.label("Map and curve: drag to pan, scroll with Ctrl to zoom, double-click to reset.");
        ui.button("Close").clicked()
    });
    modal.inner || modal.should_close()
}

fn keys_ui(ui: &mut Ui) {
    Grid::new("keys")
        .num_columns(2)
        .striped(true)
        .spacing([24.0, 4.0])
        .show(ui, |ui| {
            for (_, keys, meaning) in &TABLE {
                ui.label(RichText::new(names(keys)).monospace());
                ui.label(*meaning);
                ui.end_row();
            }
            for entry in &Pane::TABLE {
                if let Some(key) = entry.key {
                    ui.label(RichText::new(names(&[key])).monospace());
                    ui.label(format!("Show the pane {}", entry.name));
                    ui.end_row();
                }
            }
        });
}
