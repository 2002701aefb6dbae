//! Looking closer: which part of a chart is in viewport, by pointer and by key.

use eframe::egui::{Context, Id, Pos2, Rect, Response, Ui, Vec2, pos2, vec2};
use egui_plot::PlotUi;

/// An action that looks at charts: each has a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    Closer,
    Farther,
    All,
    Left,
    Right,
    Up,
    Down,
    MarkLeft,
    MarkRight,
    MarkUp,
    MarkDown,
}

impl Look {
    /// All of them.
    #[cfg(test)]
    pub(super) const ALL: [Self; 11] = [
        Self::Closer,
        Self::Farther,
        Self::All,
        Self::Left,
        Self::Right,
        Self::Up,
        Self::Down,
        Self::MarkLeft,
        Self::MarkRight,
        Self::MarkUp,
        Self::MarkDown,
    ];

    /// What it asks for.
    pub(super) fn change(self) -> ViewChange {
        const STEP: f32 = 0.15;
        const MARK: f32 = 0.025;
        match self {
            Self::Closer => ViewChange::Closer(1.25),
            Self::Farther => ViewChange::Closer(0.8),
            Self::All => ViewChange::All,
            Self::Left => ViewChange::Aside(vec2(-STEP, 0.0)),
            Self::Right => ViewChange::Aside(vec2(STEP, 0.0)),
            Self::Up => ViewChange::Aside(vec2(0.0, STEP)),
            Self::Down => ViewChange::Aside(vec2(0.0, -STEP)),
            Self::MarkLeft => ViewChange::Mark(vec2(-MARK, 0.0)),
            Self::MarkRight => ViewChange::Mark(vec2(MARK, 0.0)),
            Self::MarkUp => ViewChange::Mark(vec2(0.0, MARK)),
            Self::MarkDown => ViewChange::Mark(vec2(0.0, -MARK)),
        }
    }
}

/// What a key asks of the charts in viewport.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum ViewChange {
    /// Look closer (above 1) or from farther away.
    Closer(f32),
    /// Show all again.
    All,
    /// Look to a side: parts of what is in viewport, to the right and up.
    Aside(Vec2),
    /// Move the mark whose value is read: parts of what is in viewport, to the right and up.
    Mark(Vec2),
}

/// What was left for this frame, and for which chart; for all that are in viewport, where that is
/// `None`.
#[derive(Clone, Copy)]
struct Left {
    change: ViewChange,
    on: Option<Id>,
}

const WISH: &str = "zoom by key";

/// Leaves a change for the next frame; `None` when it has been fulfilled.
pub(super) fn leave(ctx: &Context, change: Option<ViewChange>) {
    let on = met(ctx);
    let left = change.map(|change| Left { change, on });
    ctx.data_mut(|data| data.insert_temp(Id::unique(WISH), left));
}

fn left(ctx: &Context) -> Option<Left> {
    ctx.data(|data| data.get_temp::<Option<Left>>(Id::unique(WISH)))
        .flatten()
}

/// The change that is for all charts in viewport.
pub(super) fn for_all(ctx: &Context) -> Option<ViewChange> {
    let left = left(ctx)?;
    left.on.is_none().then_some(left.change)
}

/// The change that is for one chart.
pub(super) fn for_chart(response: &Response) -> Option<ViewChange> {
    let left = left(&response.ctx)?;
    (left.on == Some(response.id)).then_some(left.change)
}

/// The chart that keys are for, how much it is that, and in which pass it was met.
#[derive(Clone, Copy, Default)]
struct Met {
    pass: u64,
    claim: u8,
    chart: Option<Id>,
}

const MET: &str = "chart that keys are for";

/// Says that a chart is in viewport: keys are for the one that has the keyboard, else for the one
/// under the pointer.
pub(super) fn meet(response: &Response) {
    let claim = match (response.has_focus(), response.hovered()) {
        (true, _) => 2,
        (false, true) => 1,
        (false, false) => return,
    };
    let pass = response.ctx.cumulative_pass_nr();
    response.ctx.data_mut(|data| {
        let met: &mut Met = data.get_temp_mut_or_default(Id::unique(MET));
        if met.pass != pass || met.claim < claim {
            let chart = Some(response.id);
            *met = Met { pass, claim, chart };
        }
    });
}

