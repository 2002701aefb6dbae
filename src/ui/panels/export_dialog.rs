//! What the window asks before it writes what is in a session for others, and before it scores
//! another table.

use std::path::{Path, PathBuf};

use eframe::egui::{Context, Grid, Id, Label, Modal, ScrollArea, Ui};

use super::write_dialog::{Foot, foot_ui, path_ui};
use crate::app::{
    App, Command, ExportCommand, ExportDialog, InstanceEncoder, Kind, Output, Scored,
};
use crate::ui::number;

/// What is typed into the dialogs.
#[derive(Default)]
pub(in crate::ui) struct ExportFields {
    output: Output,
    /// The file to write; `None` for the proposed one.
    pub(in crate::ui) path: Option<String>,
    /// The table to score.
    pub(in crate::ui) table: String,
    /// Whether the keyboard has been led to that field.
    is_led: bool,
}

/// Which of the system's dialogs a button asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ui) enum ExportBrowse {
    /// For the file to write, with one of these endings.
    Output(&'static [&'static str]),
    /// For the table to score.
    Table,
    /// For a folder of images to score.
    Folder,
}

/// Paints the dialog that is wanted, if any; returns the system's dialog that was asked for.
pub(in crate::ui) fn export_dialog_ui(
    ctx: &Context,
    app: &App,
    fields: &mut ExportFields,
    commands: &mut Vec<Command>,
) -> Option<ExportBrowse> {
    let Some(asked) = app.exporting().asked() else {
        *fields = ExportFields {
            output: fields.output,
            ..ExportFields::default()
        };
        return None;
    };
    let mut browse = None;
    let modal = Modal::new(Id::unique("export")).show(ctx, |ui| {
        ui.set_width(560.0);
        browse = match asked {
            ExportDialog::Session => session_ui(ui, app, fields, commands),
            ExportDialog::Table => table_ui(ui, app, fields, commands),
            ExportDialog::Selection => selection_ui(ui, app, fields, commands),
        };
    });
    if modal.should_close() {
        commands.push(Command::Export(ExportCommand::Close));
    }
    browse
}

/// What to write of the session, and where to.
fn session_ui(
    ui: &mut Ui,
    app: &App,
    fields: &mut ExportFields,
    commands: &mut Vec<Command>,
) -> Option<ExportBrowse> {
    ui.heading("Export");
    let workspace = app.workspace();
    let is_there = |output: &Output| workspace.is_some_and(|workspace| output.is_of(workspace));
    if !is_there(&fields.output) {
        (fields.output, fields.path) = (Output::default(), None);
    }
    for output in Output::ALL.into_iter().filter(is_there) {
        let choice = ui.radio(fields.output == output, output.name());
        if choice.on_hover_text(output.meaning()).clicked() {
            (fields.output, fields.path) = (output, None);
        }
    }
    let output = fields.output;
    ui.weak(output.meaning());
    let proposed = app.proposed_export(output).display().to_string();
    let browse = output_ui(ui, fields, ("File", &proposed), output.endings());
    let path = fields.path.clone().unwrap_or(proposed);
    let foot = buttons_ui(ui, app, ("Export file", "Write the file"), &[&path]);
    commands.extend(foot.map(|foot| match foot {
        Foot::Write => Command::Export(ExportCommand::Save(output, PathBuf::from(path.trim()))),
        Foot::Cancel => Command::CancelJob(Kind::Export),
        Foot::Close => Command::Export(ExportCommand::Close),
    }));
    browse
}

/// Where the selected rows go.
fn selection_ui(
    ui: &mut Ui,
    app: &App,
    fields: &mut ExportFields,
    commands: &mut Vec<Command>,
) -> Option<ExportBrowse> {
    ui.heading("Export the selected rows");
    let held = app.workspace().and_then(|open| open.lasso());
    let count = held.map_or(0, |lasso| lasso.instances.len());
    ui.label(format!(
        "{}: rank, score, answer and note of each, and its features; the most anomalous first.",
        number::many(count, "row", "rows")
    ));
    let proposed = app.proposed_selection().display().to_string();
    let browse = output_ui(ui, fields, ("File", &proposed), &["csv"]);
    let path = fields.path.clone().unwrap_or(proposed);
    let words = ("Export rows", "Write the file");
    let foot = buttons_ui(ui, app, words, &[&path]);
    commands.extend(foot.map(|foot| match foot {
        Foot::Write => {
            let path = PathBuf::from(path.trim());
            Command::Export(ExportCommand::SaveSelection(path))
        }
        Foot::Cancel => Command::CancelJob(Kind::Export),
        Foot::Close => Command::Export(ExportCommand::Close),
    }));
    browse
}

