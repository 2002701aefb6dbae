//! A small map: values over the plane as colours, with lines and marks on them.

use std::any::Any;
use std::sync::Arc;

use eframe::egui::epaint::TextShape;
use eframe::egui::{
    Align2, Color32, ColorImage, FontId, Id, Mesh, Painter, Pos2, Rect, Response, Role, Sense,
    Shape, Stroke, StrokeKind, TextureHandle, TextureOptions, Ui, Vec2, WidgetInfo, pos2, vec2,
};

use super::reading::{self, Part};
use super::sketch::axis_name;
use super::zoom::Viewport;
use super::{axis, colours, marks, number};
use crate::app::{Grid, Polyline, View};

/// Instances painted as dots at most; evenly strewn.
const DOTS: usize = 1_500;

/// What a tile shows.
pub(super) struct Tile<'a> {
    /// Its name among the tiles of the window.
    pub(super) id: Id,
    /// What it is computed from: while this is the same, so are the colours.
    pub(super) source: Arc<dyn Any + Send + Sync>,
    /// Which of the colourings of the source.
    pub(super) variant: u64,
    /// Its title.
    pub(super) title: &'a str,
    /// The cells.
    pub(super) grid: Grid,
    /// A value for each cell.
    pub(super) values: &'a [f32],
    /// What the values are, in a word.
    pub(super) value: &'a str,
    /// The colour of a value.
    pub(super) colour: &'a dyn Fn(f32) -> Color32,
    /// Lines of equal value.
    pub(super) lines: &'a [Polyline],
    /// The colour of the lines.
    pub(super) line: Color32,
    /// How a projection grows across and up, by unit of the map's coordinates: an arrow along it.
    pub(super) direction: Option<[f32; 2]>,
    /// Where the instances lie.
    pub(super) locations: &'a [[f32; 2]],
    /// What lies across and up, where the axes are to be labelled.
    pub(super) axes: Option<[&'a str; 2]>,
}

/// Room for the numbers along an axis: left, below.
const AXES: Vec2 = vec2(58.0, 36.0);

/// A texture with what it was made of.
#[derive(Clone)]
struct Cached {
    source: Arc<dyn Any + Send + Sync>,
    variant: u64,
    texture: TextureHandle,
}

