//! What of the scores keeps the prior relevance, once anomalies were found.

use super::{Frozen, SourcePerformance};

/// How much of the scores is held at the prior.
///
/// Cells stand higher by a lift, so that answers count for more while little is found. As anomalies
/// are found it fades: of a score `s`, what is gone of the lift, `h`, keeps the prior `b`, whatever
/// a source says: its relevance is `((s − h) p + h b) / s`, so that score times relevance ranks as if
/// scores stood lower by `h`, and the scores themselves stay what they are.
#[derive(Debug)]
pub(super) struct Held {
    /// Of each part `[parts]`.
    pub(super) parts: Vec<f32>,
    /// Of each member `[m]`.
    pub(super) members: Vec<f32>,
    /// What it adds to every anomaly score, `Σ h b`.
    pub(super) total: f32,
}

impl Held {
    /// `None` where nothing is.
    pub(super) fn of(frozen: &Frozen, performance: &SourcePerformance) -> Option<Self> {
        let (ensemble, balance) = (frozen.ensemble(), frozen.balance());
        let gone = balance.gone(performance.found);
        if gone <= 0.0 {
            return None;
        }
        let parts = 0..ensemble.n_parts();
        let parts: Vec<f32> = parts
            .map(|part| gone * ensemble.lift_of(part, balance.lift))
            .collect();
        let member = |member| ensemble.parts_of(member).map(|part| parts[part]).sum();
        let members: Vec<f32> = (0..ensemble.len()).map(member).collect();
        let products = members.iter().zip(frozen.b()).map(|(held, b)| held * b);
        Some(Self {
            total: products.sum(),
            parts,
            members,
        })
    }

    /// The relevance that comes of it, where a source says `p` of a score of which `held` keeps the
    /// prior `b`.
    pub(super) fn relevance(score: f32, p: f32, held: f32, b: f32) -> f32 {
        match held < score {
            true => p + (b - p) * (held / score),
            false => b,
        }
    }

    /// That relevance times the score.
    pub(super) fn product(score: f32, p: f32, held: f32, b: f32) -> f32 {
        (score - held) * p + held * b
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_held_is_the_plain_product_and_all_held_the_prior() {
        assert_eq!(Held::product(3.3, 0.7, 0.0, 0.2), 3.3 * 0.7);
        assert_eq!(Held::product(2.0, 0.7, 2.0, 0.2), 2.0 * 0.2);
        // Half of it stands still: the score moves by the other half alone.
        let moved = Held::product(4.0, 0.75, 2.0, 0.5) - Held::product(4.0, 0.5, 2.0, 0.5);
        assert_eq!(moved, 2.0 * 0.25);
        for (score, held) in [(8.0_f32, 3.0), (3.5, 3.0), (2.0, 0.0), (2.0, 2.0)] {
            let relevance = Held::relevance(score, 0.9, held, 0.2);
            let product = Held::product(score, 0.9, held, 0.2);
            assert!((score * relevance - product).abs() < 1e-5, "{score} {held}");
        }
    }
}
