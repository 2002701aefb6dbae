//! Why an instance scores as it does.

use ndarray::Axis;

use super::Model;

/// One member's part in the score of an instance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Contribution {
    /// The member.
    pub member: usize,
    /// Its score `s_m`, `>= 0`, in standard deviations over the table.
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
    let fitted = model.fitted();
    let relevance = model.relevance(fitted.x().select(Axis(0), &[instance]).view());
    let scores = fitted.member_scores();
    let scores = scores.row(instance);
    let total: f32 = scores
        .iter()
        .zip(relevance.row(0))
        .map(|(s, p)| s * p)
        .sum();
    let mut parts: Vec<Contribution> = scores
        .iter()
        .zip(relevance.row(0))
        .enumerate()
        .map(|(member, (&score, &relevance))| {
            let product = score * relevance;
            Contribution {
                member,
                score,
                relevance,
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
