//! Small pictures of numbers: bars and distributions.

use std::sync::Arc;

use eframe::egui::text::{LayoutJob, TextWrapping};
use eframe::egui::{
    Align2, Color32, FontId, Galley, Id, Painter, Pos2, Rangef, Rect, Response, Role, Sense, Shape,
    Stroke, StrokeKind, Ui, Vec2, WidgetInfo, pos2, vec2,
};

use super::reading::{self, Part};
use super::zoom::Viewport;
use super::{colours, number};

/// A distribution with a value on it.
pub(super) struct Distribution<'a> {
    /// The left end of the first bin.
    pub(super) low: f32,
    /// The width of a bin.
    pub(super) width: f32,
    /// The instances in each bin.
    pub(super) counts: &'a [u32],
    /// The value.
    pub(super) at: f32,
    /// Another value to tick, such as the median.
    pub(super) tick: Option<f32>,
}

impl Distribution<'_> {
    fn high(&self) -> f32 {
        self.low + self.width * self.counts.len() as f32
    }

    /// The bin of the value, if it is in one.
    fn bin(&self) -> Option<usize> {
        let at = (self.at - self.low) / self.width;
        let end = self.counts.len() as f32;
        (at > -1e-3 && at < end + 1e-3).then(|| (at.max(0.0) as usize).min(self.counts.len() - 1))
    }

    /// Paints it as bars whose heights go with the square root of the counts, so that rare values
    /// are seen beside frequent ones; the bin of the value stands out. Says `words` to the pointer
    /// and to screen readers. The pointer moves what is in viewport; another distribution, by its
    /// words, is shown as a whole again.
    pub(super) fn show(&self, ui: &mut Ui, size: Vec2, words: &str) -> Response {
        let (rect, response) = ui.allocate_exact_size(size, Sense::click_and_drag());
        response.widget_info(|| WidgetInfo::labeled(Role::Image, true, words));
        let plot = rect.shrink2(vec2(5.0, 0.0)).with_min_y(rect.top() + 5.0);
        let view = Id::unique(("distribution", words));
        let mut viewport = Viewport::recall(ui, view);
        viewport.track(ui, &response, plot);
        viewport.keep(ui, view);
        let seen = self.seen(viewport);
        if ui.is_rect_visible(rect) {
            self.paint(ui, rect, plot, seen);
        }
        let read = |at: Pos2| self.read(plot, seen, at.x);
        reading::mark(ui, &response, plot, Part::One, read);
        match response.hover_pos().and_then(read) {
            Some(read) => response.on_hover_text_at_pointer(format!("{read}\n{words}")),
            None => response.on_hover_text(words),
        }
    }

    /// The values in viewport: a value outside the bins has room of its own.
    fn seen(&self, viewport: Viewport) -> Rangef {
        let (low, high) = (self.low.min(self.at), self.high().max(self.at));
        let (span, part) = ((high - low).max(f32::MIN_POSITIVE), viewport.part());
        Rangef::new(low + part.left() * span, low + part.right() * span)
    }

    /// What the bin at a place of the screen holds.
    fn read(&self, plot: Rect, seen: Rangef, at: f32) -> Option<String> {
        let value = seen.min + (at - plot.left()) / plot.width() * seen.span();
        let bin = ((value - self.low) / self.width).floor();
        let bin = (bin >= 0.0).then_some(bin as usize)?;
        let count = *self.counts.get(bin)?;
        let end = |bin: usize| number::value(self.low + self.width * bin as f32);
        let instances = number::instances(count as usize);
        Some(format!("{instances} from {} to {}", end(bin), end(bin + 1)))
    }

    fn paint(&self, ui: &Ui, rect: Rect, plot: Rect, seen: Rangef) {
        let painter = ui
            .painter()
            .with_clip_rect(rect.expand(1.0).intersect(ui.clip_rect()));
        let visuals = ui.visuals();
        let x = |value: f32| plot.left() + (value - seen.min) / seen.span() * plot.width();
        let most = self.counts.iter().copied().max().unwrap_or(1).max(1) as f32;
        let own = self.bin();
        let grey = visuals.weak_text_color().gamma_multiply(0.55);
        let bars = painter.with_clip_rect(plot.intersect(painter.clip_rect()));
        for (bin, &count) in self.counts.iter().enumerate() {
            let left = x(self.low + self.width * bin as f32);
            let right = x(self.low + self.width * (bin + 1) as f32);
            let height = (count as f32 / most).sqrt() * plot.height();
            let colour = if own == Some(bin) { colours::OWN } else { grey };
            // A bin with anybody in it is seen, however few they are.
            let height = if count > 0 { height.max(1.5) } else { 0.0 };
            let bar = Rect::from_min_max(
                pos2(left, plot.bottom() - height),
                pos2(right.max(left + 1.0), plot.bottom()),
            );
            bars.rect_filled(bar, 0.0, colour);
        }
        painter.hline(
            plot.x_range(),
            plot.bottom(),
            Stroke::new(1.0, visuals.weak_text_color()),
        );
        if let Some(tick) = self.tick {
            bars.vline(
                x(tick),
                plot.top()..=plot.bottom(),
                Stroke::new(1.0, visuals.text_color()),
            );
        }
        if seen.contains(self.at) {
            marker(&painter, pos2(x(self.at), plot.top()), plot.bottom());
        }
    }
}

