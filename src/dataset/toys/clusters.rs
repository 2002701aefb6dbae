//! `clusters.csv`: the setting of the GLAD paper's toy figure.
//!
//! A long cloud of nominals with thin far ends, and on either side of it a loose cluster of
//! anomalies that the direction across the cloud sets apart. A detector without labels cannot know
//! which of the two kinds of oddness is meant.

use super::sheet::{Cloud, Sheet};
use crate::dataset::Label::{Anomaly, Nominal};

const CLOUD: Cloud = Cloud {
    centre: [2.0, 3.0],
    axis: [4.0, 3.0],
    deviations: [2.4, 0.95],
    reach: 2.6,
};

/// Generates the file: 450 nominals, 35 anomalies, features `x` and `y`.
pub(super) fn csv() -> String {
    let mut sheet = Sheet::new("toy clusters", vec!["x".into(), "y".into()]);
    sheet.scatter(Nominal, 430, &CLOUD);
    for end in [-1.0, 1.0] {
        for _ in 0..10 {
            let along = end * sheet.uniform(2.3, 3.1);
            let across = sheet.uniform(-1.2, 1.2);
            sheet.push(Nominal, CLOUD.at(along, across));
        }
    }
    let [below, above] = [(CLOUD.at(1.0, -3.9), 22), (CLOUD.at(-0.9, 4.1), 13)];
    for (centre, count) in [below, above] {
        let cloud = Cloud {
            centre: [centre[0], centre[1]],
            axis: CLOUD.axis,
            deviations: [1.1, 0.7],
            reach: 2.4,
        };
        sheet.scatter(Anomaly, count, &cloud);
    }
    sheet.csv()
}
