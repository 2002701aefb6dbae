//! Before and after: what the last training changed.

use std::sync::Arc;

use eframe::egui::{
    Color32, FontId, Id, Painter, Rect, Response, RichText, Role, ScrollArea, Sense, Stroke,
    TextStyle, Ui, WidgetInfo, pos2, vec2,
};

use crate::app::{Ask, Change, Command, Move, View, ViewCommand, axis_names};
use crate::ui::tile::{Tile, scale};
use crate::ui::zoom::{self, Viewport};
use crate::ui::{colours, elide, number};

/// Width of the list, and of the colour scale.
const LIST: f32 = 225.0;
const SCALE: f32 = 74.0;
/// Width of a bar in the list.
const BAR: f32 = 70.0;

/// Paints the difference of the anomaly score, and the instances whose rank moved most.
pub(in crate::ui) fn change_ui(ui: &mut Ui, workspace: View<'_>, commands: &mut Vec<Command>) {
    commands.extend(Command::for_panel(workspace, Ask::Change));
    ui.label(RichText::new("What the last training changed").strong()).on_hover_text(
        "The anomaly score after the last training less that before it, over the map: red where it rose, blue where it fell, on one scale with zero in the middle.",
    );
    let revision = workspace.session().revision();
    if revision == 0 {
        ui.label(RichText::new("Nothing has been trained yet: answer a candidate, and this shows what your answer changed.").weak());
        return;
    }
    let batch = workspace.session().last_batch().len();
    let answers = if batch == 1 {
        "1 answer".to_owned()
    } else {
        format!("{batch} answers")
    };
    ui.label(
        RichText::new(format!(
            "training {}, after {answers}",
            number::count(revision as usize)
        ))
        .weak(),
    );
    let Some(change) = workspace.change() else {
        match workspace.session().previous_weights() {
            Some(_) => ui.spinner(),
            None => ui.label("That was in an earlier run, and a session file keeps the last training only. The next training is shown here; undo and redo show this one, too."),
        };
        return;
    };
    let room = ui.available_size();
    let list = LIST.min(room.x * 0.3);
    ui.horizontal_top(|ui| {
        let size = vec2((room.x - list - SCALE - 16.0).max(160.0), room.y);
        map(ui, workspace, change, size);
        ui.allocate_ui(vec2(list, room.y), |ui| {
            ui.vertical(|ui| moves(ui, workspace, change, commands));
        });
    });
}

fn map(ui: &mut Ui, workspace: View<'_>, change: &Arc<Change>, size: eframe::egui::Vec2) {
    let largest = change.largest.max(f32::MIN_POSITIVE);
    let [across, up] = axis_names(workspace.dataset(), change.map.viewpoint);
    let colour = move |difference: f32| colours::difference(difference / largest);
    let view = Id::unique("view of the change");
    let mut viewport = Viewport::recall(ui, view);
    viewport.obey(zoom::for_all(ui.ctx()));
    Tile {
        id: Id::unique("difference tile"),
        source: Arc::clone(change) as Arc<dyn std::any::Any + Send + Sync>,
        variant: 0,
        title: "score after − before",
        grid: change.difference.grid,
        values: &change.difference.values,
        value: "difference",
        colour: &colour,
        lines: &change.lines,
        line: Color32::from_black_alpha(150),
        direction: None,
        locations: &change.map.locations,
        axes: Some([&across, &up]),
    }
    .show(
        ui,
        workspace,
        size,
        "Difference of the anomaly score over the map: red where it rose, blue where it fell; lines at quarters of the largest; drag to pan, Ctrl and wheel to zoom, double-click for all",
        &mut viewport,
    );
    viewport.keep(ui, view);
    scale(ui, size.y, "difference", [-largest, largest], &colour);
}

