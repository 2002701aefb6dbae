//! What the records of an experiment say together.

use super::shares::shares;
use super::{Contest, Design, Line, Peers, Record, Section, Share, Spread, Variant, compare};
use crate::evaluation::{area_under_curve, found_after};

/// Queries after which a table shows what was found.
const MILESTONES: [usize; 4] = [20, 60, 100, 150];

/// All tables, and the methods held against each other over them.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// Queries at which found anomalies are shown.
    pub milestones: Vec<usize>,
    /// Queries up to which areas are taken: as far as all curves go.
    pub horizon: usize,
    /// The tables.
    pub sections: Vec<Section>,
    /// The method that the others are held against.
    pub hero: String,
    /// The mean share that each found, over the tables.
    pub shares: Vec<Share>,
    /// The others.
    pub contests: Vec<Contest>,
}

impl Report {
    /// Sums up the records of a design's trials, in the order of [`Design::trials`].
    pub fn new(design: &Design, records: &[Record], peers: &Peers) -> Self {
        let curves = design
            .tables
            .iter()
            .flat_map(|table| peers.on(table.name()));
        let shortest = curves.map(|peer| peer.curve.len()).min();
        let horizon = shortest.map_or(design.budget, |queries| queries.min(design.budget));
        let mut milestones = MILESTONES.to_vec();
        milestones.retain(|query| *query <= design.budget);
        if milestones.is_empty() {
            milestones.push(design.budget);
        }
        let sections: Vec<Section> = (0..design.tables.len())
            .map(|table| section(design, records, peers, table, &milestones, horizon))
            .collect();
        let glad = design
            .variants
            .iter()
            .position(|variant| *variant == Variant::Glad);
        let hero = glad.unwrap_or(0);
        let contests = compare::contests(&sections, hero, &milestones, horizon);
        let shares = shares(&sections, hero, &milestones);
        Self {
            hero: design
                .variants
                .get(hero)
                .map_or_else(String::new, |variant| variant.label().to_owned()),
            milestones,
            horizon,
            sections,
            shares,
            contests,
        }
    }
}

fn section(
    design: &Design,
    records: &[Record],
    peers: &Peers,
    table: usize,
    milestones: &[usize],
    horizon: usize,
) -> Section {
    let dataset = &design.tables[table];
    let anomalies = dataset.truth().map_or(0, |truth| truth.anomalies());
    let mut lines: Vec<Line> = Vec::new();
    for variant in &design.variants {
        let of =
            |record: &&Record| record.dataset == dataset.name() && record.method == variant.key();
        let own: Vec<&Record> = records.iter().filter(of).collect();
        lines.push(line(
            variant.label(),
            &own,
            milestones,
            horizon,
            design.budget,
            anomalies,
        ));
    }
    for peer in peers.on(dataset.name()) {
        let means: Vec<f64> = peer.curve.iter().map(|spread| spread.mean).collect();
        let found = milestones
            .iter()
            .map(|query| peer.curve.get(query - 1).copied());
        lines.push(Line {
            label: peer.method.clone(),
            runs: peer.runs,
            found: found.collect(),
            area: Some(Spread {
                mean: area_under_curve(&means, anomalies, horizon),
                deviation: None,
            }),
            auroc: None,
            average_precision: None,
            curve: peer.curve.clone(),
            replays: Vec::new(),
        });
    }
    Section {
        dataset: dataset.name().to_owned(),
        size: [dataset.n_instances(), dataset.n_features(), anomalies],
        lines,
    }
}

fn line(
    label: &str,
    records: &[&Record],
    milestones: &[usize],
    horizon: usize,
    budget: usize,
    anomalies: usize,
) -> Line {
    let replays: Vec<Vec<f64>> = records.iter().map(|record| record.curve()).collect();
    let over = |measure: &dyn Fn(&Vec<f64>) -> f64| {
        Spread::of(&replays.iter().map(measure).collect::<Vec<f64>>())
    };
    let quality = |measure: fn(&Record) -> f64| {
        let values: Vec<f64> = records.iter().map(|record| measure(record)).collect();
        Some(Spread::of(&values))
    };
    let found = milestones
        .iter()
        .map(|&query| Some(over(&|curve| found_after(curve, query))));
    Line {
        label: label.to_owned(),
        runs: records.len(),
        found: found.collect(),
        area: Some(over(&|curve| area_under_curve(curve, anomalies, horizon))),
        auroc: quality(|record| record.auroc),
        average_precision: quality(|record| record.average_precision),
        curve: (1..=budget)
            .map(|query| over(&|curve| found_after(curve, query)))
            .collect(),
        replays,
    }
}
