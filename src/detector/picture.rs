//! What a part of a member saw of an instance, in the units of the table.

use super::region::{significant, words};
use super::{Condition, Fitted};
use crate::ensemble::{CutSeen, PartView};

/// A picture of what a part saw.
#[derive(Clone, Debug, PartialEq)]
pub enum Picture {
    /// A histogram with the instance's place on it.
    Histogram {
        /// The feature along which it runs, in its raw unit; `None` for a projection of several,
        /// in standard deviations of the features.
        feature: Option<usize>,
        /// The left end of the first bin.
        low: f32,
        /// The width of a bin.
        width: f32,
        /// Instances in each bin.
        counts: Vec<u32>,
        /// Where the instance lies.
        at: f32,
    },
    /// The way through a tree.
    Path {
        /// Cuts on the way.
        cuts: usize,
        /// The region that cuts across single features leave, in words; empty where there are none.
        region: String,
        /// The slanting cuts in words, the most isolating first.
        slanting: Vec<String>,
    },
    /// Nothing but a score.
    Score,
}

/// Makes the picture of what part `part` of a member saw.
pub(super) fn picture(fitted: &Fitted, member: usize, part: usize, instance: usize) -> Picture {
    let x = fitted.x_of(&[instance]);
    let x = x.as_slice().unwrap_or_default();
    let detector = fitted.ensemble().members()[member].detector();
    match detector.part_view(part, x) {
        PartView::Score => Picture::Score,
        PartView::Cuts(cuts) => path(fitted, &cuts),
        PartView::Bins {
            low,
            width,
            counts,
            at,
        } => {
            let along = single(detector.direction().unwrap_or_default());
            match along {
                None => Picture::Histogram {
                    feature: None,
                    low,
                    width,
                    counts,
                    at,
                },
                Some((feature, forwards)) => {
                    in_raw_units(fitted, feature, forwards, (low, width), counts, at)
                }
            }
        }
    }
}

/// The only feature along a direction, and whether it points upwards.
fn single(direction: &[f32]) -> Option<(usize, bool)> {
    let mut along = (direction.iter().enumerate()).filter(|(_, entry)| **entry != 0.0);
    match (along.next(), along.next()) {
        (Some((feature, &entry)), None) => Some((feature, entry > 0.0)),
        _ => None,
    }
}

fn in_raw_units(
    fitted: &Fitted,
    feature: usize,
    forwards: bool,
    (low, width): (f32, f32),
    mut counts: Vec<u32>,
    at: f32,
) -> Picture {
    let (mean, deviation) = scale(fitted, feature);
    let raw = |along: f32| {
        let upwards = if forwards { along } else { -along };
        (f64::from(upwards) * deviation + mean) as f32
    };
    let far = low + width * counts.len() as f32;
    if !forwards {
        counts.reverse();
    }
    Picture::Histogram {
        feature: Some(feature),
        low: raw(if forwards { low } else { far }),
        width: (f64::from(width) * deviation) as f32,
        counts,
        at: raw(at),
    }
}

fn scale(fitted: &Fitted, feature: usize) -> (f64, f64) {
    let scaling = fitted.scaling();
    (scaling.means()[feature], scaling.deviations()[feature])
}

/// Digits of a random cut's place that are worth reading.
const DIGITS: i32 = 3;

fn path(fitted: &Fitted, cuts: &[CutSeen]) -> Picture {
    let names = fitted.dataset().feature_names();
    let mut conditions = Vec::new();
    let mut slanting: Vec<&CutSeen> = Vec::new();
    for cut in cuts {
        if cut.weights[1] == 0.0 && cut.weights[0] > 0.0 {
            let (mean, deviation) = scale(fitted, cut.features[0]);
            let threshold = f64::from(cut.threshold / cut.weights[0]) * deviation + mean;
            let threshold = significant(threshold as f32, DIGITS + 1);
            Condition::narrow(&mut conditions, cut.features[0], threshold, cut.above);
        } else {
            slanting.push(cut);
        }
    }
    slanting.sort_by(|a, b| b.isolates.total_cmp(&a.isolates));
    let region = match conditions.is_empty() {
        true => String::new(),
        false => words(&conditions, names),
    };
    Picture::Path {
        cuts: cuts.len(),
        region,
        slanting: slanting.iter().map(|cut| slant(fitted, cut)).collect(),
    }
}

/// A slanting cut in raw units: `0.5·a − 2·b > 3`.
fn slant(fitted: &Fitted, cut: &CutSeen) -> String {
    let names = fitted.dataset().feature_names();
    let mut threshold = f64::from(cut.threshold);
    let mut terms = String::new();
    for (place, (feature, weight)) in cut.features.into_iter().zip(cut.weights).enumerate() {
        let (mean, deviation) = scale(fitted, feature);
        let weight = f64::from(weight) / deviation;
        threshold += weight * mean;
        let sign = match (place, weight < 0.0) {
            (0, false) => "",
            (0, true) => "−",
            (_, false) => " + ",
            (_, true) => " − ",
        };
        let size = significant(weight.abs() as f32, DIGITS);
        terms.push_str(&format!("{sign}{size}·{}", names[feature]));
    }
    let side = if cut.above { '>' } else { '≤' };
    format!("{terms} {side} {}", significant(threshold as f32, DIGITS))
}
