//! Curves of any number of points, seen from far or near without losing a peak.

/// Points whose least and largest are known at once.
const BLOCK: usize = 256;

/// A curve whose points ascend across.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Curve {
    points: Vec<[f64; 2]>,
    /// Of each block, the places of its least and its largest value.
    ends: Vec<[u32; 2]>,
}

impl Curve {
    /// Takes points that ascend across; what is not finite must not be among them.
    pub fn new(points: Vec<[f64; 2]>) -> Self {
        let blocks = points.chunks(BLOCK).enumerate();
        let ends = blocks.map(|(block, some)| {
            let [least, largest] = ends(some.iter().enumerate().map(|(at, point)| (at, point[1])));
            let place = |at: usize| (block * BLOCK + at) as u32;
            [place(least), place(largest)]
        });
        Self {
            ends: ends.collect(),
            points,
        }
    }

    /// All points.
    pub fn points(&self) -> &[[f64; 2]] {
        &self.points
    }

    /// At most about `most` points between two places across, and one beyond each: of each stretch
    /// the least and the largest, in the order in which they come, so that no peak is lost.
    pub fn within(&self, low: f64, high: f64, most: usize) -> Vec<[f64; 2]> {
        let first = self.points.partition_point(|point| point[0] < low);
        let end = self.points.partition_point(|point| point[0] <= high);
        let (first, end) = (first.saturating_sub(1), (end + 1).min(self.points.len()));
        let count = end.saturating_sub(first);
        if count <= most {
            return self.points[first.min(end)..end].to_vec();
        }
        let stretch = (2 * count).div_ceil(most.max(2));
        let mut kept = Vec::with_capacity(most + 2);
        for from in (first..end).step_by(stretch) {
            let [least, largest] = self.ends_of(from, (from + stretch).min(end));
            kept.push(self.points[least.min(largest)]);
            if least != largest {
                kept.push(self.points[least.max(largest)]);
            }
        }
        kept
    }

    /// The places of the least and the largest value of a stretch; whole blocks are looked up.
    fn ends_of(&self, from: usize, to: usize) -> [usize; 2] {
        let value = |at: usize| (at, self.points[at][1]);
        let inner = from.div_ceil(BLOCK)..to / BLOCK;
        if inner.is_empty() {
            return ends((from..to).map(value));
        }
        let before = (from..inner.start * BLOCK).map(value);
        let after = (inner.end * BLOCK..to).map(value);
        let blocks = self.ends[inner].iter().flatten();
        ends(
            before
                .chain(blocks.map(|&at| value(at as usize)))
                .chain(after),
        )
    }
}

/// The places of the first least and the first largest of some values.
fn ends(values: impl Iterator<Item = (usize, f64)>) -> [usize; 2] {
    let mut found = [(0, f64::INFINITY), (0, f64::NEG_INFINITY)];
    for (at, value) in values {
        if value < found[0].1 {
            found[0] = (at, value);
        }
        if value > found[1].1 {
            found[1] = (at, value);
        }
    }
    found.map(|(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_peak_is_lost_from_far_and_every_point_is_there_from_near() {
        let mut points: Vec<[f64; 2]> = (0..1_000_000)
            .map(|at| [f64::from(at), (f64::from(at) / 9000.0).sin()])
            .collect();
        points[777_777][1] = 9.0;
        points[333_333][1] = -9.0;
        let curve = Curve::new(points);
        let far = curve.within(f64::NEG_INFINITY, f64::INFINITY, 500);
        assert!(far.len() <= 502, "{}", far.len());
        assert!(far.contains(&[777_777.0, 9.0]) && far.contains(&[333_333.0, -9.0]));
        assert!(far.is_sorted_by(|a, b| a[0] < b[0]));
        let nearer = curve.within(777_000.0, 779_000.0, 500);
        assert!(nearer.contains(&[777_777.0, 9.0]) && nearer.len() <= 502);
        let near = curve.within(100.5, 103.5, 500);
        assert_eq!(near.len(), 5, "{near:?}");
        assert!(curve.within(2e6, 3e6, 500).len() <= 1);
        assert!(Curve::new(Vec::new()).within(0.0, 1.0, 500).is_empty());
    }
}
