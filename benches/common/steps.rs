//! The same training step, by hand and by Burn.

use glad::network::{
    AdamMoments, Feedback, LossTerm, NetworkSettings, NetworkState, Thresholds, UpdateInput,
    UpdateSettings, prime, update,
};
use glad::numeric::{Unwatched, stream};
use ndarray::Array2;
use rand_distr::{Distribution, StandardNormal};

use super::reference::{Reference, Task};

/// A shape of network and batch.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// Inputs.
    pub d: usize,
    /// Members.
    pub m: usize,
    /// Labelled rows of a step.
    pub labels: usize,
    /// Rows of a step whose prior enters.
    pub prior: usize,
}

impl std::fmt::Display for Shape {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            to,
            "d {} M {} B {}+{}",
            self.d, self.m, self.labels, self.prior
        )
    }
}

/// What is trained on, with all that both need.
pub struct Setting {
    x: Array2<f32>,
    scores: Array2<f32>,
    feedback: Vec<Feedback>,
    terms: Vec<LossTerm>,
    sample: Vec<usize>,
    thresholds: Thresholds,
    b: Vec<f32>,
    /// A primed network.
    pub state: NetworkState,
    settings: UpdateSettings,
}

impl Setting {
    /// Draws rows and scores of a shape, and primes a network.
    pub fn new(shape: Shape) -> Self {
        let Shape {
            d,
            m,
            labels,
            prior,
        } = shape;
        let rows = labels + prior + 1;
        let mut random = stream(1, "steps", d as u64);
        let mut normal = || -> f32 { StandardNormal.sample(&mut random) };
        let x = Array2::from_shape_simple_fn((rows, d), &mut normal);
        let scores = Array2::from_shape_simple_fn((rows, m), || normal().abs());
        let settings = UpdateSettings::default();
        let feedback: Vec<Feedback> = (0..labels)
            .map(|row| Feedback {
                row,
                sign: [1.0, -1.0][row % 2],
                hinge: 2.0 / labels as f32,
            })
            .collect();
        let labelled = feedback.iter().map(|given| LossTerm {
            row: given.row,
            sign: given.sign,
            hinge: given.hinge,
            prior: 0.0,
        });
        let sample: Vec<usize> = (labels..labels + prior).collect();
        let sampled = sample.iter().map(|&row| LossTerm {
            row,
            sign: 0.0,
            hinge: 0.0,
            prior: settings.lambda / prior as f32,
        });
        let b = vec![0.5; m];
        let network = NetworkSettings {
            prime_epochs: 5,
            ..NetworkSettings::default()
        };
        let primed = prime(
            x.view(),
            &b,
            &network,
            &mut stream(1, "priming", 0),
            &mut Unwatched,
        );
        let (state, _) = primed.expect("never cancelled");
        let fresh = NetworkState {
            adam: AdamMoments::default(),
            ..state
        };
        Self {
            terms: labelled.chain(sampled).collect(),
            thresholds: Thresholds {
                x_tau: Some(rows - 1),
                q_tau: 0.4 * m as f32,
                margin: 0.5,
                softness: 0.5,
            },
            x,
            scores,
            feedback,
            sample,
            b,
            state: fresh,
            settings,
        }
    }

    /// The network that is stepped by hand.
    pub fn reference(&self) -> Reference {
        let (d, hidden) = self.state.layout.shape(0);
        Reference::new(d, hidden, self.b.len(), &self.state.weights)
    }

    /// Takes steps by hand.
    pub fn by_hand(&self, network: &mut Reference, steps: usize) {
        let task = Task {
            x: self.x.as_slice().expect("standard layout"),
            scores: self.scores.as_slice().expect("standard layout"),
            terms: &self.terms,
            thresholds: self.thresholds,
            b: &self.b,
            l2: self.settings.l2,
            rate: self.settings.rate as f32,
        };
        (0..steps).for_each(|_| network.step(task));
    }

    /// Takes steps as the program does.
    pub fn by_burn(&self, state: &NetworkState, steps: usize) -> NetworkState {
        let input = UpdateInput {
            x: self.x.view(),
            scores: self.scores.view(),
            feedback: &self.feedback,
            prior: &vec![self.sample.clone(); steps],
            thresholds: self.thresholds,
            b: &self.b,
            shares: &[],
        };
        let trained = update(state, input, &self.settings, &mut Unwatched);
        trained.expect("never cancelled").0
    }

    /// Panics unless both come to the same weights.
    pub fn check(&self) {
        let mut by_hand = self.reference();
        self.by_hand(&mut by_hand, 10);
        let by_burn = self.by_burn(&self.state, 10);
        let biases = &by_burn.weights[by_burn.layout.biases(1)];
        for (ours, other) in by_hand.output_biases().iter().zip(biases) {
            assert!((ours - other).abs() < 1e-4, "{ours} is not {other}");
        }
    }
}

/// The shapes that are compared.
pub const SHAPES: [Shape; 4] = [
    Shape {
        d: 2,
        m: 4,
        labels: 5,
        prior: 25,
    },
    Shape {
        d: 21,
        m: 15,
        labels: 30,
        prior: 25,
    },
    Shape {
        d: 10,
        m: 2,
        labels: 30,
        prior: 25,
    },
    Shape {
        d: 9,
        m: 15,
        labels: 60,
        prior: 25,
    },
];
