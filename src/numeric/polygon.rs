//! What lies within a line that is drawn around it.

/// Whether a point lies within a polygon, by the even-odd rule; the polygon closes by itself.
///
/// # Source
/// Shimrat, *Algorithm 112: position of point relative to polygon*, Communications of the ACM 5
/// (1962).
pub fn is_within(polygon: &[[f32; 2]], [x, y]: [f32; 2]) -> bool {
    let mut within = false;
    let mut before = polygon.len().wrapping_sub(1);
    for (at, &[x1, y1]) in polygon.iter().enumerate() {
        let [x0, y0] = polygon[before];
        // The edge crosses the height of the point, and does so to its right.
        if (y1 > y) != (y0 > y) && x < (x0 - x1) * (y - y1) / (y0 - y1) + x1 {
            within = !within;
        }
        before = at;
    }
    within
}

/// The indices of the points that lie within a polygon, ascending.
pub fn all_within(polygon: &[[f32; 2]], points: &[[f32; 2]]) -> Vec<usize> {
    if polygon.len() < 3 {
        return Vec::new();
    }
    let bound = |axis: usize| {
        let values = polygon.iter().map(move |corner| corner[axis]);
        values.fold((f32::INFINITY, f32::NEG_INFINITY), |(low, high), value| {
            (low.min(value), high.max(value))
        })
    };
    let ((left, right), (low, high)) = (bound(0), bound(1));
    let is_near = |[x, y]: [f32; 2]| x >= left && x <= right && y >= low && y <= high;
    (points.iter().enumerate())
        .filter(|(_, point)| is_near(**point) && is_within(polygon, **point))
        .map(|(index, _)| index)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_within_a_bent_polygon_are_found() {
        // An L: the corner at the upper right is missing.
        let polygon = [
            [0.0, 0.0],
            [2.0, 0.0],
            [2.0, 1.0],
            [1.0, 1.0],
            [1.0, 2.0],
            [0.0, 2.0],
        ];
        let points = [
            [0.5, 0.5],
            [1.5, 1.5],
            [0.5, 1.5],
            [1.5, 0.5],
            [3.0, 0.5],
            [-0.1, 0.5],
        ];
        assert_eq!(all_within(&polygon, &points), [0, 2, 3]);
        let reversed: Vec<[f32; 2]> = polygon.iter().rev().copied().collect();
        assert_eq!(all_within(&reversed, &points), [0, 2, 3]);
    }

    #[test]
    fn a_line_encloses_nothing() {
        assert!(all_within(&[[0.0, 0.0], [1.0, 1.0]], &[[0.5, 0.5]]).is_empty());
        assert!(all_within(&[], &[[0.5, 0.5]]).is_empty());
        assert!(!is_within(&[], [0.5, 0.5]));
    }
}
