//! Points of many dimensions on a plane on which neighbours stay neighbours (t-SNE).

use ndarray::{ArrayView1, ArrayView2};
use rand_distr::{Distribution, StandardNormal};

use super::{Cancelled, Watch, map_blocks, map_each, principal_components, stream};

/// What [`Watch`] is told.
pub const EMBEDDING: &str = "laying rows out";

/// Neighbours that a point is meant to have, where there are enough points.
const PERPLEXITY: f32 = 30.0;
/// Iterations in all, and those at first in which neighbours pull harder.
const ITERATIONS: usize = 600;
const EARLY: usize = 200;
/// How much harder.
const EXAGGERATION: f32 = 12.0;
/// Sums of this many are formed beside each other, which processors do at once.
const LANES: usize = 8;
/// Points of which the forces are worked out at once.
const BLOCK: usize = 64;

/// Lays points out on a plane by t-SNE; the same bits for a seed, on one core or many.
///
/// With `p_ij` the affinity of two points (Gaussian, of a width by which each has about 30
/// neighbours, symmetrised) and `q_ij ∝ 1 / (1 + |y_i − y_j|²)` that of their places, places go down
/// the gradient of `KL(P ‖ Q) = Σ_ij p_ij ln(p_ij / q_ij)`,
/// `4 Σ_j (p_ij − q_ij) (y_i − y_j) / (1 + |y_i − y_j|²)`. Near points lie together; distances
/// between groups, and the axes, mean nothing.
///
/// # Shapes
/// `points` `[n, d]`; `n` places. It takes memory and time for `n²` pairs: for a few thousand points.
///
/// # Errors
/// [`Cancelled`] when `watch` says so.
///
/// # Source
/// van der Maaten and Hinton, *Visualizing Data using t-SNE*, JMLR 9 (2008). Affinities are of the
/// 90 nearest only, as in van der Maaten, *Accelerating t-SNE using Tree-Based Algorithms*, JMLR 15
/// (2014). Places begin at the first two principal components and go at a rate of `n / 48`, as in
/// Kobak and Berens, *The art of using t-SNE for single-cell transcriptomics*, Nature
/// Communications 10 (2019).
pub fn tsne(
    points: ArrayView2<'_, f32>,
    seed: u64,
    watch: &mut dyn Watch,
) -> Result<Vec<[f32; 2]>, Cancelled> {
    let n = points.nrows();
    if n < 3 {
        return Ok((0..n).map(|at| [at as f32, 0.0]).collect());
    }
    let affinities = affinities(points, watch)?;
    let mut layout = Layout::new(points, seed);
    for iteration in 0..ITERATIONS {
        watch.step(EMBEDDING, iteration, ITERATIONS)?;
        let is_early = iteration < EARLY;
        layout.step(&affinities, is_early);
    }
    Ok(layout.positions())
}

/// Of each point its neighbours, ascending, with their affinities.
type Affinities = Vec<Vec<(u32, f32)>>;

fn affinities(points: ArrayView2<'_, f32>, watch: &mut dyn Watch) -> Result<Affinities, Cancelled> {
    let n = points.nrows();
    let perplexity = PERPLEXITY.min((n - 1) as f32 / 3.0).max(1.0);
    let neighbours = ((3.0 * perplexity) as usize).clamp(1, n - 1);
    let mut own: Affinities = Vec::with_capacity(n);
    // A part at a time, so that it can be cancelled in between.
    for first in (0..n).step_by(4 * BLOCK) {
        watch.step(EMBEDDING, 0, ITERATIONS)?;
        let rows = (n - first).min(4 * BLOCK);
        own.extend(map_each(rows, |row| {
            conditional(points, first + row, neighbours, perplexity)
        }));
    }
    let mut both: Affinities = vec![Vec::new(); n];
    for (from, near) in own.iter().enumerate() {
        for &(to, p) in near {
            let share = p / (2.0 * n as f32);
            both[from].push((to, share));
            both[to as usize].push((from as u32, share));
        }
    }
    for near in &mut both {
        // Stable: both shares of a pair stand beside each other, always in the same order.
        near.sort_by_key(|(to, _)| *to);
        near.dedup_by(|next, kept| {
            let is_same = next.0 == kept.0;
            if is_same {
                kept.1 += next.1;
            }
            is_same
        });
    }
    Ok(both)
}

