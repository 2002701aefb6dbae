//! Where a member is trusted, in words.

use ndarray::Axis;

use super::{Model, Region, RuleTree};

/// Instances to which the tree is fitted at most, and values of theirs.
const SAMPLE: usize = 4_000;
const VALUES: usize = 1_000_000;

/// How far above its prior a relevance must lie to count: rounding is not trust.
const ABOVE: f32 = 1e-3;

/// The region in which a member's relevance is above its prior.
#[derive(Clone, Debug, PartialEq)]
pub struct Ruling {
    /// The member.
    pub member: usize,
    /// Its prior relevance `b`.
    pub b: f32,
    /// Its relevance at the instance that was asked about.
    pub relevance: f32,
    /// The region around that instance; what is counted is `p_m > b`.
    pub region: Region,
}

/// Describes where the most relevant member of an instance rules, by a [`RuleTree`] on an evenly
/// strewn sample of the table.
///
/// Of several members it is the one whose relevance has risen most above its prior, on the scale of
/// what is left to 1: `(p_m − b_m) / (1 − b_m)`. `None` where none has risen.
pub(super) fn ruling(model: &Model, instance: usize) -> Option<Ruling> {
    let fitted = model.fitted();
    let here = model.parts_of(&[instance]);
    let b = fitted.b();
    let risen = |member: usize| (here.relevance(0, member) - b[member]) / (1.0 - b[member]);
    let member = (1..b.len()).fold(0, |most, member| match risen(member) > risen(most) {
        true => member,
        false => most,
    });
    let relevance = here.relevance(0, member);
    if relevance <= b[member] + ABOVE {
        return None;
    }
    let rows = sample(fitted.n(), fitted.d(), instance);
    let parts = model.parts_of(&rows);
    let inside: Vec<bool> = (0..rows.len())
        .map(|row| parts.relevance(row, member) > b[member] + ABOVE)
        .collect();
    let features = fitted.dataset().features();
    let tree = RuleTree::fit(features.select(Axis(0), &rows).view(), &inside);
    let row = features.row(instance).to_vec();
    Some(Ruling {
        member,
        b: b[member],
        relevance,
        region: tree.region_of(&row),
    })
}

/// Evenly strewn instances, and the one asked about among them.
fn sample(n: usize, d: usize, instance: usize) -> Vec<usize> {
    let most = SAMPLE.min(VALUES / d.max(1)).max(100);
    let stride = n.div_ceil(most).max(1);
    let first = instance % stride;
    (first..n).step_by(stride).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_are_even_and_hold_the_instance() {
        assert_eq!(sample(5, 2, 3), [0, 1, 2, 3, 4]);
        let strewn = sample(1_000_000, 30, 123_457);
        assert!(strewn.len() <= 4_001 && strewn.contains(&123_457));
        assert!(sample(1_000_000, 20_000, 0).len() <= 101);
    }
}
