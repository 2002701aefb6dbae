//! The directions of largest variance, many at a time.

use ndarray::{Array2, ArrayView1, ArrayView2, Axis};
use rand_distr::{Distribution, StandardNormal};
use serde::{Deserialize, Serialize};

use super::stream;

/// Rounds of the subspace iteration.
const ROUNDS: usize = 60;

/// Main directions of some rows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(into = "ComponentsText", try_from = "ComponentsText")]
pub struct Components {
    /// The mean of the rows `[d]`.
    pub mean: Vec<f64>,
    /// Orthonormal columns `[d, count]`, that of the largest variance first.
    pub directions: Array2<f64>,
}

/// [`Components`] as they stand in a file.
#[derive(Serialize, Deserialize)]
#[serde(rename = "Components", deny_unknown_fields)]
struct ComponentsText {
    mean: Vec<f64>,
    /// Row by row.
    directions: Vec<f64>,
}

impl From<Components> for ComponentsText {
    fn from(Components { mean, directions }: Components) -> Self {
        let directions = directions.into_iter().collect();
        Self { mean, directions }
    }
}

impl TryFrom<ComponentsText> for Components {
    type Error = String;

    fn try_from(ComponentsText { mean, directions }: ComponentsText) -> Result<Self, String> {
        let count = directions.len() / mean.len().max(1);
        if mean
            .iter()
            .chain(&directions)
            .any(|value| !value.is_finite())
        {
            return Err("a number of main directions is not finite".to_owned());
        }
        let shape = (mean.len(), count);
        let directions = Array2::from_shape_vec(shape, directions)
            .map_err(|_| "main directions do not fit their mean".to_owned())?;
        Ok(Self { mean, directions })
    }
}

impl Components {
    /// The number of directions.
    pub fn count(&self) -> usize {
        self.directions.ncols()
    }

    /// Where a row `[d]` lies along each direction, seen from the mean.
    pub fn coordinates(&self, row: ArrayView1<'_, f32>) -> Vec<f64> {
        let mut found = vec![0.0; self.count()];
        for ((value, mean), entries) in row.iter().zip(&self.mean).zip(self.directions.rows()) {
            let off = f64::from(*value) - mean;
            found
                .iter_mut()
                .zip(entries)
                .for_each(|(sum, entry)| *sum += off * entry);
        }
        found
    }
}

/// Finds up to `count` orthonormal directions along which the rows vary most, by subspace
/// iteration; fewer where the rows do not vary in so many.
///
/// # Shapes
/// `rows` `[n, d]`.
pub fn principal_components(rows: ArrayView2<'_, f32>, count: usize) -> Components {
    let (n, d) = rows.dim();
    let mut x = rows.mapv(f64::from);
    let mean = x
        .mean_axis(Axis(0))
        .map_or_else(|| vec![0.0; d], |mean| mean.to_vec());
    for mut row in x.rows_mut() {
        row.iter_mut()
            .zip(&mean)
            .for_each(|(value, mean)| *value -= mean);
    }
    let count = count.min(d).min(n.saturating_sub(1));
    let total: f64 = x.iter().map(|value| value * value).sum();
    let mut random = stream(0, "components", 0);
    let mut basis = Array2::from_shape_simple_fn((d, count), || StandardNormal.sample(&mut random));
    for _ in 0..ROUNDS {
        basis = x.t().dot(&x.dot(&basis));
        orthonormalise(&mut basis);
    }
    let along = x.dot(&basis);
    let varies = |column: &usize| {
        let squares: f64 = along.column(*column).iter().map(|at| at * at).sum();
        squares > 1e-10 * total
    };
    let kept: Vec<usize> = (0..count).filter(varies).collect();
    let mut directions = basis.select(Axis(1), &kept);
    for mut column in directions.columns_mut() {
        // The largest entry is positive, so that a picture does not flip between runs.
        let largest = column.iter().copied().fold(0.0_f64, |best, entry| {
            if entry.abs() > best.abs() {
                entry
            } else {
                best
            }
        });
        if largest < 0.0 {
            column.mapv_inplace(|entry| -entry);
        }
    }
    Components { mean, directions }
}

/// Makes the columns orthonormal, from the first on (modified Gram-Schmidt); what is left of a
/// column that depends on those before is 0.
fn orthonormalise(basis: &mut Array2<f64>) {
    for column in 0..basis.ncols() {
        let whole = basis.column(column).dot(&basis.column(column)).sqrt();
        for before in 0..column {
            let along = basis.column(before).dot(&basis.column(column));
            let direction = basis.column(before).to_owned();
            basis.column_mut(column).scaled_add(-along, &direction);
        }
        let length = basis.column(column).dot(&basis.column(column)).sqrt();
        // What rounding leaves of a column that depends on those before is no direction.
        let is_left = length > 1e-12 * whole && length > 1e-200;
        let scale = if is_left { 1.0 / length } else { 0.0 };
        basis.column_mut(column).mapv_inplace(|entry| entry * scale);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn directions_come_back_equal_from_text_and_others_are_refused() {
        let rows = array![[3.0_f32, 0.1], [-3.0, 0.2], [0.0, 1.0]];
        let found = principal_components(rows.view(), 2);
        let text = ron::to_string(&found).expect("text");
        assert_eq!(ron::from_str::<Components>(&text), Ok(found));
        let told = |text: &str| {
            let read = ron::from_str::<Components>(text);
            read.expect_err("a refusal").to_string()
        };
        assert!(told("(mean:[0.0,1.0],directions:[1.0])").contains("do not fit"));
        assert!(told("(mean:[NaN],directions:[1.0])").contains("not finite"));
    }

    #[test]
    fn a_plane_in_space_has_two_directions() {
        let rows = array![
            [3.0_f32, 0.0, 1.0],
            [-3.0, 0.0, 1.0],
            [0.0, 1.0, 1.0],
            [0.0, -1.0, 1.0]
        ];
        let found = principal_components(rows.view(), 3);
        assert_eq!(
            (found.count(), found.mean.clone()),
            (2, vec![0.0, 0.0, 1.0])
        );
        let along = found.coordinates(rows.row(0));
        assert!(
            (along[0] - 3.0).abs() < 1e-9 && along[1].abs() < 1e-9,
            "{along:?}"
        );
    }
}
