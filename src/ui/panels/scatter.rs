//! The scatter matrix: every feature over every other.

use eframe::egui::{
    Align, Align2, Color32, FontId, Mesh, Painter, Pos2, Rangef, Rect, Role, Sense, Stroke,
    StrokeKind, Ui, WidgetInfo, pos2, vec2,
};

use super::brushed::Brushing;
use super::brushing::{SELECTED, axis, canvas, head_ui, labels};
use super::map_look::{Dots, shade_bar};
use super::nearest::nearest;
use crate::app::{Command, FeatureRange, View, ViewCommand};
use crate::ui::layout::PaneContext;
use crate::ui::{colours, elide};

/// How rows are selected.
const HOW: &str = "Draw a rectangle in a plot to select rows; all of them have to be met.";
/// Features that are shown at once.
const MOST: usize = 5;
/// The fewest, and the height of a cell from which on there are more.
const LEAST_SHOWN: usize = 2;
const LEAST_CELL: f32 = 56.0;
/// Width of a cell from which on it has three numbers below, and not only its ends.
const THREE: f32 = 110.0;
/// Selected rows from which on they are dots and not rings.
const RINGED: usize = 60;
/// Room for numbers: left, below.
const NUMBERS: eframe::egui::Vec2 = vec2(46.0, 16.0);
/// Points between cells.
const GAP: f32 = 5.0;
/// How near a click must be to a dot.
const REACH: f32 = 6.0;
/// Sides of a range that is no click.
const LEAST: f32 = 4.0;
/// Half the side of a dot.
const DOT: f32 = 1.3;

/// Paints the cells; a drag in one selects, a click on a dot looks at its row.
pub(in crate::ui) fn scatter_ui(ui: &mut Ui, pane: &mut PaneContext<'_>) {
    let fits = pane.kept.brushing.fits.clamp(LEAST_SHOWN, MOST);
    head_ui(ui, pane, fits, HOW);
    let workspace = pane.workspace;
    let kept = &mut *pane.kept;
    let fits = ((ui.available_height() - NUMBERS.y) / LEAST_CELL).max(0.0) as usize;
    kept.brushing.fits = fits.clamp(LEAST_SHOWN, MOST);
    let chosen = kept.brushing.features().iter().copied();
    let features: Vec<usize> = chosen.take(kept.brushing.fits).collect();
    let rows: Vec<usize> = kept.brushing.rows(workspace).to_vec();
    let dots = kept.look.dots(workspace, true);
    let shade = kept.look.shade(true);
    let room = ui.available_size();
    ui.horizontal_top(|ui| {
        let words = "Every chosen feature over every other, a dot for each row, coloured by the choice above; on the diagonal the distribution of each";
        let (rect, _) = canvas(ui, room, words);
        let plot = Rect::from_min_max(
            rect.min + vec2(NUMBERS.x, 4.0),
            rect.max - vec2(6.0, NUMBERS.y),
        );
        let matrix = Matrix {
            workspace,
            features: &features,
            plot,
        };
        let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
        let count = features.len();
        let cells = (0..count).flat_map(|row| (0..count).map(move |column| (row, column)));
        for cell in cells.clone() {
            matrix.ground(ui, &painter, cell);
        }
        let (drawn_at, shown) = ((plot, &features[..]), (&rows[..], &dots));
        let clouds = (kept.clouds).of(drawn_at, workspace, shown, || matrix.mesh(&rows, &dots));
        painter.add(clouds);
        for cell in cells.filter(|(row, column)| row != column) {
            matrix.marked(&painter, cell);
            matrix.cell_ui(ui, cell, &rows, &mut kept.brushing, pane.commands);
        }
        if let Some(shade) = shade {
            let range = kept.look.range(workspace, shade);
            shade_bar(ui, workspace, (shade, range), rect.height());
        }
    });
}

/// The cells of a picture.
struct Matrix<'a> {
    workspace: View<'a>,
    features: &'a [usize],
    plot: Rect,
}

/// A row and a column of cells, both from 0.
type Cell = (usize, usize);