/// A line with a triangle at its top: here is the candidate.
fn marker(painter: &Painter, top: Pos2, bottom: f32) {
    painter.vline(top.x, top.y..=bottom, Stroke::new(1.6, colours::OWN));
    let corners = [vec2(-4.0, -5.0), vec2(4.0, -5.0), vec2(0.0, 2.0)];
    let corners = corners.map(|corner| top + corner).to_vec();
    painter.add(Shape::convex_polygon(corners, colours::OWN, Stroke::NONE));
}

/// Width of the name of a bar.
const NAME: f32 = 58.0;

/// A bar of a part of its length, with the value written behind it.
pub(super) struct Bar<'a> {
    /// What it is, short.
    pub(super) name: &'a str,
    /// The filled part, in `[0, 1]`.
    pub(super) part: f32,
    /// Where to tick, in `[0, 1]`.
    pub(super) tick: Option<f32>,
    /// The value as it is written.
    pub(super) value: &'a str,
    /// Its colour.
    pub(super) colour: Color32,
}

impl Bar<'_> {
    /// Paints it in a rectangle: name, bar, value.
    pub(super) fn paint(&self, ui: &Ui, rect: Rect) {
        let painter = ui.painter();
        let text = ui.visuals().text_color();
        let font = FontId::proportional(11.0);
        painter.text(
            rect.left_center(),
            Align2::LEFT_CENTER,
            self.name,
            font.clone(),
            text,
        );
        let bar = Rect::from_min_max(
            pos2(rect.left() + NAME, rect.top() + 1.0),
            pos2(rect.right() - 42.0, rect.bottom() - 1.0),
        );
        painter.rect_filled(bar, 1.0, ui.visuals().faint_bg_color);
        let filled = bar.with_max_x(bar.left() + bar.width() * self.part.clamp(0.0, 1.0));
        painter.rect_filled(filled, 1.0, self.colour);
        let frame = Stroke::new(0.5, ui.visuals().weak_text_color());
        painter.rect_stroke(bar, 1.0, frame, StrokeKind::Inside);
        if let Some(tick) = self.tick {
            let at = bar.left() + bar.width() * tick.clamp(0.0, 1.0);
            painter.vline(
                at,
                rect.top() - 1.0..=rect.bottom() + 1.0,
                Stroke::new(1.5, text),
            );
        }
        painter.text(
            pos2(rect.right(), rect.center().y),
            Align2::RIGHT_CENTER,
            self.value,
            FontId::monospace(11.0),
            text,
        );
    }
}

/// The name of an axis in the room that it has: without what it says in brackets, and cut off,
/// where there is no room for all of it.
pub(super) fn axis_name(painter: &Painter, name: &str, font: FontId, room: f32) -> Arc<Galley> {
    let job = |name: &str| {
        LayoutJob::simple_singleline(name.to_owned(), font.clone(), Color32::PLACEHOLDER)
    };
    let whole = painter.layout_job(job(name));
    if whole.size().x <= room {
        return whole;
    }
    let short = name.split_once(" (").map_or(name, |(short, _)| short);
    let mut job = job(short);
    job.wrap = TextWrapping::truncate_at_width(room);
    painter.layout_job(job)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bin_under_the_pointer_is_read_also_beside_a_value_outside() {
        let shown = Distribution {
            low: 0.0,
            width: 2.0,
            counts: &[3, 1],
            at: 8.0,
            tick: None,
        };
        // Half of the picture is bins, the other half is the way to the value.
        let plot = Rect::from_min_max(pos2(100.0, 0.0), pos2(180.0, 30.0));
        let seen = shown.seen(Viewport::default());
        let read = |at: f32| shown.read(plot, seen, at);
        assert_eq!(read(101.0).as_deref(), Some("3 instances from 0 to 2"));
        assert_eq!(read(135.0).as_deref(), Some("1 instance from 2 to 4"));
        assert_eq!((read(150.0), read(97.0)), (None, None));
    }
}
