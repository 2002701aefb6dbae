//! How well the two sources of relevance, network and cells, ranked, and what follows for their mixture.

use serde::{Deserialize, Serialize};

use super::BalanceSettings;

/// The two sources of relevance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RelevanceSources {
    /// Both, mixed by how well each ranked what was then labelled.
    Both,
    /// The network alone, as published.
    Network,
    /// The cells alone.
    Cells,
}

/// How the mixture of the two sources follows their performance.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MixtureSettings {
    /// Which sources there are.
    #[serde(rename = "voices")]
    pub sources: RelevanceSources,
    /// How strongly a lower loss is believed.
    pub trust: f32,
    /// What is left of an older loss after each answer, in (0, 1].
    pub memory: f32,
    /// The number of labels, or of anomalies found ([`BalanceSettings::by_found`]), for each part of
    /// the ensemble, at which the network has half of
    /// its weight: it sees the whole space at once, and is rash while labels are few. The cells
    /// are a vote of all parts, and the fewer there are, the less it is worth waiting for.
    pub patience: f32,
}

impl Default for MixtureSettings {
    fn default() -> Self {
        Self {
            sources: RelevanceSources::Both,
            trust: 2.0,
            memory: 0.95,
            patience: 0.4,
        }
    }
}

/// How well each source ranked the instances that were then labelled.
///
/// Before an update learns from a label, each source is judged by the rank that it gave the
/// instance among those without label: with `u = ln(1 + rank) / ln(1 + n)`, between 0 for the top
/// and 1 for the bottom, its loss is `u` for an anomaly and `1 − u` for a nominal. Losses fade, so
/// that a source which was right at first and errs now is soon doubted (the exponentially weighted
/// forecaster of Littlestone and Warmuth 1994, with forgetting).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SourcePerformance {
    /// The faded losses of the cells and the network.
    pub losses: [f32; 2],
    /// The faded losses of the bold table of cells and the cautious one; 0 where there is one only.
    #[serde(default)]
    pub tables: [f32; 2],
    /// How many of them were anomalies, where that counts ([`BalanceSettings`]).
    #[serde(default, skip_serializing_if = "is_none")]
    pub found: u32,
    /// The instances by which they were judged, ascending.
    pub judged: Vec<u32>,
}

/// A file of before anomalies were counted reads and writes as it was.
fn is_none(found: &u32) -> bool {
    *found == 0
}

/// The weights of the cells and of the network, `>= 0` and with the sum 1.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mixture {
    /// The weight of relevance by cell.
    pub cells: f32,
    /// The weight of relevance by network.
    pub network: f32,
    /// The share of the cautious table in relevance by cell, in [0, 1].
    #[serde(default)]
    pub cautious: f32,
}

impl SourcePerformance {
    /// Whether an instance has judged the sources already.
    pub fn has_judged(&self, instance: usize) -> bool {
        self.judged.binary_search(&(instance as u32)).is_ok()
    }

    /// Takes in the ranks, counted from 0 among `n` instances, that the cells and the
    /// network gave a newly labelled instance, and those of the two tables of cells where there
    /// are two.
    pub fn judge(
        &mut self,
        instance: usize,
        is_anomaly: bool,
        [sources, tables]: [Option<[usize; 2]>; 2],
        n: usize,
        settings: &MixtureSettings,
    ) {
        if let Err(place) = self.judged.binary_search(&(instance as u32)) {
            self.judged.insert(place, instance as u32);
            for (losses, ranks) in [(&mut self.losses, sources), (&mut self.tables, tables)] {
                for (loss, rank) in losses.iter_mut().zip(ranks.into_iter().flatten()) {
                    let low = (1.0 + rank as f32).ln() / (1.0 + n as f32).ln();
                    let missed = if is_anomaly { low } else { 1.0 - low };
                    *loss = *loss * settings.memory + missed;
                }
            }
        }
    }

    /// How far each table of cells is believed, the better one with 1.
    pub(super) fn shares_of_tables(&self, settings: &MixtureSettings) -> [f32; 2] {
        believed(self.tables, settings.trust)
    }

    /// What patience with the network is counted in.
    pub fn heard(&self, balance: &BalanceSettings) -> usize {
        match balance.by_found {
            true => self.found as usize,
            false => self.judged.len(),
        }
    }

