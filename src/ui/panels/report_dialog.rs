//! What the window asks before it writes a report, or all charts, of the session.

use std::path::PathBuf;

use eframe::egui::{Align, Button, Context, Id, Layout, Modal, RichText, TextEdit, Ui};

use crate::app::{App, Command, ReportCommand, ReportKind};

/// What is typed into the dialog.
#[derive(Default)]
pub(in crate::ui) struct ReportFields {
    /// The file or folder; `None` for the proposed one.
    pub(in crate::ui) path: Option<String>,
}

/// The words of a dialog: its title, what the path is, what it writes, and its button.
fn words(kind: ReportKind) -> [&'static str; 4] {
    match kind {
        ReportKind::Page => [
            "Write a report",
            "File",
            "One page of HTML that needs no network, for the screen and for print: data and settings, how it went, maps, and each found anomaly with its explanation and note.",
            "Write report",
        ],
        ReportKind::Charts => [
            "Save all charts",
            "Folder",
            "Every chart of the session as SVG and PNG, with its data as CSV, and a list of what each shows.",
            "Write charts",
        ],
    }
}

/// Paints the dialog if it is wanted; the system's dialog that is asked for.
pub(in crate::ui) fn report_dialog_ui(
    ctx: &Context,
    app: &App,
    fields: &mut ReportFields,
    commands: &mut Vec<Command>,
) -> Option<ReportKind> {
    let Some(kind) = app.reporting().asked() else {
        *fields = ReportFields::default();
        return None;
    };
    let [title, what, meaning, _] = words(kind);
    let mut browse = false;
    let modal = Modal::new(Id::unique("write report")).show(ctx, |ui| {
        ui.set_width(560.0);
        ui.heading(title);
        ui.label(meaning);
        ui.add_space(4.0);
        let proposed = || app.proposed_report(kind).display().to_string();
        let mut typed = fields.path.take().unwrap_or_else(proposed);
        browse = path_ui(ui, what, &mut typed);
        if let Some(trouble) = app.reporting().trouble() {
            ui.label(RichText::new(trouble).color(ui.visuals().error_fg_color));
        }
        ui.add_space(8.0);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            buttons_ui(ui, app, (kind, typed.trim()), commands);
        });
        fields.path = (typed != proposed()).then_some(typed);
    });
    if modal.should_close() {
        commands.push(Command::Report(ReportCommand::Close));
    }
    browse.then_some(kind)
}

/// The place; true when the system's dialog is asked for.
fn path_ui(ui: &mut Ui, what: &str, typed: &mut String) -> bool {
    ui.horizontal(|ui| {
        let label = ui.label(what);
        let field = TextEdit::singleline(typed)
            .desired_width(400.0)
            .hint_text("path");
        ui.add(field).labelled_by(label.id);
        ui.button("Browse…")
            .on_hover_text("Choose it in the system's dialog")
            .clicked()
    })
    .inner
}

fn buttons_ui(
    ui: &mut Ui,
    app: &App,
    (kind, path): (ReportKind, &str),
    commands: &mut Vec<Command>,
) {
    let is_writing = app.reporting().is_writing();
    let [.., name] = words(kind);
    let save = ui.add_enabled(!path.is_empty() && !is_writing, Button::new(name));
    if save.on_hover_text("Write it").clicked() {
        let path = PathBuf::from(path);
        commands.push(Command::Report(ReportCommand::Save(kind, path)));
    }
    let close = ui.button("Close");
    if close.on_hover_text("Go on (Esc)").clicked() {
        commands.push(Command::Report(ReportCommand::Close));
    }
    if is_writing {
        ui.spinner();
        ui.label("writing…");
    }
}
