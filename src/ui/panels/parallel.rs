//! Parallel coordinates: an axis for each feature, a line for each row.

use eframe::egui::{
    Align2, Color32, FontId, Mesh, Painter, Pos2, Rangef, Rect, Role, Sense, Shape, Stroke, Ui,
    WidgetInfo, pos2, vec2,
};

use super::brushed::{Brushing, MOST};
use super::brushing::{SELECTED, axis, canvas, head_ui, labels};
use super::map_look::{Dots, shade_bar};
use super::nearest::nearest;
use crate::app::{Command, FeatureRange, View, ViewCommand};
use crate::ui::layout::PaneContext;
use crate::ui::{colours, elide};

/// How rows are selected.
const HOW: &str = "Draw along an axis to select rows; all ranges have to be met.";
/// Room above the axes for names, and below them.
const HEAD: f32 = 34.0;
const FOOT: f32 = 14.0;
/// Room beside the first and the last axis.
const SIDE: f32 = 44.0;
/// How near a click must be to a line.
const REACH: f32 = 7.0;
/// How far an axis is drawn along by what is no click.
const LEAST: f32 = 4.0;

/// Paints the axes; a drag along one selects, a click on a line looks at its row.
pub(in crate::ui) fn parallel_ui(ui: &mut Ui, pane: &mut PaneContext<'_>) {
    head_ui(ui, pane, MOST, HOW);
    let workspace = pane.workspace;
    let kept = &mut *pane.kept;
    let features: Vec<usize> = kept.brushing.features().to_vec();
    let rows: Vec<usize> = kept.brushing.rows(workspace).to_vec();
    let dots = kept.look.dots(workspace, true);
    let shade = kept.look.shade(true);
    let room = ui.available_size();
    ui.horizontal_top(|ui| {
        let words =
            "One axis for each feature, one line for each row, coloured by the choice above";
        let (rect, response) = canvas(ui, room, words);
        let plot = Rect::from_min_max(rect.min + vec2(SIDE, HEAD), rect.max - vec2(SIDE, FOOT));
        let axes = Axes {
            workspace,
            features: &features,
            plot,
        };
        let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
        let (drawn_at, shown) = ((plot, &features[..]), (&rows[..], &dots));
        let lines = (kept.lines).of(drawn_at, workspace, shown, || axes.mesh(&rows, &dots));
        painter.add(lines);
        axes.marked(&painter);
        for index in 0..features.len() {
            axes.axis_ui(ui, index, &mut kept.brushing, pane.commands);
        }
        if let Some(instance) = response.hover_pos().and_then(|at| axes.nearest(&rows, at)) {
            if ui.input(|input| input.pointer.primary_clicked()) {
                pane.commands
                    .push(Command::View(ViewCommand::Select(instance)));
            }
            let words = super::map::words(workspace, instance);
            response.on_hover_text_at_pointer(words + "\nclick to look at it");
        }
        if let Some(shade) = shade {
            let range = kept.look.range(workspace, shade);
            shade_bar(ui, workspace, (shade, range), rect.height());
        }
    });
}

/// The axes of a picture.
struct Axes<'a> {
    workspace: View<'a>,
    features: &'a [usize],
    plot: Rect,
}

