//! A short digest of numbers, to tell whether two computations gave the same bits.

/// Folds numbers into 64 bits.
///
/// Every step is a bijection of what was there before, so that one number with another bit always
/// gives another digest. It tells accidents, not forgers.
///
/// ```
/// use glad::numeric::NumberDigest;
///
/// let of = |values: &[f32]| {
///     let mut digest = NumberDigest::default();
///     digest.add_all(values);
///     digest.value()
/// };
/// assert_eq!(of(&[1.0, 2.0]), of(&[1.0, 2.0]));
/// assert_ne!(of(&[1.0, 2.0]), of(&[2.0, 1.0]));
/// assert_ne!(of(&[0.0]), of(&[-0.0]));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NumberDigest(u64);

/// An odd number with bits all over: the fraction of the golden ratio.
const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;

impl Default for NumberDigest {
    fn default() -> Self {
        Self(FACTOR)
    }
}

impl NumberDigest {
    /// Takes in a whole number.
    pub fn add(&mut self, number: u64) {
        self.0 = (self.0.rotate_left(23) ^ number).wrapping_mul(FACTOR);
    }

    /// Takes in numbers, bit by bit, and how many there are.
    pub fn add_all(&mut self, numbers: &[f32]) {
        self.add(numbers.len() as u64);
        for number in numbers {
            self.add(u64::from(number.to_bits()));
        }
    }

    /// The digest of all that was taken in.
    pub fn value(self) -> u64 {
        self.0 ^ (self.0 >> 29)
    }
}
