//! The plane of largest variance.

use ndarray::{Array1, Array2, ArrayView2};

use super::principal_components;

/// Enough for the dot product with the true axis to be 1 to single precision, unless two
/// variances are nearly equal, when any axis of their plane is as good a view.
const ITERATIONS: usize = 300;

/// Columns from which on the covariance of all pairs would take seconds.
const WIDE: usize = 256;

/// Finds the two orthonormal directions along which the rows of `values` vary most, by power
/// iteration on their covariance; the largest entry of each is positive, so that a picture does
/// not flip between runs.
///
/// # Shapes
/// `values` `[n, d]` with `d >= 2`; two vectors `[d]`.
pub fn principal_plane(values: ArrayView2<'_, f32>) -> [Vec<f32>; 2] {
    if values.ncols() > WIDE
        && let Some(plane) = by_subspace(values)
    {
        return plane;
    }
    let covariance = covariance(values);
    let first = leading(&covariance, None);
    let second = leading(&covariance, Some(&first));
    [first, second].map(|axis| axis.iter().map(|&entry| entry as f32).collect())
}

/// The same without a covariance; `None` where the rows do not span a plane.
fn by_subspace(values: ArrayView2<'_, f32>) -> Option<[Vec<f32>; 2]> {
    let components = principal_components(values, 2);
    (components.count() == 2).then(|| {
        [0, 1].map(|place| {
            let axis = upright(components.directions.column(place).to_owned());
            axis.iter().map(|&entry| entry as f32).collect()
        })
    })
}

fn covariance(values: ArrayView2<'_, f32>) -> Array2<f64> {
    let (n, d) = values.dim();
    let mut mean = Array1::<f64>::zeros(d);
    for row in values.rows() {
        mean.zip_mut_with(&row, |sum, &value| *sum += f64::from(value) / n as f64);
    }
    let mut covariance = Array2::<f64>::zeros((d, d));
    for row in values.rows() {
        for i in 0..d {
            let left = f64::from(row[i]) - mean[i];
            for j in 0..=i {
                covariance[[i, j]] += left * (f64::from(row[j]) - mean[j]);
            }
        }
    }
    for i in 0..d {
        for j in 0..i {
            covariance[[j, i]] = covariance[[i, j]];
        }
    }
    covariance
}

fn leading(covariance: &Array2<f64>, orthogonal_to: Option<&Array1<f64>>) -> Array1<f64> {
    let d = covariance.nrows();
    // An uneven start: orthogonal to no axis of any real table.
    let mut axis = Array1::from_shape_fn(d, |i| 1.0 + (i as f64 + 1.0).sqrt().fract());
    for _ in 0..ITERATIONS {
        remove(&mut axis, orthogonal_to);
        let next = covariance.dot(&axis);
        if !normalise(&mut axis, next) {
            break;
        }
    }
    remove(&mut axis, orthogonal_to);
    let unchanged = axis.clone();
    if !normalise(&mut axis, unchanged) {
        axis = any_orthogonal(d, orthogonal_to);
    }
    upright(axis)
}

/// The axis or its opposite: that whose largest entry is positive.
fn upright(axis: Array1<f64>) -> Array1<f64> {
    let largest = axis.iter().copied().fold(0.0_f64, |best, entry| {
        if entry.abs() > best.abs() {
            entry
        } else {
            best
        }
    });
    if largest < 0.0 { -axis } else { axis }
}

/// Sets `axis` to `next` at unit length; false when there is no length to speak of.
fn normalise(axis: &mut Array1<f64>, next: Array1<f64>) -> bool {
    let length = next.dot(&next).sqrt();
    if length.is_nan() || length <= 1e-12 {
        return false;
    }
    *axis = next / length;
    true
}

fn remove(axis: &mut Array1<f64>, direction: Option<&Array1<f64>>) {
    if let Some(direction) = direction {
        let along = axis.dot(direction);
        axis.scaled_add(-along, direction);
    }
}

fn any_orthogonal(d: usize, direction: Option<&Array1<f64>>) -> Array1<f64> {
    let mut best = Array1::zeros(d);
    for i in 0..d {
        let mut unit = Array1::zeros(d);
        unit[i] = 1.0;
        remove(&mut unit, direction);
        if unit.dot(&unit) > best.dot(&best) {
            best = unit;
        }
    }
    let length = best.dot(&best).sqrt();
    if length > 0.0 { best / length } else { best }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn finds_the_axes_of_a_stretched_cross() {
        let values = array![[10.0_f32, 10.0], [-10.0, -10.0], [1.0, -1.0], [-1.0, 1.0]];
        let [first, second] = principal_plane(values.view());
        let half = 0.5_f32.sqrt();
        assert!(
            (first[0] - half).abs() < 1e-5 && (first[1] - half).abs() < 1e-5,
            "{first:?}"
        );
        assert!(
            (second[0].abs() - half).abs() < 1e-5 && second[0] * second[1] < 0.0,
            "{second:?}"
        );
    }

    #[test]
    fn both_ways_find_the_same_plane() {
        let values = Array2::from_shape_fn((60, 7), |(row, column)| {
            let (row, column) = (row as f32, column as f32);
            (row * 0.7).sin() * 9.0 * column + (row * 1.9).cos() * 4.0 + (row * column).sin()
        });
        let plane = principal_plane(values.view());
        let other = by_subspace(values.view()).expect("a plane");
        for (a, b) in plane.iter().flatten().zip(other.iter().flatten()) {
            assert!((a - b).abs() < 1e-3, "{plane:?} {other:?}");
        }
    }

    #[test]
    fn rows_on_a_line_still_span_a_plane() {
        let values = array![[0.0_f32, 0.0, 0.0], [1.0, 2.0, 0.0], [2.0, 4.0, 0.0]];
        let [first, second] = principal_plane(values.view());
        let dot: f32 = first.iter().zip(&second).map(|(a, b)| a * b).sum();
        let length: f32 = second.iter().map(|entry| entry * entry).sum();
        assert!(
            dot.abs() < 1e-5 && (length - 1.0).abs() < 1e-5,
            "{first:?} {second:?}"
        );
    }
}
