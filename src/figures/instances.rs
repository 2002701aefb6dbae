//! Images that instances are: as they are, as the generator makes them, and where the two differ.

use std::io::Cursor;

use image::{ImageFormat, RgbImage};

use crate::chart::sequential;
use crate::imaging::Gallery;

/// A way to look at an image.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// As it is.
    Image,
    /// What the generator makes in its place.
    Reconstruction,
    /// Where the two differ.
    Residual,
    /// The residual over the image.
    Overlay,
}

impl Way {
    /// Every way.
    pub const ALL: [Self; 4] = [
        Self::Image,
        Self::Reconstruction,
        Self::Residual,
        Self::Overlay,
    ];

    /// Those of some images: such that are cut have no reconstruction.
    pub fn of(gallery: &Gallery) -> &'static [Self] {
        match gallery.is_cut() {
            true => &[Self::Image, Self::Residual, Self::Overlay],
            false => &Self::ALL,
        }
    }

    /// The word for it: where images are cut, the heat of their patches stands for the residual.
    pub fn name_of(self, gallery: &Gallery) -> &'static str {
        match (self, gallery.is_cut()) {
            (Self::Residual, true) => "heat",
            _ => self.name(),
        }
    }

    /// The word for it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Image => "image",
            Self::Reconstruction => "reconstruction",
            Self::Residual => "residual",
            Self::Overlay => "overlay",
        }
    }
}

/// How images are shown; the same for all.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Light {
    /// Added to the brightness, in [−1, 1].
    pub brightness: f32,
    /// The factor of the contrast, from 0.25 to 4.
    pub contrast: f32,
    /// How opaque the residual lies over the image, in [0, 1].
    pub opacity: f32,
}

impl Default for Light {
    fn default() -> Self {
        Self {
            brightness: 0.0,
            contrast: 1.0,
            opacity: 0.6,
        }
    }
}

/// The pixels of an image, row by row from the top. Residuals have one scale for all images.
pub fn instance_pixels(gallery: &Gallery, at: usize, way: Way, light: Light) -> Vec<[u8; 3]> {
    let (image, back) = (gallery.set().image(at), gallery.reconstruction(at));
    let channels = gallery.set().channels();
    let colour = |pixel: &[f32]| {
        let lit = |value: f32| {
            let value = (value * light.contrast + 1.0) / 2.0 + light.brightness / 2.0;
            (value.clamp(0.0, 1.0) * 255.0).round() as u8
        };
        match pixel {
            [grey] => [lit(*grey); 3],
            [red, green, blue] => [lit(*red), lit(*green), lit(*blue)],
            _ => [0; 3],
        }
    };
    let heat = gallery.heat(at);
    let pixels = image.chunks_exact(channels).enumerate();
    let pixels = pixels.map(|(index, own)| {
        let back = back.get(index * channels..(index + 1) * channels);
        let back = back.unwrap_or(own);
        let off = (own.iter().zip(back))
            .map(|(a, b)| (a - b).abs())
            .sum::<f32>();
        // Numbers are from −1 to 1, brightness from 0 to 1.
        let off = off / channels as f32 / 2.0;
        let share = heat.get(index).copied().unwrap_or(off) / gallery.residual_high();
        match way {
            Way::Image => colour(own),
            Way::Reconstruction => colour(back),
            Way::Residual => sequential(share),
            Way::Overlay => {
                let opacity = light.opacity * share.min(1.0).sqrt();
                let (below, above) = (colour(own), sequential(share));
                [0, 1, 2].map(|channel| {
                    let [below, above] = [below, above].map(|pixel| f32::from(pixel[channel]));
                    (below + opacity * (above - below)).round() as u8
                })
            }
        }
    });
    pixels.collect()
}

/// An image as a PNG file; empty where there is no such image.
pub fn instance_png(gallery: &Gallery, at: usize, way: Way, light: Light) -> Vec<u8> {
    let side = gallery.set().side() as u32;
    let pixels = instance_pixels(gallery, at, way, light).concat();
    let mut bytes = Cursor::new(Vec::new());
    let written = RgbImage::from_raw(side, side, pixels)
        .map(|picture| picture.write_to(&mut bytes, ImageFormat::Png));
    match written {
        Some(Ok(())) => bytes.into_inner(),
        _ => Vec::new(),
    }
}
