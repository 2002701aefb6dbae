//! Sequences as small pictures, and what of them is kept from frame to frame.

use std::sync::Arc;

use eframe::egui::{
    Color32, ColorImage, Context, Mesh, Rect, Response, Role, Sense, Shape, Stroke, TextureHandle,
    TextureOptions, Ui, WidgetInfo, pos2, vec2,
};

use egui_plot::PlotUi;

use super::colours;
use crate::app::{Ask, ChannelCurve, Command, Curve, POINTS, PairAlignment, SequenceCurves, View};

/// Channels of a small picture, and the height of each.
const CHANNELS: usize = 3;
const HEIGHT: f32 = 34.0;

/// Points of a small picture.
const FEW: usize = 300;

/// What is kept of the sequences of a table.
#[derive(Default)]
pub(super) struct Sequences {
    /// The picture of the distances of two sequences, with what it shows.
    texture: Option<(Arc<PairAlignment>, TextureHandle)>,
    /// The name of an event that is being written.
    pub(super) event: String,
    /// The moment at which it is to be marked, and of which instance.
    pub(super) moment: Option<usize>,
    moment_of: Option<usize>,
}

/// The curves of an instance, over the usual course or by their own time; asked for where they are
/// not made yet.
pub(super) fn curves(
    workspace: View<'_>,
    instance: usize,
    aligned: bool,
    commands: &mut Vec<Command>,
) -> Option<Arc<SequenceCurves>> {
    commands.extend(Command::for_panel(
        workspace,
        Ask::Curves(instance, aligned),
    ));
    workspace.curves(instance, aligned).map(Arc::clone)
}

/// Paints the first channels of a sequence over the usual course, small; nothing where instances
/// are no sequences.
pub(super) fn small_ui(
    ui: &mut Ui,
    workspace: View<'_>,
    instance: usize,
    (width, words): (f32, &str),
    commands: &mut Vec<Command>,
) -> Option<Response> {
    let channels = workspace.dataset().sequences()?.set().channels().len();
    let shown = channels.min(CHANNELS);
    let size = vec2(width, shown as f32 * (HEIGHT + 2.0));
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let curves = curves(workspace, instance, true, commands);
    let channels = curves.iter().flat_map(|curves| &curves.channels);
    for (index, channel) in channels.take(CHANNELS).enumerate() {
        let top = rect.top() + index as f32 * (HEIGHT + 2.0);
        let own = Rect::from_min_size(pos2(rect.left(), top), vec2(width, HEIGHT));
        channel_ui(ui, own, channel);
    }
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, words));
    Some(response)
}

impl Sequences {
    /// Forgets the moment of another sequence.
    pub(super) fn keep_to(&mut self, workspace: View<'_>) {
        let selected = workspace.selected();
        if self.moment_of != selected {
            (self.moment_of, self.moment) = (selected, None);
        }
    }

    /// The distances of two sequences as a picture: the first moments of both below and to the left.
    pub(super) fn texture(&mut self, ctx: &Context, aligned: &Arc<PairAlignment>) -> TextureHandle {
        match &self.texture {
            Some((of, texture)) if Arc::ptr_eq(of, aligned) => texture.clone(),
            _ => {
                let image = image(aligned);
                let texture = ctx.load_texture("alignment", image, TextureOptions::NEAREST);
                self.texture = Some((Arc::clone(aligned), texture.clone()));
                texture
            }
        }
    }
}

/// What of a curve is to be painted: the part visible, or all of it while the plot has yet to find
/// its ends.
pub(super) fn visible(plot: &PlotUi<'_>, curve: &Curve) -> Vec<[f64; 2]> {
    let [low, high] = match plot.auto_bounds().x {
        true => [f64::NEG_INFINITY, f64::INFINITY],
        false => [plot.plot_bounds().min()[0], plot.plot_bounds().max()[0]],
    };
    curve.within(low, high, POINTS)
}

fn image(aligned: &PairAlignment) -> ColorImage {
    let alignment = &aligned.alignment;
    let (rows, columns) = alignment.distances.dim();
    let scale = 1.0 / aligned.most.max(f32::MIN_POSITIVE);
    // A texture's first row is its top, where the last moments of the first sequence are.
    let pixels = (0..rows).rev().flat_map(|row| {
        let row = alignment.distances.row(row);
        let colours = row.iter().map(|distance| colours::score(distance * scale));
        colours.collect::<Vec<Color32>>()
    });
    ColorImage::new([columns, rows], pixels.collect())
}

fn channel_ui(ui: &Ui, rect: Rect, channel: &ChannelCurve) {
    let painter = ui.painter_at(rect);
    painter.rect_filled(rect, 2.0, ui.visuals().extreme_bg_color);
    let own = channel.own.within(f64::NEG_INFINITY, f64::INFINITY, FEW);
    let band = channel
        .usual
        .iter()
        .flat_map(|[_, low, _, high]| [*low, *high]);
    let values = own.iter().map(|point| point[1]).chain(band);
    let ends = values.fold((f64::MAX, f64::MIN), |(low, high), value| {
        (low.min(value), high.max(value))
    });
    let (low, span) = (ends.0, (ends.1 - ends.0).max(f64::MIN_POSITIVE));
    let index = |across: f64, value: f64| {
        let x = rect.left() + rect.width() * across as f32;
        let up = ((value - low) / span) as f32;
        pos2(x, rect.bottom() - 2.0 - (rect.height() - 4.0) * up)
    };
    let mut mesh = Mesh::default();
    let colour = colours::BASELINE.gamma_multiply(0.3);
    for [at, low, _, high] in &channel.usual {
        mesh.colored_vertex(index(*at, *low), colour);
        mesh.colored_vertex(index(*at, *high), colour);
    }
    for pair in 1..channel.usual.len() as u32 {
        let first = 2 * (pair - 1);
        mesh.add_triangle(first, first + 1, first + 2);
        mesh.add_triangle(first + 1, first + 2, first + 3);
    }
    painter.add(Shape::mesh(mesh));
    let line = own.iter().map(|[across, value]| index(*across, *value));
    painter.add(Shape::line(line.collect(), Stroke::new(1.4, colours::OWN)));
}
