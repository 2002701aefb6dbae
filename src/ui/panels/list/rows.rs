//! The rows with their titles.

use eframe::egui::{
    Align2, Color32, CursorIcon, FontId, Painter, Pos2, Rect, Role, ScrollArea, Sense, Shape,
    Stroke, TextStyle, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};

use super::look::{Followed, ListView, WIDTHS};
use crate::app::{Command, Field, View, ViewCommand};
use crate::ui::{colours, elide, marks};

/// Room for the mark of an answer.
const MARK: f32 = 20.0;
/// Points between cells.
const GAP: f32 = 6.0;
/// The least width of a column that has none of its own.
const LEAST: f32 = 60.0;

/// A column in its place.
struct Column {
    /// Its place in the look of the list.
    index: usize,
    field: Field,
    left: f32,
    width: f32,
}

/// The columns side by side, from 0: those with a width of their own, and the others that share what
/// is left.
fn columns(view: &ListView, workspace: View<'_>, room: f32) -> (Vec<Column>, f32) {
    let shown = view.look.shown(workspace.fields());
    let fixed = |(index, field): &(usize, Field)| {
        let usual = match field {
            Field::Rank => Some(52.0),
            Field::Score => Some(56.0),
            _ => None,
        };
        view.look.columns[*index].width.or(usual)
    };
    let taken: f32 = shown.iter().filter_map(fixed).sum();
    let sharing = shown
        .iter()
        .filter(|column| fixed(column).is_none())
        .count();
    // Ids and members' names are the longest; numbers of rows are short.
    let has_ids = workspace.dataset().id_column().is_some();
    let parts = |field: Field| match field {
        Field::Member => 1.6,
        Field::Id if has_ids => 1.6,
        _ => 1.0,
    };
    let shares: f32 = shown
        .iter()
        .filter(|column| fixed(column).is_none())
        .map(|(_, field)| parts(*field))
        .sum();
    let left_over = (room - MARK - taken).max(LEAST * sharing as f32);
    let mut left = MARK;
    let placed = shown.iter().map(|column| {
        let (index, field) = *column;
        let shared = || (left_over * parts(field) / shares).max(LEAST);
        let width = fixed(column).unwrap_or_else(shared);
        let start = left;
        left += width;
        Column {
            index,
            field,
            left: start,
            width,
        }
    });
    let placed: Vec<Column> = placed.collect();
    (placed, left)
}

/// Paints titles and rows.
pub(super) fn rows_ui(
    ui: &mut Ui,
    workspace: View<'_>,
    view: &mut ListView,
    commands: &mut Vec<Command>,
) {
    let room = ui.available_width() - ui.spacing().scroll.floating_allocated_width;
    let (columns, width) = columns(view, workspace, room);
    titles_ui(ui, workspace, view, &columns);
    ui.separator();
    let height = ui.text_style_height(&TextStyle::Body) + 6.0;
    let rows = workspace.list().rows;
    let shown = ScrollArea::both()
        .id_salt("rows")
        .auto_shrink(false)
        .show_viewport(ui, |ui, viewport| {
            ui.set_width(width.max(room));
            ui.set_height(height * rows.len() as f32);
            follow(ui, workspace, view, viewport, height);
            let origin = ui.max_rect().left_top();
            let first = (f64::from(viewport.top()) / f64::from(height))
                .floor()
                .max(0.0) as usize;
            let last = (f64::from(viewport.bottom()) / f64::from(height))
                .ceil()
                .max(0.0) as usize;
            let seen = rows.iter().enumerate().take(last).skip(first);
            for (index, &row) in seen {
                // From the top of what is visible: single precision cannot tell the places of rows
                // apart that are a million rows down.
                let below = index as f64 * f64::from(height) - f64::from(viewport.top());
                let top = origin.y + viewport.top() + below as f32;
                let size = vec2(width.max(room), height);
                let rect = Rect::from_min_size(pos2(origin.x, top), size);
                if row_ui(ui, workspace, view, &columns, row, rect) {
                    commands.push(Command::View(ViewCommand::Select(row)));
                }
            }
        });
    view.across = shown.state.unclamped_offset().x;
}

/// Scrolls to the row that is looked at when it or the rows have changed.
fn follow(ui: &Ui, workspace: View<'_>, view: &mut ListView, viewport: Rect, height: f32) {
    let (rows, selected) = (workspace.list().rows, workspace.selected());
    let address = (rows.as_ptr().addr(), rows.len());
    let before = view
        .followed
        .map(|followed| (followed.selected, followed.rows));
    if before == Some((selected, address)) {
        return;
    }
    let index = selected.and_then(|selected| rows.iter().position(|&row| row == selected));
    view.followed = Some(Followed {
        selected,
        rows: address,
        index,
    });
    ui.ctx().request_repaint();
    let Some(index) = index else {
        return;
    };
    let top = index as f32 * height;
    if top < viewport.top() || top + height > viewport.bottom() {
        let origin = ui.max_rect().left_top();
        let size = vec2(1.0, height);
        let left = origin.x + viewport.left();
        ui.scroll_to_rect(Rect::from_min_size(pos2(left, origin.y + top), size), None);
    }
}

