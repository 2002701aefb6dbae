//! What the lines of a chart mean, beside it and never over it.

use eframe::egui::{Color32, FontId, RichText, Sense, Shape, Stroke, Ui, vec2};
use egui_plot::LineStyle;

/// A line of a chart: its name, its colour, how it is drawn.
pub(super) type Entry<'a> = (&'a str, Color32, LineStyle);

/// Paints the entries one after the other; to be called in a row that wraps.
pub(super) fn legend_ui(ui: &mut Ui, entries: &[Entry<'_>]) {
    for (name, colour, style) in entries {
        // A group of its own, so that a line and its name are never in different rows.
        let font = FontId::proportional(12.0);
        let galley = ui
            .painter()
            .layout_no_wrap((*name).to_owned(), font, *colour);
        if 28.0 + galley.size().x > ui.available_size_before_wrap().x {
            ui.end_row();
        }
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            let (rect, _) = ui.allocate_exact_size(vec2(24.0, 14.0), Sense::hover());
            let ends = [rect.left_center(), rect.right_center()];
            let stroke = Stroke::new(2.2, *colour);
            match style {
                LineStyle::Solid => {
                    ui.painter().line_segment(ends, stroke);
                }
                LineStyle::Dashed { length } => {
                    let (dash, gap) = (length * 0.7, length * 0.4);
                    let dashes = Shape::dashed_line(&ends, stroke, dash, gap);
                    ui.painter().extend(dashes);
                }
                LineStyle::Dotted { .. } => {
                    let dots = Shape::dotted_line(&ends, *colour, 4.0, 1.2);
                    ui.painter().extend(dots);
                }
            }
            ui.label(RichText::new(*name).size(12.0));
        });
    }
}
