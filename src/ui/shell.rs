//! The frame around the panels: what egui calls sixty times a second.

use eframe::egui::{CentralPanel, Panel, Theme, Ui};

use super::dialog::FileDialog;
use super::frame_time::FrameTimes;
use super::heat::HeatTexture;
use super::keys::{self, Action};
use super::panels;
use crate::app::{App, Command, Message, OpenCommand, ReadOptions};

/// What the middle of the window shows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Middle {
    Map,
    Relevance,
    Change,
}

const MIDDLE: [(Middle, &str); 3] = [
    (Middle::Map, "Score map"),
    (Middle::Relevance, "Relevance maps"),
    (Middle::Change, "Before and after"),
];

/// The application with what only the window needs.
pub struct Shell {
    app: App,
    heat: HeatTexture,
    middle: Middle,
    dialog: FileDialog,
    typed_path: String,
    shows_keys: bool,
    shows_frames: bool,
    frames: FrameTimes,
}

impl Shell {
    /// A window around an application.
    pub fn new(app: App) -> Self {
        Self {
            app,
            heat: HeatTexture::default(),
            middle: Middle::Map,
            dialog: FileDialog::default(),
            typed_path: String::new(),
            shows_keys: false,
            shows_frames: false,
            frames: FrameTimes::default(),
        }
    }

    /// The application.
    pub fn app(&self) -> &App {
        &self.app
    }

    /// Carries out a command that comes from outside the window.
    pub fn apply(&mut self, command: Command) {
        self.app.apply(command);
    }

    /// Paints one frame and carries out what was asked for in it.
    pub fn frame(&mut self, ui: &mut Ui) {
        self.app.receive();
        let now = ui.input(|input| input.time);
        if let Some(seconds) = self.app.tick(now) {
            ui.ctx().request_repaint_after_secs(seconds as f32);
        }
        let mut commands = Vec::new();
        let mut actions = Vec::new();
        if self.app.opening().is_none() && !self.shows_keys {
            actions = keys::pressed(ui);
        }
        self.paint(ui, &mut commands, &mut actions);
        self.overlays(ui, &mut commands);
        for action in actions {
            match keys::command(action) {
                Some(command) => commands.push(command),
                None => self.act(ui, action, &mut commands),
            }
        }
        if !commands.is_empty() {
            commands
                .into_iter()
                .for_each(|command| self.app.apply(command));
            ui.ctx().request_repaint();
        }
    }

    fn paint(&mut self, ui: &mut Ui, commands: &mut Vec<Command>, actions: &mut Vec<Action>) {
        let app = &self.app;
        Panel::top("toolbar").show(ui, |ui| {
            actions.extend(panels::toolbar_ui(ui, app, commands))
        });
        let frames = self.shows_frames.then(|| self.frames.sentence());
        Panel::bottom("status").show(ui, |ui| {
            panels::status_ui(ui, app, frames.as_deref(), commands)
        });
        if !app.messages().is_empty() {
            Panel::top("messages").show(ui, |ui| panels::messages_ui(ui, app.messages(), commands));
        }
        let Some(workspace) = app.workspace() else {
            CentralPanel::default().show(ui, |ui| panels::welcome_ui(ui, app, commands));
            return;
        };
        Panel::left("candidates")
            .default_size(300.0)
            .min_size(220.0)
            .show(ui, |ui| panels::candidates_ui(ui, workspace, commands));
        Panel::right("candidate")
            .default_size(360.0)
            .min_size(340.0)
            .show(ui, |ui| {
                panels::candidate_ui(ui, workspace, commands);
                ui.separator();
                panels::why_ui(ui, workspace, commands);
            });
        Panel::bottom("discovery")
            .resizable(true)
            .default_size(210.0)
            .min_size(120.0)
            .show(ui, |ui| panels::discovery_ui(ui, workspace, commands));
        let (heat, middle) = (&mut self.heat, &mut self.middle);
        CentralPanel::default().show(ui, |ui| {
            ui.horizontal(|ui| {
                for (pane, name) in MIDDLE {
                    ui.selectable_value(middle, pane, name);
                }
            });
            match middle {
                Middle::Map => panels::map_ui(ui, workspace, heat, commands),
                Middle::Relevance => panels::relevance_ui(ui, workspace, commands),
                Middle::Change => panels::change_ui(ui, workspace, commands),
            }
        });
    }

    /// Dialogs over the window, and files that come from outside it.
    fn overlays(&mut self, ui: &mut Ui, commands: &mut Vec<Command>) {
        if let Some(path) = self.dialog.poll() {
            self.typed_path = path.display().to_string();
            commands.push(Command::Open(OpenCommand::Show(Some(path))));
        }
        if let Some(opening) = self.app.opening()
            && panels::open_dialog_ui(ui.ctx(), opening, &mut self.typed_path, commands)
            && let Err(error) = self.dialog.open(ui.ctx())
        {
            self.app.say(Message::error(format!(
                "The system's file dialog could not be opened: {error}"
            )));
        }
        if self.shows_keys && panels::key_sheet_ui(ui.ctx()) {
            self.shows_keys = false;
        }
        let dropped = ui.input(|input| {
            input
                .raw
                .dropped_files
                .iter()
                .map(|file| file.path().to_path_buf())
                .next()
        });
        if let Some(path) = dropped {
            commands.push(Command::Open(OpenCommand::File(
                path,
                ReadOptions::default(),
            )));
        }
    }

    /// Carries out an action of the window itself.
    fn act(&mut self, ui: &Ui, action: Action, commands: &mut Vec<Command>) {
        match action {
            Action::Open => commands.push(Command::Open(OpenCommand::Show(None))),
            Action::Theme => {
                let theme = if ui.visuals().dark_mode {
                    Theme::Light
                } else {
                    Theme::Dark
                };
                ui.ctx().set_theme(theme);
            }
            Action::Frames => self.shows_frames = !self.shows_frames,
            Action::Sheet => self.shows_keys = !self.shows_keys,
            // All others are commands of the application.
            _ => {}
        }
    }
}

impl eframe::App for Shell {
    fn ui(&mut self, ui: &mut Ui, frame: &mut eframe::Frame) {
        if let Some(seconds) = frame.info().cpu_usage {
            self.frames.add(seconds);
        }
        self.frame(ui);
    }
}
