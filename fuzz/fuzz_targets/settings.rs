//! Any text is settings or a sentence, and settings come back as they were:
//! `cargo fuzz run settings seeds/settings`.
#![no_main]

use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;

use glad::ensemble::EnsembleSettings;
use glad::store::{read_preset, write_preset};
use libfuzzer_sys::fuzz_target;

/// Two files of this process alone.
static FILES: LazyLock<[PathBuf; 2]> = LazyLock::new(|| {
    let file = |name: &str| format!("glad-fuzz-{}-{name}.ron", std::process::id());
    ["given", "again"].map(|name| std::env::temp_dir().join(file(name)))
});

fuzz_target!(|bytes: &[u8]| {
    let [given, again] = &*FILES;
    fs::write(given, bytes).expect("room");
    if let Ok(settings) = read_preset(given) {
        assert_eq!(settings.check(), Ok(()));
        write_preset(again, &settings).expect("room");
        // NaN is no number that equals itself: what they write is compared.
        let read = read_preset(again).expect("what was written is read");
        assert_eq!(format!("{read:?}"), format!("{settings:?}"));
    }
    // As an ensemble is written on the command line.
    if let Ok(text) = std::str::from_utf8(bytes)
        && let Ok(ensemble) = text.parse::<EnsembleSettings>()
    {
        let read: EnsembleSettings = ensemble.to_string().parse().expect("what is written");
        assert_eq!(read, ensemble, "{text}");
    }
});
