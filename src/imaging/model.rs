//! What is learnt from images without labels.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::members::{
    Colours, Cut, Edges, LOOSE, MEAN_AND_WORST, Neighbours, Patches, Principal, SHARP, THIRD,
};
use super::{Brightness, ImageForm, ImageOptions, ImageSet, PatchSet, SCORES};
use crate::network::{AnoGan, ImageShape, Mapped};
use crate::numeric::{Cancelled, Watch, map_blocks};

/// Directions of the features: the embedding.
const EMBEDDED: usize = 32;

/// Directions of the pixels.
const OF_PIXELS: usize = 16;

/// Images that are turned into numbers at once.
const BLOCK: usize = 256;

/// The networks and detectors of images, frozen once fitted: it turns any images of its shape into
/// instances.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "ModelText")]
pub struct ImageModel {
    pub(super) gan: AnoGan,
    pub(super) features: Principal,
    pub(super) feature_neighbours: Neighbours,
    pub(super) pixels: Principal,
    pub(super) pixel_neighbours: Neighbours,
    pub(super) patches: Patches,
    pub(super) places: Patches,
    /// Of grey images.
    pub(super) loose: Option<Patches>,
    /// Of images in colour.
    pub(super) colours: Option<Colours>,
    /// Of all images that were learnt since there were edges.
    pub(super) edges: Option<Edges>,
    /// The pixels between two patches, where it learnt from the patches of images.
    stride: Option<usize>,
    /// The scale of the numbers that it learnt from, which those of new images must have.
    brightness: Option<Brightness>,
    /// The seed by which each image is also found again as published, where that was asked for.
    pub(super) mapping: Option<u64>,
}

/// An [`ImageModel`] as it stands in a file.
#[derive(Deserialize)]
#[serde(rename = "ImageModel", deny_unknown_fields)]
struct ModelText {
    gan: AnoGan,
    features: Principal,
    feature_neighbours: Neighbours,
    pixels: Principal,
    pixel_neighbours: Neighbours,
    patches: Patches,
    places: Patches,
    #[serde(default)]
    loose: Option<Patches>,
    #[serde(default)]
    colours: Option<Colours>,
    #[serde(default)]
    edges: Option<Edges>,
    #[serde(default)]
    brightness: Option<Brightness>,
    #[serde(default)]
    stride: Option<usize>,
    #[serde(default)]
    mapping: Option<u64>,
}

impl TryFrom<ModelText> for ImageModel {
    type Error = String;

    fn try_from(text: ModelText) -> Result<Self, String> {
        let shape = text.gan.shape();
        text.features.validate(text.gan.n_features())?;
        text.feature_neighbours.validate(text.features.len())?;
        text.pixels.validate(shape.len())?;
        text.pixel_neighbours.validate(small_len(shape))?;
        text.patches.validate(of_pixels(shape))?;
        text.places
            .validate(Cut::of_positions(shape.position_maps()))?;
        if let Some(loose) = &text.loose {
            loose.validate(of_pixels(shape))?;
        }
        if let Some(colours) = &text.colours {
            colours.validate(of_pixels(shape))?;
        }
        if let Some(edges) = &text.edges {
            edges.validate([shape.side, shape.channels])?;
        }
        Ok(Self {
            gan: text.gan,
            features: text.features,
            feature_neighbours: text.feature_neighbours,
            pixels: text.pixels,
            pixel_neighbours: text.pixel_neighbours,
            patches: text.patches,
            places: text.places,
            loose: text.loose,
            colours: text.colours,
            edges: text.edges,
            stride: text.stride,
            brightness: text.brightness.filter(|known| known.is_sound()),
            mapping: text.mapping,
        })
    }
}

/// What becomes of images.
#[derive(Clone, Debug, PartialEq)]
pub struct Seen {
    /// The embedding `[n, d]`.
    pub embedding: Vec<f32>,
    /// The number of its directions.
    pub d: usize,
    /// The scores of [`SCORES`], `[n]` each.
    pub scores: Vec<Vec<f32>>,
}

impl Seen {
    /// What becomes of wholes of which these are the patches.
    fn of_wholes(&self, wholes: impl Iterator<Item = Range<usize>>) -> Self {
        let judge = SCORES.iter().position(|score| score.name == "edges");
        let judge = judge.and_then(|at| self.scores.get(at));
        let mut found = Self {
            embedding: Vec::new(),
            d: self.d,
            scores: vec![Vec::new(); self.scores.len()],
        };
        for patches in wholes {
            let most = patches.len().div_ceil(WORST).max(1);
            for (to, all) in found.scores.iter_mut().zip(&self.scores) {
                let mut own = all[patches.clone()].to_vec();
                own.sort_by(|a, b| b.total_cmp(a));
                let sum: f64 = own[..most].iter().map(|score| f64::from(*score)).sum();
                to.push((sum / most as f64) as f32);
            }
            let oddest = patches.clone().reduce(|best, other| match judge {
                Some(judge) if judge[other] > judge[best] => other,
                _ => best,
            });
            let at = oddest.unwrap_or(patches.start) * self.d;
            found.embedding.extend(&self.embedding[at..at + self.d]);
        }
        found
    }
}

