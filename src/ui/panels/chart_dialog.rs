//! What the window asks before it writes a chart to a file.

use std::path::{Path, PathBuf};

use eframe::egui::{ComboBox, Context, Id, Modal, Ui};

use super::write_dialog::{Foot, foot_ui, path_ui};
use crate::app::{App, ChartCommand, Command, Figure, Format, Kind, Workspace};

/// What is typed into the dialog.
#[derive(Default)]
pub(in crate::ui) struct ChartFields {
    /// The file; `None` for the proposed one.
    pub(in crate::ui) path: Option<String>,
    /// The chart that is chosen; `None` for the one that was asked for.
    chosen: Option<Figure>,
}

/// Paints the dialog if it is wanted; true when the system's dialog is asked for.
pub(in crate::ui) fn chart_dialog_ui(
    ctx: &Context,
    app: &App,
    fields: &mut ChartFields,
    commands: &mut Vec<Command>,
) -> bool {
    let (Some(asked), Some(workspace)) = (app.charting().asked(), app.workspace()) else {
        *fields = ChartFields::default();
        return false;
    };
    let mut browse = false;
    let modal = Modal::new(Id::unique("save chart")).show(ctx, |ui| {
        ui.set_width(560.0);
        ui.heading("Save a chart");
        let figure = chart_ui(ui, (app, workspace), fields, asked);
        let proposed = || app.proposed_chart(figure).display().to_string();
        let mut typed = fields.path.take().unwrap_or_else(proposed);
        browse = file_ui(ui, &mut typed);
        let words = ("Save chart", "Write the file");
        let writing = (app.charting().writing(), app.writing_progress());
        match foot_ui(ui, writing, words, !typed.trim().is_empty()) {
            Some(Foot::Write) => {
                let path = PathBuf::from(typed.trim());
                commands.push(Command::Chart(ChartCommand::Save(figure, path)));
            }
            Some(Foot::Close) => commands.push(Command::Chart(ChartCommand::Close)),
            Some(Foot::Cancel) => commands.push(Command::CancelJob(Kind::Draw)),
            None => {}
        }
        fields.path = (typed != proposed()).then_some(typed);
    });
    if modal.should_close() {
        commands.push(Command::Chart(ChartCommand::Close));
    }
    browse
}

/// The choice of the chart.
fn chart_ui(
    ui: &mut Ui,
    (app, workspace): (&App, &Workspace),
    fields: &mut ChartFields,
    asked: Figure,
) -> Figure {
    let before = fields.chosen.unwrap_or(asked);
    let mut figure = before;
    ui.horizontal(|ui| {
        let label = ui.label("Chart");
        let box_ui = ComboBox::from_id_salt("chart")
            .width(360.0)
            .selected_text(workspace.figure_name(figure))
            .show_ui(ui, |ui| {
                for other in workspace.figures() {
                    let name = workspace.figure_name(other);
                    ui.selectable_value(&mut figure, other, name);
                }
            });
        box_ui.response.labelled_by(label.id).on_hover_text(
            "All charts that the window has at the moment; panes that were never in sight have none yet.",
        );
    });
    fields.chosen = Some(figure);
    if figure != before {
        // A name of its own, written as the one before was to be.
        let format = fields
            .path
            .take()
            .and_then(|path| Format::of(Path::new(&path)));
        let proposed =
            format.map(|format| app.proposed_chart(figure).with_extension(format.ending()));
        fields.path = proposed.map(|path| path.display().to_string());
    }
    figure
}

/// The file, and how it is written; true when the system's dialog is asked for.
fn file_ui(ui: &mut Ui, typed: &mut String) -> bool {
    let (_, browse) = path_ui(ui, "File", "file", typed);
    ui.horizontal(|ui| {
        ui.label("as");
        let path = PathBuf::from(typed.trim());
        let now = Format::of(&path);
        for (format, name, tip) in [
            (Format::Svg, "SVG", "Lines and letters, sharp at any size"),
            (Format::Png, "PNG", "Pixels, two for each of the SVG's"),
            (Format::Csv, "CSV", "The data behind the chart, as a table"),
        ] {
            let button = ui.selectable_label(now == Some(format), name);
            if button.on_hover_text(tip).clicked() {
                let path = match now {
                    Some(_) => path.with_extension(format.ending()),
                    None => PathBuf::from(format!("{}.{}", path.display(), format.ending())),
                };
                *typed = path.display().to_string();
            }
        }
    });
    browse
}
