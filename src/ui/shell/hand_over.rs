//! What a page gives to the browser after each frame.

use eframe::egui::Context;

use super::Shell;
use crate::app::{Message, fs};
use crate::ui::page;

impl Shell {
    /// Gives the browser what was written for the analyst, and keeps what is to come back: a page
    /// is not told that it is closed.
    pub(super) fn hand_over(&mut self, ctx: &Context) {
        let last = page::Last::of(&self.app);
        self.memory
            .see(|memory| memory.last = last.or(memory.last.take()));
        self.memory.keep_up();
        page::say(&page::said(&self.app));
        for (name, bytes) in fs::take_finished() {
            if let Err(error) = page::download(&name, &bytes) {
                let why = format!("“{name}” could not be given to the browser: {error}");
                self.app.say(Message::error(why));
                ctx.request_repaint();
            }
        }
    }
}