/// A whole is judged by one in so many of its patches, the most unusual.
const WORST: usize = 10;

impl ImageModel {
    /// Trains the networks and fits the detectors.
    ///
    /// # Errors
    /// [`Cancelled`] when `watch` says so.
    pub fn fit(
        set: &ImageSet,
        options: &ImageOptions,
        seed: u64,
        watch: &mut dyn Watch,
    ) -> Result<Self, Cancelled> {
        let shape = ImageShape {
            side: set.seen_side(),
            channels: set.channels(),
            width: WIDTH,
        };
        let images = set.seen();
        let gan = AnoGan::train(images, shape, &options.training(), seed, watch)?;
        let seen = gan.features(images);
        let features = Principal::fit(&seen, gan.n_features(), EMBEDDED, seed);
        let (embedding, _) = features.project(&seen);
        Ok(Self {
            feature_neighbours: Neighbours::fit(&embedding, features.len()),
            features,
            pixels: Principal::fit(images, shape.len(), OF_PIXELS, seed),
            pixel_neighbours: Neighbours::fit(&smaller(images, shape), small_len(shape)),
            patches: Patches::fit(images, of_pixels(shape), SHARP, seed),
            places: Patches::fit(
                &gan.position_features(images),
                Cut::of_positions(shape.position_maps()),
                SHARP,
                seed,
            ),
            loose: (shape.channels == 1)
                .then(|| Patches::fit(images, of_pixels(shape), LOOSE, seed)),
            colours: (shape.channels == 3).then(|| Colours::fit(images, of_pixels(shape), seed)),
            edges: Some(Edges::fit(images, [shape.side, shape.channels], seed)),
            stride: set.patches().map(PatchSet::stride),
            brightness: set.brightness(),
            mapping: options.mapping.then_some(seed),
            gan,
        })
    }

    /// The networks.
    pub fn gan(&self) -> &AnoGan {
        &self.gan
    }

    /// What its images were brought to.
    pub fn form(&self) -> ImageForm {
        let shape = self.gan.shape();
        ImageForm {
            side: shape.side,
            channels: shape.channels,
            brightness: self.brightness,
            stride: self.stride,
        }
    }

    /// The directions of the embedding.
    pub fn directions(&self) -> usize {
        self.features.len()
    }

    /// Checks that it can look at a set of images.
    ///
    /// # Errors
    /// A sentence with both sizes.
    pub fn validate(&self, set: &ImageSet) -> Result<(), String> {
        let shape = self.gan.shape();
        let fits = (shape.side, shape.channels) == (set.seen_side(), set.channels());
        if fits && self.stride != set.patches().map(PatchSet::stride) {
            let why = "images that are cut into patches and such that are not cannot be scored by one another's networks";
            return Err(why.to_owned());
        }
        match fits {
            true => Ok(()),
            false => Err(format!(
                "images of {}×{}×{} cannot be scored by networks that learnt {}×{}×{}",
                set.seen_side(),
                set.seen_side(),
                set.channels(),
                shape.side,
                shape.side,
                shape.channels
            )),
        }
    }

    /// How unusual patches are by their edges, above the most usual of them: what a map of an image
    /// that is cut shows.
    pub(super) fn unusual(&self, images: &[f32]) -> Vec<f32> {
        let shape = self.gan.shape();
        let by = |edges: &Edges| {
            let [_, usual, _] = edges.scores(images, [shape.side, shape.channels]);
            let least = usual.iter().copied().fold(f32::INFINITY, f32::min);
            usual.iter().map(|score| score - least).collect()
        };
        self.edges.as_ref().map_or_else(Vec::new, by)
    }

    /// What the generator makes in the place of images, and what it misses.
    pub fn reconstruct(&self, images: &[f32]) -> Mapped {
        self.gan.encode(images)
    }

    /// Turns some images of a set into numbers: of those that are cut, each score is the mean of the
    /// most unusual tenth of the patches' scores, and the embedding is that of the patch whose edges
    /// are the most unusual; ties by place.
    ///
    /// # Errors
    /// As [`look`](Self::look).
    pub fn look_at(
        &self,
        set: &ImageSet,
        images: Range<usize>,
        watch: &mut dyn Watch,
    ) -> Result<Seen, Cancelled> {
        let Some(patches) = set.patches() else {
            let length = set.image_len();
            return self.look(
                &set.pixels()[images.start * length..images.end * length],
                watch,
            );
        };
        let first = patches.first();
        let (from, to) = (first[images.start], first[images.end]);
        let length = self.gan.shape().len();
        let seen = self.look(&patches.pixels()[from * length..to * length], watch)?;
        let of = images.map(|image| {
            let own = patches.of(image);
            own.start - from..own.end - from
        });
        Ok(seen.of_wholes(of))
    }

