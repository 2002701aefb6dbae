//! The row that the pointer means.

/// Of instances with the squares of their distances the nearest, if it is within reach; the first of
/// equals.
pub(super) fn nearest(found: impl Iterator<Item = (usize, f32)>, reach: f32) -> Option<usize> {
    let (instance, distance) = found.min_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)))?;
    (distance <= reach * reach).then_some(instance)
}
