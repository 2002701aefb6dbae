//! The gradient of the full loss, held against finite differences of the loss in double
//! precision and against Burn's automatic differentiation.

use glad::network::{Gradient, Layout, LossTerm, LossWeights, Thresholds, loss_by_autodiff};
use glad::numeric::stream;
use ndarray::Array2;
use rand::{Rng, RngExt};

/// A training step on random numbers.
struct Case {
    layout: Layout,
    weights: Vec<f32>,
    x: Array2<f32>,
    scores: Array2<f32>,
    terms: Vec<LossTerm>,
    thresholds: Thresholds,
    b: Vec<f32>,
    shares: Vec<f32>,
    l2: f32,
}

fn uniform(random: &mut impl Rng, low: f32, high: f32) -> f32 {
    random.random_range(low..high)
}

fn case(inputs: usize, hidden: &[usize], members: usize, thresholds: Thresholds) -> Case {
    let mut random = stream(
        11,
        "gradient",
        (inputs * 100 + hidden.len() * 10 + members) as u64,
    );
    let layout = Layout::new(inputs, hidden, members);
    let rows = 12;
    let weights = (0..layout.len())
        .map(|_| uniform(&mut random, -1.0, 1.0))
        .collect();
    let x = Array2::from_shape_simple_fn((rows, inputs), || uniform(&mut random, -2.0, 2.0));
    let scores = Array2::from_shape_simple_fn((rows, members), || uniform(&mut random, 0.0, 3.0));
    let terms = (0..rows - 1)
        .map(|row| LossTerm {
            row,
            sign: if row % 2 == 0 { 1.0 } else { -1.0 },
            hinge: if row % 3 == 2 {
                0.0
            } else {
                0.1 + row as f32 * 0.05
            },
            prior: 0.02 * (row % 4) as f32,
        })
        .collect();
    Case {
        layout,
        weights,
        x,
        scores,
        terms,
        thresholds,
        b: (0..members)
            .map(|member| 0.3 + 0.1 * member as f32)
            .collect(),
        shares: Vec::new(),
        l2: 0.03,
    }
}

impl Case {
    fn weights(&self) -> LossWeights<'_> {
        LossWeights {
            b: &self.b,
            shares: &self.shares,
            l2: self.l2,
        }
    }

    fn gradient(&self) -> (f32, Vec<f32>) {
        let mut gradient = Gradient::new(&self.layout);
        let (x, scores) = (self.x.view(), self.scores.view());
        let (loss, slopes) = gradient.compute(
            &self.weights,
            x,
            scores,
            &self.terms,
            self.thresholds,
            self.weights(),
        );
        (loss, slopes.to_vec())
    }

    /// The relevance of every member at one row: the formula, in double precision.
    fn relevance(&self, weights: &[f64], row: usize) -> Vec<f64> {
        let sigmoid = |value: f64| 1.0 / (1.0 + (-value).exp());
        let mut values: Vec<f64> = self
            .x
            .row(row)
            .iter()
            .map(|&value| f64::from(value))
            .collect();
        let last = self.layout.layers() - 1;
        for layer in 0..=last {
            let (inputs, outputs) = self.layout.shape(layer);
            let matrix = &weights[self.layout.weights(layer)];
            let biases = &weights[self.layout.biases(layer)];
            values = (0..outputs)
                .map(|to| {
                    let sum: f64 = (0..inputs)
                        .map(|from| values[from] * matrix[from * outputs + to])
                        .sum();
                    let sum = sum + biases[to];
                    match layer + 1 < last {
                        true if sum < 0.0 => 0.01 * sum,
                        true => sum,
                        false => sigmoid(sum),
                    }
                })
                .collect();
        }
        values
    }

    fn score(&self, weights: &[f64], row: usize) -> f64 {
        let relevance = self.relevance(weights, row);
        relevance
            .iter()
            .zip(self.scores.row(row))
            .map(|(p, &s)| p * f64::from(s))
            .sum()
    }

    /// The loss as `LossTerm` writes it.
    fn loss(&self, weights: &[f64]) -> f64 {
        let bend = |z: f64| {
            let (z, softness) = (
                z + f64::from(self.thresholds.margin),
                f64::from(self.thresholds.softness),
            );
            match softness > 0.0 {
                true => softness * (z / softness).exp().ln_1p(),
                false => z.max(0.0),
            }
        };
        let mut levels = vec![f64::from(self.thresholds.q_tau)];
        levels.extend(self.thresholds.x_tau.map(|row| self.score(weights, row)));
        let mut total = 0.0;
        for term in &self.terms {
            let (sign, score) = (f64::from(term.sign), self.score(weights, term.row));
            let hinges: f64 = levels
                .iter()
                .map(|level| bend(sign * (level - score)))
                .sum();
            let relevance = self.relevance(weights, term.row);
            let even = 1.0 / relevance.len() as f64;
            let entropy = relevance.iter().zip(&self.b).enumerate();
            let entropy = entropy.map(|(member, (p, &b))| {
                let b = f64::from(b);
                let share = self.shares.get(member).map_or(even, |&own| f64::from(own));
                share * (-b * p.ln() - (1.0 - b) * (1.0 - p).ln())
            });
            total += f64::from(term.hinge) * hinges + f64::from(term.prior) * entropy.sum::<f64>();
        }
        let squares: f64 = (0..self.layout.layers())
            .flat_map(|layer| &weights[self.layout.weights(layer)])
            .map(|weight| weight * weight)
            .sum();
        total + f64::from(self.l2) / 2.0 * squares
    }
}

