//! What is left to find, by the answers so far.

use crate::dataset::Label;

/// Answers that the estimate looks back on: how it went before the detector had learnt anything
/// says little of how it goes on.
const WINDOW: usize = 40;
/// Answers that the nearest future is made of.
const NEXT: usize = 10;
/// Hit rates on the grid of the posterior, at the middles of equal parts of (0, 1).
const RATES: usize = 40;
/// Half-lives of the hit rate on the grid, in answers; the last hardly fades at all.
const HALF_LIVES: [f64; 9] = [4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0, 1024.0, 1e9];
/// Candidates up to which the distribution of a count is exact.
const EXACT: usize = 64;
/// The probability that the truth is below the interval, and above it.
const TAIL: f64 = 0.05;
/// Posterior weights below this are left out.
const SLIGHT: f64 = 1e-5;
/// Answers before which there is no hint, and hits in the next ten that are few.
const ENOUGH: usize = 10;
const FEW: f64 = 0.5;

/// How many anomalies are left among the candidates.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Remaining {
    /// The number of candidates without an answer.
    pub candidates: usize,
    /// The expected number of anomalies among them.
    pub expected: f64,
    /// The end below which it lies with a probability of 5 %.
    pub low: usize,
    /// The end above which it lies with a probability of 5 %.
    pub high: usize,
    /// The expected number among the next answers, of which there are ten unless fewer are left.
    pub next: f64,
    /// The number of those answers.
    pub next_answers: usize,
    /// The answers that it was learnt from, at most 40.
    pub answers: usize,
}

/// Estimates how many anomalies an analyst who goes on would find among `candidates` more
/// instances, from the labels so far in the order of the answers.
///
/// The chance `q_i` that answer `i` finds an anomaly is taken to fade as one goes down the list,
///
/// ```text
/// q_i = r · 2^(−i / h),   i = 0, 1, … from the first of the last 40 labels
/// ```
///
/// with the rate `r` uniform on (0, 1) and the half-life `h` uniform over a grid from 4 answers to
/// no fading at all, a priori. The posterior of both given the labels is worked out on the grid;
/// the number left is, given `r` and `h`, a sum of independent chances, and over the posterior a
/// mixture of such. With no fading at all it is the Beta posterior `Beta(1 + hits, 1 + misses)` on
/// the hit rate, and the number left has mean `candidates · (1 + hits) / (2 + labels)`.
///
/// It knows nothing of what the next answers will teach the detector: a cluster of anomalies that
/// no answer has touched is not expected.
///
/// Given `r` and `h`, the distribution of the count is exact up to 64 candidates; beyond it is
/// taken for a normal one where 20 or more are expected, and else for a Poisson.
pub fn remaining(labels: &[Label], candidates: usize) -> Remaining {
    let window = &labels[labels.len().saturating_sub(WINDOW)..];
    let posterior = posterior(window, &HALF_LIVES);
    let start = window.len();
    let expected = |count: usize| -> f64 {
        let parts = posterior.iter();
        parts.map(|one| one.weight * one.sum(start, count)).sum()
    };
    let chance = cumulative(&posterior, start, candidates);
    let at = |probability: f64| chance.iter().position(|up_to| *up_to >= probability);
    let next_answers = NEXT.min(candidates);
    Remaining {
        candidates,
        expected: expected(candidates),
        low: at(TAIL).unwrap_or(candidates),
        high: at(1.0 - TAIL).unwrap_or(candidates),
        next: expected(next_answers),
        next_answers,
        answers: window.len(),
    }
}

impl Remaining {
    /// Whether going on pays little: after ten labels or more, fewer than one anomaly in twenty is
    /// expected of the next answers.
    pub fn pays_little(&self) -> bool {
        self.answers >= ENOUGH && self.next < FEW * self.next_answers as f64 / NEXT as f64
    }
}

/// A hit rate and its half-life, with their posterior weight.
#[derive(Clone, Copy, Debug)]
struct Fading {
    rate: f64,
    half_life: f64,
    weight: f64,
}

impl Fading {
    fn chance(&self, answer: usize) -> f64 {
        self.rate * (-(answer as f64) / self.half_life).exp2()
    }