    /// Turns images into numbers; what becomes of each does not hang on the others.
    ///
    /// # Shapes
    /// `images` `[n, side, side, channels]` of the shape that it learnt.
    ///
    /// # Errors
    /// [`Cancelled`] when `watch` says so, which is told where images are found again by steps.
    pub fn look(&self, images: &[f32], watch: &mut dyn Watch) -> Result<Seen, Cancelled> {
        let shape = self.gan.shape();
        let n = images.len() / shape.len();
        let mut found = Seen {
            embedding: Vec::new(),
            d: self.features.len(),
            scores: vec![Vec::with_capacity(n); SCORES.len()],
        };
        for images in images.chunks(BLOCK * shape.len()) {
            let mapped = self.gan.encode(images);
            let features = self.gan.features(images);
            let (embedding, off_features) =
                blockwise(&self.features, &features, self.gan.n_features());
            let (_, off_pixels) = blockwise(&self.pixels, images, shape.len());
            let [mean, worst] = self.patches.scores(images, MEAN_AND_WORST);
            let places = self.gan.position_features(images);
            let [place_mean, place_worst] = self.places.scores(&places, MEAN_AND_WORST);
            // What does not look at images of this kind says the same of all, and is left out.
            let nothing = || vec![0.0; images.len() / shape.len()];
            let of_third = |[scores]: [Vec<f32>; 1]| scores;
            let loose = self.loose.as_ref();
            let loose = loose.map_or_else(nothing, |by| of_third(by.scores(images, THIRD)));
            let colours = self.colours.as_ref();
            let colours = colours.map_or_else(nothing, |by| of_third(by.scores(images, THIRD)));
            let edges = self.edges.as_ref();
            let [edges, usual_edges, near_edges] = edges.map_or_else(
                || [nothing(), nothing(), nothing()],
                |by| by.scores(images, [shape.side, shape.channels]),
            );
            let by_steps = match self.mapping {
                Some(seed) => self.gan.map(images, seed, watch)?,
                None => Mapped {
                    residual: nothing(),
                    discrimination: nothing(),
                    ..Mapped::default()
                },
            };
            let columns = [
                mapped.residual,
                mapped.discrimination,
                mapped.squares,
                self.feature_neighbours.distances(&embedding),
                off_features,
                self.pixel_neighbours.distances(&smaller(images, shape)),
                off_pixels,
                mean,
                worst,
                place_mean,
                place_worst,
                loose,
                colours,
                edges,
                usual_edges,
                near_edges,
                by_steps.residual,
                by_steps.discrimination,
            ];
            for (all, column) in found.scores.iter_mut().zip(columns) {
                all.extend(column);
            }
            found.embedding.extend(embedding);
        }
        Ok(found)
    }
}

fn of_pixels(shape: ImageShape) -> Cut {
    Cut::of_pixels(shape.side, shape.channels)
}

/// The channels of the networks.
const WIDTH: usize = 16;

/// Rows that are placed at once.
const ROWS: usize = 16;

/// Places rows of `d` numbers on all cores.
fn blockwise(directions: &Principal, values: &[f32], d: usize) -> (Vec<f32>, Vec<f32>) {
    let blocks = map_blocks(values.len() / d, ROWS, |rows| {
        directions.project(&values[rows.start * d..rows.end * d])
    });
    let (coordinates, off): (Vec<_>, Vec<_>) = blocks.into_iter().unzip();
    (coordinates.concat(), off.concat())
}

/// Images of half the side where they are large, among which neighbours are found as well.
fn smaller(images: &[f32], shape: ImageShape) -> Vec<f32> {
    if shape.side < 64 {
        return images.to_vec();
    }
    let (side, c) = (shape.side, shape.channels);
    let half = side / 2;
    let mut small = Vec::with_capacity(images.len() / 4);
    for image in images.chunks_exact(shape.len()) {
        for (row, column, channel) in
            (0..half * half * c).map(|at| (at / (half * c), at / c % half, at % c))
        {
            let at =
                |y: usize, x: usize| image[((2 * row + y) * side + 2 * column + x) * c + channel];
            small.push((at(0, 0) + at(0, 1) + at(1, 0) + at(1, 1)) / 4.0);
        }
    }
    small
}

fn small_len(shape: ImageShape) -> usize {
    match shape.side < 64 {
        true => shape.len(),
        false => shape.len() / 4,
    }
}
