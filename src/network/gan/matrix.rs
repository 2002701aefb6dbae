//! Products of matrices that are held as plain numbers.

use ndarray::linalg::general_mat_mul;
use ndarray::{ArrayView2, ArrayViewMut2};

/// Numbers, row by row, as a matrix or as its transpose.
#[derive(Clone, Copy, Debug)]
pub(super) struct Matrix<'a> {
    values: &'a [f32],
    columns: usize,
    turned: bool,
}

impl<'a> Matrix<'a> {
    /// Rows of so many numbers.
    pub(super) fn new(values: &'a [f32], columns: usize) -> Self {
        Self {
            values,
            columns: columns.max(1),
            turned: false,
        }
    }

    /// Its transpose.
    pub(super) fn turned(self) -> Self {
        Self {
            turned: !self.turned,
            ..self
        }
    }

    fn view(self) -> Option<ArrayView2<'a, f32>> {
        let shape = (self.values.len() / self.columns, self.columns);
        let view = ArrayView2::from_shape(shape, self.values).ok()?;
        Some(match self.turned {
            true => view.reversed_axes(),
            false => view,
        })
    }
}

/// `to = a · b + keep · to`, on this thread; `to` is as large as the product.
pub(super) fn multiply(a: Matrix<'_>, b: Matrix<'_>, keep: f32, to: &mut [f32]) {
    if let (Some(a), Some(b)) = (a.view(), b.view())
        && let Ok(mut to) = ArrayViewMut2::from_shape((a.nrows(), b.ncols()), to)
    {
        general_mat_mul(1.0, &a, &b, keep, &mut to);
    }
}
