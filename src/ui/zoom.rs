//! Looking closer: which part of a chart is in sight, by pointer and by key.

use eframe::egui::{Context, Id, Pos2, Rect, Response, Ui, Vec2, pos2, vec2};
use egui_plot::PlotUi;

/// What a key asks of the charts in sight.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Wish {
    /// Look closer (above 1) or from farther away.
    Closer(f32),
    /// Show all again.
    All,
    /// Look to a side: parts of what is in sight, to the right and up.
    Aside(Vec2),
}

const WISH: &str = "zoom by key";

/// Leaves a wish for the next frame; `None` when it has been fulfilled.
pub(super) fn leave(ctx: &Context, wish: Option<Wish>) {
    ctx.data_mut(|data| data.insert_temp(Id::unique(WISH), wish));
}

fn left(ctx: &Context) -> Option<Wish> {
    ctx.data(|data| data.get_temp::<Option<Wish>>(Id::unique(WISH)))
        .flatten()
}

/// Does in a plot what a key asked for.
pub(super) fn follow(plot: &mut PlotUi<'_>) {
    match left(plot.ctx()) {
        None => {}
        Some(Wish::All) => plot.set_auto_bounds(true),
        Some(Wish::Closer(factor)) => {
            let middle = plot.plot_bounds().center();
            plot.zoom_bounds(Vec2::splat(factor), middle);
        }
        Some(Wish::Aside(parts)) => {
            let bounds = plot.plot_bounds();
            let by = vec2(
                parts.x * bounds.width() as f32,
                parts.y * bounds.height() as f32,
            );
            plot.translate_bounds(by);
        }
    }
}

/// The part of a picture that is in sight, in fractions of it, the lowest row at 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Sight(Rect);

/// The smallest part that can be looked at.
const LEAST: f32 = 1.0 / 64.0;

impl Default for Sight {
    fn default() -> Self {
        Self(Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0)))
    }
}

impl Sight {
    /// What was last in sight under a name, after what a key asked for in this frame.
    pub(super) fn recall(ui: &Ui, id: Id) -> Self {
        let mut sight: Self = ui.data(|data| data.get_temp(id)).unwrap_or_default();
        match left(ui.ctx()) {
            None => {}
            Some(Wish::All) => sight = Self::default(),
            Some(Wish::Closer(factor)) => sight.closer(factor, sight.0.center()),
            Some(Wish::Aside(parts)) => sight.aside(parts * sight.0.size()),
        }
        sight
    }

    /// Keeps it for the next frame.
    pub(super) fn keep(self, ui: &Ui, id: Id) {
        ui.data_mut(|data| data.insert_temp(id, self));
    }

    /// The part: `min` is the corner at the left below.
    pub(super) fn part(self) -> Rect {
        self.0
    }

    /// Follows the pointer over a picture: a drag moves it, Ctrl and the wheel look closer, a
    /// double-click shows all again.
    pub(super) fn track(&mut self, ui: &Ui, response: &Response, picture: Rect) {
        if response.double_clicked() {
            *self = Self::default();
            return;
        }
        if response.dragged() {
            let by = response.drag_delta() / picture.size() * self.0.size();
            self.aside(vec2(-by.x, by.y));
        }
        if let Some(pointer) = response.hover_pos() {
            let factor = ui.input(|input| input.zoom_delta());
            if factor != 1.0 {
                let at = self.place(picture, pointer);
                self.closer(factor, at);
            }
        }
    }

    /// The place of a point of the screen, in fractions of the whole.
    pub(super) fn place(self, picture: Rect, pointer: Pos2) -> Pos2 {
        let within = (pointer - picture.left_bottom()) / picture.size();
        self.0.min + vec2(within.x, -within.y) * self.0.size()
    }

    /// Looks closer, with one place staying where it is.
    fn closer(&mut self, factor: f32, at: Pos2) {
        let size = (self.0.width() / factor).clamp(LEAST, 1.0);
        let min = at + (self.0.min - at) * (size / self.0.width());
        self.0 = Rect::from_min_size(min, Vec2::splat(size));
        self.aside(Vec2::ZERO);
    }

    /// Moves, but not beyond the ends.
    fn aside(&mut self, by: Vec2) {
        let most = 1.0 - self.0.width();
        let min = self.0.min + by;
        let min = pos2(min.x.clamp(0.0, most), min.y.clamp(0.0, most));
        self.0 = Rect::from_min_size(min, self.0.size());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_looked_at_closer_stays_where_it_is_and_within_the_whole() {
        let picture = Rect::from_min_size(pos2(100.0, 0.0), vec2(200.0, 100.0));
        let mut sight = Sight::default();
        let pointer = pos2(150.0, 25.0);
        let at = sight.place(picture, pointer);
        assert_eq!(at, pos2(0.25, 0.75));
        sight.closer(2.0, at);
        assert_eq!(
            sight.part(),
            Rect::from_min_size(pos2(0.125, 0.375), vec2(0.5, 0.5))
        );
        assert_eq!(sight.place(picture, pointer), at);
        sight.aside(vec2(-1.0, 1.0));
        assert_eq!(sight.part().min, pos2(0.0, 0.5));
        sight.closer(0.1, pos2(0.9, 0.9));
        assert_eq!(sight, Sight::default());
        sight.closer(1e9, pos2(0.5, 0.5));
        assert_eq!(sight.part().width(), LEAST);
    }
}
