//! Tables made to measure.

use std::fmt::{self, Write};

use glad::dataset::Label;
use glad::detector::{LabelledInstance, Model};
use glad::numeric::stream;
use rand::RngExt;
use rand_distr::{Distribution, StandardNormal};

/// Clusters of a table.
const CLUSTERS: usize = 5;
/// One instance in so many is an anomaly.
const RARE: u32 = 200;
/// Labels with which an update is measured, half of them anomalies.
pub const LABELS: usize = 30;

/// The environment variable that asks for tables of 100 000 instances and more.
const LARGE: &str = "GLAD_BENCH_LARGE";

/// Instances and features of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Instances.
    pub n: usize,
    /// Features.
    pub d: usize,
}

impl fmt::Display for Size {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{} x {}", self.n, self.d)
    }
}

/// All sizes; the large ones where the environment asks for them.
pub fn sizes() -> Vec<Size> {
    let mut all = vec![500, 10_000];
    if std::env::var_os(LARGE).is_some() {
        all.extend([100_000, 1_000_000]);
    }
    let with_d = |n| [2, 10, 50].map(|d| Size { n, d });
    all.into_iter().flat_map(with_d).collect()
}

/// Draws clusters with a few instances that are spread five times as far; the first value of a row
/// says whether it is one of them.
pub fn rows(size: Size, mut take: impl FnMut(bool, &[f32])) {
    let mut random = stream(1, "bench", size.d as u64);
    let mut normal = |spread: f32| -> f32 {
        let draw: f32 = StandardNormal.sample(&mut random);
        spread * draw
    };
    let centres: Vec<f32> = (0..CLUSTERS * size.d).map(|_| normal(4.0)).collect();
    let mut chance = stream(1, "bench anomalies", size.d as u64);
    let mut row = vec![0.0; size.d];
    for _ in 0..size.n {
        let is_anomaly = chance.random_range(0..RARE) == 0;
        let cluster = chance.random_range(0..CLUSTERS as u32) as usize;
        let centre = &centres[cluster * size.d..][..size.d];
        for (value, centre) in row.iter_mut().zip(centre) {
            *value = centre + normal(if is_anomaly { 5.0 } else { 1.0 });
        }
        take(is_anomaly, &row);
    }
}

/// The text of a CSV file, with six decimals.
pub fn csv(size: Size) -> String {
    let mut text: String = (0..size.d).map(|feature| format!("x{feature},")).collect();
    text.push_str("label\n");
    rows(size, |is_anomaly, row| {
        for value in row {
            write!(text, "{value:.6},").expect("memory");
        }
        text.push_str(if is_anomaly { "anomaly\n" } else { "nominal\n" });
    });
    text
}

/// Labels of the top of the baseline: every second an anomaly.
pub fn labels(model: &Model) -> Vec<LabelledInstance> {
    let label = |(place, instance)| LabelledInstance {
        instance,
        label: [Label::Anomaly, Label::Nominal][place % 2],
        weight: 1.0,
    };
    model
        .top(LABELS)
        .into_iter()
        .enumerate()
        .map(label)
        .collect()
}
