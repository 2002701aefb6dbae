//! Instances that are like another.

use std::sync::Arc;

use ndarray::ArrayView1;

use super::Model;
use crate::numeric::{Cancelled, Watch, map_each};

/// In which space instances are compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Space {
    /// By what the members say of them: alike are those that the same detectors find odd.
    #[default]
    Scores,
    /// By their standardised features.
    Features,
}

impl Space {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Scores, Self::Features];

    /// Its name on screen.
    pub fn name(self) -> &'static str {
        match self {
            Self::Scores => "member scores",
            Self::Features => "features",
        }
    }
}

/// Another instance, and how far it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Near {
    /// The instance.
    pub instance: usize,
    /// Its Euclidean distance: in standard deviations of the features, or in units of the members'
    /// spread.
    pub distance: f32,
}

/// The instances that are nearest to one.
#[derive(Clone, Debug)]
pub struct Similar {
    /// The model on whose detector they were compared.
    pub model: Arc<Model>,
    /// The instance.
    pub instance: usize,
    /// Where they were compared.
    pub space: Space,
    /// The others, the nearest first; ties by instance.
    pub near: Vec<Near>,
}

/// Rows that are compared at once.
const ROWS: usize = 1 << 14;

/// What [`Watch`] is told.
const COMPARING: &str = "comparing rows";

impl Similar {
    /// Finds the `most` instances that are nearest to one; the same on one core or many.
    ///
    /// Two instances `a` and `b` are `√Σ_j (a_j − b_j)²` apart, with `j` over the standardised
    /// features or over the member scores, which have one spread each.
    ///
    /// # Errors
    /// [`Cancelled`] when `watch` says so.
    pub fn find(
        model: &Arc<Model>,
        instance: usize,
        space: Space,
        most: usize,
        watch: &mut dyn Watch,
    ) -> Result<Self, Cancelled> {
        let fitted = model.fitted();
        let n = fitted.n();
        let scores = fitted.member_scores();
        let own = match space {
            Space::Scores => scores.row(instance).to_owned(),
            Space::Features => fitted.x_of(&[instance]).row(0).to_owned(),
        };
        let mut near: Vec<Near> = Vec::new();
        // A few blocks at a time, so that it can be cancelled between them.
        let blocks = n.div_ceil(ROWS);
        for first in (0..blocks).step_by(16) {
            watch.step(COMPARING, first * ROWS, n)?;
            let found = map_each((blocks - first).min(16), |block| {
                let rows = (first + block) * ROWS..((first + block + 1) * ROWS).min(n);
                let at = |row: usize, other: ArrayView1<'_, f32>| Near {
                    instance: row,
                    distance: distance(own.view(), other),
                };
                let all: Vec<Near> = match space {
                    Space::Scores => rows.map(|row| at(row, scores.row(row))).collect(),
                    Space::Features => {
                        let x = fitted.x(rows.clone());
                        rows.zip(x.rows()).map(|(row, x)| at(row, x)).collect()
                    }
                };
                nearest(all, instance, most)
            });
            near.extend(found.into_iter().flatten());
            near = nearest(near, instance, most);
        }
        Ok(Self {
            model: Arc::clone(model),
            instance,
            space,
            near,
        })
    }
}

fn distance(a: ArrayView1<'_, f32>, b: ArrayView1<'_, f32>) -> f32 {
    let squares = a.iter().zip(b).map(|(a, b)| f64::from(a - b).powi(2));
    squares.sum::<f64>().sqrt() as f32
}

/// The nearest of some instances but one, in order.
fn nearest(mut all: Vec<Near>, but: usize, most: usize) -> Vec<Near> {
    all.retain(|near| near.instance != but);
    let order = |a: &Near, b: &Near| {
        let by_distance = a.distance.total_cmp(&b.distance);
        by_distance.then(a.instance.cmp(&b.instance))
    };
    if all.len() > most && most > 0 {
        all.select_nth_unstable_by(most - 1, order);
    }
    all.truncate(most);
    all.sort_by(order);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_come_first_and_ties_by_instance() {
        let at = |instance, distance| Near { instance, distance };
        let all = vec![at(4, 2.0), at(0, 0.0), at(3, 1.0), at(2, 1.0), at(1, 9.0)];
        let found = nearest(all.clone(), 0, 3);
        assert_eq!(found, [at(2, 1.0), at(3, 1.0), at(4, 2.0)]);
        assert_eq!(nearest(all, 0, 100).len(), 4);
    }
}
