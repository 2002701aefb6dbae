//! Rows that are laid out so that alike ones lie together.

use std::sync::Arc;

use eframe::egui::{Button, RichText, Role, Sense, Ui, Vec2, WidgetInfo, pos2, vec2};
use egui_plot::Plot;

use super::lasso::{self, Ground};
use super::map_look::{BAR, colouring_ui, legend, shade_bar};
use super::{map_dots, map_paint, nearest};
use crate::app::{Ask, Command, Embedding, Kind, MOST_EMBEDDED, Space, View, ViewCommand};
use crate::ui::keys::{self, Action};
use crate::ui::layout::PaneContext;
use crate::ui::number;
use crate::ui::reading::{self, Part};
use crate::ui::zoom;

/// How near, in points, a click or the pointer must be to a row.
const REACH: f32 = 12.0;
/// What the picture is to those who do not see it.
const PICTURE: &str = "Rows laid out so that alike ones lie together; drag to pan, Ctrl and wheel to zoom, double-click for all of it";
/// How it is to be read.
const MEANING: &str = "t-SNE: rows that are alike lie together, by their standardised features or by what the members say of them. Distances between groups, and the axes, mean nothing.";

/// Paints the rows; a click on one selects it.
pub(in crate::ui) fn embedding_ui(ui: &mut Ui, pane: &mut PaneContext<'_>) {
    let kept = &mut *pane.kept;
    let (look, tool) = (&mut kept.look, &mut kept.lasso);
    let (workspace, commands) = (pane.workspace, &mut *pane.commands);
    commands.extend(Command::for_panel(workspace, Ask::Embedding));
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new("Alike by").strong())
            .on_hover_text(MEANING);
        spaces_ui(ui, workspace, commands);
        colouring_ui(ui, workspace, look, true);
        lasso::tool_ui(ui, tool);
    });
    let Some(embedding) = workspace.embedding().map(Arc::clone) else {
        waiting_ui(ui, workspace, commands);
        return;
    };
    ui.label(RichText::new(words(workspace, &embedding)).weak());
    lasso::selection_ui(ui, workspace, commands);
    legend(ui, workspace, look, true);
    let size = ui.available_size() - vec2(BAR, 0.0);
    let draws = tool.draws(ui);
    ui.horizontal_top(|ui| {
        let [low, high] = ends(&embedding.locations);
        let plotted = Plot::new(("embedding", Arc::as_ptr(&embedding).addr()))
            .include_x(low[0])
            .include_x(high[0])
            .include_y(low[1])
            .include_y(high[1])
            .width(size.x)
            .height(size.y)
            .data_aspect(1.0)
            .show_axes(false)
            .show_grid(false)
            .show_x(false)
            .show_y(false)
            .allow_scroll(false)
            .allow_drag(!draws)
            .sense(Sense::click_and_drag())
            .set_margin_fraction(Vec2::splat(0.04))
            .label_formatter(|_| None)
            .show(ui, |plot| {
                zoom::follow(plot);
            });
        let (response, transform) = (plotted.response, plotted.transform);
        response.widget_info(|| WidgetInfo::labeled(Role::Image, true, PICTURE));
        let painter = ui.painter().with_clip_rect(*transform.frame());
        let placed = map_paint::to_screen(&transform);
        let at = |instance: usize| {
            let [x, y] = embedding.location_of(instance)?;
            Some(placed(pos2(x, y)))
        };
        let locations = embedding.instances.iter().zip(&embedding.locations);
        let locations = locations.map(|(&instance, &[x, y])| (instance, placed(pos2(x, y))));
        let dots = look.dots(workspace, true);
        let of = embedding.instances.len();
        painter.add(map_dots::mesh(
            painter.clip_rect(),
            locations.clone(),
            of,
            &dots,
        ));
        map_paint::marks(&painter, &at, workspace, look);
        if draws && let Some(line) = tool.follow(&response, &transform) {
            commands.push(Command::View(ViewCommand::LassoEmbedded(line)));
        }
        tool.paint(
            &painter,
            (&response, &transform),
            workspace,
            Ground::Embedding,
            &at,
        );
        let nearest = |pointer: eframe::egui::Pos2| {
            let locations = locations.clone();
            nearest::nearest(
                locations.map(|(instance, at)| (instance, at.distance_sq(pointer))),
                REACH,
            )
        };
        let read = |at| nearest(at).map(|instance| super::map::words(workspace, instance));
        reading::mark(ui, &response, *transform.frame(), Part::Whole, read);
        if let Some(shade) = look.shade(true) {
            let range = look.range(workspace, shade);
            shade_bar(ui, workspace, (shade, range), size.y);
        }
        if let Some(instance) = response.hover_pos().and_then(nearest) {
            if response.clicked() {
                commands.push(Command::View(ViewCommand::Select(instance)));
            }
            let words = super::map::words(workspace, instance);
            response.on_hover_text_at_pointer(words + "\nclick to look at it");
        }
    });
}