fn met(ctx: &Context) -> Option<Id> {
    let met: Met = ctx.data(|data| data.get_temp(Id::unique(MET)))?;
    met.chart.filter(|_| met.pass == ctx.cumulative_pass_nr())
}

/// Does in a plot what a key asked for.
pub(super) fn follow(plot: &mut PlotUi<'_>) {
    match for_chart(plot.response()).or_else(|| for_all(plot.ctx())) {
        None | Some(ViewChange::Mark(_)) => {}
        Some(ViewChange::All) => plot.set_auto_bounds(true),
        Some(ViewChange::Closer(factor)) => {
            let middle = plot.plot_bounds().center();
            plot.zoom_bounds(Vec2::splat(factor), middle);
        }
        Some(ViewChange::Aside(parts)) => {
            let bounds = plot.plot_bounds();
            let by = vec2(
                parts.x * bounds.width() as f32,
                parts.y * bounds.height() as f32,
            );
            plot.translate_bounds(by);
        }
    }
}

/// The part of a picture that is in viewport, in fractions of it, the lowest row at 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Viewport(Rect);

/// The smallest part that can be looked at.
const LEAST: f32 = 1.0 / 64.0;

impl Default for Viewport {
    fn default() -> Self {
        Self(Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0)))
    }
}

impl Viewport {
    /// What was last in viewport under a name.
    pub(super) fn recall(ui: &Ui, id: Id) -> Self {
        ui.data(|data| data.get_temp(id)).unwrap_or_default()
    }

    /// Follows a key.
    pub(super) fn obey(&mut self, change: Option<ViewChange>) {
        match change {
            None | Some(ViewChange::Mark(_)) => {}
            Some(ViewChange::All) => *self = Self::default(),
            Some(ViewChange::Closer(factor)) => self.closer(factor, self.0.center()),
            Some(ViewChange::Aside(parts)) => self.aside(parts * self.0.size()),
        }
    }

    /// Keeps it for the next frame.
    pub(super) fn keep(self, ui: &Ui, id: Id) {
        ui.data_mut(|data| match self == Self::default() {
            true => data.remove::<Self>(id),
            false => drop(data.insert_temp(id, self)),
        });
    }

    /// The part: `min` is the corner at the left below.
    pub(super) fn part(self) -> Rect {
        self.0
    }

    /// Follows the pointer over a picture and the keys that are for it: a drag moves it, Ctrl and
    /// the wheel look closer, a double-click shows all again.
    pub(super) fn track(&mut self, ui: &Ui, response: &Response, picture: Rect) {
        meet(response);
        self.obey(for_chart(response));
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
                let at = self.position(picture, pointer);
                self.closer(factor, at);
            }
        }
    }

    /// The place of a point of the screen, in fractions of the whole.
    pub(super) fn position(self, picture: Rect, pointer: Pos2) -> Pos2 {
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
        let mut viewport = Viewport::default();
        let pointer = pos2(150.0, 25.0);
        let at = viewport.position(picture, pointer);
        assert_eq!(at, pos2(0.25, 0.75));
        viewport.closer(2.0, at);
        assert_eq!(
            viewport.part(),
            Rect::from_min_size(pos2(0.125, 0.375), vec2(0.5, 0.5))
        );
        assert_eq!(viewport.position(picture, pointer), at);
        viewport.aside(vec2(-1.0, 1.0));
        assert_eq!(viewport.part().min, pos2(0.0, 0.5));
        viewport.closer(0.1, pos2(0.9, 0.9));
        assert_eq!(viewport, Viewport::default());
        viewport.closer(1e9, pos2(0.5, 0.5));
        assert_eq!(viewport.part().width(), LEAST);
    }
}
