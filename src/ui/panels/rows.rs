//! Rows of lists: a mark, cells, one click.

use eframe::egui::{
    Align, Align2, Label, Layout, Rect, Response, RichText, Role, Sense, TextStyle, Ui, UiBuilder,
    WidgetInfo, pos2, vec2,
};

use crate::app::Reply;
use crate::ui::{elide, fit, marks};

/// Width of the place of a mark.
const MARK: f32 = 20.0;
/// Points between cells.
const GAP: f32 = 6.0;

/// The height of a row.
pub(super) fn height(ui: &Ui) -> f32 {
    ui.text_style_height(&TextStyle::Body) + 6.0
}

/// A row of a list.
pub(super) struct Row<'a> {
    /// The answer whose mark stands in front, if there is one.
    pub(super) reply: Option<Reply>,
    /// The texts of the cells.
    pub(super) cells: &'a [String],
    /// Whether it is the one that is looked at.
    pub(super) is_current: bool,
    /// What a screen reader says and the tooltip shows.
    pub(super) words: &'a str,
}

/// Places of the cells, by their weights; a negative weight is a width in points.
fn spans(rect: Rect, weights: &[f32]) -> Vec<(f32, f32)> {
    let fixed: f32 = weights
        .iter()
        .filter(|weight| **weight < 0.0)
        .map(|weight| -weight)
        .sum();
    let shares: f32 = weights.iter().filter(|weight| **weight > 0.0).sum();
    let shared = (rect.width() - MARK - fixed).max(20.0);
    let mut left = rect.left() + MARK;
    let mut spans = Vec::with_capacity(weights.len());
    for &weight in weights {
        let width = if weight < 0.0 {
            -weight
        } else {
            shared * weight / shares
        };
        spans.push((left, left + width - GAP));
        left += width;
    }
    spans
}

/// Paints the titles of the cells.
pub(super) fn header(ui: &mut Ui, weights: &[f32], titles: &[&str]) {
    let size = vec2(ui.available_width(), ui.text_style_height(&TextStyle::Body));
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    let colour = ui.visuals().weak_text_color();
    let font = TextStyle::Body.resolve(ui.style());
    for ((left, _), title) in spans(rect, weights).into_iter().zip(titles) {
        let at = pos2(left, rect.center().y);
        ui.painter()
            .text(at, Align2::LEFT_CENTER, *title, font.clone(), colour);
    }
}

/// Paints a row.
pub(super) fn row_ui(ui: &mut Ui, weights: &[f32], row: &Row<'_>) -> Response {
    let size = vec2(ui.available_width(), height(ui));
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response
        .widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, row.is_current, row.words));
    let visuals = ui.visuals();
    if row.is_current {
        ui.painter()
            .rect_filled(rect, 3.0, visuals.selection.bg_fill);
    } else if response.hovered() || response.has_focus() {
        let fill = visuals.widgets.hovered.weak_bg_fill;
        ui.painter().rect_filled(rect, 3.0, fill);
    }
    let colour = match row.is_current {
        true => visuals.strong_text_color(),
        false => visuals.text_color(),
    };
    let outline = visuals.text_color();
    if let Some(reply) = row.reply {
        let at = pos2(rect.left() + MARK / 2.0, rect.center().y);
        marks::paint_reply(ui.painter(), at, 5.0, reply, outline);
    }
    let font = TextStyle::Body.resolve(ui.style());
    let spans = spans(rect, weights).into_iter().zip(weights);
    for (index, (((left, right), weight), text)) in spans.zip(row.cells).enumerate() {
        // Ids come first; cells of a fixed width hold numbers and times, the others words.
        let fitted = match (index, *weight < 0.0) {
            (_, true) => fit::number(ui.painter(), text, &font, right - left),
            (0, _) => elide::middle(ui.painter(), text, &font, right - left),
            _ => text.clone(),
        };
        let cell = Rect::from_min_max(pos2(left, rect.top()), pos2(right, rect.bottom()));
        let layout = Layout::left_to_right(Align::Center);
        let mut cell_ui = ui.new_child(UiBuilder::new().max_rect(cell).layout(layout));
        let text = RichText::new(fitted).color(colour);
        let label = Label::new(text).selectable(false);
        let words = index > 0 && *weight > 0.0;
        cell_ui.add(if words {
            label.truncate()
        } else {
            label.extend()
        });
    }
    response.on_hover_text(row.words)
}
