//! Presets: settings saved under a name, and shared as files.

use std::path::PathBuf;

use eframe::egui::{Context, Id, Modal, RichText, Ui};

use super::dialog_parts::{Foot, buttons_ui, path_ui};
use crate::app::{App, Command, PresetCommand, Settings};

/// The dialog, while it is shown.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::ui) struct PresetFields {
    /// The settings to save; `None` to load others.
    saves: Option<Box<Settings>>,
    /// The file.
    pub(in crate::ui) path: String,
    /// Whether it was asked for, so that what goes wrong is told here.
    is_asked: bool,
}

/// Paints the menu of presets: `settings` are the ones to save, if they can be.
pub(super) fn presets_ui(
    ui: &mut Ui,
    settings: Option<&Settings>,
    known: &[PathBuf],
    fields: &mut Option<PresetFields>,
    commands: &mut Vec<Command>,
) {
    let menu = ui.menu_button("Presets", |ui| {
        for path in known {
            let name = path.file_stem().unwrap_or_default().to_string_lossy();
            let load = ui.button(name).on_hover_text(path.display().to_string());
            if load.clicked() {
                commands.push(Command::Preset(PresetCommand::Load(path.clone())));
                ui.close();
            }
        }
        if !known.is_empty() {
            ui.separator();
        }
        let first = known.first().map(|path| path.display().to_string());
        let mut ask = |saves: Option<&Settings>| {
            *fields = Some(PresetFields {
                saves: saves.cloned().map(Box::new),
                path: first.clone().unwrap_or_default(),
                is_asked: false,
            });
        };
        let load = ui.button("Load from a file…");
        if load.on_hover_text("Settings that were saved before, or that somebody gave you; they are applied by the button only").clicked() {
            ask(None);
            ui.close();
        }
        let save = ui.add_enabled(settings.is_some(), eframe::egui::Button::new("Save to a file…"));
        if save.on_hover_text("Save what is set here, applied or not; the command line takes the same file (--settings)").clicked() {
            ask(settings);
            ui.close();
        }
    });
    menu.response
        .on_hover_text("Settings of your own, saved in files and shared with others");
}

/// Paints the dialog if it is wanted; whether the system's dialog is asked for, to save (true) or to
/// load.
pub(in crate::ui) fn preset_dialog_ui(
    ctx: &Context,
    app: &App,
    wanted: &mut Option<PresetFields>,
    commands: &mut Vec<Command>,
) -> Option<bool> {
    let fields = wanted.as_mut()?;
    let is_saved = fields.saves.is_some();
    // The file is written or read at once: without trouble there is nothing more to ask.
    if fields.is_asked && app.presets().trouble().is_none() {
        *wanted = None;
        return None;
    }
    let (title, name, tip) = match is_saved {
        true => (
            "Save settings as a preset",
            "Save preset",
            "Write the settings",
        ),
        false => (
            "Load a preset",
            "Load preset",
            "Read the settings; they are not applied yet",
        ),
    };
    let (mut browse, mut foot) = (false, None);
    let modal = Modal::new(Id::unique("preset")).show(ctx, |ui| {
        ui.set_width(560.0_f32.min(ctx.content_rect().width() - 60.0));
        ui.heading(title);
        ui.label("A file of text (RON) with every setting: the same for everybody who has it, and for --settings on the command line.");
        ui.add_space(4.0);
        (_, browse) = path_ui(ui, "File", "file", &mut fields.path);
        if let Some(trouble) = app.presets().trouble().filter(|_| fields.is_asked) {
            ui.label(RichText::new(trouble).color(ui.visuals().error_fg_color));
        }
        let is_ready = !fields.path.trim().is_empty();
        foot = buttons_ui(ui, (name, tip), is_ready, "Go on", |_| {});
    });
    match foot {
        Some(Foot::Write) => {
            let mut path = PathBuf::from(fields.path.trim());
            if is_saved && path.extension().is_none() {
                path.set_extension("ron");
            }
            fields.is_asked = true;
            commands.push(Command::Preset(match &fields.saves {
                Some(settings) => PresetCommand::Save(path, settings.clone()),
                None => PresetCommand::Load(path),
            }));
        }
        Some(Foot::Close | Foot::Cancel) => *wanted = None,
        None if modal.should_close() => *wanted = None,
        None => {}
    }
    browse.then_some(is_saved)
}
