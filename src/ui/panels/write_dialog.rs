//! What the window asks before it writes what is in a session to a file, and before it scores
//! another table.

use std::path::{Path, PathBuf};

use eframe::egui::{ComboBox, Context, Grid, Id, Label, Modal, ScrollArea, Ui};

use super::dialog_parts::{Foot, foot_ui, path_ui};
use crate::app::{
    App, Artifact, ArtifactKind, Command, Figure, InstanceEncoder, Kind, Scored, View, WriteCommand,
};
use crate::ui::dialog::Wanted;
use crate::ui::number;

/// What is typed into the dialog.
pub(in crate::ui) struct WriteFields {
    /// The file or folder to write; `None` for the proposed one.
    pub(in crate::ui) path: Option<String>,
    /// The figure that is chosen; `None` for the one that was asked for.
    figure: Option<Figure>,
    /// What of the session is chosen.
    of_session: Artifact,
    /// The table to score.
    pub(in crate::ui) table: String,
    /// Whether the keyboard has been led to that field.
    is_led: bool,
}

impl Default for WriteFields {
    fn default() -> Self {
        Self {
            path: None,
            figure: None,
            of_session: Artifact::Scores,
            table: String::new(),
            is_led: false,
        }
    }
}

/// The words of a dialog.
struct Words {
    title: &'static str,
    /// The field of the path, and what it leads to.
    path: &'static str,
    what: &'static str,
    /// The button that writes, with its tooltip.
    write: &'static str,
    tip: &'static str,
}

fn words(kind: ArtifactKind, encoder: Option<&InstanceEncoder<'_>>) -> Words {
    let (title, path, write, tip) = match kind {
        ArtifactKind::Chart => ("Save a chart", "File", "Save chart", "Write the file"),
        ArtifactKind::Report => ("Write a report", "File", "Write report", "Write it"),
        ArtifactKind::Charts => ("Save all charts", "Folder", "Write charts", "Write it"),
        ArtifactKind::Session => ("Export", "File", "Export file", "Write the file"),
        ArtifactKind::Selection => (
            "Export the selected rows",
            "File",
            "Export rows",
            "Write the file",
        ),
        ArtifactKind::Table => {
            let deed = match encoder {
                Some(InstanceEncoder::Images(_)) => "Score all images and write the file",
                Some(InstanceEncoder::Sequences(_)) => "Score all sequences and write the file",
                None => "Score all rows and write the file",
            };
            ("Score new data", "Scores", "Score", deed)
        }
    };
    Words {
        title,
        path,
        what: match kind {
            ArtifactKind::Charts => "folder",
            _ => "file",
        },
        write,
        tip,
    }
}

/// Paints the dialog if it is wanted; returns the system's dialog that was asked for.
pub(in crate::ui) fn write_dialog_ui(
    ctx: &Context,
    app: &App,
    fields: &mut WriteFields,
    commands: &mut Vec<Command>,
) -> Option<Wanted> {
    let (Some(kind), Some(workspace)) = (app.writing().asked(), app.workspace()) else {
        *fields = WriteFields {
            of_session: fields.of_session.clone(),
            ..WriteFields::default()
        };
        return None;
    };
    let encoder = workspace.dataset().encoder();
    let words = words(kind, encoder.as_ref());
    let mut browse = None;
    let modal = Modal::new(Id::unique(("write", kind))).show(ctx, |ui| {
        ui.set_width(560.0);
        ui.heading(words.title);
        let artifact = match kind {
            ArtifactKind::Chart => chart_ui(ui, (app, workspace), fields),
            ArtifactKind::Report => meaning_ui(ui, Artifact::Report),
            ArtifactKind::Charts => meaning_ui(ui, Artifact::Charts),
            ArtifactKind::Session => session_ui(ui, workspace, fields),
            ArtifactKind::Selection => selection_ui(ui, workspace),
            ArtifactKind::Table => {
                browse = table_ui(ui, encoder.as_ref(), fields);
                Artifact::Table(PathBuf::from(fields.table.trim()))
            }
        };
        let proposed = app.proposed(&artifact).display().to_string();
        let mut typed = fields.path.take().unwrap_or_else(|| proposed.clone());
        let (_, is_asked) = path_ui(ui, words.path, words.what, &mut typed);
        if is_asked {
            browse = Some(Wanted::Artifact(kind, artifact.endings()));
        }
        if !matches!(kind, ArtifactKind::Report | ArtifactKind::Charts) {
            endings_ui(ui, &artifact, &mut typed);
        }
        if kind == ArtifactKind::Table {
            let is_of_images = matches!(encoder, Some(InstanceEncoder::Images(_)));
            scoring_ui(ui, app, !is_of_images, commands);
        }
        let is_complete = !typed.trim().is_empty()
            && match &artifact {
                Artifact::Table(table) => !table.as_os_str().is_empty(),
                Artifact::Selection(instances) => !instances.is_empty(),
                _ => true,
            };
        let path = PathBuf::from(typed.trim());
        fields.path = (typed != proposed).then_some(typed);
        let foot = foot_ui(ui, app, kind, (words.write, words.tip), is_complete);
        commands.extend(foot.map(|foot| match foot {
            Foot::Write => Command::Write(WriteCommand::Save(artifact, path)),
            Foot::Close => Command::Write(WriteCommand::Close),
            Foot::Cancel => Command::CancelJob(Kind::Write(kind)),
        }));
    });
    if modal.should_close() {
        commands.push(Command::Write(WriteCommand::Close));
    }
    browse
}

/// What is in it.
fn meaning_ui(ui: &mut Ui, artifact: Artifact) -> Artifact {
    ui.label(artifact.meaning());
    ui.add_space(4.0);
    artifact
}

