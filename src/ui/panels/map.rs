//! The map: all instances over the anomaly score.

use std::sync::Arc;

use eframe::egui::{
    Button, Pos2, RichText, Role, Sense, TextStyle, Ui, Vec2, WidgetInfo, pos2, vec2,
};
use egui_plot::{AxisHints, Plot, PlotImage, PlotPoint, PlotTransform};

use super::lasso::{self, Ground};
use super::map_dots::dots;
use super::map_look::{BAR, Colouring, MapLook, colouring_ui, density_bar, legend, shade_bar};
use super::{map_paint, nearest};
use crate::app::{Ask, Command, Grid, ScoreMap, View, ViewCommand, Viewpoint, axis_names};
use crate::ui::keys::{self, Action};
use crate::ui::layout::PaneContext;
use crate::ui::reading::{self, Part};
use crate::ui::sketch::axis_name;
use crate::ui::{axis, number, zoom};

/// How near, in points, a click or the pointer must be to an instance.
const REACH: f32 = 12.0;
/// What the map is to those who do not see it.
const PICTURE: &str = "The anomaly score over the map, with all instances; drag to pan, Ctrl and wheel to zoom, double-click for all of it";
/// The room of the axes with their names.
const AXES: Vec2 = vec2(60.0, 44.0);

/// Paints the map; a click on an instance selects it.
pub(in crate::ui) fn map_ui(ui: &mut Ui, pane: &mut PaneContext<'_>) {
    let kept = &mut *pane.kept;
    let (heat, tool, pictures) = (&mut kept.heat, &mut kept.lasso, &mut kept.pictures);
    let look = &mut kept.look;
    let shows_before = &mut kept.shows_before;
    let (workspace, commands) = (pane.workspace, &mut *pane.commands);
    let Some(present) = workspace.map() else {
        ui.centered_and_justified(|ui| ui.spinner());
        return;
    };
    *shows_before &= workspace.has_before();
    if *shows_before {
        commands.extend(Command::for_panel(workspace, Ask::Earlier));
    }
    let before = workspace.map_before().filter(|_| *shows_before);
    let map = before.unwrap_or(present);
    ui.horizontal_wrapped(|ui| {
        colouring_ui(ui, workspace, look, false);
        explaining_ui(ui, workspace, commands);
        before_ui(ui, workspace, shows_before);
        lasso::tool_ui(ui, tool);
        if before.is_some() {
            let text = RichText::new("before the last training").strong();
            ui.label(text.color(ui.visuals().warn_fg_color));
        }
        ui.label(RichText::new(slice(workspace, map)).weak());
    });
    lasso::selection_ui(ui, workspace, commands);
    legend(ui, workspace, look, false);
    let size = ui.available_size() - vec2(BAR, 0.0);
    let font = TextStyle::Body.resolve(ui.style());
    let name = |name: &str, room| axis_name(ui.painter(), name, font.clone(), room);
    let [x_name, y_name] = axis_names(workspace.dataset(), map.viewpoint);
    let (x_name, y_name) = (
        name(&x_name, size.x - AXES.x),
        name(&y_name, size.y - AXES.y),
    );
    let draws = tool.draws(ui);
    ui.horizontal_top(|ui| {
        let is_density = look.colouring == Colouring::Density;
        let has_ground = is_density || look.colouring == Colouring::Surface;
        let texture = has_ground.then(|| heat.of(ui.ctx(), map, is_density).id());
        let grid = map.surface.grid;
        let extent = vec2(grid.x.high() - grid.x.low(), grid.y.high() - grid.y.low());
        let centre = PlotPoint::new(
            f64::from(grid.x.low() + extent.x / 2.0),
            f64::from(grid.y.low() + extent.y / 2.0),
        );
        let plotted = Plot::new((
            "map",
            viewpoint_salt(map.viewpoint),
            workspace.dataset().name(),
        ))
        .width(size.x)
        .height(size.y)
        .custom_y_axes(vec![axis::hints(AxisHints::new_y()).label(y_name)])
        .x_grid_spacer(axis::across)
        .y_grid_spacer(axis::up)
        .set_margin_fraction(Vec2::ZERO)
        .show_grid(false)
        .show_x(false)
        .show_y(false)
        .custom_x_axes(vec![axis::hints(AxisHints::new_x()).label(x_name)])
        .allow_scroll(false)
        .allow_drag(!draws)
        .sense(Sense::click_and_drag())
        .label_formatter(|_| None)
        .show(ui, |plot| {
            zoom::follow(plot);
            if let Some(texture) = texture {
                plot.image(PlotImage::new("score", texture, centre, extent).allow_hover(false));
            }
        });
        let (response, transform) = (plotted.response, plotted.transform);
        response.widget_info(|| WidgetInfo::labeled(Role::Image, true, PICTURE));
        let painter = ui.painter().with_clip_rect(*transform.frame());
        let ground = (!has_ground).then(|| ui.visuals().text_color());
        map_paint::contours(&painter, &transform, map, look, ground);
        if !is_density {
            let look = look.dots(workspace, false);
            painter.add(dots(painter.clip_rect(), &transform, workspace, map, &look));
        }
        let placed = map_paint::to_screen(&transform);
        let at = |instance: usize| {
            let [x, y] = *map.locations.get(instance)?;
            Some(placed(pos2(x, y)))
        };
        map_paint::marks(&painter, &at, workspace, look);
        if draws && let Some(line) = tool.follow(&response, &transform) {
            commands.push(Command::View(ViewCommand::Lasso(line)));
        }
        let chart = (&response, &transform);
        tool.paint(&painter, chart, workspace, Ground::Map(map.viewpoint), &at);
        reading::mark(
            ui,
            &response,
            *transform.frame(),
            Part::Whole,
            |at| match nearest(map, &transform, at) {
                Some(instance) => Some(words(workspace, instance)),
                None => read(map, transform.value_from_position(at)),
            },
        );
        bar_ui(ui, workspace, map, look, size.y);
        let Some(pointer) = response.hover_pos() else {
            return;
        };
        if let Some(instance) = nearest(map, &transform, pointer) {
            if response.clicked() {
                commands.push(Command::View(ViewCommand::Select(instance)));
            }
            let words = words(workspace, instance) + "\nclick to look at it";
            response.on_hover_ui_at_pointer(|ui| {
                if let Some(gallery) = workspace.dataset().gallery() {
                    pictures.thumbnail(ui, gallery, instance, "the image under the pointer");
                }
                ui.label(words);
            });
        } else if let Some(read) = read(map, transform.value_from_position(pointer)) {
            response.on_hover_text_at_pointer(read);
        }
    });
}

