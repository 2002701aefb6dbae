//! `subspaces.csv`: ten features, of which each group of anomalies needs only a few.
//!
//! Nominals follow three hidden factors plus noise, so that features go together. Each group of
//! anomalies is drawn like a nominal and then moved in two or three features of its own, within
//! the range of each: it is the combination that is odd. A few nominals are extreme in one feature.

use super::sheet::Sheet;
use crate::dataset::Label::{Anomaly, Nominal};

const FEATURES: usize = 10;
const FACTORS: usize = 3;
const NOMINALS: usize = 885;
const EXTREMES: usize = 15;

/// How much of each factor (row) is in each feature (column).
const LOADINGS: [[f64; FEATURES]; FACTORS] = [
    [0.9, 0.8, 0.7, 0.0, 0.1, 0.0, 0.3, 0.0, 0.0, 0.4],
    [0.0, 0.3, 0.0, 0.9, 0.8, -0.7, 0.0, 0.2, 0.0, -0.4],
    [0.2, 0.0, -0.4, 0.0, 0.3, 0.4, 0.8, 0.9, -0.8, 0.4],
];

/// The standard deviation of what the factors do not explain.
const NOISE: f64 = 0.45;

/// Where a group of anomalies lies: features (0-based) and values, and how many there are.
const GROUPS: [(&[(usize, f64)], usize); 3] = [
    (&[(0, 2.4), (1, -2.4)], 18),
    (&[(3, -2.6), (5, -2.6), (4, 2.4)], 15),
    (&[(7, 2.8), (8, 2.7)], 12),
];

/// Generates the file: 900 nominals, 45 anomalies, features `f1` to `f10`.
pub(super) fn csv() -> String {
    let names = (1..=FEATURES).map(|number| format!("f{number}"));
    let mut sheet = Sheet::new("toy subspaces", names.collect());
    for _ in 0..NOMINALS {
        let features = nominal(&mut sheet);
        sheet.push(Nominal, features);
    }
    for extreme in 0..EXTREMES {
        let mut features = nominal(&mut sheet);
        let side = if extreme % 2 == 0 { 1.0 } else { -1.0 };
        features[extreme % FEATURES] = side * sheet.uniform(3.0, 4.2);
        sheet.push(Nominal, features);
    }
    for (moves, count) in GROUPS {
        for _ in 0..count {
            let mut features = nominal(&mut sheet);
            for &(column, centre) in moves {
                features[column] = centre + 0.3 * sheet.normal();
            }
            sheet.push(Anomaly, features);
        }
    }
    sheet.csv()
}

fn nominal(sheet: &mut Sheet) -> Vec<f64> {
    let mut features: Vec<f64> = (0..FEATURES).map(|_| NOISE * sheet.normal()).collect();
    for loadings in LOADINGS {
        let factor = sheet.normal();
        for (feature, loading) in features.iter_mut().zip(loadings) {
            *feature += factor * loading;
        }
    }
    features
}
