//! The list of rows: the candidates, or all of the table, filtered and sorted.

mod bar;
mod look;
mod rows;

pub(in crate::ui) use look::{ListLook, ListView};

use eframe::egui::Ui;

use super::find::find_ui;
use crate::app::{Ask, Command, ViewCommand};
use crate::ui::layout::{Field, PaneContext};

/// Paints the list; only the rows visible are made.
pub(in crate::ui) fn candidates_ui(ui: &mut Ui, pane: &mut PaneContext<'_>) {
    let takes_focus = pane.kept.takes_focus(Field::Find);
    let takes_filter = pane.kept.takes_focus(Field::Filter);
    let opens_columns = pane.kept.takes_focus(Field::Columns);
    let (workspace, commands) = (pane.workspace, &mut *pane.commands);
    find_ui(ui, workspace, &mut pane.kept.sought, takes_focus, commands);
    let view = &mut pane.kept.list;
    let query = view.query(workspace);
    if query != *workspace.list_query() {
        commands.push(Command::View(ViewCommand::List(query)));
    }
    commands.extend(Command::for_panel(workspace, Ask::List));
    bar::filter_ui(ui, workspace, view, takes_filter);
    bar::choices_ui(ui, workspace, view, opens_columns);
    ui.add_space(2.0);
    rows::rows_ui(ui, workspace, view, commands);
}
