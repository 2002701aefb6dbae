//! What outlives the frame: the window's title, and what the next run takes up.

use eframe::egui::{Context, Ui, ViewportCommand};

use super::Shell;
use crate::app::Origin;
use crate::ui::panels;

impl Shell {
    /// Names the session in the window's title, with a mark while it has unsaved answers.
    pub(super) fn show_title(&mut self, ui: &Ui) {
        let title = self.app.title();
        if title != self.title {
            self.title.clone_from(&title);
            ui.ctx().send_viewport_cmd(ViewportCommand::Title(title));
        }
    }

    /// Takes in what is to be remembered; written when a table was opened or the window closes.
    pub(super) fn remember(&mut self, ctx: &Context) {
        let table = self
            .app
            .workspace()
            .and_then(|workspace| workspace.dataset().origin());
        if let Some(origin) = table.filter(|origin| origin.path().is_some())
            && self.memory.memory().recent.first().and_then(Origin::path) != origin.path()
        {
            self.memory.change(|memory| memory.opened(origin));
        }
        if let Some(session) = self.app.kept_session() {
            let first = self.memory.memory().sessions.first();
            // Written when it is opened or saved, and as the window closes.
            let is_other = first.is_none_or(|first| first.path != session.path);
            let mut is_new = false;
            self.memory.see(|memory| is_new = memory.worked_on(session));
            if is_other || (is_new && self.app.unsaved() == 0) {
                self.memory.change(|_| {});
            }
        }
        if let Some(settings) = self.app.take_preset() {
            self.kept.settings = Some(panels::SettingsDraft::of(&settings));
        }
        let last = self.app.presets().last();
        if let Some(last) =
            last.filter(|last| self.kept.presets.first() != Some(&last.to_path_buf()))
        {
            let last = last.to_owned();
            self.memory.change(|memory| memory.used(last));
        }
        self.kept.presets.clone_from(&self.memory.memory().presets);
        let (layout, list) = (self.layout.text(), &self.kept.list.look);
        self.memory.see(|memory| {
            memory.see(ctx);
            memory.layout = Some(layout);
            memory.list.clone_from(list);
        });
    }
}
