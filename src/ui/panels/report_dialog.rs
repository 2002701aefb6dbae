//! What the window asks before it writes a report, or all charts, of the session.

use std::path::PathBuf;

use eframe::egui::{Context, Id, Modal};

use super::write_dialog::{Foot, foot_ui, path_ui};
use crate::app::{App, Command, Kind, ReportCommand, ReportKind};

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
    let [title, what, meaning, write] = words(kind);
    let mut browse = false;
    let modal = Modal::new(Id::unique("write report")).show(ctx, |ui| {
        ui.set_width(560.0);
        ui.heading(title);
        ui.label(meaning);
        ui.add_space(4.0);
        let proposed = || app.proposed_report(kind).display().to_string();
        let mut typed = fields.path.take().unwrap_or_else(proposed);
        (_, browse) = path_ui(ui, what, &what.to_lowercase(), &mut typed);
        let writing = (app.reporting().writing(), app.writing_progress());
        let is_complete = !typed.trim().is_empty();
        match foot_ui(ui, writing, (write, "Write it"), is_complete) {
            Some(Foot::Write) => {
                let path = PathBuf::from(typed.trim());
                commands.push(Command::Report(ReportCommand::Save(kind, path)));
            }
            Some(Foot::Close) => commands.push(Command::Report(ReportCommand::Close)),
            Some(Foot::Cancel) => commands.push(Command::CancelJob(Kind::Report)),
            None => {}
        }
        fields.path = (typed != proposed()).then_some(typed);
    });
    if modal.should_close() {
        commands.push(Command::Report(ReportCommand::Close));
    }
    browse.then_some(kind)
}