/// Which table to score, and where its scores go.
fn table_ui(
    ui: &mut Ui,
    app: &App,
    fields: &mut ExportFields,
    commands: &mut Vec<Command>,
) -> Option<ExportBrowse> {
    ui.heading("Score new data");
    let encoder = app.workspace().and_then(|open| open.dataset().encoder());
    let is_of_images = matches!(encoder, Some(InstanceEncoder::Images(_)));
    let (name, meaning, deed) = match encoder {
        Some(InstanceEncoder::Images(_)) => (
            "Images",
            "Other images get scores by what this session has learnt: a folder, a zip archive or an array. They are brought to the same size.",
            "Score all images and write the file",
        ),
        Some(InstanceEncoder::Sequences(_)) => (
            "Sequences",
            "Other sequences get scores by what this session has learnt, one after another, however many there are. Their channels are found by name.",
            "Score all sequences and write the file",
        ),
        None => (
            "Table",
            "The rows of another table get scores by what this session has learnt. Its columns are found by name; it may be longer than memory.",
            "Score all rows and write the file",
        ),
    };
    ui.label(meaning);
    let (field, is_asked) = path_ui(ui, name, "file", &mut fields.table);
    let is_folder = is_of_images && {
        let button = ui.button("Folder…");
        button
            .on_hover_text("Choose a folder of images in the system's dialog")
            .clicked()
    };
    if !std::mem::replace(&mut fields.is_led, true) {
        field.request_focus();
    }
    let table = fields.table.trim().to_owned();
    let proposed = app.proposed_scores(Path::new(&table)).display().to_string();
    let output = output_ui(ui, fields, ("Scores", &proposed), Output::Scores.endings());
    let path = fields.path.clone().unwrap_or(proposed);
    let mut fills = app.fills_missing();
    let tip = "With the median or the most frequent value of the session's own table; else a table with missing values is refused";
    if !is_of_images
        && ui
            .checkbox(&mut fills, "Fill missing values")
            .on_hover_text(tip)
            .changed()
    {
        commands.push(Command::Export(ExportCommand::Fill(fills)));
    }
    if let Some(scored) = app.exporting().scored() {
        scored_ui(ui, scored);
    }
    let foot = buttons_ui(ui, app, ("Score", deed), &[&table, &path]);
    commands.extend(foot.map(|foot| match foot {
        Foot::Write => Command::Export(ExportCommand::Score(
            PathBuf::from(&table),
            PathBuf::from(path.trim()),
        )),
        Foot::Cancel => Command::CancelJob(Kind::Export),
        Foot::Close => Command::Export(ExportCommand::Close),
    }));
    let asked = is_asked.then_some(ExportBrowse::Table);
    asked
        .or(is_folder.then_some(ExportBrowse::Folder))
        .or(output)
}

/// What stands out in the table that was scored.
fn scored_ui(ui: &mut Ui, scored: &Scored) {
    ui.separator();
    for sentence in &scored.sentences {
        ui.label(sentence);
    }
    ui.add_space(4.0);
    ui.strong(format!("The highest scores of it ({})", scored.top.len()));
    ScrollArea::vertical().max_height(260.0).show(ui, |ui| {
        Grid::new("scored")
            .num_columns(5)
            .striped(true)
            .show(ui, |ui| {
                for name in ["rank", "id", "score", "label", "most relevant"] {
                    ui.weak(name);
                }
                ui.end_row();
                for row in &scored.top {
                    ui.label(number::count(row.rank as usize));
                    ui.add(Label::new(&row.id).truncate());
                    ui.label(number::value(row.score));
                    ui.label(&row.label);
                    ui.label(&row.member);
                    ui.end_row();
                }
            });
    });
}

fn buttons_ui(ui: &mut Ui, app: &App, words: (&str, &str), needed: &[&str]) -> Option<Foot> {
    let is_complete = needed.iter().all(|path| !path.trim().is_empty());
    let writing = (app.exporting().writing(), app.writing_progress());
    foot_ui(ui, writing, words, is_complete)
}

/// The file to write and its ending.
fn output_ui(
    ui: &mut Ui,
    fields: &mut ExportFields,
    (name, proposed): (&str, &str),
    endings: &'static [&'static str],
) -> Option<ExportBrowse> {
    let mut typed = fields.path.take().unwrap_or_else(|| proposed.to_owned());
    let (_, is_asked) = path_ui(ui, name, "file", &mut typed);
    ui.horizontal(|ui| {
        ui.label("as");
        let path = PathBuf::from(typed.trim());
        for ending in endings {
            let is_it = path.extension().is_some_and(|other| other == *ending);
            let (name, tip) = kind(ending);
            if ui
                .selectable_label(is_it, name)
                .on_hover_text(tip)
                .clicked()
            {
                typed = path.with_extension(ending).display().to_string();
            }
        }
    });
    fields.path = (typed != proposed).then_some(typed);
    is_asked.then_some(ExportBrowse::Output(endings))
}

/// What a kind of file is called, and what it is for.
fn kind(ending: &str) -> (&'static str, &'static str) {
    match ending {
        "parquet" => ("Parquet", "Apache Parquet, for data frames and Spark"),
        "onnx" => ("ONNX", "Open Neural Network Exchange, for ONNX Runtime"),
        _ => (
            "CSV",
            "Comma-separated text; cells that a spreadsheet would run as formulas get an apostrophe",
        ),
    }
}
