//! Any bytes are a journal, the beginning of one, or a sentence: `cargo fuzz run journal seeds/journal`.
#![no_main]

use glad::store::{Found, read_journal_text, with_checksums};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = read_journal_text(bytes, "fuzz");
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    // With checksums put right, as a stranger could.
    if let Ok(Some(found)) = read_journal_text(with_checksums(text).as_bytes(), "fuzz") {
        let _ = (
            Found::answers(&found.events),
            Found::last_time(&found.events),
        );
    }
});
