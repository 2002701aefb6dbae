//! Detectors that look at images: what each of them measures.

mod colours;
mod edges;
mod neighbours;
mod patches;
mod principal;

pub(super) use colours::Colours;
pub(super) use edges::{Edges, FAINT, Spread, TURNS, turns, windows};
pub(super) use neighbours::{NEIGHBOUR, Neighbours};
pub(super) use patches::{Cut, LOOSE, MEAN_AND_WORST, Patches, SHARP, THIRD};
pub(super) use principal::Principal;

/// A score that images get beside their embedding.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ImageScore {
    /// Its name on screen.
    pub name: &'static str,
    /// What it measures; follows "it scores".
    pub words: &'static str,
    /// How much it counts beside the others before any answer, as a multiple of its spread.
    ///
    /// Chosen by the rankings of MNIST, blood cells and solar cells (docs/EVALUATION.md): what
    /// finds the most everywhere counts the most, and what says much the same as another one, or
    /// misses a lot on one of them, little.
    pub weight: f32,
    /// The same in tables of before there were edges, whose sessions must rank as they did.
    pub before: f32,
}

/// How much each score counts in a table that has some of them, by their names.
///
/// What a table lacks tells when its images were scored, and sessions of then must rank as they did:
/// at first all scores counted alike, and edges came with weights of their own.
pub fn image_weights(has: impl Fn(&str) -> bool) -> impl Fn(&str) -> f32 {
    let (is_weighed, has_edges) = (
        ["patches, loosely", "patches in colour"]
            .iter()
            .any(|name| has(name)),
        has("edges"),
    );
    move |name| {
        let score = SCORES.iter().find(|score| score.name == name);
        match (score, has_edges, is_weighed) {
            (Some(score), true, _) => score.weight,
            (Some(score), false, true) => score.before,
            _ => 1.0,
        }
    }
}

/// The scores of images, in their order.
pub const SCORES: [ImageScore; 18] = [
    ImageScore {
        name: "AnoGAN residual",
        words: "how far the pixels are from those of the image that the generator makes in its place",
        weight: 0.1,
        before: 0.2,
    },
    ImageScore {
        name: "AnoGAN discrimination",
        words: "how far what the discriminator sees in the image is from what it sees in the one that the generator makes in its place",
        weight: 0.2,
        before: 0.5,
    },
    ImageScore {
        name: "f-AnoGAN",
        words: "how far pixels and what the discriminator sees are, in squares, from those of the image that the generator makes in its place",
        weight: 0.1,
        before: 0.2,
    },
    ImageScore {
        name: "neighbours in features",
        words: "how far what the discriminator sees is from the fifth nearest of other images",
        weight: 1.0,
        before: 3.0,
    },
    ImageScore {
        name: "directions of features",
        words: "how far what the discriminator sees is off the 32 main directions of all images",
        weight: 0.3,
        before: 1.0,
    },
    ImageScore {
        name: "neighbours in pixels",
        words: "how far the pixels are from those of the fifth nearest of other images",
        weight: 0.2,
        before: 0.5,
    },
    ImageScore {
        name: "directions of pixels",
        words: "how far the pixels are off the 16 main directions of all images",
        weight: 0.2,
        before: 0.5,
    },
    ImageScore {
        name: "patches, mean",
        words: "how unusual patches of 7 × 7 pixels are for their place, on average over the image",
        weight: 0.1,
        before: 0.2,
    },
    ImageScore {
        name: "patches, worst",
        words: "how unusual patches of 7 × 7 pixels are for their place, on average over the worst twentieth of them",
        weight: 1.5,
        before: 2.0,
    },
    ImageScore {
        name: "places of features, mean",
        words: "how unusual what the discriminator sees at each place is for that place, on average over the image",
        weight: 0.1,
        before: 0.2,
    },
    ImageScore {
        name: "places of features, worst",
        words: "how unusual what the discriminator sees at each place is for that place, on average over the worst twentieth of them",
        weight: 0.3,
        before: 1.0,
    },
    ImageScore {
        name: "patches, loosely",
        words: "how far patches of 7 × 7 pixels are from those that are usual at their place, on average over the worst third of them",
        weight: 0.3,
        before: 8.0,
    },
    ImageScore {
        name: "patches in colour",
        words: "how far patches of 7 × 7 pixels are in red against green, blue against green and brightness from those that are usual at their place, on average over the worst third of them",
        weight: 12.0,
        before: 16.0,
    },
    ImageScore {
        name: "edges",
        words: "how unusual the strengths and directions of its edges are, place by place",
        weight: 4.0,
        before: 1.0,
    },
    ImageScore {
        name: "edges, strictly",
        words: "how unusual the strengths and directions of its edges are beside those of the nineteen in twenty images that are most usual",
        weight: 4.0,
        before: 1.0,
    },
    ImageScore {
        name: "neighbours in edges",
        words: "how far the strengths and directions of its edges are from those of the fifth nearest of other images",
        weight: 4.0,
        before: 1.0,
    },
    ImageScore {
        name: "AnoGAN residual, mapped",
        words: "how far the pixels are from those of the image that the generator makes in its place, found by 500 steps as published",
        weight: 0.1,
        before: 0.2,
    },
    ImageScore {
        name: "AnoGAN discrimination, mapped",
        words: "how far what the discriminator sees in the image is from what it sees in the one that the generator makes in its place, found by 500 steps as published",
        weight: 0.2,
        before: 0.5,
    },
];
