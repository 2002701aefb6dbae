//! Why an instance scores as it does.

use super::Model;

/// One member's part in the score of an instance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Contribution {
    /// The member.
    pub member: usize,
    /// Its score `s_m`, `>= 0`.
    pub score: f32,
    /// Its relevance `p_m` at the instance, in (0, 1).
    pub relevance: f32,
    /// `s_m · p_m`.
    pub product: f32,
    /// The product's share of the anomaly score, in `[0, 1]`; 0 where the score is 0.
    pub share: f32,
}

/// Lists the members' parts in the score of an instance, the largest first; ties by member.
pub fn explain(model: &Model, instance: usize) -> Vec<Contribution> {
    let found = model.parts_of(&[instance]);
    let total: f32 = found.products.row(0).sum();
    let mut parts: Vec<Contribution> = (0..found.scores.ncols())
        .map(|member| {
            let product = found.products[[0, member]];
            Contribution {
                member,
                score: found.scores[[0, member]],
                relevance: found.relevance(0, member),
                product,
                share: if total > 0.0 { product / total } else { 0.0 },
            }
        })
        .collect();
    parts.sort_by(|a, b| {
        b.product
            .total_cmp(&a.product)
            .then(a.member.cmp(&b.member))
    });
    parts
}
