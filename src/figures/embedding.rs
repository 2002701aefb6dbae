//! Rows laid out so that alike ones lie together.

use std::collections::BTreeSet;
use std::sync::Arc;

use ndarray::Axis;
use rand::seq::index::sample;

use crate::detector::{Model, Space};
use crate::numeric::{Cancelled, Watch, all_within, stream, tsne};

/// Rows that are laid out at most: time and memory go with their square.
pub const MOST_EMBEDDED: usize = 2_000;
/// Of a larger table so many are those that rank first.
const FIRST: usize = 500;

/// Rows on a plane on which alike ones lie together.
#[derive(Clone, Debug)]
pub struct Embedding {
    /// The model whose candidates are among them.
    pub model: Arc<Model>,
    /// By what they are alike.
    pub space: Space,
    /// The rows, ascending.
    pub instances: Vec<usize>,
    /// Where each of them lies.
    pub locations: Vec<[f32; 2]>,
}

impl Embedding {
    /// Lays rows out by t-SNE ([`tsne`]): all of a small table, of a large one those that rank first
    /// and others by chance. The same bits for a model and the seed of its settings.
    ///
    /// # Errors
    /// [`Cancelled`] when `watch` says so.
    pub fn of(model: Arc<Model>, space: Space, watch: &mut dyn Watch) -> Result<Self, Cancelled> {
        let instances = rows(&model);
        let fitted = model.fitted();
        let points = match space {
            Space::Features => fitted.x_of(&instances),
            Space::Scores => fitted.member_scores().select(Axis(0), &instances),
        };
        let locations = tsne(points.view(), fitted.settings().seed, watch)?;
        Ok(Self {
            model,
            space,
            instances,
            locations,
        })
    }

    /// Where a row lies, if it is among them.
    pub fn location_of(&self, instance: usize) -> Option<[f32; 2]> {
        let at = self.instances.binary_search(&instance).ok()?;
        self.locations.get(at).copied()
    }

    /// The rows that lie within a line, ascending.
    pub fn within(&self, line: &[[f32; 2]]) -> Vec<usize> {
        let found = all_within(line, &self.locations);
        found.into_iter().map(|at| self.instances[at]).collect()
    }
}

/// The rows that are laid out, ascending.
fn rows(model: &Model) -> Vec<usize> {
    let n = model.fitted().n();
    if n <= MOST_EMBEDDED {
        return (0..n).collect();
    }
    let mut chosen: BTreeSet<usize> = model.top(FIRST).into_iter().collect();
    let mut random = stream(model.fitted().settings().seed, "embedded rows", 0);
    for row in sample(&mut random, n, MOST_EMBEDDED) {
        if chosen.len() == MOST_EMBEDDED {
            break;
        }
        chosen.insert(row);
    }
    chosen.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::toys;
    use crate::detector::{Fitted, Settings};
    use crate::numeric::Unwatched;

    struct Impatient(usize);

    impl Watch for Impatient {
        fn step(&mut self, _: &'static str, _: usize, _: usize) -> Result<(), Cancelled> {
            self.0 += 1;
            if self.0 > 3 { Err(Cancelled) } else { Ok(()) }
        }
    }

    fn model() -> Arc<Model> {
        let dataset = Arc::new(toys()[0].open());
        let fitted = Fitted::fit(&dataset, &Settings::default(), &mut Unwatched);
        Arc::new(Model::primed(&Arc::new(fitted.expect("a fit"))))
    }

    #[test]
    fn every_row_of_a_small_table_has_a_place_and_a_line_finds_it() {
        let model = model();
        for space in Space::ALL {
            let found = Embedding::of(Arc::clone(&model), space, &mut Unwatched).expect("places");
            assert_eq!(found.instances.len(), model.fitted().n());
            let [x, y] = found.location_of(7).expect("a place");
            let hair = 1e-3;
            let around = [
                [x - hair, y - hair],
                [x + hair, y - hair],
                [x + hair, y + hair],
                [x - hair, y + hair],
            ];
            assert!(found.within(&around).contains(&7));
        }
    }

    #[test]
    fn nothing_comes_of_it_where_nobody_waits() {
        let stopped = Embedding::of(model(), Space::Features, &mut Impatient(0));
        assert_eq!(stopped.err(), Some(Cancelled));
    }
}
