//! Bundled sequences to learn the program with, drawn by a seeded generator.

use std::fmt::Write;

use rand::RngExt;
use rand_distr::{Distribution, StandardNormal};

use super::options::{SequenceLayout, SequenceOptions};
use super::read::no_dates;
use super::{SequenceError, SequenceReader, SequenceSet};
use crate::numeric::{Stream, stream};

/// Bundled sequences with known truth and known phases.
#[derive(Clone, Copy, Debug)]
pub struct SequenceToy {
    /// The name on the command line: `strokes`.
    pub name: &'static str,
    /// The name on screen.
    pub title: &'static str,
    /// What the sequences are about.
    pub sentence: &'static str,
    /// The file that they are written to.
    pub file_name: &'static str,
    seed: u64,
    count: usize,
    lengths: (u64, u64),
    channels: &'static [Channel],
}

static TOYS: [SequenceToy; 2] = [
    SequenceToy {
        name: "strokes",
        title: "Strokes",
        sentence: "One movement of a hand in three channels, made faster and slower: some skip a \
                   part, stick, go in the wrong order or bulge.",
        file_name: "strokes.csv",
        seed: 1,
        count: 110,
        lengths: (50, 90),
        channels: &[("x", stroke_x), ("y", stroke_y), ("force", stroke_force)],
    },
    SequenceToy {
        name: "beats",
        title: "Beats",
        sentence: "Heartbeats of two leads, of uneven length: some lack a wave, stick, are out of \
                   order or bulge.",
        file_name: "beats.csv",
        seed: 2,
        count: 150,
        lengths: (40, 70),
        channels: &[("lead 1", beat_first), ("lead 2", beat_second)],
    },
];

/// A channel: its name, and its value by phase.
type Channel = (&'static str, fn(f64) -> f64);

/// What is wrong with a sequence.
#[derive(Clone, Copy)]
enum Fault {
    SkippedPhase,
    StuckValue,
    WrongOrder,
    OddShape,
}

const FAULTS: [Fault; 4] = [
    Fault::SkippedPhase,
    Fault::StuckValue,
    Fault::WrongOrder,
    Fault::OddShape,
];

/// Sequences of each fault.
const EACH: usize = 3;

/// Phases of equal share of the course.
const PHASES: [&str; 4] = ["first", "second", "third", "fourth"];

/// The bundled sequences, easiest first.
pub fn sequence_toys() -> &'static [SequenceToy] {
    &TOYS
}

impl SequenceToy {
    /// The sequences as a table of one moment a line: `sequence,time,phase,class` and the channels.
    pub fn text(&self) -> String {
        let mut random = stream(self.seed, self.name, 0);
        let names: Vec<&str> = self.channels.iter().map(|channel| channel.0).collect();
        let mut text = format!("sequence,time,phase,class,{}\n", names.join(","));
        let mut kinds: Vec<Option<Fault>> = vec![None; self.count];
        for fault in FAULTS {
            kinds.extend([Some(fault); EACH]);
        }
        for last in (1..kinds.len()).rev() {
            let other = random.random_range(0..=last as u64) as usize;
            kinds.swap(last, other);
        }
        for (at, fault) in kinds.into_iter().enumerate() {
            self.draw(at + 1, fault, &mut random, &mut text);
        }
        text
    }

    /// Opens the sequences.
    ///
    /// # Errors
    /// Never: a test opens every one.
    pub fn open(&self) -> Result<SequenceSet, SequenceError> {
        SequenceReader::of_text(&self.text(), self.name, &self.options(), &no_dates)?.into_set()
    }

    /// How the text is read.
    pub fn options(&self) -> SequenceOptions {
        SequenceOptions {
            layout: Some(SequenceLayout::Long {
                id: "sequence".into(),
                time: Some("time".into()),
                class: Some("class".into()),
                phase: Some("phase".into()),
                channels: Vec::new(),
            }),
            ..SequenceOptions::default()
        }
    }