    /// `Σ q_i` over `count` answers from `start`: a geometric series.
    fn sum(&self, start: usize, count: usize) -> f64 {
        let ratio = (-1.0 / self.half_life).exp2();
        let first = self.chance(start);
        match 1.0 - ratio {
            gap if gap < 1e-8 => first * count as f64,
            gap => first * (1.0 - ratio.powi(count.min(1 << 30) as i32)) / gap,
        }
    }

    /// `Σ q_i²` likewise.
    fn squares(&self, start: usize, count: usize) -> f64 {
        let squared = Self {
            rate: self.rate.powi(2),
            half_life: self.half_life / 2.0,
            weight: 1.0,
        };
        squared.sum(start, count)
    }
}

fn posterior(labels: &[Label], half_lives: &[f64]) -> Vec<Fading> {
    let mut grid = Vec::new();
    for &half_life in half_lives {
        for part in 0..RATES {
            let rate = (part as f64 + 0.5) / RATES as f64;
            let mut one = Fading {
                rate,
                half_life,
                weight: 0.0,
            };
            let logs = labels.iter().enumerate().map(|(answer, label)| {
                let chance = one.chance(answer);
                match label {
                    Label::Anomaly => chance.max(f64::MIN_POSITIVE).ln(),
                    Label::Nominal => (-chance).ln_1p(),
                }
            });
            one.weight = logs.sum();
            grid.push(one);
        }
    }
    let most = grid.iter().map(|one| one.weight).fold(f64::MIN, f64::max);
    grid.iter_mut()
        .for_each(|one| one.weight = (one.weight - most).exp());
    grid.retain(|one| one.weight > SLIGHT);
    let total: f64 = grid.iter().map(|one| one.weight).sum();
    grid.iter_mut().for_each(|one| one.weight /= total);
    grid
}

/// The probability of at most `k` anomalies, for each `k` up to `candidates`, or to where it is
/// near 1.
fn cumulative(posterior: &[Fading], start: usize, candidates: usize) -> Vec<f64> {
    let most = match candidates {
        0..=EXACT => candidates,
        _ => {
            let bound = |one: &Fading| {
                let mean = one.sum(start, candidates);
                (mean + 4.0 * mean.sqrt() + 8.0).ceil() as usize
            };
            posterior
                .iter()
                .map(bound)
                .max()
                .unwrap_or(0)
                .min(candidates)
        }
    };
    let mut sums = vec![0.0; most + 1];
    for one in posterior {
        let chances = match candidates <= EXACT {
            true => exact(one, start, candidates),
            false => near(one, start, candidates, most),
        };
        for (sum, chance) in sums.iter_mut().zip(chances) {
            *sum += one.weight * chance;
        }
    }
    sums
}

/// The exact distribution of a sum of independent chances, cumulated.
fn exact(one: &Fading, start: usize, candidates: usize) -> Vec<f64> {
    let mut chances = vec![0.0; candidates + 1];
    chances[0] = 1.0;
    for answer in 0..candidates {
        let hit = one.chance(start + answer);
        for count in (1..=answer + 1).rev() {
            chances[count] = chances[count] * (1.0 - hit) + chances[count - 1] * hit;
        }
        chances[0] *= 1.0 - hit;
    }
    let mut up_to = 0.0;
    for chance in &mut chances {
        up_to += *chance;
        *chance = up_to;
    }
    chances
}

/// A normal or a Poisson distribution in its place.
fn near(one: &Fading, start: usize, candidates: usize, most: usize) -> Vec<f64> {
    let mean = one.sum(start, candidates);
    if mean >= 20.0 {
        let deviation = (mean - one.squares(start, candidates)).max(1e-6).sqrt();
        let normal = |count: usize| logistic_normal((count as f64 + 0.5 - mean) / deviation);
        return (0..=most).map(normal).collect();
    }
    let (mut term, mut up_to) = ((-mean).exp(), 0.0);
    let poisson = |count: usize| {
        if count > 0 {
            term *= mean / count as f64;
        }
        up_to += term;
        up_to
    };
    (0..=most).map(poisson).collect()
}

