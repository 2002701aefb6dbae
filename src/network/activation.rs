//! The activations, made of arithmetic that a processor does many of at a time.

/// The slope of leaky ReLU below 0.
pub const LEAK: f32 = 0.01;

/// The inverse of [`sigmoid`].
pub fn logit(p: f32) -> f32 {
    (p / (1.0 - p)).ln()
}

/// The logistic function `1 / (1 + exp(−z))`.
///
/// It is within 3e-7 of the exact value, relative to it where it is below one half, for `z` from
/// −87 on, where it stops falling; and the same on every machine, which the system's `exp` is not.
///
/// ```
/// assert_eq!(glad::network::sigmoid(0.0), 0.5);
/// ```
pub fn sigmoid(logit: f32) -> f32 {
    1.0 / (1.0 + exp(-logit))
}

/// [`sigmoid`] of each of `values`, in their place.
pub(super) fn sigmoid_all(values: &mut [f32]) {
    values.iter_mut().for_each(|value| *value = sigmoid(*value));
}

/// `e^x` for `|x|` up to 87, beyond which it stays.
///
/// `x = n ln 2 + r` with a whole `n`: `e^r` by its series to the sixth power, for `|r|` is at most
/// 0.35, and `2^n` by writing `n` into the exponent. There is no branch and no table, so that the
/// compiler makes vector instructions of a loop of it.
#[inline(always)]
pub(super) fn exp(x: f32) -> f32 {
    /// Adding it leaves the whole part in the low bits: `1.5 · 2^23`.
    const ROUND: f32 = 12_582_912.0;
    /// `ln 2` in two parts, the first of so few bits that `n` times it is exact.
    const HIGH: f32 = 0.693_359_4;
    const LOW: f32 = -2.121_944_4e-4;
    let x = x.clamp(-87.0, 87.0);
    let shifted = x * std::f32::consts::LOG2_E + ROUND;
    let n = shifted - ROUND;
    let r = (x - n * HIGH) - n * LOW;
    let series = 1.0 / 120.0 + r * (1.0 / 720.0);
    let series = 1.0 / 6.0 + r * (1.0 / 24.0 + r * series);
    let series = 1.0 + r * (1.0 + r * (0.5 + r * series));
    series * f32::from_bits((shifted.to_bits() << 23).wrapping_add(0x3f80_0000))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_the_logistic_function_to_single_precision() {
        for step in -8700..=8700 {
            let z = step as f32 * 0.01;
            let exact = 1.0 / (1.0 + (-f64::from(z)).exp());
            let off = (f64::from(sigmoid(z)) - exact).abs() / exact.min(0.5);
            assert!(off < 3e-7, "at {z} off by {off} of {exact}");
        }
    }

    #[test]
    fn it_rises_and_stays_within_its_bounds() {
        let values: Vec<f32> = (-2000..2000).map(|z| sigmoid(z as f32 * 0.1)).collect();
        assert!(values.windows(2).all(|pair| pair[0] <= pair[1]));
        assert!(values.iter().all(|p| (0.0..=1.0).contains(p) && *p > 0.0));
        assert!(sigmoid(f32::NAN).is_nan());
        assert_eq!(sigmoid(f32::INFINITY), 1.0);
        assert!(sigmoid(f32::NEG_INFINITY) < 1e-37);
    }

    #[test]
    fn logit_is_its_inverse() {
        for p in [0.2, 0.5, 0.9] {
            assert!((sigmoid(logit(p)) - p).abs() < 1e-6);
        }
    }
}