impl Tile<'_> {
    /// Paints the tile in a size, title included; the pointer moves what is in viewport and reads the
    /// values.
    pub(super) fn show(
        &self,
        ui: &mut Ui,
        workspace: View<'_>,
        size: Vec2,
        words: &str,
        viewport: &mut Viewport,
    ) -> Response {
        let (rect, response) = ui.allocate_exact_size(size, Sense::click_and_drag());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, words));
        let mut picture = rect.with_min_y(rect.top() + 18.0).shrink(1.0);
        if self.axes.is_some() {
            picture.min.x += AXES.x;
            picture.max.y -= AXES.y;
        }
        viewport.track(ui, &response, picture);
        if ui.is_rect_visible(rect) {
            self.paint(ui, workspace, (rect, picture), &response, *viewport);
        }
        let read = |at: Pos2| self.read(viewport.position(picture, at));
        reading::mark(ui, &response, picture, Part::Whole, read);
        let pointer = response.hover_pos().filter(|at| picture.contains(*at));
        let read = pointer.and_then(read);
        match read {
            Some(read) => response.on_hover_text_at_pointer(format!("{read}\n{words}")),
            None => response.on_hover_text(words),
        }
    }

    /// The value at a place, in fractions of the plane.
    fn read(&self, at: Pos2) -> Option<String> {
        let (x, y) = (&self.grid.x, &self.grid.y);
        let across = x.low() + at.x * (x.high() - x.low());
        let up = y.low() + at.y * (y.high() - y.low());
        let value = self.values.get(y.cell(up)? * x.cells() + x.cell(across)?)?;
        Some(format!(
            "{} {} at ({}, {})",
            self.value,
            number::value(*value),
            number::value(across),
            number::value(up),
        ))
    }

    fn paint(
        &self,
        ui: &Ui,
        workspace: View<'_>,
        (rect, picture): (Rect, Rect),
        response: &Response,
        viewport: Viewport,
    ) {
        let seen = self.seen(viewport);
        if let Some(names) = self.axes {
            axes(ui, picture, seen, names);
        }
        let texture = self.texture(ui);
        let visuals = ui.visuals();
        let title = ui.painter().with_clip_rect(rect);
        title.text(
            rect.left_top() + vec2(2.0, 8.0),
            Align2::LEFT_CENTER,
            self.title,
            FontId::proportional(12.5),
            visuals.text_color(),
        );
        let painter = ui
            .painter()
            .with_clip_rect(picture.intersect(ui.clip_rect()));
        let part = viewport.part();
        // A texture's first row is its top.
        let uv = Rect::from_min_max(
            pos2(part.left(), 1.0 - part.bottom()),
            pos2(part.right(), 1.0 - part.top()),
        );
        painter.image(texture.id(), picture, uv, Color32::WHITE);
        let to_screen = to_screen(picture, seen);
        for line in self.lines {
            let line = line.iter().map(|&at| to_screen(at)).collect();
            painter.add(Shape::line(line, Stroke::new(1.0, self.line)));
        }
        self.dots(&painter, &to_screen);
        self.arrow(&painter, picture);
        let radius = (picture.width() / 55.0).clamp(3.0, 5.0);
        for (&instance, &reply) in workspace.replies() {
            if reply.answer.label().is_some() {
                let at = to_screen(self.locations[instance]);
                marks::paint_reply(&painter, at, radius, reply, Color32::WHITE);
            }
        }
        if let Some(current) = workspace.selected() {
            let at = to_screen(self.locations[current]);
            painter.circle_stroke(at, 2.0 * radius, Stroke::new(3.5, Color32::BLACK));
            painter.circle_stroke(at, 2.0 * radius, Stroke::new(2.0, colours::CURRENT));
        }
        let frame = match response.hovered() || response.has_focus() {
            true => Stroke::new(2.0, visuals.selection.stroke.color),
            false => Stroke::new(1.0, visuals.weak_text_color()),
        };
        ui.painter()
            .rect_stroke(picture, 0.0, frame, StrokeKind::Outside);
    }

    /// The part of the plane in viewport, in the coordinates of the map; `min` at the left below.
    fn seen(&self, viewport: Viewport) -> Rect {
        let (x, y) = (&self.grid.x, &self.grid.y);
        let (low, part) = (pos2(x.low(), y.low()), viewport.part());
        let whole = vec2(x.high() - x.low(), y.high() - y.low());
        Rect::from_min_max(
            low + part.min.to_vec2() * whole,
            low + part.max.to_vec2() * whole,
        )
    }

    /// The colours, uploaded when what they show changes and never in between.
    fn texture(&self, ui: &Ui) -> TextureHandle {
        let id = self.id.with("texture");
        let cached = ui.data(|data| data.get_temp::<Cached>(id));
        let fresh = cached.filter(|cached| {
            Arc::ptr_eq(&cached.source, &self.source) && cached.variant == self.variant
        });
        if let Some(fresh) = fresh {
            return fresh.texture;
        }
        let (width, height) = (self.grid.x.cells(), self.grid.y.cells());
        // A texture's first row is its top, a grid's its lowest y.
        let rows = self.values.chunks(width.max(1)).rev();
        let pixels = rows.flatten().map(|&value| (self.colour)(value)).collect();
        let image = ColorImage::new([width, height], pixels);
        let texture = ui.ctx().load_texture("tile", image, TextureOptions::LINEAR);
        let made = Cached {
            source: Arc::clone(&self.source),
            variant: self.variant,
            texture: texture.clone(),
        };
        ui.data_mut(|data| data.insert_temp(id, made));
        texture
    }

    fn dots(&self, painter: &Painter, to_screen: &impl Fn([f32; 2]) -> Pos2) {
        let mut mesh = Mesh::default();
        let stride = self.locations.len().div_ceil(DOTS).max(1);
        for &location in self.locations.iter().step_by(stride) {
            let square = Rect::from_center_size(to_screen(location), Vec2::splat(1.6));
            mesh.add_colored_rect(square, self.line);
        }
        painter.add(Shape::mesh(mesh));
    }

    /// The direction of a projection, through the middle.
    fn arrow(&self, painter: &Painter, picture: Rect) {
        let Some([across, up]) = self.direction else {
            return;
        };
        let (x, y) = (&self.grid.x, &self.grid.y);
        // By point of the screen: so the arrow crosses the member's bands at right angles.
        let on_screen = vec2(
            across * (x.high() - x.low()) / picture.width(),
            -up * (y.high() - y.low()) / picture.height(),
        );
        let along = on_screen.normalized() * picture.size().min_elem() * 0.38;
        let middle = picture.center();
        let (tail, tip) = (middle - along, middle + along);
        let back = along.normalized() * 9.0;
        let wings = [back.rot90(), -back.rot90()].map(|side| tip - back + side * 0.6);
        for (width, colour) in [(4.5, Color32::from_black_alpha(190)), (2.0, Color32::WHITE)] {
            let stroke = Stroke::new(width, colour);
            painter.line_segment([tail, tip], stroke);
            painter.add(Shape::line(vec![wings[0], tip, wings[1]], stroke));
        }
    }
}