/// The nearest of a point with `p_j|i`, whose entropy is the logarithm of the perplexity.
fn conditional(
    points: ArrayView2<'_, f32>,
    at: usize,
    neighbours: usize,
    perplexity: f32,
) -> Vec<(u32, f32)> {
    let own = points.row(at);
    let rows = points.rows().into_iter().enumerate();
    let others = rows.filter(|(other, _)| *other != at);
    let mut near: Vec<(u32, f32)> = others
        .map(|(other, row)| (other as u32, square_distance(own, row)))
        .collect();
    let order = |a: &(u32, f32), b: &(u32, f32)| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0));
    if near.len() > neighbours {
        near.select_nth_unstable_by(neighbours - 1, order);
        near.truncate(neighbours);
    }
    near.sort_unstable_by(order);
    // From the nearest on, so that the largest weight is 1 whatever the width.
    let nearest = near.first().map_or(0.0, |first| first.1);
    let distances: Vec<f64> = near
        .iter()
        .map(|(_, distance)| f64::from(distance - nearest))
        .collect();
    let scale = distances.iter().sum::<f64>() / distances.len().max(1) as f64;
    let wanted = f64::from(perplexity).ln();
    let (mut low, mut high) = (0.0, f64::INFINITY);
    let mut beta = 1.0 / scale.max(f64::MIN_POSITIVE);
    for _ in 0..64 {
        let (mut sum, mut weighted) = (0.0, 0.0);
        for distance in &distances {
            let weight = (-beta * distance).exp();
            sum += weight;
            weighted += weight * distance;
        }
        let entropy = sum.ln() + beta * weighted / sum;
        match entropy > wanted {
            true => low = beta,
            false => high = beta,
        }
        let next = match high.is_finite() {
            true => f64::midpoint(low, high),
            false => beta * 2.0,
        };
        // Where many are at the nearest distance no width has so few neighbours.
        if !next.is_finite() || (entropy - wanted).abs() < 1e-5 {
            break;
        }
        beta = next;
    }
    let weights: Vec<f64> = distances.iter().map(|d| (-beta * d).exp()).collect();
    let sum: f64 = weights.iter().sum();
    for ((_, p), weight) in near.iter_mut().zip(weights) {
        *p = (weight / sum) as f32;
    }
    near
}

fn square_distance(a: ArrayView1<'_, f32>, b: ArrayView1<'_, f32>) -> f32 {
    let (Some(a), Some(b)) = (a.as_slice(), b.as_slice()) else {
        return a.iter().zip(b).map(|(a, b)| (a - b).powi(2)).sum();
    };
    let mut sums = [0.0_f32; LANES];
    let (wholes, rest) = (a.len() / LANES * LANES, a.len() % LANES);
    for (a, b) in a.chunks_exact(LANES).zip(b.chunks_exact(LANES)) {
        for lane in 0..LANES {
            let apart = a[lane] - b[lane];
            sums[lane] += apart * apart;
        }
    }
    for at in wholes..wholes + rest {
        sums[at - wholes] += (a[at] - b[at]).powi(2);
    }
    sums.iter().sum()
}

/// Places that are being found, with what drives them.
struct Layout {
    /// Across and up; filled up to whole lanes by places that are infinitely far.
    at: [Vec<f32>; 2],
    speed: [Vec<f32>; 2],
    gain: [Vec<f32>; 2],
    n: usize,
}

impl Layout {
    fn new(points: ArrayView2<'_, f32>, seed: u64) -> Self {
        let n = points.nrows();
        let room = n.div_ceil(LANES) * LANES;
        let components = principal_components(points, 2);
        let coordinates: Vec<Vec<f64>> = (points.rows().into_iter())
            .map(|row| components.coordinates(row))
            .collect();
        let first = coordinates.iter().filter_map(|at| at.first());
        let spread = (first.map(|at| at * at).sum::<f64>() / n as f64).sqrt();
        let mut random = stream(seed, "embedding", 0);
        let mut at = [0, 1].map(|_| vec![f32::INFINITY; room]);
        for (row, coordinates) in coordinates.iter().enumerate() {
            for (axis, positions) in at.iter_mut().enumerate() {
                let position = coordinates.get(axis).copied().unwrap_or(0.0);
                // Points in one place would never part.
                let hair: f64 = StandardNormal.sample(&mut random);
                let position = position / spread.max(f64::MIN_POSITIVE) + 0.1 * hair;
                positions[row] = (1e-4 * position) as f32;
            }
        }
        Self {
            at,
            speed: [0, 1].map(|_| vec![0.0; n]),
            gain: [0, 1].map(|_| vec![1.0; n]),
            n,
        }
    }

