//! The frame around the panels: what egui calls sixty times a second.

#[cfg(target_arch = "wasm32")]
mod hand_over;
mod overlays;
mod remember;

use std::path::PathBuf;
#[cfg(not(target_arch = "wasm32"))]
use std::time::Instant;
#[cfg(target_arch = "wasm32")]
use web_time::Instant;

use eframe::egui::{CentralPanel, Context, Frame, Panel, Popup, Ui};

use super::answer_guard::{self, AnswerGuard, Refusal};
use super::dialog::FileDialog;
use super::drops::Drops;
use super::frame_time::FrameTimes;
use super::keys::{self, Action};
use super::layout::{Field, Kept, Layout, Pane, PaneContext};
use super::memory::{self, StorageWorker};
use super::panels::{self, Guide};
use super::style;
use super::zoom;
use crate::app::{App, Command, OpenCommand, SessionCommand, View, ViewCommand, now};

/// What lies over the window to be read and put away.
#[derive(Clone, Copy)]
enum Sheet {
    Keys,
    About,
}

/// The application with what only the window needs.
pub struct Shell {
    app: App,
    layout: Layout,
    kept: Kept,
    dialog: FileDialog,
    drops: Drops,
    open_fields: panels::OpenFields,
    fields: panels::KeepFields,
    write: panels::WriteFields,
    title: String,
    sheet: Option<Sheet>,
    shows_frames: bool,
    frames: FrameTimes,
    clock: fn() -> u64,
    memory: StorageWorker,
    guide: Option<Guide>,
    shows_welcome: bool,
    is_styled: bool,
    answer_guard: AnswerGuard,
}

impl Shell {
    /// A window around an application.
    pub fn new(app: App) -> Self {
        Self {
            app,
            layout: Layout::default(),
            kept: Kept::default(),
            dialog: FileDialog::default(),
            drops: Drops::default(),
            open_fields: panels::OpenFields::default(),
            fields: panels::KeepFields::default(),
            write: panels::WriteFields::default(),
            title: String::new(),
            sheet: None,
            shows_frames: false,
            frames: FrameTimes::default(),
            clock: || now().unwrap_or_default(),
            memory: StorageWorker::default(),
            guide: None,
            shows_welcome: false,
            is_styled: false,
            answer_guard: AnswerGuard::default(),
        }
    }

    /// Replaces the system's clock, which acts are recorded with, by one that gives milliseconds
    /// since 1970 (UTC).
    pub fn with_clock(mut self, clock: fn() -> u64) -> Self {
        self.clock = clock;
        self
    }

    /// Remembers in a file what is to come back in the next run, and takes up what is there; without
    /// a path it takes nothing up. The first run shows the guide.
    pub fn remembering(mut self, ctx: &Context, path: Option<PathBuf>) -> Self {
        self.memory = StorageWorker::read(path);
        let memory = self.memory.memory();
        if let Some(layout) = memory.layout.clone() {
            self.arrange(&layout);
        }
        ctx.set_theme(self.memory.memory().theme.preference());
        self.kept.list.look = self.memory.memory().list.clone();
        self.guide = (!self.memory.memory().is_guided).then(Guide::default);
        self
    }

    /// The application.
    pub fn app(&self) -> &App {
        &self.app
    }

    /// Which panes are open and where, as text.
    pub fn layout(&self) -> String {
        self.layout.text()
    }

    /// Arranges the panes by such a text; false, and no change, where it is none.
    pub fn arrange(&mut self, layout: &str) -> bool {
        let read = Layout::read(layout);
        let is_layout = read.is_some();
        self.layout = read.unwrap_or(std::mem::take(&mut self.layout));
        is_layout
    }

    /// Carries out a command that comes from outside the window.
    pub fn apply(&mut self, command: Command) {
        self.app.apply(command);
    }

