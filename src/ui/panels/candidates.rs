//! The candidate list.

use eframe::egui::{
    Align, Align2, Label, Layout, Rect, RichText, Role, ScrollArea, Sense, TextStyle, Ui,
    UiBuilder, WidgetInfo, pos2, vec2,
};

use super::find::find_ui;
use crate::app::{CandidateRow, Command};
use crate::ui::layout::{Field, Scene};
use crate::ui::{marks, number};

/// Widths of rank and score; what is left is shared by id and member.
const RANK: f32 = 44.0;
const SCORE: f32 = 56.0;
const MARK: f32 = 20.0;

/// Paints the ranking down to the last candidate; only the rows in sight are made.
pub(in crate::ui) fn candidates_ui(ui: &mut Ui, scene: &mut Scene<'_>) {
    let takes_focus = scene.kept.takes_focus(Field::Find);
    let sought = &mut scene.kept.sought;
    let (workspace, commands) = (scene.workspace, &mut *scene.commands);
    find_ui(ui, workspace, sought, takes_focus, commands);
    let tau = workspace.model().fitted().settings().tau;
    let open = workspace
        .listed()
        .iter()
        .filter(|instance| !workspace.answers().contains_key(*instance))
        .count();
    ui.label(
        RichText::new(format!(
            "{} to ask, the top {} of the scores (τ)",
            number::count(open),
            number::percent(tau)
        ))
        .weak(),
    );
    ui.add_space(4.0);
    header(ui);
    ui.separator();
    let height = ui.text_style_height(&TextStyle::Body) + 6.0;
    ScrollArea::vertical().auto_shrink(false).show_rows(
        ui,
        height,
        workspace.listed().len(),
        |ui, places| {
            ui.spacing_mut().item_spacing.y = 0.0;
            for place in places {
                let row = workspace.row(workspace.listed()[place]);
                if row_ui(ui, &row, height) {
                    commands.push(Command::Select(row.instance));
                }
            }
        },
    );
}

/// Left ends of the columns: mark, rank, id, score, member.
fn columns(left: f32, width: f32) -> [f32; 5] {
    let shared = (width - MARK - RANK - SCORE).max(60.0);
    let id = left + MARK + RANK;
    let score = id + shared * 0.38;
    [left, left + MARK, id, score, score + SCORE]
}

fn header(ui: &mut Ui) {
    let (rect, _) = ui.allocate_exact_size(
        vec2(ui.available_width(), ui.text_style_height(&TextStyle::Body)),
        Sense::hover(),
    );
    let at = columns(rect.left(), rect.width());
    let colour = ui.visuals().weak_text_color();
    let font = TextStyle::Body.resolve(ui.style());
    for (left, title) in at[1..].iter().zip(["rank", "id", "score", "most relevant"]) {
        ui.painter().text(
            pos2(*left, rect.center().y),
            Align2::LEFT_CENTER,
            title,
            font.clone(),
            colour,
        );
    }
}

/// Paints one row; true when it was clicked.
fn row_ui(ui: &mut Ui, row: &CandidateRow, height: f32) -> bool {
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::click());
    let answer = row.answer.map_or("not answered", |answer| answer.name());
    let words = format!(
        "rank {}, id {}, score {:.3}, {}, {answer}",
        row.rank, row.id, row.score, row.member
    );
    response
        .widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, row.is_current, &words));
    let visuals = ui.visuals();
    if row.is_current {
        ui.painter()
            .rect_filled(rect, 3.0, visuals.selection.bg_fill);
    } else if response.hovered() || response.has_focus() {
        ui.painter()
            .rect_filled(rect, 3.0, visuals.widgets.hovered.weak_bg_fill);
    }
    let colour = if row.is_current {
        visuals.strong_text_color()
    } else {
        visuals.text_color()
    };
    let outline = visuals.text_color();
    let at = columns(rect.left(), rect.width());
    if let Some(answer) = row.answer {
        marks::paint(
            ui.painter(),
            pos2(at[0] + MARK / 2.0, rect.center().y),
            5.0,
            answer,
            outline,
        );
    }
    let texts = [
        number::count(row.rank),
        row.id.clone(),
        format!("{:.3}", row.score),
        row.member.clone(),
    ];
    for (column, text) in texts.into_iter().enumerate() {
        let right = at.get(column + 2).copied().unwrap_or(rect.right());
        let cell = Rect::from_min_max(
            pos2(at[column + 1], rect.top()),
            pos2(right - 4.0, rect.bottom()),
        );
        let mut cell_ui = ui.new_child(
            UiBuilder::new()
                .max_rect(cell)
                .layout(Layout::left_to_right(Align::Center)),
        );
        cell_ui.add(
            Label::new(RichText::new(text).color(colour))
                .truncate()
                .selectable(false),
        );
    }
    response.on_hover_text(words).clicked()
}
