//! The dialog that opens a table: which file, and what its columns are.

use std::path::{Path, PathBuf};

use eframe::egui::{
    Align, Button, ComboBox, Context, DragValue, Grid, Id, Key, Layout, Modal, Modifiers, RichText,
    ScrollArea, TextEdit, Ui,
};

use super::dialog_parts::is_entered;
use super::open_kinds::{image_options, sequence_options};
use super::{ensemble_field, open_columns, presets};
use crate::app::{
    App, ColumnChoice, Command, IMAGES, Missing, OpenCommand, Opening, Preview, ReadOptions,
    Settings,
};

/// Delimiters to choose from.
const DELIMITERS: [(Option<u8>, &str); 6] = [
    (None, "recognised"),
    (Some(b','), "comma"),
    (Some(b';'), "semicolon"),
    (Some(b'\t'), "tab"),
    (Some(b'|'), "bar"),
    (Some(b' '), "space"),
];

/// Room for the buttons below what is read and the frame of the dialog, and the least that this has itself.
const BELOW: f32 = 110.0;
const LEAST: f32 = 110.0;

/// Rows and columns of the preview.
const ROWS: usize = 6;
const COLUMNS: usize = 40;

/// What is typed into the dialog.
#[derive(Default)]
pub(in crate::ui) struct OpenFields {
    /// The file.
    pub(in crate::ui) path: String,
    /// The settings that were chosen and the detectors as they are typed; `None` for those in force.
    detectors: Option<(Settings, String)>,
    /// The columns that are looked for.
    find: String,
    /// Whether the dialog was there in the frame before.
    is_shown: bool,
}

/// Paints the dialog over the window, if it is wanted; true when the system's file dialog is asked for.
pub(in crate::ui) fn open_dialog_ui(
    ctx: &Context,
    app: &App,
    fields: &mut OpenFields,
    commands: &mut Vec<Command>,
) -> bool {
    let Some(opening) = app.opening() else {
        fields.detectors = None;
        fields.find.clear();
        fields.is_shown = false;
        return false;
    };
    let mut browse = false;
    let modal = Modal::new(Id::unique("open table")).show(ctx, |ui| {
        ui.set_width(680.0);
        let goes_on = ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::Enter));
        ui.heading("Open a table");
        ui.label(
            "One instance a row (CSV, Parquet, Arrow, Excel, SQLite, JSON lines, ARFF, NumPy …), sequences (.ts, .npy, a folder) or images (a folder, .zip, .npy, IDX). Labels of the truth are optional.",
        );
        ui.add_space(8.0);
        if !std::mem::replace(&mut fields.is_shown, true)
            && let Some(path) = &opening.path
        {
            fields.path = path.display().to_string();
        }
        let entered;
        (browse, entered) = file(ui, &mut fields.path, commands, opening);
        ui.add_space(4.0);
        let detectors = detectors(ui, app, fields);
        if let Some(path) = &opening.path {
            ui.add_space(8.0);
            if let Some(sentence) = &opening.missing {
                ui.colored_label(ui.visuals().error_fg_color, sentence);
                ui.label("Fill them with the box below, or correct the file.");
            }
            let mut chosen = opening.options.clone();
            // What is below stays visible, however small the window.
            let above = ui.min_rect().height();
            let room = (ui.ctx().content_rect().height() - above - BELOW).max(LEAST);
            let area = ScrollArea::vertical().id_salt("what is read");
            // At once as high as it has to be: a dialog that still grows is missed by the next click.
            let area = area.max_height(room).min_scrolled_height(room);
            area.auto_shrink([false, true]).show(ui, |ui| {
                options(ui, opening, &mut chosen);
                ui.add_space(8.0);
                preview(ui, opening, &mut fields.find, &mut chosen);
            });
            if chosen != opening.options {
                commands.push(Command::Open(OpenCommand::Preview(path.to_owned(), chosen)));
            }
        }
        ui.add_space(8.0);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let is_read = opening.path.is_some() && matches!(opening.preview, Some(Ok(_)));
            let ready = is_read && detectors.is_ok();
            // Another path in the field is to be read first.
            let is_typed = !is_read_already(&fields.path, opening);
            let opens = ui
                .add_enabled(ready, Button::new("Open table"))
                .on_hover_text("Open it (Enter, once its beginning is read)")
                .clicked();
            let opens = opens || ready && (entered || is_entered(ui) && !is_typed);
            if opens
                && let Ok(settings) = detectors
            {
                commands.push(Command::Open(OpenCommand::Detect(Box::new(settings))));
                commands.push(Command::Open(OpenCommand::Accept));
            }
            if app.workspace().is_some() && opening.path.is_some() {
                let go_on = ui
                    .add_enabled(is_read, Button::new("With this session's model"))
                    .on_hover_text(
                        "Let the open session go on with this table: its detectors, scaling and relevance stay, and its answers go on counting. A new session is saved beside the table (Ctrl+Enter).",
                    );
                if go_on.clicked() || (goes_on && is_read) {
                    commands.push(Command::Open(OpenCommand::GoOn));
                }
            }
            if ui
                .button("Close")
                .on_hover_text("Keep the table that is open (Esc)")
                .clicked()
            {
                commands.push(Command::Open(OpenCommand::Close));
            }
        });
    });
    if modal.should_close() {
        commands.push(Command::Open(OpenCommand::Close));
    }
    browse
}