/// A function from the coordinates of the map to the screen.
fn to_screen(picture: Rect, seen: Rect) -> impl Fn([f32; 2]) -> Pos2 + use<> {
    let scale = picture.size() / seen.size();
    move |[across, up]| {
        pos2(
            picture.left() + (across - seen.left()) * scale.x,
            picture.bottom() - (up - seen.top()) * scale.y,
        )
    }
}

/// Paints numbers and names along the axes of a picture.
fn axes(ui: &Ui, picture: Rect, seen: Rect, [across, up]: [&str; 2]) {
    let painter = ui.painter();
    let (text, font) = (ui.visuals().text_color(), FontId::proportional(11.0));
    let to_screen = to_screen(picture, seen);
    let stroke = Stroke::new(1.0, ui.visuals().weak_text_color());
    let write = |at: Pos2, align: Align2, words: String| {
        painter.text(at, align, words, font.clone(), text);
    };
    let marks = |low: f32, high: f32| {
        let ticks = axis::ticks(f64::from(low), f64::from(high));
        let step = ticks
            .windows(2)
            .next()
            .map_or(1.0, |pair| pair[1] - pair[0]);
        ticks
            .into_iter()
            .map(move |at| (at as f32, axis::written(at, step)))
    };
    for (at, number) in marks(seen.left(), seen.right()) {
        let foot = to_screen([at, seen.top()]);
        painter.vline(foot.x, foot.y..=foot.y + 4.0, stroke);
        write(foot + vec2(0.0, 5.0), Align2::CENTER_TOP, number);
    }
    for (at, number) in marks(seen.top(), seen.bottom()) {
        let side = to_screen([seen.left(), at]);
        painter.hline(side.x - 4.0..=side.x, side.y, stroke);
        write(side - vec2(6.0, 0.0), Align2::RIGHT_CENTER, number);
    }
    let galley = axis_name(painter, across, font.clone(), picture.width());
    let foot = picture.center_bottom() + vec2(-galley.size().x / 2.0, 20.0);
    painter.galley(foot, galley, text);
    let galley = axis_name(painter, up, font, picture.height());
    let start = pos2(
        picture.left() - AXES.x + 2.0,
        picture.center().y + galley.size().x / 2.0,
    );
    let quarter = -std::f32::consts::FRAC_PI_2;
    painter.add(TextShape::new(start, galley, text).with_angle(quarter));
}

/// Paints an upright scale of colours from `low` to `high` with its title above.
pub(super) fn scale(
    ui: &mut Ui,
    height: f32,
    title: &str,
    [low, high]: [f32; 2],
    colour: &dyn Fn(f32) -> Color32,
) {
    const PARTS: usize = 48;
    let (rect, response) = ui.allocate_exact_size(vec2(64.0, height), Sense::hover());
    let text = ui.visuals().text_color();
    let painter = ui.painter();
    let font = FontId::proportional(11.0);
    painter.text(
        rect.left_top() + vec2(0.0, 8.0),
        Align2::LEFT_CENTER,
        title,
        font.clone(),
        text,
    );
    let bar = Rect::from_min_max(
        pos2(rect.left() + 2.0, rect.top() + 24.0),
        pos2(rect.left() + 16.0, rect.bottom() - 8.0),
    );
    if bar.height() < 30.0 {
        return;
    }
    let mut mesh = Mesh::default();
    for part in 0..PARTS {
        let at = |part: usize| bar.bottom() - part as f32 / PARTS as f32 * bar.height();
        let value = low + (high - low) * (part as f32 + 0.5) / PARTS as f32;
        let step = Rect::from_min_max(pos2(bar.left(), at(part + 1)), pos2(bar.right(), at(part)));
        mesh.add_colored_rect(step, colour(value));
    }
    painter.add(Shape::mesh(mesh));
    painter.rect_stroke(bar, 0.0, Stroke::new(1.0, text), StrokeKind::Outside);
    let ticks = if bar.height() > 110.0 { 5 } else { 3 };
    for tick in 0..ticks {
        let fraction = tick as f32 / (ticks - 1) as f32;
        let y = bar.bottom() - fraction * bar.height();
        painter.hline(bar.right()..=bar.right() + 4.0, y, Stroke::new(1.0, text));
        painter.text(
            pos2(bar.right() + 6.0, y),
            Align2::LEFT_CENTER,
            number::value(low + (high - low) * fraction),
            font.clone(),
            text,
        );
    }
    let words = format!(
        "{title}: colours from {} to {}",
        number::value(low),
        number::value(high)
    );
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &words));
    response.on_hover_text(words);
}
