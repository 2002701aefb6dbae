//! Before and after: what the last training changed.

use std::sync::Arc;

use eframe::egui::{Button, Color32, Id, RichText, ScrollArea, TextStyle, Ui, vec2};

use crate::app::{Ask, Change, Command, Move, Workspace, axis_names};
use crate::ui::tile::{Tile, scale};
use crate::ui::zoom::{self, Sight};
use crate::ui::{colours, number};

/// Width of the list, and of the colour scale.
const LIST: f32 = 225.0;
const SCALE: f32 = 74.0;

/// Paints the difference of the anomaly score, and the instances whose rank moved most.
pub(in crate::ui) fn change_ui(ui: &mut Ui, workspace: &Workspace, commands: &mut Vec<Command>) {
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
            "from revision {} to {revision}, after {answers}",
            revision - 1
        ))
        .weak(),
    );
    let Some(change) = workspace.change() else {
        match workspace.session().previous_weights() {
            Some(_) => ui.spinner(),
            None => ui.label("That was in an earlier sitting, and a session file keeps the last revision only. The next training is shown here; undo and redo show this one, too."),
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

fn map(ui: &mut Ui, workspace: &Workspace, change: &Arc<Change>, size: eframe::egui::Vec2) {
    let largest = change.largest.max(f32::MIN_POSITIVE);
    let [across, up] = axis_names(workspace.dataset(), change.map.viewpoint);
    let colour = move |difference: f32| colours::difference(difference / largest);
    let view = Id::unique("view of the change");
    let mut sight = Sight::recall(ui, view);
    sight.obey(zoom::for_all(ui.ctx()));
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
        places: &change.map.places,
        axes: Some([&across, &up]),
    }
    .show(
        ui,
        workspace,
        size,
        "Difference of the anomaly score over the map: red where it rose, blue where it fell; lines at quarters of the largest; drag to pan, Ctrl and wheel to zoom, double-click for all",
        &mut sight,
    );
    sight.keep(ui, view);
    scale(ui, size.y, "difference", [-largest, largest], &colour);
}

fn moves(ui: &mut Ui, workspace: &Workspace, change: &Change, commands: &mut Vec<Command>) {
    ui.label(RichText::new("Moved most").strong()).on_hover_text(
        "By the ratio of the ranks before and after, |ln((1 + before) / (1 + after))|: from 30 to 3 counts as much as from 300 to 30. Click one to look at it.",
    );
    if change.moves.is_empty() {
        ui.label(RichText::new("No rank moved.").weak());
    }
    let height = ui.text_style_height(&TextStyle::Body) + 4.0;
    ScrollArea::vertical()
        .id_salt("moves")
        .auto_shrink(false)
        .show_rows(ui, height, change.moves.len(), |ui, places| {
            for one in &change.moves[places] {
                let is_current = workspace.selected() == Some(one.instance);
                let way = if one.after < one.before { "up" } else { "down" };
                let words = line(workspace, one, |before, after| {
                    format!("{way} from rank {before} to {after}")
                });
                let text = line(workspace, one, |before, after| {
                    format!("{before} to {after}")
                });
                let button = Button::selectable(is_current, text).truncate();
                if ui.add(button).on_hover_text(&words).clicked() {
                    commands.push(Command::Select(one.instance));
                }
            }
        });
}

/// Says how a rank moved; `ranks` from the places before and after.
fn line(workspace: &Workspace, one: &Move, ranks: impl Fn(&str, &str) -> String) -> String {
    let answer = workspace.answers().get(&one.instance);
    let answer = answer.map_or_else(String::new, |answer| format!(", {}", answer.name()));
    let [before, after] = [one.before, one.after].map(|place| number::count(place + 1));
    format!(
        "{} {}: {}{answer}",
        workspace.dataset().id_column().unwrap_or("row"),
        workspace.dataset().id(one.instance),
        ranks(&before, &after)
    )
}
