//! Any text is a session or a sentence: `cargo fuzz run session seeds/session`.
//!
//! The checksum would stop nearly every input, so it is put right first, as a stranger could.
#![no_main]

use glad::store::{read_session_text, with_header};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = read_session_text(bytes, "fuzz");
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    // Below the two lines of the head, if they are there.
    let body = text.splitn(3, '\n').nth(2).unwrap_or(text);
    if let Ok(session) = read_session_text(with_header(body).as_bytes(), "fuzz") {
        let again = session.to_text().expect("what was read can be written");
        let read = read_session_text(again.as_bytes(), "fuzz").expect("and read");
        // NaN is no number that equals itself: the texts are compared.
        assert_eq!(read.to_text().expect("a text"), again);
        let history = session.history_alone();
        let _ = (history.answers(), history.notes(), history.due());
        if let Ok(Some(trained)) = session.trained("fuzz") {
            let rows = ndarray::Array2::zeros((2, trained.frozen().d()));
            let _ = trained.score(rows.view());
        }
    }
});