fn moves(ui: &mut Ui, workspace: View<'_>, change: &Change, commands: &mut Vec<Command>) {
    ui.label(RichText::new("Moved most").strong()).on_hover_text(
        "By the ratio of the ranks before and after, |ln((1 + before) / (1 + after))|: from 30 to 3 counts as much as from 300 to 30. The bar goes from the rank before to that after (the tick), with rank 1 at the right, on a logarithmic scale; red rose, blue fell. Click one to look at it.",
    );
    if change.moves.is_empty() {
        ui.label(RichText::new("No rank moved.").weak());
    }
    let height = ui.text_style_height(&TextStyle::Body) + 4.0;
    ScrollArea::vertical()
        .id_salt("moves")
        .auto_shrink(false)
        .show_rows(ui, height, change.moves.len(), |ui, rows| {
            for one in &change.moves[rows] {
                if move_ui(ui, workspace, one).clicked() {
                    commands.push(Command::View(ViewCommand::Select(one.instance)));
                }
            }
        });
}

/// A line of the list: the id, a bar from the rank before to that after, and both ranks.
fn move_ui(ui: &mut Ui, workspace: View<'_>, one: &Move) -> Response {
    let size = vec2(
        ui.available_width(),
        ui.text_style_height(&TextStyle::Body) + 4.0,
    );
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let way = if one.after < one.before { "up" } else { "down" };
    let words = line(workspace, one, |before, after| {
        format!("{way} from rank {before} to {after}")
    });
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &words));
    let visuals = ui
        .style()
        .interact_selectable(&response, workspace.selected() == Some(one.instance));
    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    if workspace.selected() == Some(one.instance) || response.hovered() || response.has_focus() {
        painter.rect_filled(rect, 2.0, visuals.weak_bg_fill);
    }
    let text = visuals.text_color();
    let font = FontId::proportional(12.0);
    let [before, after] = [one.before, one.after].map(|rank| number::count(rank + 1));
    let ranks = format!("{before} to {after}");
    let ranks = painter.layout_no_wrap(ranks, font.clone(), text);
    let left = rect.right() - ranks.size().x - 3.0;
    let middle = |height: f32| rect.center().y - height / 2.0;
    let at = pos2(left, middle(ranks.size().y));
    // The id has what the ranks and the bar leave.
    let bar = Rect::from_x_y_ranges(
        (left - BAR - 6.0).max(rect.left() + 20.0)..=left - 6.0,
        rect.shrink2(vec2(0.0, 4.0)).y_range(),
    );
    let id = workspace.dataset().id(one.instance);
    let id = elide::middle(&painter, &id, &font, bar.left() - rect.left() - 8.0);
    let id = painter.layout_no_wrap(id, font, text);
    let foot = pos2(rect.left() + 3.0, middle(id.size().y));
    painter.galley(foot, id, text);
    painter.galley(at, ranks, text);
    rank_bar(&painter, bar, one, workspace.dataset().n_instances(), text);
    response.on_hover_text(words)
}

/// Paints where a rank was and is on a logarithmic scale with rank 1 at the right.
fn rank_bar(painter: &Painter, bar: Rect, one: &Move, worst: usize, text: Color32) {
    let x_of = |rank: usize| {
        let part = ((rank + 1) as f32).ln() / (worst as f32).ln().max(f32::MIN_POSITIVE);
        bar.right() - part.clamp(0.0, 1.0) * bar.width()
    };
    painter.hline(
        bar.x_range(),
        bar.bottom(),
        Stroke::new(1.0, text.gamma_multiply(0.35)),
    );
    let (from, to) = (x_of(one.before), x_of(one.after));
    let rose = if one.after < one.before { 0.8 } else { -0.8 };
    let way = Rect::from_x_y_ranges(from.min(to)..=from.max(to), bar.y_range());
    painter.rect_filled(way, 0.0, colours::difference(rose));
    painter.vline(to, bar.y_range(), Stroke::new(2.5, text));
}

/// Says how a rank moved; `ranks` from the places before and after.
fn line(workspace: View<'_>, one: &Move, ranks: impl Fn(&str, &str) -> String) -> String {
    let answer = workspace.answers().get(&one.instance);
    let answer = answer.map_or_else(String::new, |answer| format!(", {}", answer.name()));
    let [before, after] = [one.before, one.after].map(|rank| number::count(rank + 1));
    format!(
        "{} {}: {}{answer}",
        workspace.dataset().id_name(),
        workspace.dataset().id(one.instance),
        ranks(&before, &after)
    )
}
