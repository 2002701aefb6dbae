//! The sheet of keys.

use eframe::egui::{Context, Grid, Id, Modal, RichText, ScrollArea, Ui};

use crate::ui::keys::{Group, TABLE, TAGS, names};
use crate::ui::layout::Pane;

/// Paints the sheet over the window; true when it is to be put away.
pub(in crate::ui) fn key_sheet_ui(ctx: &Context) -> bool {
    let modal = Modal::new(Id::unique("key sheet")).show(ctx, |ui| {
        ui.heading("Keys");
        // The way out stays visible, however low the window is.
        let height = (ctx.content_rect().height() - 150.0).max(120.0);
        // Two keys a row where there is room, so that the sheet is not higher than the window.
        let across = if ctx.content_rect().width() < WIDE { 1 } else { 2 };
        ScrollArea::vertical()
            .max_height(height)
            .show(ui, |ui| keys_ui(ui, across));
        ui.label("Charts: drag to pan, Ctrl and wheel to zoom, double-click for all of it; point at them to read their values.");
        let close = ui.button("Close");
        close.on_hover_text("Put the sheet away (Esc)").clicked()
    });
    modal.inner || modal.should_close()
}

/// Width of the window from which on two keys fit into a row.
const WIDE: f32 = 1_150.0;

fn keys_ui(ui: &mut Ui, across: usize) {
    for (group, title) in Group::ALL {
        let own = TABLE.iter().filter(|(action, ..)| action.group() == group);
        let own = own.map(|(_, keys, meaning)| (names(keys), (*meaning).to_owned()));
        let mut own: Vec<(String, String)> = own.collect();
        if group == Group::Answers {
            own.push((TAGS.0.to_owned(), TAGS.1.to_owned()));
        }
        group_ui(ui, title, &own, across);
    }
    let panes = Pane::TABLE.iter().filter_map(|entry| {
        let meaning = format!("Show the pane {}", entry.name);
        Some((names(&[entry.key?]), meaning))
    });
    group_ui(ui, "Panes", &panes.collect::<Vec<_>>(), across);
}

fn group_ui(ui: &mut Ui, title: &str, all: &[(String, String)], across: usize) {
    ui.add_space(6.0);
    ui.label(RichText::new(title).strong());
    let rows = all.len().div_ceil(across);
    Grid::new(title)
        .num_columns(2 * across)
        .striped(true)
        .spacing([18.0, 4.0])
        .show(ui, |ui| {
            for row in 0..rows {
                for (keys, meaning) in (row..all.len()).step_by(rows).map(|at| &all[at]) {
                    ui.label(RichText::new(keys).monospace());
                    ui.label(meaning);
                }
                ui.end_row();
            }
        });
}
