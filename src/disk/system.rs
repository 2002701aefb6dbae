//! What is asked of the system, wherever the program runs.

use std::path::Path;
#[cfg(not(target_arch = "wasm32"))]
use std::time::{SystemTime, UNIX_EPOCH};
#[cfg(target_arch = "wasm32")]
use web_time::{SystemTime, UNIX_EPOCH};

use super::fs;

/// Whether there is something of that name.
pub fn exists(path: &Path) -> bool {
    fs::metadata(path).is_ok()
}

/// Whether there is a folder of that name.
pub fn is_dir(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|found| found.is_dir())
}

/// Whether there is a file of that name.
pub fn is_file(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|found| found.is_file())
}

/// The number of this process among all of the machine; a page is alone with its files.
pub fn process_id() -> u32 {
    match cfg!(target_arch = "wasm32") {
        true => 1,
        false => std::process::id(),
    }
}

/// The system's time in milliseconds since 1970 (UTC); `None` where its clock is set to before that.
pub fn now() -> Option<u64> {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).ok()?;
    u64::try_from(since.as_millis()).ok()
}
