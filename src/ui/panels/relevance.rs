//! Relevance maps: a small map for each member, and the scores that come of them.

use std::sync::Arc;

use eframe::egui::{Color32, DragValue, Id, RichText, ScrollArea, Ui, Vec2, vec2};

use crate::app::{
    Ask, Command, Figure, MOST_LAYERS, Polyline, RelevanceMap, Value, View, ViewCommand, axis_names,
};
use crate::ui::colours;
use crate::ui::tile::{Tile, scale};
use crate::ui::zoom::{self, Viewport};

const CHOICES: [(Value, &str, &str); 4] = [
    (
        Value::Relevance,
        "relevance",
        "How far each member is to be trusted at each point, p, by your answers: white at the prior b, red above it, blue below, on a scale of its own.",
    ),
    (
        Value::WholeRelevance,
        "0 to 1",
        "The same relevance on the whole scale from 0 to 1, on which small differences are hardly seen.",
    ),
    (
        Value::Score,
        "member score",
        "How unusual each member finds each point, s, whatever you answered.",
    ),
    (
        Value::Product,
        "contribution",
        "What each member contributes to the anomaly score: its score times its relevance, s·p.",
    ),
];

/// What this panel remembers between frames.
#[derive(Clone, Copy, Default)]
struct Choice {
    shown: Value,
    /// The tile that fills the panel, if one does.
    enlarged: Option<usize>,
    /// Members that have a map.
    layers: usize,
    /// What of the plane is in viewport, in all tiles alike.
    viewport: Viewport,
}

/// The chart that this panel shows.
pub(in crate::ui) fn shown_figure(ui: &Ui) -> Figure {
    let choice: Choice = ui
        .data(|data| data.get_temp(Id::unique(CHOICE)))
        .unwrap_or_default();
    match choice.enlarged {
        None => Figure::Members(choice.shown),
        Some(tile) if tile < choice.layers => Figure::Member(tile, choice.shown),
        Some(tile) if tile == choice.layers => Figure::Baseline,
        Some(_) => Figure::Map,
    }
}

/// The name of what is remembered.
const CHOICE: &str = "relevance maps";

/// Width that a tile has at least, and its shape.
const TILE: f32 = 145.0;
const SHAPE: f32 = 0.9;
/// Width of the colour scales.
const SCALE: f32 = 74.0;

/// Paints the members over the map; a click on a tile enlarges it.
pub(in crate::ui) fn relevance_ui(ui: &mut Ui, workspace: View<'_>, commands: &mut Vec<Command>) {
    commands.extend(Command::for_panel(workspace, Ask::RelevanceGrid));
    let Some(map) = workspace.relevance_map() else {
        ui.centered_and_justified(|ui| ui.spinner());
        return;
    };
    let id = Id::unique(CHOICE);
    let mut choice: Choice = ui.data(|data| data.get_temp(id)).unwrap_or_default();
    let view = Id::unique("view of the members");
    choice.viewport = Viewport::recall(ui, view);
    choice.viewport.obey(zoom::for_all(ui.ctx()));
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new("Members over the map").strong()).on_hover_text(
            "One map for each member, on the same plane as the score map. Lines join points of equal value; the arrow is the direction of a projection; marks are your labels.",
        );
        for (shown, name, tip) in CHOICES {
            ui.selectable_value(&mut choice.shown, shown, name).on_hover_text(tip);
        }
        let members = workspace.member_names().len();
        if members > 2 {
            let mut count = workspace.layers();
            let label = ui.label("up to");
            let field = DragValue::new(&mut count).range(1..=MOST_LAYERS).suffix(" members");
            let field = ui.add(field).labelled_by(label.id).on_hover_text(
                "With more members than that, those that contribute most to the top τ have maps of their own, and each kind is summed in a further one.",
            );
            if field.changed() {
                commands.push(Command::View(ViewCommand::SetLayers(count)));
            }
        }
    });
    let layers = map.relevance_grid.layers.len();
    choice.layers = layers;
    choice.enlarged = choice.enlarged.filter(|tile| *tile < layers + 2);
    match choice.enlarged {
        Some(tile) => enlarged(ui, workspace, map, tile, &mut choice),
        None => all(ui, workspace, map, &mut choice),
    }
    choice.viewport.keep(ui, view);
    ui.data_mut(|data| data.insert_temp(id, choice));
}

fn all(ui: &mut Ui, workspace: View<'_>, map: &Arc<RelevanceMap>, choice: &mut Choice) {
    let tiles = map.relevance_grid.layers.len() + 2;
    let height = ui.available_height();
    ui.horizontal_top(|ui| {
        let room = vec2(ui.available_width() - SCALE, height);
        let size = tile_size(room, tiles, ui.spacing().item_spacing.x);
        ScrollArea::vertical()
            .id_salt("tiles")
            .max_width(room.x)
            .show(ui, |ui| {
                ui.set_width(room.x);
                ui.horizontal_wrapped(|ui| {
                    for tile in 0..tiles {
                        if show(ui, (workspace, map), tile, choice, size) {
                            choice.enlarged = Some(tile);
                        }
                    }
                });
            });
        ui.vertical(|ui| {
            let half = (height - 8.0) / 2.0;
            layer_scale(ui, map, choice.shown, half);
            total_scale(ui, map, half);
        });
    });
}

