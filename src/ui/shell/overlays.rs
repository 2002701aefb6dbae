//! What lies over the panels: dialogs, sheets, and files that come from outside the window.

use eframe::egui::Ui;

use super::{Sheet, Shell};
use crate::app::{Command, Message, OpenCommand, ReadOptions};
use crate::ui::dialog::{NO_DIALOG, Outcome, Wanted};
use crate::ui::panels;

impl Shell {
    /// Dialogs over the window, and files that come from outside it.
    pub(super) fn overlays(&mut self, ui: &mut Ui, commands: &mut Vec<Command>) {
        match self.dialog.poll() {
            Some(Outcome::Chosen(Wanted::Table, path)) => {
                self.open_fields.path = path.display().to_string();
                commands.push(Command::Open(OpenCommand::Show(Some(path))));
            }
            Some(Outcome::Chosen(Wanted::TableOfSession, path)) => {
                self.fields.table = Some(path.display().to_string());
            }
            Some(Outcome::Chosen(Wanted::NewSession, path)) => {
                self.fields.save = Some(path.display().to_string());
            }
            Some(Outcome::Chosen(Wanted::Artifact(..), path)) => {
                self.write.path = Some(path.display().to_string());
            }
            Some(Outcome::Chosen(Wanted::NewPreset | Wanted::Preset, path)) => {
                if let Some(fields) = &mut self.kept.preset {
                    fields.path = path.display().to_string();
                }
            }
            Some(Outcome::Chosen(Wanted::NewData | Wanted::NewFolder, path)) => {
                self.write.table = path.display().to_string();
            }
            Some(Outcome::NoDialog) => self.app.say(Message::error(NO_DIALOG)),
            None => {}
        }
        let wanted = panels::write_dialog_ui(ui.ctx(), &self.app, &mut self.write, commands);
        if let Some(wanted) = wanted {
            self.browse(ui, wanted);
        }
        let preset = &mut self.kept.preset;
        if let Some(saves) = panels::preset_dialog_ui(ui.ctx(), &self.app, preset, commands) {
            let what = if saves {
                Wanted::NewPreset
            } else {
                Wanted::Preset
            };
            self.browse(ui, what);
        }
        let browse = panels::keep_dialogs_ui(ui.ctx(), &self.app, &mut self.fields, commands);
        if let Some(browse) = browse {
            self.browse(
                ui,
                match browse {
                    panels::Browse::Save => Wanted::NewSession,
                    panels::Browse::Table => Wanted::TableOfSession,
                },
            );
        }
        if panels::open_dialog_ui(ui.ctx(), &self.app, &mut self.open_fields, commands) {
            self.browse(ui, Wanted::Table);
        }
        let is_read = match self.sheet {
            Some(Sheet::Keys) => panels::key_sheet_ui(ui.ctx()),
            Some(Sheet::About) => panels::about_ui(ui.ctx()),
            None => false,
        };
        self.sheet = self.sheet.filter(|_| !is_read);
        match self.drops.poll(ui) {
            Some(Ok(path)) => {
                let options = ReadOptions::default();
                commands.push(Command::Open(OpenCommand::File(path, options)));
            }
            Some(Err(why)) => self.app.say(Message::error(why)),
            None => {}
        }
    }

    /// Opens the system's file dialog.
    fn browse(&mut self, ui: &Ui, what: Wanted) {
        if cfg!(target_arch = "wasm32") && what.is_new() {
            let told = "The browser takes it among its downloads, by the name in the field.";
            return self.app.say(Message::note(told));
        }
        if let Err(error) = self.dialog.open(ui.ctx(), what) {
            self.app.say(Message::error(format!(
                "The system's file dialog could not be opened: {error}"
            )));
        }
    }
}
