//! Any bytes are a table in the formats of columns (Parquet, Arrow as a file or a stream) or a
//! sentence: `cargo fuzz run columns seeds/columns`.
#![no_main]

mod common;

use libfuzzer_sys::fuzz_target;

fuzz_target!(init: common::forgive(), |bytes: &[u8]| {
    match bytes.first() {
        Some(b'P') => {
            // The mark stands at the end too.
            let mut marked = bytes.to_vec();
            if let Some(at) = marked.len().checked_sub(4) {
                marked[at..].copy_from_slice(b"PAR1");
            }
            common::read_as(b"PAR1", &marked);
        }
        Some(b'A') => common::read_as(b"ARROW1\0\0", bytes),
        _ => common::read_as(&[0xff; 4], bytes),
    }
});
