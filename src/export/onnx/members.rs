//! Members of every kind.

use std::ops::Range;

use super::cells::Said;
use super::graph::Graph;
use super::point::Point;
use super::{distances, forest, formulas, gaussian_mixture, histograms};
use crate::ensemble::{Ensemble, Member, Projection, ScoreScale};

/// Lowers all members, `[n, m]`.
///
/// # Shapes
/// `relevance` `[n_cells]`, that of each cell.
pub(super) fn lower(
    graph: &mut Graph,
    point: &mut Point,
    ensemble: &Ensemble,
    names: &[String],
    relevance: &[f32],
) -> Said {
    let (mut scores, mut by_cells) = (Vec::new(), Vec::new());
    let mut next = 0;
    while next < ensemble.len() {
        let projections = ensemble.members()[next..].iter().map_while(projection);
        let group = next..next + projections.count().max(1);
        next = group.end;
        graph.enter(names.get(group.start).map_or("member", String::as_str));
        let said = said(graph, point, ensemble, group, relevance);
        scores.push(said.scores);
        by_cells.push(said.by_cells);
    }
    graph.enter("members");
    let [scores, by_cells] = [scores, by_cells].map(|some| graph.beside(&some));
    Said { scores, by_cells }
}

/// Lowers one member, or neighbouring ones that are projections.
fn said(
    graph: &mut Graph,
    point: &mut Point,
    ensemble: &Ensemble,
    group: Range<usize>,
    relevance: &[f32],
) -> Said {
    let members = &ensemble.members()[group.clone()];
    let cells = ensemble.cells_of(group.start).start..ensemble.cells_of(group.end - 1).end;
    let relevance = &relevance[cells.clone()];
    let placed = match &members[0] {
        Member::IsolationForest(trees) | Member::ObliqueForest(trees) => {
            return forest::lower(graph, point, trees, &ensemble.values()[cells], relevance);
        }
        Member::Loda(_) | Member::Hbos(_) => {
            let projections: Vec<&Projection> = members.iter().filter_map(projection).collect();
            histograms::lower(graph, point, &projections)
        }
        Member::Knn(detector) => distances::neighbours(graph, point, detector),
        Member::Lof(detector) => distances::density(graph, point, detector),
        Member::Cblof(detector) => distances::clusters(graph, point, detector),
        Member::GaussianMixture(detector) => gaussian_mixture::lower(graph, point, detector),
        Member::OneClassSvm(detector) => formulas::boundary(graph, point, detector),
        Member::Pca(detector) => formulas::subspace(graph, point, detector),
        Member::Autoencoder(detector) => formulas::reconstruction(graph, point, detector),
        Member::OutlierRule(detector) => formulas::rule(graph, point, detector),
        Member::Given(detector) => formulas::given(graph, point, detector),
    };
    let parts = ensemble.parts_of(group.start).start..ensemble.parts_of(group.end - 1).end;
    let scales: Vec<ScoreScale> = parts.map(|part| ensemble.scale(part)).collect();
    placed.said(graph, &scales, relevance)
}

fn projection(member: &Member) -> Option<&Projection> {
    match member {
        Member::Loda(projection) | Member::Hbos(projection) => Some(projection),
        _ => None,
    }
}
