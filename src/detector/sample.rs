//! A sample of the instances.

use crate::ensemble::InstanceCells;

/// Instances by which the tables are judged and their thresholds set, at most: a share of a crowd is
/// known from a sample, and a table is not scored a second and third time for it.
const SAMPLE: usize = 4096;

/// Evenly strewn instances, and where they lie.
#[derive(Debug)]
pub(super) struct Sample {
    pub(super) rows: Vec<usize>,
    pub(super) instance_cells: InstanceCells,
}

impl Sample {
    pub(super) fn of(n: usize, instance_cells: &InstanceCells) -> Self {
        let stride = n.div_ceil(SAMPLE).max(1);
        let rows: Vec<usize> = (0..n).step_by(stride).collect();
        Self {
            instance_cells: instance_cells.of(&rows),
            rows,
        }
    }
}