/// The settings that the table is fitted with, or what is wrong with them.
fn detectors(ui: &mut Ui, app: &App, fields: &mut OpenFields) -> Result<Settings, String> {
    let in_force = || (app.settings().clone(), app.settings().ensemble.to_string());
    let (mut settings, mut text) = fields.detectors.take().unwrap_or_else(in_force);
    ui.horizontal(|ui| ensemble_field::ensemble_ui(ui, "Detectors", &mut text, None, 360.0));
    let read = ensemble_field::read(&text);
    if let Err(sentence) = &read {
        ui.colored_label(ui.visuals().error_fg_color, format!("{sentence}."));
    }
    if let Ok(ensemble) = &read {
        settings.ensemble = ensemble.clone();
    }
    if let Some(preset) = presets::presets_ui(ui, &settings) {
        text = preset.ensemble.to_string();
        settings = preset;
    }
    let chosen = (settings, text);
    fields.detectors = (chosen != in_force()).then(|| chosen.clone());
    read.map(|_| chosen.0)
}

/// Whether the beginning of the file that stands in the field has been read.
fn is_read_already(typed: &str, opening: &Opening) -> bool {
    let path = opening.path.as_deref();
    path.is_some_and(|path| path == Path::new(typed.trim()))
}

/// The field with the file; whether the system's dialog is asked for, and whether Enter was pressed
/// in it on a file that has been read.
fn file(
    ui: &mut Ui,
    typed: &mut String,
    commands: &mut Vec<Command>,
    opening: &Opening,
) -> (bool, bool) {
    let (mut browse, mut opens) = (false, false);
    ui.horizontal(|ui| {
        let label = ui.label("File");
        let field = ui
            .add(
                TextEdit::singleline(typed)
                    .desired_width(440.0)
                    .hint_text("path of a file"),
            )
            .labelled_by(label.id);
        if typed.is_empty() && ui.memory(|memory| memory.focused().is_none()) {
            field.request_focus();
        }
        let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        let asked = ui
            .add_enabled(!typed.trim().is_empty(), Button::new("Read"))
            .on_hover_text("Read the beginning of this file (Enter)")
            .clicked();
        opens = entered && is_read_already(typed, opening) && opening.preview.is_some();
        if (entered && !opens || asked) && !typed.trim().is_empty() {
            commands.push(Command::Open(OpenCommand::Preview(
                PathBuf::from(typed.trim()),
                opening.options.clone(),
            )));
        }
        browse = ui
            .button("Browse…")
            .on_hover_text("Choose the file in the system's dialog")
            .clicked();
    });
    (browse, opens)
}

fn options(ui: &mut Ui, opening: &Opening, chosen: &mut ReadOptions) {
    let seen = opening
        .preview
        .as_ref()
        .and_then(|preview| preview.as_ref().ok());
    let classes = seen.and_then(|preview| preview.classes.as_deref());
    match classes {
        Some(classes) if seen.is_some_and(|seen| seen.format == IMAGES) => {
            image_options(ui, classes, chosen);
        }
        Some(classes) => sequence_options(ui, classes, chosen),
        None => table_options(ui, seen, chosen),
    }
}

