//! Draws points and writes them as CSV.

use std::fmt::Write;

use rand::RngExt;
use rand_distr::StandardNormal;

use crate::dataset::Label;
use crate::numeric::{Stream, stream};

/// A table in the making.
pub(super) struct Sheet {
    random: Stream,
    features: Vec<String>,
    rows: Vec<(Label, Vec<f64>)>,
}

/// An elliptical normal cloud in the plane.
pub(super) struct Cloud {
    /// Where it lies.
    pub(super) centre: [f64; 2],
    /// The direction of its long axis, of any length.
    pub(super) axis: [f64; 2],
    /// Its standard deviations along and across the axis, before it is cut off.
    pub(super) deviations: [f64; 2],
    /// At how many standard deviations from the centre it is cut off.
    pub(super) reach: f64,
}

impl Cloud {
    /// The point at `along` and `across` standard deviations from the centre.
    pub(super) fn at(&self, along: f64, across: f64) -> Vec<f64> {
        let [x, y] = self.axis;
        let length = (x * x + y * y).sqrt();
        let [along, across] = [along * self.deviations[0], across * self.deviations[1]];
        vec![
            self.centre[0] + (along * x - across * y) / length,
            self.centre[1] + (along * y + across * x) / length,
        ]
    }
}

impl Sheet {
    /// Starts a table whose draws depend on its name only.
    pub(super) fn new(name: &str, features: Vec<String>) -> Self {
        Self {
            random: stream(1, name, 0),
            features,
            rows: Vec::new(),
        }
    }

    /// Draws from N(0, 1).
    pub(super) fn normal(&mut self) -> f64 {
        self.random.sample(StandardNormal)
    }

    /// Draws evenly between two bounds.
    pub(super) fn uniform(&mut self, from: f64, to: f64) -> f64 {
        self.random.random_range(from..to)
    }

    /// Adds an instance.
    pub(super) fn push(&mut self, label: Label, features: Vec<f64>) {
        self.rows.push((label, features));
    }

    /// Adds instances drawn from a cloud.
    pub(super) fn scatter(&mut self, label: Label, count: usize, cloud: &Cloud) {
        for _ in 0..count {
            let (along, across) = loop {
                let (along, across) = (self.normal(), self.normal());
                if along * along + across * across < cloud.reach * cloud.reach {
                    break (along, across);
                }
            };
            self.push(label, cloud.at(along, across));
        }
    }

    /// Writes the instances, shuffled, with four decimals.
    pub(super) fn csv(mut self) -> String {
        for last in (1..self.rows.len()).rev() {
            let other = self.random.random_range(0..=last as u64) as usize;
            self.rows.swap(last, other);
        }
        let mut text = format!("label,{}\n", self.features.join(","));
        for (label, features) in &self.rows {
            text.push_str(label.name());
            for feature in features {
                // Adding 0 turns −0 into 0. Writing to a string cannot fail.
                let rounded = (feature * 1e4).round() / 1e4 + 0.0;
                let _ = write!(text, ",{rounded:.4}");
            }
            text.push('\n');
        }
        text
    }
}