    /// Paints one frame and carries out what was asked for in it.
    pub fn frame(&mut self, ui: &mut Ui) {
        if !std::mem::replace(&mut self.is_styled, true) {
            style::apply(ui.ctx());
        }
        self.app.set_clock((self.clock)());
        if self.app.busy().is_some() {
            // What comes may be another table.
            self.record_note();
        }
        self.app.receive();
        if let Some(layout) = self.app.take_layout() {
            // A layout of another version of the program is none: the present one stays.
            self.arrange(&layout);
        }
        self.show_title(ui);
        let now = ui.input(|input| input.time);
        if let Some(seconds) = self.app.tick(now) {
            ui.ctx().request_repaint_after_secs(seconds as f32);
        }
        let mut commands = Vec::new();
        let mut actions = Vec::new();
        let is_covered = Popup::is_any_open(ui.ctx());
        let mut presses = Vec::new();
        let is_asked = self.kept.preset.is_some() || panels::is_asking(&self.app);
        if self.app.opening().is_none() && self.sheet.is_none() && !is_asked {
            presses = keys::pressed(ui);
        }
        self.kept.visible = None;
        self.remember(ui.ctx());
        self.paint(ui, &mut commands, &mut actions);
        zoom::leave(ui.ctx(), None);
        self.overlays(ui, &mut commands);
        let visible = self.kept.visible;
        for action in actions {
            self.carry_out(ui, action, &mut commands);
        }
        self.apply_all(ui, commands, is_covered, now);
        let left = |draft: &mut panels::Draft| !draft.has_focus(ui.ctx());
        if !presses.is_empty() || self.kept.note.as_mut().is_some_and(left) {
            self.record_note();
            drop(self.kept.note.take_if(left));
        }
        for press in presses {
            let mut commands = Vec::new();
            self.carry_out(ui, press.action, &mut commands);
            if press.is_repeat && commands.iter().any(answer_guard::answers_current) {
                self.answer_guard.refuse(Refusal::Held, now);
                continue;
            }
            self.apply_all(ui, commands, is_covered, now);
        }
        self.answer_guard.show(visible, now);
    }

    /// What an action asks of the application; what it asks of the window itself is done.
    fn carry_out(&mut self, ui: &Ui, action: Action, commands: &mut Vec<Command>) {
        match keys::command(action) {
            Some(Command::CancelTraining) if answer_guard::has_selection(self.app.workspace()) => {
                commands.push(Command::View(ViewCommand::ClearLasso));
            }
            Some(Command::CancelTraining) if self.kept.lasso.is_taken => {
                self.kept.lasso = panels::Lasso::default();
            }
            Some(command) => {
                if action == Action::Explaining {
                    self.layout.show(Pane::Map);
                }
                commands.push(command);
            }
            None => self.act(ui, action, commands),
        }
    }

    /// Carries out commands, but for answers to what nobody can have read.
    fn apply_all(&mut self, ui: &Ui, commands: Vec<Command>, is_covered: bool, now: f64) {
        if !commands.is_empty() {
            let opens = |command: &Command| {
                use OpenCommand::{Accept, File, Session, Toy};
                matches!(
                    command,
                    Command::Open(Accept | File(..) | Session(..) | Toy(_))
                )
            };
            self.shows_welcome &= !commands.iter().any(opens);
            if commands
                .iter()
                .any(|command| matches!(command, Command::Save(_)))
            {
                self.app.set_layout(self.layout.text());
            }
            for command in commands {
                let refusal = answer_guard::answers_current(&command)
                    .then(|| self.answer_guard.refusal(&self.app, is_covered, now))
                    .flatten();
                match refusal {
                    None => self.app.apply(command),
                    Some(refusal) => {
                        if refusal == Refusal::Hidden {
                            self.layout.show(Pane::Candidate);
                        }
                        self.answer_guard.refuse(refusal, now);
                    }
                }
            }
            ui.ctx().request_repaint();
        }
    }

    fn paint(&mut self, ui: &mut Ui, commands: &mut Vec<Command>, actions: &mut Vec<Action>) {
        let app = &self.app;
        Panel::top("toolbar").show(ui, |ui| {
            let kept = (&self.layout, &self.memory.memory().recent[..]);
            panels::toolbar_ui(ui, app, kept, commands, actions);
        });
        let frames = self.shows_frames.then(|| self.frames.sentence());
        let refused = self.answer_guard.sentence(ui.input(|input| input.time));
        if let Some((_, left)) = &refused {
            ui.ctx().request_repaint_after_secs(*left as f32);
        }
        let told = panels::Told {
            frames: frames.as_deref(),
            refused: refused.as_ref().map(|(sentence, _)| sentence.as_str()),
        };
        Panel::bottom("status").show(ui, |ui| panels::status_ui(ui, app, &told, commands));
        if !app.messages().is_empty() {
            Panel::top("messages").show(ui, |ui| panels::messages_ui(ui, app.messages(), commands));
        }
        let workspace = app.workspace().filter(|_| !self.shows_welcome);
        let Some(workspace) = workspace else {
            let recent = self.memory.memory();
            CentralPanel::default().show(ui, |ui| {
                panels::welcome_ui(ui, app, recent, commands, actions)
            });
            return;
        };
        let takes_answers = app.takes_answers();
        if let Some(guide) = self.guide.as_mut().filter(|_| takes_answers) {
            let visuals = ui.visuals();
            let tint = visuals.selection.bg_fill.gamma_multiply(0.22);
            let strip = Frame::side_top_panel(ui.style()).fill(visuals.panel_fill.blend(tint));
            let strip = Panel::top("guide").frame(strip);
            if strip.show(ui, |ui| guide.ui(ui, workspace)).inner {
                self.guide = None;
                self.memory.change(|memory| memory.is_guided = true);
            }
        }
        let mut pane = PaneContext {
            app,
            workspace,
            kept: &mut self.kept,
            commands,
            actions,
        };
        let layout = &mut self.layout;
        let ground = Frame::NONE.fill(ui.visuals().panel_fill);
        let panes = CentralPanel::default().frame(ground);
        panes.show(ui, |ui| layout.ui(ui, &mut pane));
    }

