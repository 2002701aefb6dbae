//! Files that are dropped on the window.

use std::path::PathBuf;

use eframe::egui::Ui;

/// A file that was dropped; a page reads it first.
#[derive(Default)]
pub(super) struct Drops {
    #[cfg(target_arch = "wasm32")]
    read: Option<std::sync::mpsc::Receiver<Result<PathBuf, String>>>,
}

impl Drops {
    /// Where the file lies that was dropped, once.
    #[cfg(not(target_arch = "wasm32"))]
    pub(super) fn poll(&mut self, ui: &Ui) -> Option<Result<PathBuf, String>> {
        ui.input(|input| {
            let first = input.raw.dropped_files.first();
            first.map(|file| Ok(file.path().to_path_buf()))
        })
    }

    /// Where the file lies that was dropped, once; or why it could not be read.
    #[cfg(target_arch = "wasm32")]
    pub(super) fn poll(&mut self, ui: &Ui) -> Option<Result<PathBuf, String>> {
        let dropped = ui.input(|input| input.raw.dropped_files.first().cloned());
        if let Some(file) = dropped {
            self.read = Some(super::page::read(ui.ctx(), file));
        }
        let path = self.read.as_ref()?.try_recv().ok()?;
        self.read = None;
        Some(path)
    }
}