    fn draw(&self, number: usize, fault: Option<Fault>, random: &mut Stream, text: &mut String) {
        let length = random.random_range(self.lengths.0..self.lengths.1) as usize;
        let (bend, wave) = (
            random.random_range(0.75..1.35_f64),
            random.random_range(-0.06..0.06_f64),
        );
        let gains: Vec<f64> = self
            .channels
            .iter()
            .map(|_| random.random_range(0.92..1.08))
            .collect();
        let place = random.random_range(0.2..0.6_f64);
        let odd = random.random_range(0..self.channels.len() as u64) as usize;
        let sign = if random.random_bool(0.5) { 1.0 } else { -1.0 };
        let class = if fault.is_some() {
            "anomaly"
        } else {
            "nominal"
        };
        for moment in 0..length {
            let time = moment as f64 / (length - 1) as f64;
            // Time is bent, and runs on through the whole course.
            let warped =
                (time.powf(bend) + wave * (std::f64::consts::TAU * time).sin()).clamp(0.0, 1.0);
            let phase = match fault {
                Some(Fault::SkippedPhase) if warped > place => {
                    (place + 0.25 + (warped - place) * (0.75 - place) / (1.0 - place)).min(1.0)
                }
                // Two fifths of the course change places.
                Some(Fault::WrongOrder) if (0.1..0.5).contains(&warped) => warped + 0.4,
                Some(Fault::WrongOrder) if (0.5..0.9).contains(&warped) => warped - 0.4,
                _ => warped,
            };
            let named = PHASES[((phase * 4.0) as usize).min(3)];
            let _ = write!(text, "{number},{moment},{named},{class}");
            for (channel, (_, course)) in self.channels.iter().enumerate() {
                let stuck = matches!(fault, Some(Fault::StuckValue))
                    && channel == odd
                    && (place..place + 0.3).contains(&phase);
                let mut value = gains[channel] * course(if stuck { place } else { phase });
                if matches!(fault, Some(Fault::OddShape)) && channel == odd {
                    value += sign * 0.9 * bump(phase, place, 0.07);
                }
                let noise: f64 = StandardNormal.sample(random);
                // Writing to a string cannot fail.
                let _ = write!(text, ",{:.4}", value + 0.02 * noise + 0.0);
            }
            text.push('\n');
        }
    }
}

fn bump(phase: f64, middle: f64, width: f64) -> f64 {
    (-((phase - middle) / width).powi(2) / 2.0).exp()
}

fn stroke_x(phase: f64) -> f64 {
    (4.2 * phase).cos()
}

fn stroke_y(phase: f64) -> f64 {
    (4.2 * phase).sin() + 0.3 * bump(phase, 0.7, 0.1)
}

fn stroke_force(phase: f64) -> f64 {
    bump(phase, 0.3, 0.12) + 0.6 * bump(phase, 0.8, 0.08)
}

fn beat_first(phase: f64) -> f64 {
    0.25 * bump(phase, 0.18, 0.05) - 0.2 * bump(phase, 0.36, 0.025) + 1.3 * bump(phase, 0.42, 0.04)
        - 0.3 * bump(phase, 0.5, 0.035)
        + 0.4 * bump(phase, 0.74, 0.08)
}

fn beat_second(phase: f64) -> f64 {
    0.9 * (2.6 * phase - 1.3).sin() + 0.5 * bump(phase, 0.45, 0.08) - 0.25 * bump(phase, 0.7, 0.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn toys_open_and_are_the_same_twice() {
        for toy in sequence_toys() {
            let set = toy.open().expect("sequences");
            assert_eq!(set.len(), toy.count + FAULTS.len() * EACH);
            assert_eq!(set.classes(), [("anomaly", 12), ("nominal", toy.count)]);
            assert_eq!(set.channels().len(), toy.channels.len());
            assert!(
                set.sequences()
                    .iter()
                    .all(|sequence| sequence.phases.is_some())
            );
            assert_eq!(toy.text(), toy.text());
        }
    }
}