fn table_options(ui: &mut Ui, seen: Option<&Preview>, chosen: &mut ReadOptions) {
    Grid::new("options")
        .num_columns(4)
        .spacing([12.0, 6.0])
        .show(ui, |ui| {
            let label = ui
                .label("Truth")
                .on_hover_text("The column with anomaly or nominal, 1 or 0, …");
            column(ui, label.id, &mut chosen.label, seen, |preview| {
                preview.label.as_deref()
            });
            let label = ui
                .label("Name of a row")
                .on_hover_text("A column that is shown and never a feature");
            column(ui, label.id, &mut chosen.id, seen, |preview| {
                preview.id.as_deref()
            });
            ui.end_row();
            let label = ui.label("Between fields");
            let name = DELIMITERS
                .iter()
                .find(|(byte, _)| *byte == chosen.delimiter)
                .map_or("other", |(_, name)| name);
            ComboBox::from_id_salt("delimiter")
                .selected_text(name)
                .show_ui(ui, |ui| {
                    for (byte, name) in DELIMITERS {
                        ui.selectable_value(&mut chosen.delimiter, byte, name);
                    }
                })
                .response
                .labelled_by(label.id);
            let label = ui.label("First row");
            let names = [
                (None, "recognised"),
                (Some(true), "column names"),
                (Some(false), "values"),
            ];
            let name = names
                .iter()
                .find(|(header, _)| *header == chosen.header)
                .map_or("", |(_, name)| name);
            ComboBox::from_id_salt("header")
                .selected_text(name)
                .show_ui(ui, |ui| {
                    for (header, name) in names {
                        ui.selectable_value(&mut chosen.header, header, name);
                    }
                })
                .response
                .labelled_by(label.id);
            ui.end_row();
        });
    every(ui, &mut chosen.every);
    if let Some(seen) = seen.filter(|seen| seen.sheets.len() > 1) {
        sheet(ui, &mut chosen.sheet, seen);
    }
    let mut impute = chosen.missing == Missing::Median;
    ui.checkbox(
        &mut impute,
        "Fill missing values with the median of their column",
    );
    chosen.missing = if impute {
        Missing::Median
    } else {
        Missing::Refuse
    };
}

/// Which rows of the file are read.
fn every(ui: &mut Ui, every: &mut Option<u32>) {
    ui.horizontal(|ui| {
        let label = ui.label("Read one row in");
        let mut step = every.unwrap_or(1);
        let field = DragValue::new(&mut step).range(1..=1_000_000).speed(0.1);
        let field = ui.add(field).labelled_by(label.id);
        let tip = "1 reads all rows; 10 every tenth one, for tables larger than memory. The rows keep their numbers.";
        if field.on_hover_text(tip).changed() {
            *every = (step > 1).then_some(step);
        }
    });
}

/// Which table of a file that has several.
fn sheet(ui: &mut Ui, choice: &mut Option<String>, seen: &Preview) {
    ui.horizontal(|ui| {
        let label = ui.label("Sheet");
        ComboBox::from_id_salt("sheet")
            .selected_text(seen.sheet.as_deref().unwrap_or_default())
            .width(190.0)
            .show_ui(ui, |ui| {
                for name in &seen.sheets {
                    ui.selectable_value(choice, Some(name.clone()), name);
                }
            })
            .response
            .labelled_by(label.id)
            .on_hover_text("The sheet of the workbook, the table of the database, or the file of the archive, that is read");
    });
}

fn column(
    ui: &mut Ui,
    label: Id,
    choice: &mut ColumnChoice,
    seen: Option<&Preview>,
    recognised: fn(&Preview) -> Option<&str>,
) {
    let found = seen.and_then(recognised);
    let by_itself = format!("recognised: {}", found.unwrap_or("none"));
    let text = match &*choice {
        ColumnChoice::Recognise => by_itself.clone(),
        ColumnChoice::Absent => "none".to_owned(),
        ColumnChoice::Named(name) => name.clone(),
    };
    ComboBox::from_id_salt(label)
        .selected_text(text)
        .width(190.0)
        .show_ui(ui, |ui| {
            ui.selectable_value(choice, ColumnChoice::Recognise, by_itself);
            ui.selectable_value(choice, ColumnChoice::Absent, "none");
            for name in seen.iter().flat_map(|preview| &preview.columns) {
                ui.selectable_value(choice, ColumnChoice::Named(name.clone()), name);
            }
        })
        .response
        .labelled_by(label);
}

fn preview(ui: &mut Ui, opening: &Opening, find: &mut String, chosen: &mut ReadOptions) {
    match &opening.preview {
        None => {
            ui.spinner();
        }
        Some(Err(sentence)) => {
            ui.colored_label(ui.visuals().error_fg_color, sentence);
        }
        Some(Ok(preview)) => {
            match &preview.found {
                Some(found) => open_columns::columns_ui(ui, found, find, chosen),
                None => preview.notes.iter().for_each(|note| drop(ui.label(note))),
            }
            ui.add_space(6.0);
            ScrollArea::horizontal().show(ui, |ui| {
                Grid::new("preview")
                    .striped(true)
                    .spacing([14.0, 3.0])
                    .show(ui, |ui| {
                        for name in preview.columns.iter().take(COLUMNS) {
                            ui.label(RichText::new(name).strong());
                        }
                        ui.end_row();
                        for row in preview.rows.iter().take(ROWS) {
                            for cell in row.iter().take(COLUMNS) {
                                ui.label(RichText::new(cell).monospace());
                            }
                            ui.end_row();
                        }
                    });
            });
        }
    }
}