const SHAPES: [(usize, &[usize], usize); 4] = [
    (2, &[5], 3),
    (4, &[6, 5], 2),
    (0, &[], 4),
    (3, &[4, 3, 5], 1),
];

/// The loss as published, the loss of the default, and one threshold alone.
fn all_thresholds(members: usize) -> [Thresholds; 3] {
    let q_tau = 0.7 * members as f32;
    let of = |x_tau, margin, softness| Thresholds {
        x_tau,
        q_tau,
        margin,
        softness,
    };
    [
        of(Some(11), 0.0, 0.0),
        of(Some(11), 0.5, 0.4),
        of(None, 0.8, 0.2),
    ]
}

fn cases() -> impl Iterator<Item = Case> {
    SHAPES.into_iter().flat_map(|(inputs, hidden, members)| {
        let even =
            all_thresholds(members).map(|thresholds| case(inputs, hidden, members, thresholds));
        // The prior by shares: 1, 2, … of their sum.
        let total = (members * (members + 1) / 2) as f32;
        let shares = (1..=members).map(|share| share as f32 / total);
        let shares: Vec<f32> = shares.collect();
        let by_shares = all_thresholds(members).map(|thresholds| Case {
            shares: shares.clone(),
            ..case(inputs, hidden, members, thresholds)
        });
        even.into_iter().chain(by_shares)
    })
}

#[test]
fn it_is_the_slope_of_the_loss() {
    for case in cases() {
        let weights: Vec<f64> = case
            .weights
            .iter()
            .map(|&weight| f64::from(weight))
            .collect();
        let (loss, gradient) = case.gradient();
        assert!((f64::from(loss) - case.loss(&weights)).abs() < 1e-5 * (1.0 + case.loss(&weights)));
        let step = 1e-6;
        for (place, &slope) in gradient.iter().enumerate() {
            let moved = |by: f64| {
                let mut weights = weights.clone();
                weights[place] += by;
                case.loss(&weights)
            };
            let expected = (moved(step) - moved(-step)) / (2.0 * step);
            assert!(
                (f64::from(slope) - expected).abs() < 1e-4 * (1.0 + expected.abs()),
                "{:?}, {:?}, weight {place}: {slope} is not {expected}",
                case.layout,
                case.thresholds,
            );
        }
    }
}

#[test]
fn it_agrees_with_automatic_differentiation() {
    for case in cases() {
        let (loss, gradient) = case.gradient();
        let (expected_loss, expected) = loss_by_autodiff(
            &case.layout,
            &case.weights,
            case.x.view(),
            case.scores.view(),
            &case.terms,
            case.thresholds,
            case.weights(),
        );
        assert!((loss - expected_loss).abs() < 1e-4 * (1.0 + expected_loss.abs()));
        assert_eq!(gradient.len(), expected.len());
        for (place, (slope, expected)) in gradient.iter().zip(&expected).enumerate() {
            assert!(
                (slope - expected).abs() < 1e-4 * (1.0 + expected.abs()),
                "{:?}, {:?}, weight {place}: {slope} is not {expected}",
                case.layout,
                case.thresholds,
            );
        }
    }
}

/// One member without inputs, so that every number can be checked by hand: p = sigmoid(0) = 1/2.
#[test]
fn the_loss_of_one_anomaly_by_hand() {
    let layout = Layout::new(0, &[], 1);
    let (x, scores) = (
        Array2::<f32>::zeros((2, 0)),
        ndarray::array![[1.0_f32], [4.0]],
    );
    // Row 0 scores 1/2, x_tau 2: A(q_tau = 3) = 2.5 and A(Score(x_tau)) = 1.5, weighed by 2; the
    // prior is ln 2. The slope of p is 1/4: −2·2·1/4 from row 0, +2·4·1/4 from x_tau.
    let term = LossTerm {
        row: 0,
        sign: 1.0,
        hinge: 2.0,
        prior: 1.0,
    };
    let mut gradient = Gradient::new(&layout);
    let (loss, slope) = gradient.compute(
        &[0.0],
        x.view(),
        scores.view(),
        &[term],
        Thresholds {
            x_tau: Some(1),
            q_tau: 3.0,
            margin: 0.0,
            softness: 0.0,
        },
        LossWeights {
            b: &[0.5],
            shares: &[],
            l2: 0.0,
        },
    );
    assert!(
        (loss - (8.0 + std::f32::consts::LN_2)).abs() < 1e-6,
        "{loss}"
    );
    assert!((slope[0] - (-1.0 + 2.0)).abs() < 1e-6, "{slope:?}");
}
