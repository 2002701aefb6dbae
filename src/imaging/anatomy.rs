//! What an [`ImageModel`] is made of, for those who compute it elsewhere.

use super::ImageModel;
use super::members::{
    FAINT, MEAN_AND_WORST, NEIGHBOUR, Neighbours, Patches, Principal, Spread, THIRD, TURNS, turns,
    windows,
};
use crate::network::GanLayers;

/// A mean and orthonormal directions.
#[derive(Clone, Copy, Debug)]
pub struct Directions<'a> {
    /// `[d]`.
    pub mean: &'a [f32],
    /// `[k, d]`.
    pub directions: &'a [f32],
}

/// Rows among which near ones are found.
#[derive(Clone, Copy, Debug)]
pub struct Nearby<'a> {
    /// `[n, d]`.
    pub rows: &'a [f32],
    /// The numbers of a row.
    pub d: usize,
    /// Which neighbour is measured; a row at the very spot, the first, is left out.
    pub neighbour: usize,
}

/// Distributions of patches.
#[derive(Clone, Debug)]
pub struct PatchParts<'a> {
    /// The places in a map of the numbers of each patch `[places, raw]`.
    pub places: Vec<usize>,
    /// The numbers of a patch.
    pub raw: usize,
    /// The directions of patches, where they are brought to these.
    pub directions: Option<Directions<'a>>,
    /// `[places, k]`.
    pub means: &'a [f32],
    /// `[places, k, k]`.
    pub whiteners: &'a [f32],
    /// A score is the mean over the worst places, one in so many.
    pub one_in: &'static [usize],
}

/// A normal distribution with one variance along each direction and one beyond.
#[derive(Clone, Copy, Debug)]
pub struct SpreadParts<'a> {
    /// The directions.
    pub directions: Directions<'a>,
    /// `[k]`.
    pub variances: &'a [f32],
    /// Beyond.
    pub rest: f32,
}

/// What edges are told by.
#[derive(Clone, Debug)]
pub struct EdgeParts<'a> {
    /// Of images in colour.
    pub units: Option<[f32; 3]>,
    /// The Gaussian and its slope `[side, side]`, and the wide one `[across, side]`.
    pub windows: [Vec<f32>; 3],
    /// Cosine and sine of each direction.
    pub turns: [[f32; 2]; TURNS],
    /// What is added under the root.
    pub faint: f32,
    /// Of all images, and of the usual ones.
    pub spreads: [SpreadParts<'a>; 2],
    /// Among coordinates in units of the first.
    pub nearby: Nearby<'a>,
}

/// All that the scores of an image follow from, but for those of the published mapping.
#[derive(Clone, Debug)]
pub struct ImageParts<'a> {
    /// The networks.
    pub layers: GanLayers<'a>,
    /// Of the features of the discriminator: the embedding.
    pub features: Directions<'a>,
    /// Among the embeddings.
    pub feature_nearby: Nearby<'a>,
    /// Of pixels.
    pub pixels: Directions<'a>,
    /// Among images, of half the side where they are of 64 pixels.
    pub pixel_nearby: Nearby<'a>,
    /// Of pixels.
    pub patches: PatchParts<'a>,
    /// Of what the discriminator sees after its second convolution.
    pub places: PatchParts<'a>,
    /// Of grey images.
    pub loose: Option<PatchParts<'a>>,
    /// Of images in colour, with their units.
    pub colours: Option<([f32; 3], PatchParts<'a>)>,
    /// Where there are any.
    pub edges: Option<EdgeParts<'a>>,
}

fn directions(of: &Principal) -> Directions<'_> {
    let (mean, directions) = of.parts();
    Directions { mean, directions }
}

fn nearby(of: &Neighbours) -> Nearby<'_> {
    let (rows, d) = of.parts();
    Nearby {
        rows,
        d,
        neighbour: NEIGHBOUR,
    }
}

fn patches<'a>(of: &'a Patches, one_in: &'static [usize]) -> PatchParts<'a> {
    let (by, means, whiteners) = of.parts();
    PatchParts {
        places: of.places(),
        raw: of.raw(),
        directions: by.map(directions),
        means,
        whiteners,
        one_in,
    }
}

fn spread(of: &Spread) -> SpreadParts<'_> {
    SpreadParts {
        directions: directions(&of.directions),
        variances: &of.variances,
        rest: of.rest,
    }
}

impl ImageModel {
    /// What it is made of.
    pub fn parts(&self) -> ImageParts<'_> {
        let side = self.form().side;
        ImageParts {
            layers: self.gan.layers(),
            features: directions(&self.features),
            feature_nearby: nearby(&self.feature_neighbours),
            pixels: directions(&self.pixels),
            pixel_nearby: nearby(&self.pixel_neighbours),
            patches: patches(&self.patches, &MEAN_AND_WORST),
            places: patches(&self.places, &MEAN_AND_WORST),
            loose: self.loose.as_ref().map(|loose| patches(loose, &THIRD)),
            colours: self.colours.as_ref().map(|colours| {
                let (units, of) = colours.parts();
                (units, patches(of, &THIRD))
            }),
            edges: self.edges.as_ref().map(|edges| EdgeParts {
                units: edges.units,
                windows: windows(side),
                turns: turns(),
                faint: FAINT,
                spreads: [spread(&edges.all), spread(&edges.usual)],
                nearby: nearby(&edges.neighbours),
            }),
        }
    }
}