/// The lowest and the highest of some places, across and up.
fn ends(locations: &[[f32; 2]]) -> [[f32; 2]; 2] {
    let start = [[0.0_f32; 2]; 2];
    locations.iter().fold(start, |[low, high], point| {
        let with = |ends: [f32; 2], of: fn(f32, f32) -> f32| {
            [of(ends[0], point[0]), of(ends[1], point[1])]
        };
        [with(low, f32::min), with(high, f32::max)]
    })
}

/// Paints by what rows are alike, and what lays them out anew.
fn spaces_ui(ui: &mut Ui, workspace: View<'_>, commands: &mut Vec<Command>) {
    let shown = workspace.embedding().map(|embedding| embedding.space);
    for space in [Space::Features, Space::Scores] {
        let tip = match space {
            Space::Features => "Lay rows out by their standardised features",
            Space::Scores => "Lay rows out by what the members say of them",
        };
        let button = ui.selectable_label(shown == Some(space), space.name());
        if button.on_hover_text(tip).clicked() && shown != Some(space) {
            commands.push(Command::View(ViewCommand::Embed(space)));
        }
    }
    if workspace.is_embedding() {
        ui.spinner();
        let tip = "Stop laying rows out; what is there stays";
        if ui.button("Stop").on_hover_text(tip).clicked() {
            commands.push(Command::CancelJob(Kind::Embed));
        }
        return;
    }
    let action = Action::LayOut;
    let tip = format!("{} ({})", keys::meaning(action), keys::name(action));
    if ui
        .add(Button::new("Lay out anew"))
        .on_hover_text(tip)
        .clicked()
    {
        commands.push(anew(workspace));
    }
}

/// The change to lay rows out again by what they are alike in now.
pub(in crate::ui) fn anew(workspace: View<'_>) -> Command {
    let space = workspace
        .embedding()
        .map_or(Space::Features, |embedding| embedding.space);
    Command::View(ViewCommand::Embed(space))
}

fn waiting_ui(ui: &mut Ui, workspace: View<'_>, commands: &mut Vec<Command>) {
    if workspace.is_embedding() {
        ui.label("Rows are being laid out; answers need not wait for it.");
        return;
    }
    ui.label("The rows are not laid out.");
    if ui.button("Lay out").on_hover_text(MEANING).clicked() {
        commands.push(anew(workspace));
    }
}

/// Says which rows are laid out.
fn words(workspace: View<'_>, embedding: &Embedding) -> String {
    let all = workspace.dataset().n_instances();
    let shown = number::count(embedding.instances.len());
    let of = match embedding.instances.len() == all {
        true => format!("All {shown} rows."),
        false => format!(
            "{shown} of {} rows: those that ranked first, and others by chance (at most {}).",
            number::count(all),
            number::count(MOST_EMBEDDED)
        ),
    };
    let current = workspace.selected();
    match current.is_some_and(|at| embedding.location_of(at).is_none()) {
        true => of + " The current candidate is not among them: lay out anew to see it.",
        false => of,
    }
}
