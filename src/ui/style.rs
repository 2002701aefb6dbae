//! Colours of text and frames, light and dark: small text needs more contrast than egui gives it,
//! and whoever works by keyboard must see where it is.

use eframe::egui::{Color32, Context, Stroke, Theme};

/// Sets the look of both themes.
pub(super) fn apply(ctx: &Context) {
    for (theme, text, weak, field, error, link) in [
        (
            Theme::Dark,
            Color32::from_gray(205),
            Color32::from_gray(158),
            Color32::from_gray(10),
            Color32::from_rgb(255, 128, 110),
            Color32::from_rgb(90, 170, 255),
        ),
        (
            Theme::Light,
            Color32::from_gray(45),
            Color32::from_gray(98),
            Color32::from_gray(235),
            Color32::from_rgb(178, 20, 0),
            Color32::from_rgb(0, 90, 170),
        ),
    ] {
        ctx.style_mut_of(theme, |style| {
            // Text does not run under the bar.
            style.spacing.scroll.floating_allocated_width = 6.0;
            let visuals = &mut style.visuals;
            visuals.widgets.noninteractive.fg_stroke.color = text;
            visuals.weak_text_color = Some(weak);
            visuals.error_fg_color = error;
            visuals.hyperlink_color = link;
            // A field that nobody writes into is seen, too.
            visuals.text_edit_bg_color = Some(field);
            // The widget that has the keyboard looks like one that is pressed.
            let accent = visuals.selection.stroke.color;
            visuals.widgets.active.bg_stroke = Stroke::new(2.0, accent);
        });
    }
}
