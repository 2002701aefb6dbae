//! What the window asks about sessions: where to save one, whether to recover one, where its table
//! is.

use std::path::PathBuf;

use eframe::egui::{Align, Context, Id, Layout, Modal};

use super::dialog_parts::{Foot, buttons_ui, path_ui};
use crate::app::{App, Command, OpenCommand, SaveCommand};

/// Which of the system's dialogs a button asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ui) enum Browse {
    /// For the file to save to.
    Save,
    /// For the table of a session.
    Table,
}

/// What is typed into these dialogs.
#[derive(Default)]
pub(in crate::ui) struct KeepFields {
    /// The file to save to.
    pub(in crate::ui) save: Option<String>,
    /// The table that moved.
    pub(in crate::ui) table: Option<String>,
    /// Whether the table goes into the file.
    embed: bool,
}

/// Whether one of these dialogs is over the window.
pub(in crate::ui) fn is_asking(app: &App) -> bool {
    app.writing().asked().is_some()
        || app.asks_where()
        || app.offer().is_some()
        || app.missing_table().is_some()
        || app.refit_question().is_some()
}

/// Paints the dialog that is wanted, if any; returns the system's dialog that was asked for.
pub(in crate::ui) fn keep_dialogs_ui(
    ctx: &Context,
    app: &App,
    fields: &mut KeepFields,
    commands: &mut Vec<Command>,
) -> Option<Browse> {
    if let Some(question) = app.offer() {
        recover(ctx, &question, commands);
        return None;
    }
    if let Some((session, sentence)) = app.missing_table() {
        return missing(ctx, session, sentence, fields, commands);
    }
    if let Some(question) = app.refit_question() {
        refit(ctx, &question, commands);
        return None;
    }
    // While the table that was said is tried, it stays: it may have to be corrected.
    if app.busy().is_none() {
        fields.table = None;
    }
    if app.asks_where() {
        return save(ctx, app, fields, commands);
    }
    fields.save = None;
    None
}

fn recover(ctx: &Context, question: &str, commands: &mut Vec<Command>) {
    Modal::new(Id::unique("recover")).show(ctx, |ui| {
        ui.set_width(460.0);
        ui.heading("Answers of an earlier run");
        ui.label(question);
        ui.add_space(8.0);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if ui
                .button("Recover")
                .on_hover_text("Go on where that run ended")
                .clicked()
            {
                commands.push(Command::Save(SaveCommand::Recover(true)));
            }
            if ui
                .button("Begin anew")
                .on_hover_text(
                    "Leave them aside; their journal is kept with ~ in its name, and offered again",
                )
                .clicked()
            {
                commands.push(Command::Save(SaveCommand::Recover(false)));
            }
        });
    });
}

fn refit(ctx: &Context, question: &str, commands: &mut Vec<Command>) {
    let decide = |agreed| Command::Save(SaveCommand::Refit(agreed));
    let modal = Modal::new(Id::unique("refit")).show(ctx, |ui| {
        ui.set_width(460.0);
        ui.heading("Fit the detectors anew?");
        ui.label(question);
        let words = ("Refit", "Put the new settings in force");
        let foot = buttons_ui(ui, words, true, "Leave everything as it is", |_| ());
        commands.extend(foot.map(|foot| decide(foot == Foot::Write)));
    });
    if modal.should_close() {
        commands.push(decide(false));
    }
}

fn save(
    ctx: &Context,
    app: &App,
    fields: &mut KeepFields,
    commands: &mut Vec<Command>,
) -> Option<Browse> {
    let proposed = || app.proposed_file().display().to_string();
    let mut typed = fields.save.take().unwrap_or_else(proposed);
    let mut browse = None;
    let modal = Modal::new(Id::unique("save session")).show(ctx, |ui| {
        ui.set_width(560.0);
        ui.heading("Save the session");
        let (_, is_asked) = path_ui(ui, "Session file", "file", &mut typed);
        browse = is_asked.then_some(Browse::Save);
        ui.checkbox(&mut fields.embed, "Put the table into the file too")
            .on_hover_text("Then the session can be opened where the table is not");
        let words = ("Save session", "Write the file");
        let is_named = !typed.trim().is_empty();
        let foot = buttons_ui(ui, words, is_named, "Go on without saving", |_| ());
        commands.extend(foot.map(|foot| match foot {
            Foot::Write => {
                Command::Save(SaveCommand::SaveAs(with_ending(typed.trim()), fields.embed))
            }
            Foot::Close | Foot::Cancel => Command::Save(SaveCommand::Close),
        }));
    });
    if modal.should_close() {
        commands.push(Command::Save(SaveCommand::Close));
    }
    fields.save = Some(typed);
    browse
}

/// A session's name ends in `.glad`, whether that was typed or not.
fn with_ending(typed: &str) -> PathBuf {
    match typed.ends_with(".glad") {
        true => PathBuf::from(typed),
        false => PathBuf::from(format!("{typed}.glad")),
    }
}

fn missing(
    ctx: &Context,
    session: &std::path::Path,
    sentence: &str,
    fields: &mut KeepFields,
    commands: &mut Vec<Command>,
) -> Option<Browse> {
    let mut typed = fields.table.take().unwrap_or_default();
    let mut browse = None;
    let modal = Modal::new(Id::unique("missing table")).show(ctx, |ui| {
        ui.set_width(560.0);
        ui.heading("Where is the table?");
        ui.label(sentence);
        let (field, is_asked) = path_ui(ui, "Table", "file", &mut typed);
        if typed.is_empty() && ui.memory(|memory| memory.focused().is_none()) {
            field.request_focus();
        }
        browse = is_asked.then_some(Browse::Table);
        let words = ("Open with this table", "Open the session with it");
        let is_named = !typed.trim().is_empty();
        let foot = buttons_ui(ui, words, is_named, "Leave the session closed", |_| ());
        commands.extend(foot.map(|foot| match foot {
            Foot::Write => Command::Open(OpenCommand::Session(
                session.to_owned(),
                Some(PathBuf::from(typed.trim())),
            )),
            Foot::Close | Foot::Cancel => Command::Open(OpenCommand::Forget),
        }));
    });
    if modal.should_close() {
        commands.push(Command::Open(OpenCommand::Forget));
    }
    fields.table = Some(typed);
    browse
}
