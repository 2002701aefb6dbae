//! What dialogs have in common: the field of a path, and the foot.

use eframe::egui::{Align, Button, Key, Layout, Response, RichText, TextEdit, Ui};

use crate::app::{App, ArtifactKind, Progress};

/// What was pressed at the foot of a dialog.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Foot {
    /// The button that writes.
    Write,
    /// The one that puts the dialog away.
    Close,
    /// The one that stops the writing.
    Cancel,
}

/// A field for the path of a file or a folder, `what`, with its button; the field, and whether the
/// system's dialog is asked for.
pub(super) fn path_ui(ui: &mut Ui, name: &str, what: &str, typed: &mut String) -> (Response, bool) {
    ui.horizontal(|ui| {
        let label = ui.label(name);
        let field = TextEdit::singleline(typed)
            .desired_width(360.0)
            .hint_text(format!("path of a {what}"));
        let field = ui.add(field).labelled_by(label.id);
        let browse = ui.button("Browse…");
        let browse = browse.on_hover_text(format!("Choose the {what} in the system's dialog"));
        (field, browse.clicked())
    })
    .inner
}

/// What went wrong, how far it is, and the buttons: the one that writes, with its tooltip, and the
/// one that closes.
pub(super) fn foot_ui(
    ui: &mut Ui,
    app: &App,
    kind: ArtifactKind,
    (name, tip): (&str, &str),
    is_complete: bool,
) -> Option<Foot> {
    let is_running = app.writing().is_running(kind);
    if let Some(trouble) = app.writing().trouble() {
        ui.label(RichText::new(trouble).color(ui.visuals().error_fg_color));
    }
    let mut is_cancelled = false;
    let is_ready = is_complete && !is_running;
    let pressed = buttons_ui(ui, (name, tip), is_ready, "Go on", |ui| {
        is_cancelled = is_running && progress_ui(ui, app.writing_progress());
    });
    pressed.or(is_cancelled.then_some(Foot::Cancel))
}

/// The buttons of a dialog, with their tooltips: the one that Enter stands for, the one that closes,
/// and what else stands beside them.
pub(super) fn buttons_ui(
    ui: &mut Ui,
    (name, tip): (&str, &str),
    is_ready: bool,
    close_tip: &str,
    beside: impl FnOnce(&mut Ui),
) -> Option<Foot> {
    ui.add_space(8.0);
    let mut pressed = None;
    // A row of its own: by itself, a layout from the right takes all the height that is left.
    ui.horizontal(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let write = ui.add_enabled(is_ready, Button::new(name));
            let write = write.on_hover_text(format!("{tip} (Enter)"));
            if write.clicked() || is_ready && is_entered(ui) {
                pressed = Some(Foot::Write);
            }
            let close = ui.button("Close");
            if close.on_hover_text(format!("{close_tip} (Esc)")).clicked() {
                pressed = Some(Foot::Close);
            }
            beside(ui);
        });
    });
    pressed
}

/// Whether Enter was pressed, and not on another button; a field lets go of the keyboard then.
pub(super) fn is_entered(ui: &Ui) -> bool {
    ui.input(|input| input.key_pressed(Key::Enter))
        && ui.memory(|memory| memory.focused().is_none())
}

/// How far the writing is; true when it shall stop.
fn progress_ui(ui: &mut Ui, progress: Option<Progress>) -> bool {
    let cancel = ui.button("Cancel");
    let is_cancelled = cancel.on_hover_text("Stop; nothing is written").clicked();
    match progress {
        Some(now) => {
            let percent = 100.0 * now.done as f64 / now.total.max(1) as f64;
            ui.label(format!("{} ({percent:.0} %)", now.phase));
        }
        None => {
            ui.label("writing…");
        }
    }
    ui.spinner();
    is_cancelled
}
