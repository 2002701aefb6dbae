//! Reading a chart by key: a mark that is moved over it, and what is there.

use eframe::egui::accesskit::Live;
use eframe::egui::{
    Color32, EventFilter, FontId, LayerId, Order, Pos2, Rect, Response, Stroke, StrokeKind, Ui,
    pos2, vec2,
};

use super::zoom::{self, ViewChange};

/// Points between the mark and what is written beside it.
const GAP: f32 = 10.0;

/// Which charts a key is for that no single chart has.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// A chart of a pane: keys are for it where they are for no other.
    Whole,
    /// One of many small ones in a pane: keys are for it only where it has the keyboard or the
    /// pointer.
    One,
}

/// Marks a place of a chart whose frame on the screen is given, and says what `read` says of it,
/// to the eye and to screen readers. The mark is there while the chart has the keyboard, and from
/// the first key that moves it until all is shown again.
pub(super) fn mark(
    ui: &Ui,
    response: &Response,
    frame: Rect,
    part: Part,
    read: impl FnOnce(Pos2) -> Option<String>,
) {
    zoom::meet(response);
    let for_all = zoom::for_all(ui.ctx()).filter(|_| part == Part::Whole);
    let change = zoom::for_chart(response).or(for_all);
    let id = response.id.with("mark");
    let mut mark: Option<Pos2> = ui.data(|data| data.get_temp(id));
    match change {
        Some(ViewChange::Mark(by)) => mark = Some(moved(mark, by)),
        Some(ViewChange::All) => mark = None,
        _ if response.double_clicked() => mark = None,
        _ => {}
    }
    ui.data_mut(|data| match mark {
        Some(mark) => drop(data.insert_temp(id, mark)),
        None => data.remove::<Pos2>(id),
    });
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
    if response.has_focus() {
        keep_arrows(response);
        let stroke = Stroke::new(2.0, ui.visuals().selection.stroke.color);
        let painter = ui.painter();
        painter.rect_stroke(frame, 0.0, stroke, StrokeKind::Outside);
    }
    let shown = mark.or(response.has_focus().then_some(MIDDLE));
    if let Some(mark) = shown.filter(|_| ui.is_rect_visible(frame)) {
        let at = frame.left_bottom() + vec2(mark.x, -mark.y) * frame.size();
        cross(ui, frame, at);
        let words = read(at).unwrap_or_else(|| "nothing here".to_owned());
        write(ui, response, at, &words);
        ui.ctx().accesskit_node_builder(response.id, |node| {
            node.set_value(words);
            node.set_live(Live::Polite);
        });
    }
}

/// Where a mark is at first, in parts of the frame, from the left below.
const MIDDLE: Pos2 = pos2(0.5, 0.5);

fn moved(mark: Option<Pos2>, by: eframe::egui::Vec2) -> Pos2 {
    let at = mark.unwrap_or(MIDDLE) + by;
    pos2(at.x.clamp(0.0, 1.0), at.y.clamp(0.0, 1.0))
}

/// Arrows would lead the keyboard to another widget.
fn keep_arrows(response: &Response) {
    let filter = EventFilter {
        horizontal_arrows: true,
        vertical_arrows: true,
        ..EventFilter::default()
    };
    let memory = |memory: &mut eframe::egui::Memory| {
        memory.set_focus_lock_filter(response.id, filter);
    };
    response.ctx.memory_mut(memory);
}

/// Lines through a place, light on dark so that they are seen on any colour.
fn cross(ui: &Ui, frame: Rect, at: Pos2) {
    let painter = ui.painter().with_clip_rect(frame.intersect(ui.clip_rect()));
    for (width, colour) in [(3.0, Color32::from_black_alpha(150)), (1.0, Color32::WHITE)] {
        let stroke = Stroke::new(width, colour);
        painter.hline(frame.x_range(), at.y, stroke);
        painter.vline(at.x, frame.y_range(), stroke);
    }
}

/// Writes beside a place, where there is room in the window.
fn write(ui: &Ui, response: &Response, at: Pos2, words: &str) {
    let layer = LayerId::new(Order::Tooltip, response.id.with("read"));
    let painter = ui.ctx().layer_painter(layer);
    let visuals = ui.visuals();
    let font = FontId::proportional(12.0);
    let galley = painter.layout_no_wrap(words.to_owned(), font, visuals.text_color());
    let (window, size) = (ui.ctx().content_rect(), galley.size());
    let beside = |at: f32, size: f32, end: f32| match at + GAP + size + GAP > end {
        true => at - GAP - size,
        false => at + GAP,
    };
    let corner = pos2(
        beside(at.x, size.x, window.right()),
        beside(at.y, size.y, window.bottom()),
    );
    let ground = Rect::from_min_size(corner, size).expand2(vec2(6.0, 3.0));
    painter.rect_filled(ground, 3.0, visuals.window_fill);
    painter.rect_stroke(ground, 3.0, visuals.window_stroke, StrokeKind::Outside);
    painter.galley(corner, galley, visuals.text_color());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_begins_in_the_middle_and_stays_within_the_frame() {
        assert_eq!(moved(None, vec2(0.0, 0.25)), pos2(0.5, 0.75));
        assert_eq!(moved(Some(pos2(0.9, 0.1)), vec2(0.5, -0.5)), pos2(1.0, 0.0));
    }
}