/// Paints the titles: a click sorts, the edge between two is drawn to make one wider.
fn titles_ui(ui: &mut Ui, workspace: View<'_>, view: &mut ListView, columns: &[Column]) {
    let size = vec2(ui.available_width(), ui.text_style_height(&TextStyle::Body));
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    let mut ui = ui.new_child(UiBuilder::new().max_rect(rect));
    ui.shrink_clip_rect(rect.expand2(vec2(0.0, 2.0)));
    let font = TextStyle::Body.resolve(ui.style());
    let sorted = workspace.sorted_by();
    let descending = workspace.list_query().descending;
    for column in columns {
        let left = rect.left() + column.left - view.across;
        let cell = Rect::from_min_size(
            pos2(left, rect.top()),
            vec2(column.width - GAP, rect.height()),
        );
        let title = workspace.fields().title(column.field);
        let id = ui.scope_id().with(("title", column.index));
        let response = ui.interact(cell, id, Sense::click());
        let name = format!("Sort by {title}");
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
        let is_sorted = sorted == column.field;
        let colour = match response.hovered() || response.has_focus() || is_sorted {
            true => ui.visuals().text_color(),
            false => ui.visuals().weak_text_color(),
        };
        let room = cell.width() - if is_sorted { 14.0 } else { 0.0 };
        let text = elide::middle(ui.painter(), title, &font, room);
        let at = pos2(cell.left(), cell.center().y);
        let painter = ui.painter();
        let words = painter.text(at, Align2::LEFT_CENTER, text, font.clone(), colour);
        if is_sorted {
            arrow(
                painter,
                words.right_center() + vec2(8.0, 0.0),
                descending,
                colour,
            );
        }
        let tip =
            format!("Sort by {title}: the smallest first, then the largest, then by rank again");
        if response.on_hover_text(tip).clicked() {
            let key = view.look.columns[column.index].key.clone();
            view.look.sort(&key);
        }
        edge_ui(&mut ui, view, column, cell, title);
    }
}

/// A triangle that points up, or down where the largest comes first; the fonts have no letter of it.
fn arrow(painter: &Painter, at: Pos2, descending: bool, colour: Color32) {
    let up = if descending { 1.0 } else { -1.0 };
    let corners = [(-4.0, -2.5 * up), (4.0, -2.5 * up), (0.0, 3.5 * up)];
    let points = corners.map(|(x, y)| at + vec2(x, y)).to_vec();
    painter.add(Shape::convex_polygon(points, colour, Stroke::NONE));
}

/// The edge to the right of a title.
fn edge_ui(ui: &mut Ui, view: &mut ListView, column: &Column, cell: Rect, title: &str) {
    let edge = Rect::from_min_max(cell.right_top(), cell.right_bottom() + vec2(GAP, 0.0));
    let id = ui.scope_id().with(("edge", column.index));
    // Not by Tab: widths are set in the menu of the columns, too.
    let response = ui.interact(edge, id, Sense::CLICK | Sense::DRAG);
    let name = format!("Width of {title}");
    response.widget_info(|| WidgetInfo::labeled(Role::Splitter, true, &name));
    if response.hovered() || response.dragged() {
        ui.set_cursor_icon(CursorIcon::ResizeHorizontal);
        let stroke = Stroke::new(1.5, ui.visuals().widgets.hovered.fg_stroke.color);
        ui.painter().vline(edge.center().x, edge.y_range(), stroke);
    }
    let width = &mut view.look.columns[column.index].width;
    if response.dragged() {
        *width = Some(WIDTHS.clamp(column.width + response.drag_delta().x));
    }
    let tip = format!("Draw to make {title} wider or narrower; double-click for its usual width");
    if response.on_hover_text(tip).double_clicked() {
        *width = None;
    }
}

/// Paints one row; true when it was clicked.
fn row_ui(
    ui: &mut Ui,
    workspace: View<'_>,
    view: &mut ListView,
    columns: &[Column],
    instance: usize,
    rect: Rect,
) -> bool {
    let values = workspace.row_values();
    let response = ui.interact(rect, ui.scope_id().with(("row", instance)), Sense::click());
    let reply = workspace.reply(instance);
    let is_current = workspace.selected() == Some(instance);
    let mut words = format!(
        "rank {}, id {}, score {}",
        values.text(Field::Rank, instance),
        values.text(Field::Id, instance),
        values.text(Field::Score, instance),
    );
    let visuals = ui.visuals();
    if is_current {
        ui.painter()
            .rect_filled(rect, 3.0, visuals.selection.bg_fill);
    } else if response.hovered() || response.has_focus() {
        let fill = visuals.widgets.hovered.weak_bg_fill;
        ui.painter().rect_filled(rect, 3.0, fill);
    }
    let is_held = workspace.lasso().is_some_and(|lasso| lasso.holds(instance));
    if is_held {
        // As on the map: what was drawn around there is told here.
        let edge = Rect::from_min_size(rect.min, vec2(3.0, rect.height()));
        ui.painter().rect_filled(edge, 0.0, colours::CURRENT);
    }
    let colour = match is_current {
        true => visuals.strong_text_color(),
        false => visuals.text_color(),
    };
    if let Some(reply) = reply {
        let at = pos2(rect.left() + MARK / 2.0, rect.center().y);
        marks::paint_reply(ui.painter(), at, 5.0, reply, visuals.text_color());
    }
    let font: FontId = TextStyle::Body.resolve(ui.style());
    for column in columns {
        let text = view.text_of(workspace, &values, column.field, instance);
        let is_said = matches!(
            column.field,
            Field::Rank | Field::Id | Field::Score | Field::Answer
        );
        if !is_said {
            let title = workspace.fields().title(column.field);
            words += &match column.field {
                Field::Member => format!(", {text}"),
                _ => format!(", {title} {text}"),
            };
        }
        let at = pos2(rect.left() + column.left, rect.center().y);
        let text = elide::middle(ui.painter(), &text, &font, column.width - GAP);
        ui.painter()
            .text(at, Align2::LEFT_CENTER, text, font.clone(), colour);
    }
    if is_held {
        words += ", selected";
    }
    words += ", ";
    words += &reply.map_or_else(|| "not answered".to_owned(), |reply| workspace.said(reply));
    response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, is_current, &words));
    response.on_hover_text(words).clicked()
}
