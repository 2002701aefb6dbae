//! Bundled sets of images, made by a generator with a fixed seed.

use rand::RngExt;
use rand_distr::{Distribution, StandardNormal};

use super::ImageSet;
use crate::numeric::{Stream, stream};

/// The side of their images.
const SIDE: usize = 28;

/// How many images a toy has, and every which of them is an anomaly.
const IMAGES: usize = 400;
const EVERY: usize = 20;

/// A bundled set of images.
#[derive(Clone, Copy, Debug)]
pub struct ImageToy {
    /// Its name, which stands for a path.
    pub name: &'static str,
    /// Its name on screen.
    pub title: &'static str,
    /// What is to be seen in it.
    pub words: &'static str,
    paint: fn(&mut Stream, bool) -> Vec<f32>,
}

/// The bundled sets of images.
pub fn image_toys() -> &'static [ImageToy] {
    &TOYS
}

const TOYS: [ImageToy; 2] = [
    ImageToy {
        name: "woven",
        title: "Woven cloth",
        words: "400 patches of woven cloth, 20 of them with a blob or a scratch",
        paint: woven,
    },
    ImageToy {
        name: "tray",
        title: "Trays of cells",
        words: "400 trays of nine round cells, 20 of them with a cell that is missing or broken",
        paint: tray,
    },
];

impl ImageToy {
    /// Makes the images, always the same.
    pub fn open(&self) -> ImageSet {
        let mut random = stream(2019, self.name, 0);
        let (mut pixels, mut truth) = (Vec::new(), Vec::new());
        // Anomalies stand anywhere, one among so many.
        for _ in 0..IMAGES / EVERY {
            let odd = random.random_range(0..EVERY);
            for place in 0..EVERY {
                pixels.extend((self.paint)(&mut random, place == odd));
                truth.push(Some(place == odd));
            }
        }
        ImageSet {
            name: self.name.to_owned(),
            side: SIDE,
            channels: 1,
            pixels,
            ids: None,
            truth: Some(truth),
            notices: Vec::new(),
            brightness: None,
            patches: None,
        }
    }
}

/// An image of a brightness in [0, 1] by place, with a little noise, in [−1, 1].
fn image(random: &mut Stream, brightness: impl Fn(f32, f32) -> f32) -> Vec<f32> {
    (0..SIDE * SIDE)
        .map(|at| {
            let noise: f32 = StandardNormal.sample(random);
            let value = brightness((at % SIDE) as f32, (at / SIDE) as f32) + 0.03 * noise;
            (2.0 * value - 1.0).clamp(-1.0, 1.0)
        })
        .collect()
}

/// How far a value reaches into a soft edge at 0: 0 before, 1 behind.
fn edge(value: f32) -> f32 {
    (value + 0.5).clamp(0.0, 1.0)
}

fn between(random: &mut Stream, low: f32, high: f32) -> f32 {
    low + (high - low) * random.random::<f32>()
}

/// Threads across threads, of a period and a phase that change a little; odd ones have a bright
/// blob or a dark scratch.
fn woven(random: &mut Stream, odd: bool) -> Vec<f32> {
    let period = between(random, 5.5, 7.5);
    let [u, v] = [between(random, 0.0, period), between(random, 0.0, period)];
    let light = between(random, 0.9, 1.1);
    let [x0, y0] = [between(random, 7.0, 21.0), between(random, 7.0, 21.0)];
    let is_blob = random.random::<bool>();
    let radius = between(random, 2.0, 3.5);
    let angle = between(random, 0.0, std::f32::consts::PI);
    let (sine, cosine) = angle.sin_cos();
    image(random, |x, y| {
        let wave = |at: f32| (std::f32::consts::TAU * at / period).sin();
        let threads = light
            * (0.45
                + 0.2 * wave(x + u) * wave(y + v).signum().mul_add(0.5, 0.5)
                + 0.15 * wave(y + v));
        let (dx, dy) = (x - x0, y - y0);
        let (along, off) = (dx * cosine + dy * sine, dy * cosine - dx * sine);
        match (odd, is_blob) {
            (false, _) => threads,
            (true, true) => {
                let inside = edge(radius - (dx * dx + dy * dy).sqrt());
                threads + inside * (0.95 - threads)
            }
            (true, false) => {
                let inside = edge(0.8 - off.abs()) * edge(7.0 - along.abs());
                threads - inside * 0.8 * threads
            }
        }
    })
}

/// Nine round cells; odd ones lack a cell, or have one of which half is dark.
fn tray(random: &mut Stream, odd: bool) -> Vec<f32> {
    let [dx, dy] = [between(random, -1.0, 1.0), between(random, -1.0, 1.0)];
    let radius = between(random, 2.9, 3.4);
    let lights: Vec<f32> = (0..9).map(|_| between(random, 0.6, 0.85)).collect();
    let (wrong, is_missing) = (random.random_range(0..9), random.random::<bool>());
    let tilt = between(random, 0.0, std::f32::consts::TAU);
    let (sine, cosine) = tilt.sin_cos();
    image(random, |x, y| {
        let cells = (0..9).map(|cell| {
            let (cx, cy) = (5.0 + 9.0 * (cell % 3) as f32, 5.0 + 9.0 * (cell / 3) as f32);
            let (x, y) = (x - cx - dx, y - cy - dy);
            let inside = edge(radius - (x * x + y * y).sqrt());
            let light = match odd && cell == wrong {
                true if is_missing => 0.0,
                true => lights[cell] * edge(x * cosine + y * sine),
                false => lights[cell],
            };
            inside * light
        });
        0.12 + cells.fold(0.0, f32::max)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn toys_are_always_the_same_and_one_in_twenty_is_odd() {
        for toy in image_toys() {
            let (set, again) = (toy.open(), toy.open());
            assert_eq!(set, again);
            assert_eq!((set.len(), set.image(0).len()), (IMAGES, 784));
            let odd = set.truth().expect("a truth").iter();
            assert_eq!(odd.filter(|label| **label == Some(true)).count(), 20);
            assert!(
                set.pixels()
                    .iter()
                    .all(|value| (-1.0..=1.0).contains(value))
            );
        }
    }
}
