//! The rows that are like the current candidate, side by side with it, and answered with it.

use std::collections::BTreeSet;

use eframe::egui::{Button, RichText, Role, ScrollArea, Sense, Ui, WidgetInfo, vec2};

use super::alignment::alignment_ui;
use super::alike::answer_ui;
use super::beside::beside_ui;
use super::title::name;
use crate::app::{Ask, Choice, Command, Near, Space, View, ViewCommand};
use crate::ui::layout::PaneContext;
use crate::ui::sequences::Sequences;
use crate::ui::{marks, number};

/// Width from which on the list and the two rows stand beside each other.
const WIDE: f32 = 520.0;
/// Width of the list then.
const LIST: f32 = 240.0;

/// Paints the similar rows, two rows side by side, and what answering them alike will do.
pub(in crate::ui) fn similar_ui(ui: &mut Ui, pane: &mut PaneContext<'_>) {
    let (workspace, commands) = (pane.workspace, &mut *pane.commands);
    let sequences = &mut pane.kept.sequences;
    commands.extend(Command::for_panel(workspace, Ask::Similar));
    let Some(current) = workspace.selected() else {
        ui.label("The next candidate comes in a moment.");
        return;
    };
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new(format!("Rows like {}", name(workspace, current))).strong());
        ui.label("by");
        for space in Space::ALL {
            let tip = match space {
                Space::Scores => {
                    "By what the members say of them: alike are those that the same detectors find odd."
                }
                Space::Features => "By Euclidean distance over the standardised features.",
            };
            let radio = ui.radio(workspace.space() == space, space.name());
            if radio.on_hover_text(tip).clicked() {
                commands.push(Command::View(ViewCommand::Alike(Choice::Space(space))));
            }
        }
    });
    let Some(near) = workspace.similar() else {
        ui.horizontal(|ui| {
            ui.spinner();
            ui.label("comparing rows");
        });
        return;
    };
    let takes = pane.app.takes_answers();
    ui.add_enabled_ui(takes, |ui| {
        answer_ui(ui, workspace, near, current, commands);
    });
    ui.separator();
    let height = ui.available_height();
    if ui.available_width() < WIDE {
        list_ui(ui, workspace, near, height * 0.45, commands);
        ui.separator();
        two_ui(ui, workspace, sequences, current, commands);
        return;
    }
    ui.horizontal_top(|ui| {
        ui.vertical(|ui| {
            ui.set_width(LIST);
            list_ui(ui, workspace, near, height, commands);
        });
        ui.separator();
        ui.vertical(|ui| two_ui(ui, workspace, sequences, current, commands));
    });
}

/// The candidate and another row: two sequences by their moments, any others by their features.
fn two_ui(
    ui: &mut Ui,
    workspace: View<'_>,
    sequences: &mut Sequences,
    current: usize,
    commands: &mut Vec<Command>,
) {
    match workspace.dataset().sequences() {
        Some(_) => alignment_ui(ui, workspace, sequences, current, commands),
        None => beside_ui(ui, workspace, current),
    }
}

/// Paints the similar rows, the nearest first; only those visible are made.
fn list_ui(
    ui: &mut Ui,
    workspace: View<'_>,
    near: &[Near],
    height: f32,
    commands: &mut Vec<Command>,
) {
    let chosen: BTreeSet<usize> = workspace.chosen_alike().collect();
    ScrollArea::vertical()
        .id_salt("similar rows")
        .max_height(height)
        .auto_shrink([false, true])
        .show_rows(ui, ui.spacing().interact_size.y, near.len(), |ui, range| {
            for near in range.filter_map(|index| near.get(index)) {
                let is_chosen = chosen.contains(&near.instance);
                row_ui(ui, workspace, near, is_chosen, commands);
            }
        });
}

fn row_ui(
    ui: &mut Ui,
    workspace: View<'_>,
    near: &Near,
    is_chosen: bool,
    commands: &mut Vec<Command>,
) {
    let instance = near.instance;
    let id = workspace.dataset().id(instance);
    ui.horizontal(|ui| {
        let mut chosen = is_chosen;
        let tick = ui.checkbox(&mut chosen, "");
        tick.widget_info(|| {
            WidgetInfo::selected(Role::CheckBox, true, is_chosen, format!("Alike: {id}"))
        });
        if tick.on_hover_text("Answer it the same").changed() {
            commands.push(Command::View(ViewCommand::Alike(Choice::Include(
                instance, chosen,
            ))));
        }
        let (rect, _) = ui.allocate_exact_size(vec2(16.0, 16.0), Sense::hover());
        let reply = workspace.reply(instance);
        if let Some(reply) = reply {
            let outline = ui.visuals().text_color();
            marks::paint_reply(ui.painter(), rect.center(), 5.0, reply, outline);
        }
        let text = format!(
            "{id}: {} away, rank {}",
            number::value(near.distance),
            number::count(workspace.model().rank_of(instance) + 1)
        );
        let said = reply.map_or_else(String::new, |reply| format!(", {}", workspace.said(reply)));
        let tip = format!(
            "{text}{said}; click to see it beside the candidate, double-click to look at it"
        );
        let is_beside = workspace.beside_candidate() == Some(instance);
        let button = Button::selectable(is_beside, text).truncate();
        let response = ui.add(button).on_hover_text(tip);
        if response.double_clicked() {
            commands.push(Command::View(ViewCommand::Select(instance)));
        } else if response.clicked() {
            commands.push(Command::View(ViewCommand::Alike(Choice::Beside(instance))));
        }
    });
}