impl Matrix<'_> {
    fn rect(&self, (row, column): Cell) -> Rect {
        let count = self.features.len().max(1) as f32;
        let size = (self.plot.size() - vec2(GAP, GAP) * (count - 1.0)) / count;
        let step = size + vec2(GAP, GAP);
        let corner = self.plot.min + vec2(step.x * column as f32, step.y * row as f32);
        Rect::from_min_size(corner, size)
    }

    /// What lies across and up a cell.
    fn axes(&self, (row, column): Cell) -> [(usize, Rangef); 2] {
        [column, row].map(|index| {
            let feature = self.features[index];
            (feature, axis(self.workspace, feature))
        })
    }

    /// Where a row lies in a cell.
    fn at(&self, cell: Cell, instance: usize) -> Option<Pos2> {
        let rect = self.rect(cell);
        let values = self.workspace.dataset().features();
        let [x, y] = self.axes(cell).map(|(feature, along)| {
            let value = values.get([instance, feature])?;
            let part = (value - along.min) / along.span().max(f32::MIN_POSITIVE);
            (0.0..=1.0).contains(&part).then_some(part)
        });
        Some(pos2(
            rect.left() + x? * rect.width(),
            rect.bottom() - y? * rect.height(),
        ))
    }

    fn mesh(&self, rows: &[usize], dots: &Dots<'_>) -> Mesh {
        let coloured: Vec<(usize, Color32)> = rows
            .iter()
            .filter_map(|&row| Some((row, dots.colour(row)?)))
            .collect();
        let count = self.features.len();
        let cells = (0..count).flat_map(|row| (0..count).map(move |column| (row, column)));
        let mut mesh = Mesh::default();
        for cell in cells.filter(|(row, column)| row != column) {
            for &(instance, colour) in &coloured {
                if let Some(at) = self.at(cell, instance) {
                    let dot = Rect::from_center_size(at, vec2(2.0 * DOT, 2.0 * DOT));
                    mesh.add_colored_rect(dot, colour.gamma_multiply(0.85));
                }
            }
        }
        mesh
    }

    /// The frame of a cell, its numbers at the edges of the picture, and what is on the diagonal.
    fn ground(&self, ui: &Ui, painter: &Painter, cell: Cell) {
        let (rect, (row, column)) = (self.rect(cell), cell);
        let (visuals, ink) = (ui.visuals(), ui.visuals().text_color());
        painter.rect_filled(rect, 1.0, visuals.faint_bg_color);
        let frame = Stroke::new(1.0, visuals.weak_text_color().gamma_multiply(0.6));
        painter.rect_stroke(rect, 1.0, frame, StrokeKind::Inside);
        let [(across, x), (up, y)] = self.axes(cell);
        let font = FontId::proportional(10.0);
        let part = |value: f32, along: Rangef| (value - along.min) / along.span();
        if row + 1 == self.features.len() {
            let aligns = [Align2::LEFT_TOP, Align2::CENTER_TOP, Align2::RIGHT_TOP];
            let labels = labels(self.workspace, across).into_iter().zip(aligns);
            let has_room = rect.width() >= THREE;
            for ((value, text), align) in
                labels.filter(|(_, align)| has_room || align.x() != Align::Center)
            {
                let x = rect.left() + part(value, x) * rect.width();
                let at = pos2(x, rect.bottom() + 2.0);
                painter.text(at, align, text, font.clone(), ink);
            }
        }
        if column == 0 {
            let aligns = [
                Align2::RIGHT_BOTTOM,
                Align2::RIGHT_CENTER,
                Align2::RIGHT_TOP,
            ];
            let labels = labels(self.workspace, up).into_iter().zip(aligns);
            for ((value, text), align) in labels {
                let y = rect.bottom() - part(value, y) * rect.height();
                let at = pos2(rect.left() - 3.0, y);
                painter.text(at, align, text, font.clone(), ink);
            }
        }
        if row == column {
            self.bars(painter, rect, across, visuals.weak_text_color());
            let name = self.workspace.dataset().feature_label(across);
            let font = FontId::proportional(12.0);
            let short = elide::middle(painter, &name, &font, rect.width() - 8.0);
            let at = rect.center_top() + vec2(0.0, 4.0);
            painter.text(at, Align2::CENTER_TOP, short, font, ink);
        }
    }

    /// The distribution of a feature; heights go with the square roots of the counts.
    fn bars(&self, painter: &Painter, rect: Rect, feature: usize, colour: Color32) {
        let bins = self.workspace.columns()[feature].bins();
        let along = axis(self.workspace, feature);
        let most = bins.counts.iter().copied().max().unwrap_or(1).max(1) as f32;
        let room = rect.height() - 22.0;
        let x = |value: f32| rect.left() + (value - along.min) / along.span() * rect.width();
        for (bin, &count) in bins
            .counts
            .iter()
            .enumerate()
            .filter(|(_, count)| **count > 0)
        {
            let left = x(bins.low + bins.width * bin as f32);
            let right = x(bins.low + bins.width * (bin + 1) as f32).max(left + 1.0);
            let height = ((count as f32 / most).sqrt() * room).max(1.5);
            let bar = Rect::from_x_y_ranges(left..=right, rect.bottom() - height..=rect.bottom());
            painter.rect_filled(bar, 0.0, colour.gamma_multiply(0.55));
        }
    }

    /// Selected rows and the current candidate, over all others.
    fn marked(&self, painter: &Painter, cell: Cell) {
        let held = self
            .workspace
            .lasso()
            .map_or(&[][..], |lasso| &lasso.ranked);
        for &instance in held.iter().take(SELECTED) {
            match self.at(cell, instance) {
                Some(at) if held.len() < RINGED => {
                    painter.circle_stroke(at, 2.8, Stroke::new(1.0, colours::CURRENT));
                }
                Some(at) => {
                    let dot = Rect::from_center_size(at, vec2(2.0 * DOT, 2.0 * DOT));
                    painter.rect_filled(dot, 0.0, colours::CURRENT);
                }
                None => {}
            }
        }
        let current = self.workspace.selected();
        if let Some(at) = current.and_then(|current| self.at(cell, current)) {
            painter.circle_stroke(at, 5.0, Stroke::new(3.5, Color32::BLACK));
            painter.circle_stroke(at, 5.0, Stroke::new(2.0, colours::CURRENT));
        }
    }

    /// Lets a rectangle be drawn in a cell, and rows be looked at.
    fn cell_ui(
        &self,
        ui: &mut Ui,
        cell: Cell,
        rows: &[usize],
        brushing: &mut Brushing,
        commands: &mut Vec<Command>,
    ) {
        let rect = self.rect(cell);
        let axes = self.axes(cell);
        let names = axes.map(|(feature, _)| self.workspace.dataset().feature_label(feature));
        let id = ui
            .scope_id()
            .with(("cell", axes.map(|(feature, _)| feature)));
        let response = ui.interact(rect, id, Sense::click_and_drag());
        let words = format!(
            "{} over {}; draw a rectangle to select rows, click on one to look at it",
            names[1], names[0]
        );
        response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &words));
        if response.drag_started()
            && let Some(at) = ui.input(|input| input.pointer.press_origin())
        {
            brushing.begun_in = Some((cell, at));
        }
        let begun = brushing.begun_in.filter(|(of, _)| *of == cell);
        let from = begun.map(|(_, at)| at);
        let drawn = from.zip(response.interact_pointer_pos());
        let drawn = drawn.map(|(from, to)| Rect::from_two_pos(from, to).intersect(rect));
        let known = || {
            let [x, y] = axes.map(|(feature, along)| (brushing.range(feature), along));
            if x.0.is_none() && y.0.is_none() {
                return None;
            }
            let part = |value: f32, along: Rangef| {
                ((value - along.min) / along.span().max(f32::MIN_POSITIVE)).clamp(0.0, 1.0)
            };
            let across = x.0.unwrap_or(x.1);
            let up = y.0.unwrap_or(y.1);
            Some(Rect::from_x_y_ranges(
                rect.left() + part(across.min, x.1) * rect.width()
                    ..=rect.left() + part(across.max, x.1) * rect.width(),
                rect.bottom() - part(up.max, y.1) * rect.height()
                    ..=rect.bottom() - part(up.min, y.1) * rect.height(),
            ))
        };
        if let Some(held) = drawn.or_else(known) {
            let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
            painter.rect_filled(held, 0.0, colours::CURRENT.gamma_multiply(0.12));
            let frame = Stroke::new(1.3, colours::CURRENT);
            painter.rect_stroke(held, 0.0, frame, StrokeKind::Inside);
        }
        if response.drag_stopped() {
            brushing.begun_in = None;
            let drawn = drawn.filter(|drawn| drawn.width() >= LEAST && drawn.height() >= LEAST);
            if let Some(drawn) = drawn {
                let [x, y] = axes;
                let value = |part: f32, along: Rangef| along.min + part * along.span();
                let across = |at: f32| value((at - rect.left()) / rect.width(), x.1);
                let up = |at: f32| value((rect.bottom() - at) / rect.height(), y.1);
                let ranges = [
                    FeatureRange {
                        feature: x.0,
                        low: across(drawn.left()),
                        high: across(drawn.right()),
                    },
                    FeatureRange {
                        feature: y.0,
                        low: up(drawn.bottom()),
                        high: up(drawn.top()),
                    },
                ];
                brushing.set(&ranges, commands);
            }
            return;
        }
        let near = response.hover_pos().and_then(|pointer| {
            let far = |instance: usize| Some(self.at(cell, instance)?.distance_sq(pointer));
            let rows = rows.iter();
            let rows = rows.filter_map(|&instance| Some((instance, far(instance)?)));
            nearest(rows, REACH)
        });
        match near {
            Some(instance) => {
                if response.clicked() {
                    commands.push(Command::View(ViewCommand::Select(instance)));
                }
                let row = super::map::words(self.workspace, instance);
                response.on_hover_text_at_pointer(format!("{row}\nclick to look at it"));
            }
            None => {
                response.on_hover_text(words);
            }
        }
    }
}