/// The size at which all tiles fit, if they fit at all.
fn tile_size(room: Vec2, tiles: usize, gap: f32) -> Vec2 {
    let most = ((room.x + gap) / (TILE + gap)).floor().max(1.0) as usize;
    let fit = |columns: usize| {
        let width = (room.x - 14.0 - gap * columns as f32) / columns as f32;
        let rows = tiles.div_ceil(columns) as f32;
        let height = (room.y - gap * rows) / rows;
        vec2(width, (width * SHAPE + 18.0).min(height.max(TILE * SHAPE)))
    };
    let sizes = (1..=most.min(tiles)).map(fit);
    // The shorter side says how well a map is read.
    let short = |size: &Vec2| size.x.min(size.y - 18.0);
    let all = |a: &Vec2, b: &Vec2| short(a).total_cmp(&short(b));
    let fits = |size: &Vec2| {
        let columns = ((room.x + gap) / (size.x + gap)).floor().max(1.0) as usize;
        tiles.div_ceil(columns) as f32 * (size.y + gap) <= room.y + gap
    };
    let best = sizes.filter(fits).max_by(all);
    best.unwrap_or_else(|| fit(most.min(tiles)))
}

fn enlarged(
    ui: &mut Ui,
    workspace: View<'_>,
    map: &Arc<RelevanceMap>,
    tile: usize,
    choice: &mut Choice,
) {
    let back = ui.button("Back to all members");
    if back.on_hover_text("Show the map of every member").clicked() {
        choice.enlarged = None;
    }
    let room = ui.available_size();
    ui.horizontal_top(|ui| {
        let size = vec2(room.x - SCALE, room.y);
        show(ui, (workspace, map), tile, choice, size);
        if tile < map.relevance_grid.layers.len() {
            layer_scale(ui, map, choice.shown, room.y);
        } else {
            total_scale(ui, map, room.y);
        }
    });
}

fn colour_in([low, high]: [f32; 2]) -> impl Fn(f32) -> Color32 {
    move |value| colours::score((value - low) / (high - low).max(f32::MIN_POSITIVE))
}

/// The colours of what a map of a member shows.
fn colours_of(map: &RelevanceMap, shown: Value) -> Box<dyn Fn(f32) -> Color32> {
    let [low, high] = map.range(shown);
    match map.middle(shown) {
        Some(middle) => {
            let most = (high - middle).max(middle - low).max(f32::MIN_POSITIVE);
            Box::new(move |value| colours::difference((value - middle) / most))
        }
        None => Box::new(colour_in([low, high])),
    }
}

fn layer_scale(ui: &mut Ui, map: &RelevanceMap, shown: Value, height: f32) {
    let title = match shown {
        Value::Relevance | Value::WholeRelevance => "relevance",
        Value::Score => "score",
        Value::Product => "contrib.",
    };
    scale(
        ui,
        height,
        title,
        map.range(shown),
        &*colours_of(map, shown),
    );
}

fn total_scale(ui: &mut Ui, map: &RelevanceMap, height: f32) {
    let range = map.map.range;
    scale(ui, height, "Σ scores", range, &colour_in(range));
}

/// Paints one tile; true when it was clicked.
fn show(
    ui: &mut Ui,
    (workspace, map): (View<'_>, &Arc<RelevanceMap>),
    tile: usize,
    choice: &mut Choice,
    size: Vec2,
) -> bool {
    let relevance_grid = &map.relevance_grid;
    let (shown, is_large) = (choice.shown, choice.enlarged.is_some());
    let hint = match is_large {
        true => "drag to pan, Ctrl and wheel to zoom, double-click for all of it",
        false => "click to enlarge",
    };
    let (title, value, words, values, lines, range, direction): (
        String,
        &str,
        String,
        &[f32],
        &[Polyline],
        [f32; 2],
        _,
    ) = match relevance_grid.layers.get(tile) {
        Some(layer) => {
            let what = shown.name();
            let (values, lines) = map.layer(tile, shown).unwrap_or_default();
            let name = workspace.layer_name(tile);
            let words = format!("{what} of {name} over the map; {hint}");
            (
                name,
                what,
                words,
                values,
                lines,
                map.range(shown),
                layer.direction,
            )
        }
        None => {
            let is_baseline = tile == relevance_grid.layers.len();
            let of = &map.map;
            let (title, values, lines) = match is_baseline {
                true => ("baseline", &of.baseline, &of.baseline_lines),
                false => ("GLAD", &of.surface.values, &of.lines),
            };
            let words = format!(
                "{title} over the map, both on the same scale: {}; {hint}",
                match is_baseline {
                    true => "without feedback, Σ s·b",
                    false => "after your answers, Σ s·p",
                }
            );
            (
                title.to_owned(),
                "score",
                words,
                values,
                lines,
                of.range,
                None,
            )
        }
    };
    let [across, up] = axis_names(workspace.dataset(), map.map.viewpoint);
    let is_layer = tile < relevance_grid.layers.len();
    let is_around = is_layer && map.middle(shown).is_some();
    let colour: Box<dyn Fn(f32) -> Color32> = match is_layer {
        true => colours_of(map, shown),
        false => Box::new(colour_in(range)),
    };
    Tile {
        id: Id::unique(("relevance_grid tile", tile)),
        source: Arc::clone(map) as Arc<dyn std::any::Any + Send + Sync>,
        variant: if tile < relevance_grid.layers.len() {
            shown as u64
        } else {
            0
        },
        title: &title,
        grid: match tile < relevance_grid.layers.len() {
            true => relevance_grid.grid,
            false => map.map.surface.grid,
        },
        values,
        value,
        colour: &*colour,
        lines,
        line: match is_around {
            true => Color32::from_black_alpha(150),
            false => Color32::from_white_alpha(150),
        },
        direction,
        locations: &map.map.locations,
        axes: is_large.then_some([across.as_str(), up.as_str()]),
    }
    .show(ui, workspace, size, &words, &mut choice.viewport)
    .clicked()
}
