//! Files that are opened by the system's own program, on a press and never by themselves.

use std::path::Path;
use std::process::{Command, Stdio};

/// What opens files on this system.
const OPENER: &str = match () {
    () if cfg!(target_os = "macos") => "open",
    () if cfg!(target_os = "windows") => "explorer",
    () => "xdg-open",
};

/// Opens a file or a folder.
///
/// # Errors
/// A sentence, where there is nothing at the path or the system has no such program.
pub(super) fn open_path(path: &Path) -> Result<(), String> {
    if cfg!(target_arch = "wasm32") {
        return Err("A page opens no files: look among the browser's downloads.".to_owned());
    }
    if !path.exists() {
        return Err(format!("“{}” is not there any more.", path.display()));
    }
    let mut opener = Command::new(OPENER);
    opener.arg(path);
    opener
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    match opener.spawn() {
        Ok(mut child) => {
            // It is waited for elsewhere, so that it does not stay behind as a finished process.
            std::thread::spawn(move || child.wait());
            Ok(())
        }
        Err(error) => Err(format!(
            "“{}” could not be opened by {OPENER}: {error}.",
            path.display()
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_there_is_told() {
        let told = open_path(Path::new("/nowhere/at all.html"));
        assert_eq!(
            told,
            Err("“/nowhere/at all.html” is not there any more.".to_owned())
        );
    }
}