/// Paints the scale of what the colours show.
fn bar_ui(ui: &mut Ui, workspace: View<'_>, map: &ScoreMap, look: &mut MapLook, height: f32) {
    match (look.colouring, look.shade(false)) {
        (_, Some(shade)) => {
            let range = look.range(workspace, shade);
            shade_bar(ui, workspace, (shade, range), height);
        }
        (Colouring::Density, _) => density_bar(ui, map, height),
        (Colouring::Surface, _) => map_paint::colour_bar(ui, map, height),
        // The legend says it.
        _ => {}
    }
}

/// Paints the button that shows the two features that explain the candidate.
fn explaining_ui(ui: &mut Ui, workspace: View<'_>, commands: &mut Vec<Command>) {
    let action = Action::Explaining;
    let tip = format!("{} ({})", keys::meaning(action), keys::name(action));
    let is_there = workspace.selected().is_some() && workspace.dataset().n_features() > 2;
    let button = ui.add_enabled(is_there, Button::new("Explaining").small());
    let button = button
        .on_hover_text(tip)
        .on_disabled_hover_text("There is no candidate, or no third feature.");
    if button.clicked() {
        commands.extend(keys::command(action));
    }
}

/// Paints the button that shows the map as it was before the last training.
fn before_ui(ui: &mut Ui, workspace: View<'_>, shows_before: &mut bool) {
    let action = Action::Blink;
    let tip = format!("{} ({})", keys::meaning(action), keys::name(action));
    let button = Button::new("Before").small().selected(*shows_before);
    let response = ui.add_enabled(workspace.has_before(), button);
    let response = response
        .on_hover_text(tip)
        .on_disabled_hover_text("Nothing has been trained yet.");
    if response.clicked() {
        *shows_before = !*shows_before;
    }
}

fn viewpoint_salt(viewpoint: Viewpoint) -> (usize, usize) {
    match viewpoint {
        Viewpoint::Features(across, up) => (across, up),
        Viewpoint::Time(column, up) => (usize::MAX - 1 - column, up),
        Viewpoint::Principal => (usize::MAX, usize::MAX),
    }
}

/// Says what the colours show where the table has more features than the map.
fn slice(workspace: View<'_>, map: &ScoreMap) -> String {
    if workspace.dataset().n_features() == 2 {
        String::new()
    } else {
        format!(
            "on the slice through {} {}",
            workspace.dataset().id_name(),
            workspace.dataset().id(map.anchor)
        )
    }
}

/// Says which row it is.
pub(super) fn words(workspace: View<'_>, instance: usize) -> String {
    let row = workspace.row(instance);
    let reply = workspace.reply(instance);
    let answer = reply.map_or_else(String::new, |reply| format!(", {}", workspace.said(reply)));
    format!(
        "{} {}: rank {}, score {:.3}{answer}",
        workspace.dataset().id_name(),
        row.id,
        number::count(row.rank),
        row.score
    )
}

/// Says the score at a place of the map.
fn read(map: &ScoreMap, at: PlotPoint) -> Option<String> {
    let Grid { x, y } = &map.surface.grid;
    let (column, row) = (x.cell(at.x as f32)?, y.cell(at.y as f32)?);
    let score = map.surface.values.get(row * x.cells() + column)?;
    Some(format!(
        "score {} at ({}, {})",
        number::value(*score),
        number::value(at.x as f32),
        number::value(at.y as f32),
    ))
}

/// The instance nearest to the pointer, if it is near; the first of equals.
fn nearest(map: &Arc<ScoreMap>, transform: &PlotTransform, pointer: Pos2) -> Option<usize> {
    let placed = map_paint::to_screen(transform);
    let end = |by: f32| {
        let corner = transform.value_from_position(pointer + vec2(by, -by));
        [corner.x as f32, corner.y as f32]
    };
    let around = map.point_levels.within(end(-REACH), end(REACH));
    let around = around.map(|instance| {
        let [x, y] = map.locations[instance];
        (instance, placed(pos2(x, y)).distance_sq(pointer))
    });
    nearest::nearest(around, REACH)
}
