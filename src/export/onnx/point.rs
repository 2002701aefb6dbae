//! Instances on their way into the members.

use super::graph::{Graph, Value};
use super::proto::ElementType;
use crate::dataset::{Schema, Standardiser};

/// Standardised instances.
pub(super) struct Point {
    /// All features `[n, d]`.
    pub(super) x: Value,
    /// One by one `[n, 1]`; made when they are asked for.
    columns: Vec<Value>,
    d: usize,
}

/// What lies far out, by its logarithm ([`bent`](crate::dataset::bent)).
fn bend(graph: &mut Graph, z: &Value) -> Value {
    let reach = graph.scalar(Standardiser::REACH);
    let minus = graph.scalar(-Standardiser::REACH);
    let within = graph.max(z, &minus);
    let within = graph.min(&within, &reach);
    let negative = graph.op("Neg", &[z]);
    let [above, below] = [z, &negative].map(|z| {
        let beyond = graph.max(z, &reach);
        let beyond = graph.div(&beyond, &reach);
        let beyond = graph.op("Log", &[&beyond]);
        graph.mul(&beyond, &reach)
    });
    let out = graph.add(&within, &above);
    graph.sub(&out, &below)
}

impl Point {
    /// Fills what is missing and standardises, in double precision as the program does.
    pub(super) fn new(
        graph: &mut Graph,
        raw: &Value,
        schema: &Schema,
        scaling: &Standardiser,
    ) -> Self {
        graph.enter("standardise");
        let missing = graph.op("IsNaN", &[raw]);
        let fills = graph.row(schema.feature_fills());
        let filled = graph.pick(&missing, &fills, raw);
        let filled = graph.cast(&filled, ElementType::Double);
        let means = graph.row(scaling.means().iter().copied());
        let deviations = graph.row(scaling.deviations().iter().copied());
        let centred = graph.sub(&filled, &means);
        let scaled = graph.div(&centred, &deviations);
        let bent = bend(graph, &scaled);
        let x = graph.cast(&bent, ElementType::Float);
        let size = graph.op("Abs", &[&x]);
        let (least, zero) = (graph.scalar(f32::MIN_POSITIVE), graph.scalar(0.0_f32));
        let is_faint = graph.op("Less", &[&size, &least]);
        Self {
            x: graph.pick(&is_faint, &zero, &x),
            columns: Vec::new(),
            d: scaling.n_features(),
        }
    }

    /// The number of features.
    pub(super) fn d(&self) -> usize {
        self.d
    }

    /// The features one by one, `[n, 1]` each.
    pub(super) fn columns(&mut self, graph: &mut Graph) -> Vec<Value> {
        if self.columns.is_empty() {
            self.columns = (0..self.d)
                .map(|column| graph.column(&self.x, column))
                .collect();
        }
        self.columns.clone()
    }

    /// `Σ_j x_j · weights_j`, added up in the order of the features as the program does.
    ///
    /// # Shapes
    /// `weights(j)` `[k]` for each feature; `[n, k]`.
    pub(super) fn dot(&mut self, graph: &mut Graph, weights: impl Fn(usize) -> Vec<f32>) -> Value {
        let columns = self.columns(graph);
        let products: Vec<Value> = columns
            .iter()
            .enumerate()
            .map(|(feature, column)| {
                let weights = graph.row(weights(feature));
                graph.mul(column, &weights)
            })
            .collect();
        graph.total(products)
    }

    /// `Σ_j (points_j − x_j)²`, added up in the order of the features as the program does.
    ///
    /// # Shapes
    /// `points(j)` `[k]`, feature by feature; `[n, k]`.
    pub(super) fn squares(
        &mut self,
        graph: &mut Graph,
        points: impl Fn(usize) -> Vec<f32>,
    ) -> Value {
        let columns = self.columns(graph);
        let squares: Vec<Value> = columns
            .iter()
            .enumerate()
            .map(|(feature, column)| {
                let points = graph.row(points(feature));
                let off = graph.sub(&points, column);
                graph.square(&off)
            })
            .collect();
        graph.total(squares)
    }
}
