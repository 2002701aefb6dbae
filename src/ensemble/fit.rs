//! Fits members, places the instances in them, and scales their scores.

use ndarray::ArrayView2;

use super::instance_cells::{CellIds, Column};
use super::scale::Moments;
use super::{BLOCK, Ensemble, EnsembleSettings, InstanceCells, Member, Part, ScoreScale};
use crate::numeric::{Cancelled, Watch, map_blocks, map_each};

/// The name of the phases, as [`Watch`] is told them.
const FITTING: &str = "fitting detectors";
const PLACING: &str = "scoring instances";

/// Parts placed between two looks at whether anybody waits.
const PARTS: usize = 8;

pub(super) fn ensemble(
    x: ArrayView2<'_, f32>,
    settings: &EnsembleSettings,
    lift: f32,
    seed: u64,
    watch: &mut dyn Watch,
) -> Result<(Ensemble, InstanceCells), Cancelled> {
    let mut members = Vec::new();
    let mut kinds = Vec::new();
    for (index, kind) in settings.kinds.iter().enumerate() {
        watch.step(FITTING, index, settings.kinds.len())?;
        let fitted = kind.kind.fit(x, seed, watch)?;
        kinds.extend(std::iter::repeat_n(index, fitted.len()));
        members.extend(fitted);
    }
    let mut parts = parts(&members);
    let (columns, moments) = locate(x, &members, &parts, watch)?;
    let mut instance_cells = InstanceCells { columns };
    for (index, kind) in settings.kinds.iter().enumerate() {
        let own: Vec<usize> = (0..parts.len())
            .filter(|&part| kinds[parts[part].member] == index)
            .collect();
        scale(
            &members,
            &mut parts,
            &own,
            &instance_cells,
            &moments,
            x.nrows(),
            (kind.weight, lift),
        );
    }
    let values = finish(&members, &parts, &mut instance_cells);
    let ensemble = Ensemble {
        members,
        parts,
        values,
    };
    Ok((ensemble, instance_cells))
}

/// Places instances in all parts of an ensemble that was fitted before.
pub(super) fn instance_cells(
    x: ArrayView2<'_, f32>,
    ensemble: &Ensemble,
    watch: &mut dyn Watch,
) -> Result<InstanceCells, Cancelled> {
    let (columns, _) = locate(x, &ensemble.members, &ensemble.parts, watch)?;
    let mut instance_cells = InstanceCells { columns };
    rescale(&ensemble.parts, &mut instance_cells);
    Ok(instance_cells)
}

/// Lists the parts of all members, with no scale yet.
pub(super) fn parts(members: &[Member]) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut offset = 0;
    for (member, fitted) in members.iter().enumerate() {
        for index in 0..fitted.detector().parts() {
            let cells = fitted.detector().cells(index);
            let scale = ScoreScale {
                shift: 0.0,
                factor: 1.0,
                floor: 0.0,
            };
            parts.push(Part {
                member,
                index,
                offset,
                cells,
                scale,
            });
            offset += cells;
        }
    }
    parts
}

/// Places all instances in all parts, and measures each part's raw scores.
fn locate(
    x: ArrayView2<'_, f32>,
    members: &[Member],
    parts: &[Part],
    watch: &mut dyn Watch,
) -> Result<(Vec<Column>, Vec<Moments>), Cancelled> {
    let (mut columns, mut moments) = (Vec::new(), Vec::new());
    for (chunk, some) in parts.chunks(PARTS).enumerate() {
        watch.step(PLACING, chunk * PARTS, parts.len())?;
        for (column, measured) in map_each(some.len(), |at| column(x, members, &some[at])) {
            columns.push(column);
            moments.push(measured);
        }
    }
    Ok((columns, moments))
}

