//! How another table differs from the one that a detector was fitted to.

use super::Fitted;
use crate::numeric::{quantile, sorted};

/// The share of values on either side that counts as its edge.
const EDGE: f64 = 0.01;
/// Shares of new values beyond the two edges together from which on a column has drifted: five
/// times what they hold of the earlier table, which a few hundred rows do not reach by chance.
const MANY: f64 = 10.0 * EDGE;
/// Standard deviations by which scores must move to be told.
const FAR: f64 = 0.5;
/// Columns and members that are named.
const NAMED: usize = 5;

/// How far the new values of a feature lie outside of the earlier ones.
#[derive(Clone, Debug, PartialEq)]
pub struct ColumnDrift {
    /// The feature.
    pub name: String,
    /// The share of new values below the lowest hundredth of the earlier ones.
    pub below: f64,
    /// The share above the highest hundredth.
    pub above: f64,
}

/// How far the scores of a member moved.
#[derive(Clone, Debug, PartialEq)]
pub struct MemberDrift {
    /// The member.
    pub name: String,
    /// The new mean less the earlier one, in standard deviations of the earlier scores.
    pub moved: f64,
}

/// How a table differs from the one that a detector was fitted to.
#[derive(Clone, Debug, PartialEq)]
pub struct Drift {
    /// By feature.
    pub columns: Vec<ColumnDrift>,
    /// By member.
    pub members: Vec<MemberDrift>,
}

impl Drift {
    /// Holds the first `rows` instances of `new` against all of `earlier`; the detector of both is
    /// the same.
    pub fn of(earlier: &Fitted, new: &Fitted, rows: usize) -> Self {
        let names = earlier.dataset().feature_names();
        let columns = names.iter().enumerate().map(|(at, name)| {
            let before = sorted(earlier.dataset().features().column(at).iter().copied());
            let [low, high] = [EDGE, 1.0 - EDGE].map(|share| quantile(&before, share));
            let features = new.dataset().features();
            let values = features.column(at);
            let share = |is: &dyn Fn(f32) -> bool| {
                let many = values.iter().take(rows).filter(|value| is(**value)).count();
                many as f64 / rows.max(1) as f64
            };
            ColumnDrift {
                name: name.clone(),
                below: share(&|value| value < low),
                above: share(&|value| value > high),
            }
        });
        let members = earlier.frozen().member_names().into_iter().enumerate();
        let members = members.map(|(at, name)| {
            let moments = |scores: &[f32]| {
                let n = scores.len().max(1) as f64;
                let mean = scores.iter().map(|&score| f64::from(score)).sum::<f64>() / n;
                let squares = scores
                    .iter()
                    .map(|&score| (f64::from(score) - mean).powi(2));
                (mean, (squares.sum::<f64>() / n).sqrt())
            };
            let before: Vec<f32> = earlier.member_scores().column(at).to_vec();
            let after = new.member_scores();
            let after: Vec<f32> = after.column(at).iter().take(rows).copied().collect();
            // Not the medians: a histogram's scores are few, and jump from one to the next.
            let ((was, deviation), (is, _)) = (moments(&before), moments(&after));
            let off = is - was;
            MemberDrift {
                name,
                moved: if deviation > 0.0 {
                    off / deviation
                } else {
                    0.0
                },
            }
        });
        Self {
            columns: columns.collect(),
            members: members.collect(),
        }
    }

    /// What an analyst should know of it, a sentence each.
    pub fn sentences(&self) -> Vec<String> {
        let mut columns: Vec<&ColumnDrift> = self.columns.iter().collect();
        columns.retain(|column| column.below + column.above > MANY);
        columns.sort_by(|a, b| (b.below + b.above).total_cmp(&(a.below + a.above)));
        let mut members: Vec<&MemberDrift> = self.members.iter().collect();
        members.retain(|member| member.moved.abs() > FAR);
        members.sort_by(|a, b| b.moved.abs().total_cmp(&a.moved.abs()));
        let named = |texts: Vec<String>| match texts.len().checked_sub(NAMED) {
            None | Some(0) => texts.join(", "),
            Some(more) => format!("{} and {more} more", texts[..NAMED].join(", ")),
        };
        let mut sentences = Vec::new();
        if !columns.is_empty() {
            let texts = columns.iter().map(|column| {
                let [below, above] = [column.below, column.above].map(|share| share * 100.0);
                format!("“{}” ({below:.0} % below, {above:.0} % above)", column.name)
            });
            sentences.push(format!(
                "Drift: new values lie outside of the middle 98 % of the earlier ones in {}.",
                named(texts.collect())
            ));
        }
        if !members.is_empty() {
            let texts = members.iter().map(|member| {
                format!("{} ({:+.1} standard deviations)", member.name, member.moved)
            });
            sentences.push(format!(
                "Drift: the mean score has moved for {}.",
                named(texts.collect())
            ));
        }
        match sentences.is_empty() {
            false => sentences.push(
                "Where the drift is the ordinary course of things, fit the detectors again on both tables.".to_owned(),
            ),
            true => sentences.push("No column and no member has drifted.".to_owned()),
        }
        sentences
    }
}