/// The standard normal distribution function, to 2e-4 (Bowling and others 2009).
fn logistic_normal(z: f64) -> f64 {
    1.0 / (1.0 + (-(0.07056 * z.powi(3) + 1.5976 * z)).exp())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::stream;
    use rand::RngExt;

    fn labels(hits: &[u8]) -> Vec<Label> {
        let label = |hit: &u8| match hit {
            1 => Label::Anomaly,
            _ => Label::Nominal,
        };
        hits.iter().map(label).collect()
    }

    #[test]
    fn without_fading_it_is_the_beta_posterior() {
        // 3 hits and 5 misses: Beta(4, 6), mean 0.4.
        let posterior = posterior(&labels(&[1, 0, 0, 1, 0, 0, 1, 0]), &[1e12]);
        let mean: f64 = posterior.iter().map(|one| one.weight * one.rate).sum();
        assert!((mean - 0.4).abs() < 1e-3, "{mean}");
        // Of 20 candidates the beta-binomial expects 8; its P(0) is B(4, 26) / B(4, 6).
        let left: f64 = posterior
            .iter()
            .map(|one| one.weight * one.sum(8, 20))
            .sum();
        assert!((left - 8.0).abs() < 0.02, "{left}");
        let none = cumulative(&posterior, 8, 20)[0];
        let beta = |a: u32, b: u32| -> f64 {
            let ln = |n: u32| (1..n).map(|k| f64::from(k).ln()).sum::<f64>();
            ln(a) + ln(b) - ln(a + b)
        };
        let by_hand = (beta(4, 26) - beta(4, 6)).exp();
        assert!((none - by_hand).abs() < 1e-3, "{none} {by_hand}");
    }

    #[test]
    fn nothing_is_left_of_nothing_and_more_hits_leave_more() {
        let none = remaining(&[], 0);
        assert_eq!(
            (none.expected, none.low, none.high, none.next),
            (0.0, 0, 0, 0.0)
        );
        let unknown = remaining(&[], 30);
        assert!(unknown.high - unknown.low > 20 && !unknown.pays_little());
        let rich = remaining(&labels(&[1; 20]), 30);
        let poor = remaining(&labels(&[0; 20]), 30);
        assert!(rich.expected > 15.0 && !rich.pays_little(), "{rich:?}");
        assert!(
            poor.expected < 2.0 && poor.high <= 4 && poor.pays_little(),
            "{poor:?}"
        );
        // Ten hits and then twenty misses: what was found at first is no reason to go on.
        let mut dried = vec![1; 10];
        dried.extend([0; 20]);
        let dried = remaining(&labels(&dried), 30);
        assert!(dried.pays_little() && dried.expected < 2.0, "{dried:?}");
    }

    #[test]
    fn large_counts_are_near_the_exact_ones() {
        for (rate, half_life) in [(0.5, 1e9), (0.05, 1e9), (0.9, 16.0)] {
            let one = Fading {
                rate,
                half_life,
                weight: 1.0,
            };
            let exact = exact(&one, 0, 200);
            for (near, exact) in near(&one, 0, 200, 200).iter().zip(&exact) {
                assert!(
                    (near - exact).abs() < 0.08,
                    "{rate} {half_life}: {near} {exact}"
                );
            }
            let mean: f64 = (0..200).map(|answer| one.chance(answer)).sum();
            assert!((one.sum(0, 200) - mean).abs() < 1e-6 * mean.max(1.0));
        }
    }

    #[test]
    fn intervals_hold_the_truth_as_often_as_they_say() {
        // Sessions as the model has them, drawn from its prior: nine of ten intervals hold what is
        // then found, and the mean is unbiased.
        let mut random = stream(7, "remaining", 0);
        let (mut held, mut surplus) = (0, 0.0);
        let sessions = 400;
        for _ in 0..sessions {
            let one = Fading {
                rate: random.random::<f64>(),
                half_life: HALF_LIVES[random.random_range(0..HALF_LIVES.len() as u64) as usize],
                weight: 1.0,
            };
            let mut draw = |answer| match random.random::<f64>() < one.chance(answer) {
                true => Label::Anomaly,
                false => Label::Nominal,
            };
            let given: Vec<Label> = (0..20).map(&mut draw).collect();
            let found = (20..50)
                .map(&mut draw)
                .filter(|label| *label == Label::Anomaly);
            let found = found.count();
            let told = remaining(&given, 30);
            held += usize::from((told.low..=told.high).contains(&found));
            surplus += told.expected - found as f64;
        }
        // A discrete interval holds 90 % at least; three standard errors are 4.5 %.
        assert!(held * 1000 >= sessions * 865, "{held} of {sessions}");
        assert!(
            (surplus / f64::from(sessions as u32)).abs() < 0.6,
            "{surplus}"
        );
    }
}