impl Axes<'_> {
    /// Where an axis stands.
    fn x(&self, index: usize) -> f32 {
        match self.features.len() {
            0 | 1 => self.plot.center().x,
            count => self.plot.left() + self.plot.width() * index as f32 / (count - 1) as f32,
        }
    }

    fn spacing(&self) -> f32 {
        self.plot.width() / self.features.len().saturating_sub(1).max(1) as f32
    }

    fn y(&self, along: Rangef, value: f32) -> f32 {
        let part = (value - along.min) / along.span().max(f32::MIN_POSITIVE);
        self.plot.bottom() - part.clamp(0.0, 1.0) * self.plot.height()
    }

    fn value(&self, along: Rangef, y: f32) -> f32 {
        along.min + (self.plot.bottom() - y) / self.plot.height() * along.span()
    }

    /// The corners of a row's line.
    fn line(&self, instance: usize) -> Vec<Pos2> {
        let values = self.workspace.dataset().features();
        let corner = |(index, &feature): (usize, &usize)| {
            let value = values.get([instance, feature]).copied().unwrap_or(0.0);
            pos2(self.x(index), self.y(axis(self.workspace, feature), value))
        };
        self.features.iter().enumerate().map(corner).collect()
    }

    /// All lines as one mesh.
    fn mesh(&self, rows: &[usize], dots: &Dots<'_>) -> Mesh {
        let mut mesh = Mesh::default();
        let opacity = if rows.len() > 300 { 0.35 } else { 0.6 };
        for &instance in rows {
            let Some(colour) = dots.colour(instance) else {
                continue;
            };
            let colour = colour.gamma_multiply(opacity);
            for ends in self.line(instance).windows(2) {
                segment(&mut mesh, ends[0], ends[1], colour);
            }
        }
        mesh
    }

    /// The lines of selected rows and of the current candidate, over all others.
    fn marked(&self, painter: &Painter) {
        let held = self
            .workspace
            .lasso()
            .map_or(&[][..], |lasso| &lasso.ranked);
        // The more there are, the fainter, so that single ones are still seen.
        let opacity = (30.0 / held.len().max(1) as f32).clamp(0.15, 0.7);
        for &instance in held.iter().take(SELECTED) {
            let stroke = Stroke::new(1.2, colours::CURRENT.gamma_multiply(opacity));
            painter.add(Shape::line(self.line(instance), stroke));
        }
        if let Some(current) = self.workspace.selected() {
            for (width, colour) in [(4.5, Color32::BLACK), (2.5, colours::CURRENT)] {
                let line = self.line(current);
                painter.add(Shape::line(line, Stroke::new(width, colour)));
            }
        }
    }

    /// Paints an axis with its name and numbers, and lets a range be drawn along it.
    fn axis_ui(
        &self,
        ui: &mut Ui,
        index: usize,
        brushing: &mut Brushing,
        commands: &mut Vec<Command>,
    ) {
        let feature = self.features[index];
        let along = axis(self.workspace, feature);
        let x = self.x(index);
        let name = self.workspace.dataset().feature_label(feature);
        let wide = (self.spacing() * 0.4).clamp(8.0, 16.0);
        let band = Rect::from_x_y_ranges(x - wide..=x + wide, self.plot.y_range());
        let id = ui.scope_id().with(("axis", feature));
        let response = ui.interact(band, id, Sense::click_and_drag());
        let range = brushing.range(feature);
        let words = match range {
            Some(range) => format!(
                "Axis of {name}, selected from {} to {}; draw along it for another range, click to take it away",
                crate::ui::number::value(range.min),
                crate::ui::number::value(range.max)
            ),
            None => format!("Axis of {name}; draw along it to select rows by a range"),
        };
        response.widget_info(|| WidgetInfo::labeled(Role::Slider, true, &words));
        let pointer = response.interact_pointer_pos();
        if response.drag_started()
            && let Some(at) = ui.input(|input| input.pointer.press_origin())
        {
            brushing.begun = Some((feature, at.y));
        }
        let drawn = brushing.begun.filter(|(of, _)| *of == feature);
        let drawn = drawn.zip(pointer).map(|((_, from), to)| {
            let ends = [from, to.y].map(|y| self.value(along, y));
            Rangef::new(ends[0].min(ends[1]), ends[0].max(ends[1]))
        });
        if response.drag_stopped() {
            brushing.begun = None;
            if let Some(range) = drawn.filter(|range| {
                (self.y(along, range.min) - self.y(along, range.max)).abs() >= LEAST
            }) {
                let new = FeatureRange {
                    feature,
                    low: range.min,
                    high: range.max,
                };
                brushing.set(&[new], commands);
            }
        } else if response.clicked() {
            brushing.clear(feature, commands);
        }
        self.paint_axis(ui, band, (x, feature), drawn.or(range));
        let font = FontId::proportional(12.0);
        let short = elide::middle(ui.painter(), &name, &font, self.spacing() - 10.0);
        let (painter, ink) = (ui.painter(), ui.visuals().text_color());
        let head = pos2(x, self.plot.top() - 8.0);
        painter.text(head, Align2::CENTER_BOTTOM, short, font, ink);
        response.on_hover_text(words);
    }

    fn paint_axis(&self, ui: &Ui, band: Rect, (x, feature): (f32, usize), range: Option<Rangef>) {
        let along = axis(self.workspace, feature);
        let (painter, ink) = (ui.painter(), ui.visuals().text_color());
        painter.vline(x, self.plot.y_range(), Stroke::new(1.5, ink));
        let font = FontId::proportional(10.0);
        for (value, text) in labels(self.workspace, feature) {
            let y = self.y(along, value);
            painter.hline(x - 3.0..=x + 3.0, y, Stroke::new(1.0, ink));
            // A ground of its own: lines run behind it.
            let galley = painter.layout_no_wrap(text, font.clone(), ink);
            let at = pos2(x + 5.0, y - galley.size().y / 2.0);
            let ground = Rect::from_min_size(at, galley.size()).expand2(vec2(1.5, 0.0));
            painter.rect_filled(ground, 2.0, ui.visuals().panel_fill.gamma_multiply(0.85));
            painter.galley(at, galley, ink);
        }
        if let Some(range) = range {
            let ends = self.y(along, range.max)..=self.y(along, range.min);
            let held = Rect::from_x_y_ranges(band.shrink2(vec2(2.0, 0.0)).x_range(), ends);
            painter.rect_filled(held, 1.0, colours::CURRENT.gamma_multiply(0.3));
            let frame = Stroke::new(1.5, colours::CURRENT);
            painter.rect_stroke(held, 1.0, frame, eframe::egui::StrokeKind::Inside);
        }
    }

    /// The row whose line passes nearest, if it is near.
    fn nearest(&self, rows: &[usize], at: Pos2) -> Option<usize> {
        if !self.plot.contains(at) || self.features.len() < 2 {
            return None;
        }
        let index = ((at.x - self.plot.left()) / self.spacing()) as usize;
        let index = index.min(self.features.len() - 2);
        let part = (at.x - self.x(index)) / self.spacing();
        // On an axis itself a range is drawn.
        let off = part.min(1.0 - part) * self.spacing();
        if off < 16.0_f32.min(self.spacing() * 0.4) {
            return None;
        }
        let values = self.workspace.dataset().features();
        let ends = [index, index + 1].map(|index| {
            let feature = self.features[index];
            (feature, axis(self.workspace, feature))
        });
        let height = |instance: usize| {
            let [from, to] = ends.map(|(feature, along)| {
                let value = values.get([instance, feature]).copied().unwrap_or(0.0);
                self.y(along, value)
            });
            from + (to - from) * part
        };
        let far = |instance: usize| (height(instance) - at.y).powi(2);
        let rows = rows.iter().map(|&instance| (instance, far(instance)));
        nearest(rows, REACH)
    }
}

/// A thin line as two triangles: thousands of smooth ones would cost a frame.
fn segment(mesh: &mut Mesh, from: Pos2, to: Pos2, colour: Color32) {
    let along = to - from;
    let length = along.length().max(f32::MIN_POSITIVE);
    let aside = vec2(-along.y, along.x) / length * 0.6;
    let first = mesh.vertices.len() as u32;
    for corner in [from + aside, from - aside, to + aside, to - aside] {
        mesh.colored_vertex(corner, colour);
    }
    mesh.add_triangle(first, first + 1, first + 2);
    mesh.add_triangle(first + 1, first + 2, first + 3);
}