    fn step(&mut self, affinities: &Affinities, is_early: bool) {
        let (pull, momentum) = if is_early {
            (EXAGGERATION, 0.5)
        } else {
            (1.0, 0.8)
        };
        let rate = (self.n as f32 / EXAGGERATION / 4.0).max(50.0);
        let blocks = map_blocks(self.n, BLOCK, |rows| {
            rows.map(|row| self.forces(row, &affinities[row]))
                .collect::<Vec<Forces>>()
        });
        let forces = blocks.concat();
        // In the order of the points, whoever worked them out.
        let total: f64 = forces.iter().map(|forces| f64::from(forces.near)).sum();
        let total = total.max(f64::MIN_POSITIVE) as f32;
        for axis in 0..2 {
            for (row, forces) in forces.iter().enumerate() {
                let gradient = 4.0 * (pull * forces.pull[axis] - forces.push[axis] / total);
                let (speed, gain) = (&mut self.speed[axis][row], &mut self.gain[axis][row]);
                *gain = match (gradient > 0.0) == (*speed > 0.0) {
                    true => (*gain * 0.8).max(0.01),
                    false => *gain + 0.2,
                };
                *speed = momentum * *speed - rate * *gain * gradient;
                self.at[axis][row] += *speed;
            }
            let positions = &mut self.at[axis][..self.n];
            let mean = positions.iter().map(|at| f64::from(*at)).sum::<f64>() / self.n as f64;
            for position in positions {
                *position -= mean as f32;
            }
        }
    }

    fn forces(&self, row: usize, near: &[(u32, f32)]) -> Forces {
        let [across, up] = &self.at;
        let (x, y) = (across[row], up[row]);
        let mut pull = [0.0_f32; 2];
        for &(other, p) in near {
            let (dx, dy) = (x - across[other as usize], y - up[other as usize]);
            let weight = p / (1.0 + dx * dx + dy * dy);
            pull[0] += weight * dx;
            pull[1] += weight * dy;
        }
        let (mut sums, mut push_x, mut push_y) =
            ([0.0_f32; LANES], [0.0_f32; LANES], [0.0_f32; LANES]);
        let lanes = across.chunks_exact(LANES).zip(up.chunks_exact(LANES));
        for (across, up) in lanes {
            for lane in 0..LANES {
                let (dx, dy) = (x - across[lane], y - up[lane]);
                let q = 1.0 / (1.0 + dx * dx + dy * dy);
                sums[lane] += q;
                // A place that is infinitely far has no weight, and zero times it is no number.
                let weight = q * q;
                push_x[lane] += if weight > 0.0 { weight * dx } else { 0.0 };
                push_y[lane] += if weight > 0.0 { weight * dy } else { 0.0 };
            }
        }
        Forces {
            pull,
            push: [push_x.iter().sum(), push_y.iter().sum()],
            // But itself, whose q is 1.
            near: sums.iter().sum::<f32>() - 1.0,
        }
    }

    fn positions(&self) -> Vec<[f32; 2]> {
        let [across, up] = &self.at;
        let both = across.iter().zip(up).take(self.n);
        both.map(|(&x, &y)| [x, y]).collect()
    }
}

/// What drives a place.
#[derive(Clone, Copy)]
struct Forces {
    /// Towards neighbours: `Σ_j p_ij (y_i − y_j) / (1 + |y_i − y_j|²)`.
    pull: [f32; 2],
    /// Away from all, before it is divided by the sum over all pairs.
    push: [f32; 2],
    /// The share of that sum.
    near: f32,
}

#[cfg(test)]
mod tests {
    use ndarray::Array2;

    use super::*;
    use crate::numeric::Unwatched;

    /// Three groups in ten dimensions, 20 apart.
    fn groups(each: usize) -> Array2<f32> {
        let mut random = stream(3, "groups", 0);
        Array2::from_shape_fn((3 * each, 10), |(row, column)| {
            let hair: f32 = StandardNormal.sample(&mut random);
            hair + if column == row / each { 20.0 } else { 0.0 }
        })
    }

