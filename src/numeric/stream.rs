//! Named random streams, the only source of chance in the program.

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

use super::fnv1a;

/// A deterministic random number generator, the same on every platform.
pub type Stream = ChaCha8Rng;

/// Opens the random stream of one purpose.
///
/// Streams with another seed, purpose or index are independent, so that drawing more numbers for
/// one purpose never shifts those of another: adding a projection must not change how the
/// network's weights start.
///
/// ```
/// use glad::numeric::stream;
/// use rand::Rng;
///
/// let first = stream(7, "projection", 0).next_u64();
/// assert_eq!(first, stream(7, "projection", 0).next_u64());
/// assert_ne!(first, stream(7, "projection", 1).next_u64());
/// assert_ne!(first, stream(7, "weights", 0).next_u64());
/// ```
pub fn stream(seed: u64, purpose: &str, index: u64) -> Stream {
    let mut key = [0_u8; 32];
    key[..8].copy_from_slice(&seed.to_le_bytes());
    key[8..16].copy_from_slice(&fnv1a(purpose.bytes()).to_le_bytes());
    key[16..24].copy_from_slice(&index.to_le_bytes());
    key[24..].copy_from_slice(b"glad.rng");
    ChaCha8Rng::from_seed(key)
}
