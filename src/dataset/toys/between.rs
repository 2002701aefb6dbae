//! `between.csv`: anomalies in the middle of the table, where nothing looks extreme.
//!
//! Four nominal clusters of different shape and density surround small tight groups of anomalies
//! and a few single ones. No direction sets them apart from all nominals at once, so which detector
//! to trust depends on the place.

use super::sheet::{Cloud, Sheet};
use crate::dataset::Label::{Anomaly, Nominal};

/// Centre, axis, deviations and number of the nominal clusters.
const CLUSTERS: [(Cloud, usize); 4] = [
    (cloud([-4.0, 3.5], [1.0, 0.4], [1.5, 0.6], 2.4), 190),
    (cloud([4.5, 4.0], [0.0, 1.0], [0.8, 0.7], 2.6), 150),
    (cloud([4.0, -3.5], [-1.0, 1.0], [1.6, 0.5], 2.2), 160),
    (cloud([-4.5, -3.5], [1.0, 0.0], [1.1, 1.0], 2.2), 100),
];

/// Centre and number of the groups of anomalies.
const GROUPS: [([f64; 2], usize); 4] = [
    ([0.5, 2.6], 11),
    ([-0.6, -2.6], 9),
    ([5.0, 0.6], 6),
    ([-5.0, 0.3], 5),
];

const SINGLES: [[f64; 2]; 4] = [[1.9, -0.4], [-1.8, 0.2], [0.9, -5.2], [1.2, 5.6]];

const fn cloud(centre: [f64; 2], axis: [f64; 2], deviations: [f64; 2], reach: f64) -> Cloud {
    Cloud {
        centre,
        axis,
        deviations,
        reach,
    }
}

/// Generates the file: 600 nominals, 35 anomalies, features `x` and `y`.
pub(super) fn csv() -> String {
    let mut sheet = Sheet::new("toy between", vec!["x".into(), "y".into()]);
    for (cloud, count) in &CLUSTERS {
        sheet.scatter(Nominal, *count, cloud);
    }
    for (centre, count) in GROUPS {
        sheet.scatter(Anomaly, count, &cloud(centre, [1.0, 0.0], [0.3, 0.3], 2.0));
    }
    for point in SINGLES {
        sheet.push(Anomaly, point.to_vec());
    }
    sheet.csv()
}