/// The choice of the chart.
fn chart_ui(ui: &mut Ui, (app, workspace): (&App, View<'_>), fields: &mut WriteFields) -> Artifact {
    let before = fields.figure.unwrap_or(app.writing().figure());
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
    fields.figure = Some(figure);
    let artifact = Artifact::Chart(figure);
    if figure != before {
        // A name of its own, written as the one before was to be.
        let typed = fields.path.take().map(PathBuf::from);
        let ending = typed.and_then(|typed| ending_of(&artifact, &typed));
        let proposed = ending.map(|ending| app.proposed(&artifact).with_extension(ending));
        fields.path = proposed.map(|path| path.display().to_string());
    }
    artifact
}

/// The choice among what is in the session.
fn session_ui(ui: &mut Ui, workspace: View<'_>, fields: &mut WriteFields) -> Artifact {
    let is_there = |artifact: &Artifact| artifact.is_of(workspace);
    if !is_there(&fields.of_session) {
        (fields.of_session, fields.path) = (Artifact::Scores, None);
    }
    for artifact in Artifact::OF_SESSION.into_iter().filter(is_there) {
        let choice = ui.radio(fields.of_session == artifact, artifact.name());
        if choice.on_hover_text(artifact.meaning()).clicked() {
            (fields.of_session, fields.path) = (artifact, None);
        }
    }
    ui.weak(fields.of_session.meaning());
    fields.of_session.clone()
}

/// The selected rows.
fn selection_ui(ui: &mut Ui, workspace: View<'_>) -> Artifact {
    let held = workspace.lasso().map(|lasso| lasso.instances.clone());
    let instances = held.unwrap_or_default();
    let rows = number::many(instances.len(), "row", "rows");
    let artifact = Artifact::Selection(instances);
    ui.label(format!("{rows}: {}", artifact.meaning()));
    artifact
}

/// Which table to score; the system's dialog that was asked for.
fn table_ui(
    ui: &mut Ui,
    encoder: Option<&InstanceEncoder<'_>>,
    fields: &mut WriteFields,
) -> Option<Wanted> {
    let (name, meaning) = match encoder {
        Some(InstanceEncoder::Images(_)) => (
            "Images",
            "Other images get scores by what this session has learnt: a folder, a zip archive or an array. They are brought to the same size.",
        ),
        Some(InstanceEncoder::Sequences(_)) => (
            "Sequences",
            "Other sequences get scores by what this session has learnt, one after another, however many there are. Their channels are found by name.",
        ),
        None => (
            "Table",
            "The rows of another table get scores by what this session has learnt. Its columns are found by name; it may be longer than memory.",
        ),
    };
    ui.label(meaning);
    let (field, is_asked) = path_ui(ui, name, "file", &mut fields.table);
    let mut browse = is_asked.then_some(Wanted::NewData);
    if matches!(encoder, Some(InstanceEncoder::Images(_))) {
        let tip = "Choose a folder of images in the system's dialog";
        if ui.button("Folder…").on_hover_text(tip).clicked() {
            browse = Some(Wanted::NewFolder);
        }
    }
    if !std::mem::replace(&mut fields.is_led, true) {
        field.request_focus();
    }
    browse
}

/// How a table is scored, and what stands out in the one that was.
fn scoring_ui(ui: &mut Ui, app: &App, may_fill: bool, commands: &mut Vec<Command>) {
    let mut fills = app.fills_missing();
    let tip = "With the median or the most frequent value of the session's own table; else a table with missing values is refused";
    if may_fill
        && ui
            .checkbox(&mut fills, "Fill missing values")
            .on_hover_text(tip)
            .changed()
    {
        commands.push(Command::Write(WriteCommand::Fill(fills)));
    }
    if let Some(scored) = app.writing().scored() {
        scored_ui(ui, scored);
    }
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

/// How the file is written.
fn endings_ui(ui: &mut Ui, artifact: &Artifact, typed: &mut String) {
    ui.horizontal(|ui| {
        ui.label("as");
        let path = PathBuf::from(typed.trim());
        let now = ending_of(artifact, &path);
        for &ending in artifact.endings() {
            let (name, tip) = ending_words(artifact, ending);
            let button = ui.selectable_label(now == Some(ending), name);
            if button.on_hover_text(tip).clicked() {
                let path = match now {
                    Some(_) => path.with_extension(ending),
                    None => PathBuf::from(format!("{}.{ending}", path.display())),
                };
                *typed = path.display().to_string();
            }
        }
    });
}

/// Which of an artifact's endings a path has.
fn ending_of(artifact: &Artifact, path: &Path) -> Option<&'static str> {
    let ending = path.extension()?;
    let mut endings = artifact.endings().iter().copied();
    endings.find(|other| ending.eq_ignore_ascii_case(other))
}

/// What a kind of file is called, and what it is for.
fn ending_words(artifact: &Artifact, ending: &str) -> (&'static str, &'static str) {
    match (ending, artifact) {
        ("svg", _) => ("SVG", "Lines and letters, sharp at any size"),
        ("png", _) => ("PNG", "Pixels, two for each of the SVG's"),
        ("parquet", _) => ("Parquet", "Apache Parquet, for data frames and Spark"),
        ("onnx", _) => ("ONNX", "Open Neural Network Exchange, for ONNX Runtime"),
        (_, Artifact::Chart(_)) => ("CSV", "The data behind the chart, as a table"),
        _ => (
            "CSV",
            "Comma-separated text; cells that a spreadsheet would run as formulas get an apostrophe",
        ),
    }
}
