//! Detectors that look at images: what each of them measures.

mod neighbours;
mod patches;
mod principal;

pub(super) use neighbours::Neighbours;
pub(super) use patches::{Cut, Patches};
pub(super) use principal::Principal;

/// A score that images get beside their embedding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ImageScore {
    /// Its name on screen.
    pub name: &'static str,
    /// What it measures; follows "it scores".
    pub words: &'static str,
}

/// The scores of images, in their order.
pub const SCORES: [ImageScore; 11] = [
    ImageScore {
        name: "AnoGAN residual",
        words: "how far the pixels are from those of the image that the generator makes in its place",
    },
    ImageScore {
        name: "AnoGAN discrimination",
        words: "how far what the discriminator sees in the image is from what it sees in the one that the generator makes in its place",
    },
    ImageScore {
        name: "f-AnoGAN",
        words: "how far pixels and what the discriminator sees are, in squares, from those of the image that the generator makes in its place",
    },
    ImageScore {
        name: "neighbours in features",
        words: "how far what the discriminator sees is from the fifth nearest of other images",
    },
    ImageScore {
        name: "directions of features",
        words: "how far what the discriminator sees is off the 32 main directions of all images",
    },
    ImageScore {
        name: "neighbours in pixels",
        words: "how far the pixels are from those of the fifth nearest of other images",
    },
    ImageScore {
        name: "directions of pixels",
        words: "how far the pixels are off the 16 main directions of all images",
    },
    ImageScore {
        name: "patches, mean",
        words: "how unusual patches of 7 × 7 pixels are for their place, on average over the image",
    },
    ImageScore {
        name: "patches, worst",
        words: "how unusual patches of 7 × 7 pixels are for their place, on average over the worst twentieth of them",
    },
    ImageScore {
        name: "places of features, mean",
        words: "how unusual what the discriminator sees at each place is for that place, on average over the image",
    },
    ImageScore {
        name: "places of features, worst",
        words: "how unusual what the discriminator sees at each place is for that place, on average over the worst twentieth of them",
    },
];