    /// The weights of the sources over an ensemble of so many parts, where a score of each spreads
    /// by `deviations`: scores are brought to the same spread before they are mixed. `heard` is what
    /// the patience with the network is held against.
    pub fn mixture(
        &self,
        settings: &MixtureSettings,
        heard: usize,
        parts: usize,
        deviations: [f32; 2],
    ) -> Mixture {
        let believed = believed(self.losses, settings.trust);
        let labels = heard as f32;
        let patience = settings.patience * parts as f32;
        let awake = match patience > 0.0 {
            true => labels / (labels + patience),
            false => 1.0,
        };
        let [cells, network] = match settings.sources {
            RelevanceSources::Both => [believed[0], believed[1] * awake],
            RelevanceSources::Cells => [1.0, 0.0],
            RelevanceSources::Network => [0.0, 1.0],
        };
        let spread = deviations.map(|deviation| deviation.max(f32::MIN_POSITIVE));
        let (cells, network) = (cells / spread[0], network / spread[1]);
        let total = cells + network;
        Mixture {
            cells: cells / total,
            network: network / total,
            cautious: 0.0,
        }
    }
}

/// How far the sources of two losses are believed, the better one with 1.
fn believed(losses: [f32; 2], trust: f32) -> [f32; 2] {
    let least = losses[0].min(losses[1]);
    losses.map(|loss| (-trust * (loss - least)).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_source_that_ranked_better_weighs_more() {
        let settings = MixtureSettings {
            patience: 0.0,
            ..MixtureSettings::default()
        };
        let mut performance = SourcePerformance::default();
        assert_eq!(
            performance.mixture(&settings, 0, 100, [1.0, 1.0]),
            Mixture {
                cells: 0.5,
                network: 0.5,
                cautious: 0.0,
            }
        );
        // An anomaly at the top of the cells' ranking and at the bottom of the network's.
        performance.judge(7, true, [Some([0, 99]), None], 100, &settings);
        assert!((performance.losses[0] - 0.0).abs() < 1e-6);
        assert!((performance.losses[1] - 100_f32.ln() / 101_f32.ln()).abs() < 1e-6);
        assert!(performance.mixture(&settings, 0, 100, [1.0, 1.0]).cells > 0.85);
        // The same instance does not judge twice; a nominal judges the other way.
        let before = performance.clone();
        performance.judge(7, false, [Some([0, 99]), None], 100, &settings);
        assert_eq!(performance, before);
        performance.judge(3, false, [Some([0, 99]), None], 100, &settings);
        assert!(performance.losses[0] > performance.losses[1]);
        assert_eq!(performance.judged, [3, 7]);
    }

    #[test]
    fn the_network_is_silent_without_labels_and_wider_scores_weigh_less() {
        let settings = MixtureSettings::default();
        let performance = SourcePerformance::default();
        assert_eq!(
            performance.mixture(&settings, 0, 100, [1.0, 1.0]).network,
            0.0
        );
        let at_once = MixtureSettings {
            patience: 0.0,
            ..settings
        };
        let mixture = performance.mixture(&at_once, 0, 100, [1.0, 3.0]);
        assert!((mixture.cells - 0.75).abs() < 1e-6);
        let alone = MixtureSettings {
            sources: RelevanceSources::Network,
            ..at_once
        };
        assert_eq!(
            performance.mixture(&alone, 0, 100, [1.0, 3.0]),
            Mixture {
                cells: 0.0,
                network: 1.0,
                cautious: 0.0,
            }
        );
    }

    #[test]
    fn tables_are_judged_beside_the_sources_and_the_better_one_weighs_more() {
        let settings = MixtureSettings::default();
        let mut performance = SourcePerformance::default();
        assert_eq!(performance.shares_of_tables(&settings), [1.0, 1.0]);
        // Nominals that the bold table had sunk and the cautious one had left on top.
        for instance in 0..3 {
            performance.judge(instance, false, [None, Some([90, 0])], 100, &settings);
        }
        assert_eq!(performance.losses, [0.0, 0.0]);
        let [bold, cautious] = performance.shares_of_tables(&settings);
        assert!(bold == 1.0 && cautious < 0.01, "{cautious}");
    }
}
