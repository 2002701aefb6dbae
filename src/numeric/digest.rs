//! A fingerprint of bytes.

/// The FNV-1a hash of bytes: fixed by its specification, where the standard library's hasher may
/// change. It tells apart what differs by chance, not what somebody forged.
///
/// ```
/// assert_eq!(glad::numeric::fnv1a(*b"a"), 0xaf63_dc4c_8601_ec8c);
/// ```
pub fn fnv1a(bytes: impl IntoIterator<Item = u8>) -> u64 {
    bytes.into_iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}