fn column(x: ArrayView2<'_, f32>, members: &[Member], part: &Part) -> (Column, Moments) {
    let detector = members[part.member].detector();
    let values = x.as_slice().unwrap_or_default();
    let d = x.ncols().max(1);
    let mut moments = Moments::new();
    match detector.cell_scores(part.index) {
        Some(cell_scores) => {
            let blocks = values.chunks(BLOCK * d).flat_map(|rows| {
                let mut cells = vec![0; rows.len() / d];
                detector.find_cells(part.index, rows, &mut cells);
                cells
            });
            let cells = CellIds::new(part.cells, x.nrows(), blocks);
            let mut counts = vec![0_u32; part.cells];
            (0..x.nrows()).for_each(|row| counts[cells.get(row)] += 1);
            for (score, count) in cell_scores.iter().zip(counts) {
                moments.add(*score, f64::from(count));
            }
            (
                Column {
                    cells,
                    scores: None,
                },
                moments,
            )
        }
        None => {
            // These are slow and few, so that rows are shared out, too.
            let blocks = map_blocks(x.nrows(), BLOCK, |rows| {
                let values = &values[rows.start * d..rows.end * d];
                let places = values.chunks_exact(d);
                let places = places.map(|row| detector.cell_score(part.index, row));
                places
                    .map(|found| (found.cell as u32, found.score))
                    .collect::<Vec<(u32, f32)>>()
            });
            let (ids, scores): (Vec<u32>, Vec<f32>) = blocks.into_iter().flatten().unzip();
            scores.iter().for_each(|score| moments.add(*score, 1.0));
            let cells = CellIds::new(part.cells, x.nrows(), ids.into_iter());
            (
                Column {
                    cells,
                    scores: Some(scores),
                },
                moments,
            )
        }
    }
}

/// Scales the parts of one kind so that the sum of their scores spreads by `weight`.
///
/// A member of one part counts as much as any other of its kind, times its own weight; the parts of a forest count as
/// they are, for a tree that finds nothing unusual should not be made to.
fn scale(
    members: &[Member],
    parts: &mut [Part],
    own: &[usize],
    instance_cells: &InstanceCells,
    moments: &[Moments],
    n: usize,
    (weight, lift): (f32, f32),
) {
    for &part in own {
        let member = &members[parts[part].member];
        let unit = match member.detector().parts() {
            1 => f64::from(member.weight()) / moments[part].deviation(),
            _ => 1.0,
        };
        parts[part].scale = ScoreScale {
            shift: moments[part].least,
            factor: unit as f32,
            floor: 0.0,
        };
    }
    let tables: Vec<Vec<f32>> = own
        .iter()
        .map(|&part| match &instance_cells.columns[part].scores {
            None => scaled(members, &parts[part]),
            // The constant shift of these has no part in the spread.
            Some(_) => vec![parts[part].scale.factor; parts[part].cells],
        })
        .collect();
    let sums = map_blocks(n, BLOCK, |rows| {
        let mut sums = vec![0.0; rows.len()];
        for (&part, table) in own.iter().zip(&tables) {
            instance_cells.columns[part].accumulate(rows.clone(), table, &mut sums);
        }
        sums
    });
    let mut total = Moments::new();
    sums.iter().flatten().for_each(|sum| total.add(*sum, 1.0));
    let to_weight = f64::from(weight) / total.deviation();
    for &part in own {
        let scale = &mut parts[part].scale;
        scale.factor = (f64::from(scale.factor) * to_weight) as f32;
        let floor = members[parts[part].member].floor(lift);
        let scale = &mut parts[part].scale;
        scale.floor = floor * moments[part].deviation() as f32 * scale.factor;
    }
}

/// The scaled score in each cell of a part; 1 where cells do not tell it.
pub(super) fn scaled(members: &[Member], part: &Part) -> Vec<f32> {
    match members[part.member].detector().cell_scores(part.index) {
        Some(raw) => raw.into_iter().map(|raw| part.scale.apply(raw)).collect(),
        None => vec![1.0; part.cells],
    }
}

/// Brings the scores that instances hold themselves to scale, and lists those of the cells.
fn finish(members: &[Member], parts: &[Part], instance_cells: &mut InstanceCells) -> Vec<f32> {
    rescale(parts, instance_cells);
    let values = parts.iter().flat_map(|part| scaled(members, part));
    values.collect()
}

/// Brings the scores that instances hold themselves to scale.
fn rescale(parts: &[Part], instance_cells: &mut InstanceCells) {
    for (part, column) in parts.iter().zip(&mut instance_cells.columns) {
        let scores = column.scores.iter_mut().flatten();
        scores.for_each(|score| *score = part.scale.apply(*score));
    }
}