    #[test]
    fn groups_stay_together_and_apart() {
        let each = 25;
        let positions = tsne(groups(each).view(), 1, &mut Unwatched).expect("places");
        let apart = |a: usize, b: usize| {
            let [dx, dy] = [0, 1].map(|axis| positions[a][axis] - positions[b][axis]);
            dx.hypot(dy)
        };
        for row in 0..3 * each {
            let others = (0..3 * each).filter(|&other| other != row);
            let nearest = others.min_by(|&a, &b| apart(row, a).total_cmp(&apart(row, b)));
            assert_eq!(nearest.map(|near| near / each), Some(row / each), "{row}");
        }
        let mean =
            |axis: usize| positions.iter().map(|at| at[axis]).sum::<f32>() / positions.len() as f32;
        assert!(mean(0).abs() < 1e-2 && mean(1).abs() < 1e-2);
    }

    #[test]
    fn a_seed_gives_the_same_bits_on_one_core_or_many() {
        let points = groups(30);
        let many = tsne(points.view(), 1, &mut Unwatched).expect("places");
        let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build();
        let one = pool
            .expect("a pool")
            .install(|| tsne(points.view(), 1, &mut Unwatched));
        assert_eq!(one.expect("places"), many);
        let other = tsne(points.view(), 2, &mut Unwatched).expect("places");
        assert_ne!(other, many);
    }

    #[test]
    fn each_point_has_as_many_neighbours_as_it_is_meant_to() {
        let points = groups(60);
        let near = conditional(points.view(), 0, 90, 30.0);
        let entropy: f64 = near
            .iter()
            .map(|&(_, p)| f64::from(-p * p.max(f32::MIN_POSITIVE).ln()))
            .sum();
        assert!((entropy.exp() - 30.0).abs() < 0.1, "{}", entropy.exp());
        let sum: f32 = near.iter().map(|(_, p)| p).sum();
        assert!((sum - 1.0).abs() < 1e-4);
    }

    #[test]
    fn the_gradient_is_that_of_the_divergence() {
        let points = groups(6);
        let affinities = affinities(points.view(), &mut Unwatched).expect("affinities");
        let mut layout = Layout::new(points.view(), 5);
        // Away from the start, where all forces are tiny.
        for axis in &mut layout.at {
            for (row, position) in axis.iter_mut().take(18).enumerate() {
                *position += (row as f32 * 0.7).sin();
            }
        }
        let divergence = |layout: &Layout| {
            let q = |a: usize, b: usize| {
                let [dx, dy] = [0, 1]
                    .map(|axis| f64::from(layout.at[axis][a]) - f64::from(layout.at[axis][b]));
                1.0 / (1.0 + dx * dx + dy * dy)
            };
            let pairs = (0..18).flat_map(|a| (0..18).map(move |b| (a, b)));
            let total: f64 = pairs.filter(|(a, b)| a != b).map(|(a, b)| q(a, b)).sum();
            let each = affinities.iter().enumerate();
            each.flat_map(|(a, near)| near.iter().map(move |&(b, p)| (a, b as usize, p)))
                .map(|(a, b, p)| f64::from(p) * (f64::from(p) / (q(a, b) / total)).ln())
                .sum::<f64>()
        };
        let forces = (0..18).map(|row| layout.forces(row, &affinities[row]));
        let forces: Vec<Forces> = forces.collect();
        let total: f32 = forces.iter().map(|forces| forces.near).sum();
        for (row, axis) in [(0, 0), (7, 1), (17, 0)] {
            let gradient = 4.0 * (forces[row].pull[axis] - forces[row].push[axis] / total);
            let hair = 1e-2;
            let mut moved = |by: f32| {
                layout.at[axis][row] += by;
                let found = divergence(&layout);
                layout.at[axis][row] -= by;
                found
            };
            let slope = (moved(hair) - moved(-hair)) / (2.0 * f64::from(hair));
            assert!(
                (slope - f64::from(gradient)).abs() < 1e-3,
                "{slope} {gradient}"
            );
        }
    }

    #[test]
    fn few_points_and_points_in_one_place_have_places() {
        for rows in [0, 1, 2, 5] {
            let points = Array2::<f32>::ones((rows, 3));
            let positions = tsne(points.view(), 0, &mut Unwatched).expect("places");
            assert_eq!(positions.len(), rows);
            assert!(
                positions.iter().flatten().all(|at| at.is_finite()),
                "{positions:?}"
            );
        }
    }
}
