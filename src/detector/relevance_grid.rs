//! Members' scores and relevance over a plane.

use super::Model;
use super::surface::{Plane, covering};
use crate::ensemble::Member;
use crate::numeric::Grid;

/// What a layer of a relevance_grid is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Layer {
    /// One member.
    Member(usize),
    /// All members of a kind, summed.
    Kind(Vec<usize>),
}

impl Layer {
    /// The members in it.
    pub fn members(&self) -> &[usize] {
        match self {
            Self::Member(member) => std::slice::from_ref(member),
            Self::Kind(members) => members,
        }
    }
}

/// Scores and relevance of some members on a grid over a plane.
///
/// All values in the order of [`Grid::centres`].
#[derive(Clone, Debug, PartialEq)]
pub struct RelevanceGrid {
    /// The cells.
    pub grid: Grid,
    /// The layers.
    pub layers: Vec<RelevanceLayer>,
}

/// One layer's values.
#[derive(Clone, Debug, PartialEq)]
pub struct RelevanceLayer {
    /// Its members.
    pub layer: Layer,
    /// The member score `s_m`; of a kind, their sum.
    pub scores: Vec<f32>,
    /// The product `s_m · p_m`; of a kind, their sum.
    pub products: Vec<f32>,
    /// The relevance `p_m`; of a kind, the mean weighed by the scores, `Σ s_m p_m / Σ s_m`.
    pub relevance: Vec<f32>,
    /// How its projection grows across and up the map ([`Plane::gradient`]), where the layer is one
    /// member that looks along a direction.
    pub direction: Option<[f32; 2]>,
}

/// Ranks the members by what they contribute to the scores of the top τ, the largest first, with
/// the sum of their products there.
pub fn leading_members(model: &Model) -> Vec<(usize, f32)> {
    let fitted = model.fitted();
    let top = model.top((fitted.tau_rank() + 1).min(TOP));
    let parts = model.parts_of(&top);
    let mut members: Vec<(usize, f32)> = (0..fitted.ensemble().len())
        .map(|member| (member, parts.products.column(member).sum()))
        .collect();
    members.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    members
}

/// Instances of the top τ that are looked at to rank members.
const TOP: usize = 2_000;

/// Chooses layers: all members in their order where there are no more than `count`, else the
/// `count` that contribute most in the top τ and then each kind of which there are several, summed.
pub fn choose_layers(model: &Model, count: usize) -> Vec<Layer> {
    let members = model.fitted().ensemble().members();
    if members.len() <= count {
        return (0..members.len()).map(Layer::Member).collect();
    }
    let leading = leading_members(model);
    let mut layers: Vec<Layer> = leading
        .iter()
        .take(count)
        .map(|&(member, _)| Layer::Member(member))
        .collect();
    layers.extend(
        kinds(members)
            .into_iter()
            .filter(|kind| kind.len() > 1)
            .map(Layer::Kind),
    );
    layers
}

fn kinds(members: &[Member]) -> Vec<Vec<usize>> {
    let mut kinds: Vec<Vec<usize>> = Vec::new();
    for (place, member) in members.iter().enumerate() {
        let same = |kind: &&mut Vec<usize>| {
            kind.first().is_some_and(|&first| {
                std::mem::discriminant(&members[first]) == std::mem::discriminant(member)
            })
        };
        match kinds.iter_mut().find(same) {
            Some(kind) => kind.push(place),
            None => kinds.push(vec![place]),
        }
    }
    kinds
}

/// Computes layers on a grid of `cells × cells` that covers all `places` (coordinates of the
/// instances), on the slice of `plane` through instance `anchor`.
pub fn relevance_grid(
    model: &Model,
    plane: &Plane,
    locations: &[[f32; 2]],
    anchor: usize,
    cells: usize,
    layers: Vec<Layer>,
) -> RelevanceGrid {
    let grid = covering(locations, cells);
    let fitted = model.fitted();
    let points = plane.points(fitted.x_of(&[anchor]).row(0), grid.centres());
    let parts = model.parts_at(points.view());
    let layers = layers.into_iter().map(|layer| {
        let sum = |of: &ndarray::Array2<f32>| -> Vec<f32> {
            let rows = of.rows().into_iter();
            rows.map(|row| layer.members().iter().map(|&member| row[member]).sum())
                .collect()
        };
        let (scores, products) = (sum(&parts.scores), sum(&parts.products));
        let relevance = scores.iter().zip(&products);
        let relevance = relevance.map(|(&s, &product)| if s > 0.0 { product / s } else { 0.0 });
        let direction = match &layer {
            Layer::Member(member) => fitted.ensemble().members()[*member].detector().direction(),
            Layer::Kind(_) => None,
        };
        RelevanceLayer {
            relevance: relevance.collect(),
            direction: direction.and_then(|direction| plane.gradient(direction)),
            scores,
            products,
            layer,
        }
    });
    RelevanceGrid {
        grid,
        layers: layers.collect(),
    }
}
