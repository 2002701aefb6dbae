//! Any bytes are records of JSON or ARFF, an array of NumPy, or a sentence: `cargo fuzz run records
//! seeds/records`.
#![no_main]

mod common;

use libfuzzer_sys::fuzz_target;

fuzz_target!(init: common::forgive(), |bytes: &[u8]| {
    match bytes.first() {
        Some(b'{') => common::read_as(b"{\"", bytes),
        Some(b'[') => common::read_as(b"[{", bytes),
        Some(0x93) => common::read_as(b"\x93NUMPY", bytes),
        _ => common::read_as(b"@relation ", bytes),
    }
});