    /// Records the note that is being written.
    fn record_note(&mut self) {
        let draft = self.kept.note.as_ref();
        if let Some(command) = draft.and_then(|draft| draft.record(&self.app)) {
            self.app.apply(command);
        }
    }

    /// Leads the keyboard to a field.
    fn focus(&mut self, pane: Pane, field: Field) {
        self.layout.show(pane);
        self.kept.focus = Some(field);
    }

    /// Carries out an action of the window itself.
    fn act(&mut self, ui: &Ui, action: Action, commands: &mut Vec<Command>) {
        match action {
            Action::Open => commands.push(Command::Open(OpenCommand::Show(None))),
            Action::Look(look) => {
                zoom::leave(ui.ctx(), Some(look.change()));
                ui.ctx().request_repaint();
            }
            Action::Theme => {
                let theme = memory::Theme::of(ui.ctx()).next();
                ui.ctx().set_theme(theme.preference());
                self.memory.change(|memory| memory.theme = theme);
            }
            Action::Guide => self.guide = Some(Guide::default()),
            Action::Welcome => self.shows_welcome = !self.shows_welcome,
            Action::Frames => self.shows_frames = !self.shows_frames,
            Action::Sheet => self.sheet = Some(Sheet::Keys),
            Action::About => self.sheet = Some(Sheet::About),
            Action::Withdraw => {
                let at = self.app.workspace().and_then(View::selected);
                let back = at.map(|at| SessionCommand::Withdraw(vec![at]));
                commands.extend(back.map(Command::Session));
            }
            Action::Note => self.focus(Pane::Candidate, Field::Note),
            Action::Find => self.focus(Pane::Candidates, Field::Find),
            Action::Filter => self.focus(Pane::Candidates, Field::Filter),
            Action::Columns => self.focus(Pane::Candidates, Field::Columns),
            Action::OpenOnly | Action::WholeTable | Action::SortByNext | Action::TurnOrder => {
                self.layout.show(Pane::Candidates);
                self.kept.list.act(action, self.app.workspace());
            }
            Action::Blink => {
                self.layout.show(Pane::Map);
                self.kept.shows_before = !self.kept.shows_before;
            }
            Action::Lasso => {
                self.layout.show(Pane::Map);
                self.kept.lasso.is_taken = !self.kept.lasso.is_taken;
            }
            Action::Colouring => self.kept.look.next(),
            Action::LayOut => {
                self.layout.show(Pane::Embedding);
                commands.extend(self.app.workspace().map(panels::laid_out_anew));
            }
            Action::AxesExplaining => {
                let is_seen = self.layout.is_open(Pane::Scatter);
                self.layout.show(if is_seen {
                    Pane::Scatter
                } else {
                    Pane::Parallel
                });
                self.kept.brushing.explains = true;
            }
            Action::Overlay(more) => self.kept.pictures.fade(more),
            Action::Curves => self.kept.by_time = !self.kept.by_time,
            Action::MarkEvent => {
                let open = self.app.workspace().filter(|_| self.app.takes_answers());
                let sequences = &mut self.kept.sequences;
                commands.extend(open.and_then(|open| panels::mark_event(open, sequences)));
            }
            Action::Original => {
                self.layout.show(Pane::Candidate);
                if let Some(open) = self.app.workspace() {
                    self.kept.original.toggle(open);
                }
            }
            Action::ResetLayout => self.layout = Layout::default(),
            Action::Show(pane) => self.layout.show(pane),
            Action::Close(pane) => self.layout.close(pane),
            // All others are commands of the application.
            _ => {}
        }
    }
}

impl eframe::App for Shell {
    fn ui(&mut self, ui: &mut Ui, frame: &mut eframe::Frame) {
        if let Some(seconds) = frame.info().cpu_usage {
            self.frames.add_whole(seconds);
        }
        let begun = Instant::now();
        self.frame(ui);
        #[cfg(target_arch = "wasm32")]
        self.hand_over(ui.ctx());
        self.frames.add_update(begun.elapsed().as_secs_f32());
    }

    fn on_exit(&mut self, _: Option<&eframe::glow::Context>) {
        self.record_note();
        self.memory.change(|_| {});
    }
}
