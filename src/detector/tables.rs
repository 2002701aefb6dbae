//! The two tables of cells: one that follows the answers boldly, one that is held by its prior.

use std::sync::Arc;

use super::scoring::{CellRelevance, SourceScores};
use super::temper::Temper;
use super::{Fitted, MixtureSettings, SourcePerformance, Weights};

/// What each table alone says of a sample of the instances.
#[derive(Clone, Debug)]
pub(super) struct Tables {
    alone: [(Arc<CellRelevance>, SourceScores); 2],
}

impl Tables {
    /// `None` where there is one table only.
    pub(super) fn of(fitted: &Fitted, weights: &Weights) -> Option<Self> {
        let sample = fitted.sample()?;
        let n = sample.rows.len();
        let tau_rank = (fitted.settings().tau * n as f64).floor() as usize;
        let tau_rank = tau_rank.clamp(1, n.max(1)) - 1;
        let alone = Temper::BOTH.map(|temper| {
            let table = [(weights.table(temper), 1.0)];
            let relevance = CellRelevance::of(fitted.frozen(), table, &weights.performance);
            let scores = relevance.scores(fitted.ensemble(), &sample.instance_cells, n);
            (Arc::new(relevance), SourceScores::new(scores, tau_rank))
        });
        Some(Self { alone })
    }

    pub(super) fn source(&self, temper: Temper) -> &SourceScores {
        &self.alone[temper as usize].1
    }

    /// The share of the cautious table in relevance by cell: scores are brought to the same spread.
    pub(super) fn cautious(
        &self,
        performance: &SourcePerformance,
        settings: &MixtureSettings,
    ) -> f32 {
        let [bold, cautious] = performance.shares_of_tables(settings);
        let spread = |temper: Temper| self.source(temper).deviation.max(f32::MIN_POSITIVE);
        let bold = bold / spread(Temper::Bold);
        let cautious = cautious / spread(Temper::Cautious);
        cautious / (bold + cautious)
    }

    /// The ranks, among the table's instances without label, that the tables give an instance.
    pub(super) fn ranks(
        &self,
        fitted: &Fitted,
        instance: usize,
        is_open: impl Fn(usize) -> bool,
    ) -> [usize; 2] {
        let located = fitted.point_cells_of(instance);
        let rows = fitted.sample().map_or(&[][..], |sample| &sample.rows[..]);
        [0, 1].map(|table| {
            let (relevance, source) = &self.alone[table];
            let own = relevance.score_of(fitted.ensemble(), &located);
            let others = rows.iter().zip(&source.scores);
            let above =
                others.filter(|(row, score)| **score > own && **row != instance && is_open(**row));
            above.count() * fitted.n() / rows.len().max(1)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::{Label, toys};
    use crate::detector::sample::Sample;
    use crate::detector::{BalanceSettings, LabelledInstance, Model, Settings};
    use crate::numeric::Unwatched;

    fn fitted(balance: BalanceSettings) -> Arc<Fitted> {
        let settings = Settings {
            balance,
            ensemble: "loda:4*0.2+iforest:20".parse().expect("an ensemble"),
            ..Settings::default()
        };
        let table = Arc::new(toys()[0].open());
        Arc::new(Fitted::fit(&table, &settings, &mut Unwatched).expect("a fit"))
    }

    /// The model after so many nominal answers to the first candidates.
    fn after_nominals(fitted: &Arc<Fitted>, count: usize) -> Model {
        let mut model = Model::primed(fitted);
        let mut labels = Vec::new();
        for revision in 0..count as u64 {
            let asked = |one: &usize| {
                labels
                    .iter()
                    .all(|given: &LabelledInstance| given.instance != *one)
            };
            let instance = model
                .top(count + 1)
                .into_iter()
                .find(asked)
                .expect("one is left");
            labels.push(LabelledInstance {
                instance,
                label: Label::Nominal,
                weight: 1.0,
            });
            model = model
                .update(&labels, revision, &mut Unwatched)
                .expect("never cancelled");
        }
        model
    }

    #[test]
    fn without_balance_there_is_one_table_and_no_share() {
        let model = after_nominals(&fitted(BalanceSettings::none()), 3);
        assert!(!model.has_cautious_table());
        assert_eq!(model.mixture().cautious, 0.0);
        assert!(model.weights().cautious.cells.is_empty());
        assert_eq!(model.weights().performance.tables, [0.0, 0.0]);
    }

    #[test]
    fn the_cautious_table_moves_less_and_the_scores_are_those_of_the_mixture() {
        let model = after_nominals(&fitted(BalanceSettings::default()), 6);
        let weights = model.weights();
        let length = |table: &crate::network::CellTable| -> f32 {
            table.logits.iter().map(|logit| logit * logit).sum()
        };
        assert_eq!(weights.cells.cells, weights.cautious.cells);
        assert!(length(&weights.cautious) < length(&weights.cells));
        let share = model.mixture().cautious;
        assert!(share > 0.0 && share < 1.0, "{share}");
        // Scored again without the table, every instance has the same score to the bit.
        let scored = model.trained().score(model.fitted().dataset().features());
        assert_eq!(scored.scores, model.scores());
    }

    #[test]
    fn a_lift_changes_no_ranking_before_the_first_answer() {
        let lifted = fitted(BalanceSettings::default());
        let flat = fitted(BalanceSettings::none());
        let order = |fitted: &Arc<Fitted>| Model::primed(fitted).top(30);
        assert_eq!(order(&lifted), order(&flat));
    }

    /// The first anomaly of the table, and the model when it is labelled.
    fn after_an_anomaly(fitted: &Arc<Fitted>) -> (usize, Model) {
        let truth = fitted.dataset().truth().expect("truth");
        let instance = (0..fitted.n()).find(|&at| truth.label(at) == Some(Label::Anomaly));
        let instance = instance.expect("an anomaly");
        let labels = [LabelledInstance {
            instance,
            label: Label::Anomaly,
            weight: 1.0,
        }];
        let model = Model::primed(fitted).update(&labels, 0, &mut Unwatched);
        (instance, model.expect("never cancelled"))
    }

    #[test]
    fn the_lift_fades_with_anomalies_and_with_them_alone() {
        let of = |fade: f32| {
            fitted(BalanceSettings {
                fade,
                ..BalanceSettings::default()
            })
        };
        let (stays, fades) = (of(0.0), of(1.0));
        let scores = |fitted: &Arc<Fitted>| after_nominals(fitted, 4).scores().to_vec();
        assert_eq!(scores(&stays), scores(&fades), "nominals fade nothing");
        let (instance, high) = after_an_anomaly(&stays);
        let (_, low) = after_an_anomaly(&fades);
        assert_eq!(low.weights().cells, high.weights().cells, "learnt before");
        let rise = |model: &Model| {
            let before = Model::primed(model.fitted());
            model.scores()[instance] - before.scores()[instance]
        };
        assert!(rise(&low) > 0.0 && rise(&low) < rise(&high));
        let again = low.trained().score(low.fitted().dataset().features());
        assert_eq!(again.scores, low.scores());
    }

    #[test]
    fn the_network_waits_for_anomalies_rather_than_labels() {
        let balance = |by_found| BalanceSettings {
            by_found,
            ..BalanceSettings::default()
        };
        let share = |by_found| {
            after_nominals(&fitted(balance(by_found)), 3)
                .mixture()
                .network
        };
        assert_eq!(share(true), 0.0);
        assert!(share(false) > 0.0);
        let (_, model) = after_an_anomaly(&fitted(balance(true)));
        assert!(model.mixture().network > 0.0);
    }

    #[test]
    fn members_count_in_the_prior_by_their_spread() {
        let shares = |by_spread| {
            let balance = BalanceSettings {
                by_spread,
                ..BalanceSettings::default()
            };
            fitted(balance).shares().to_vec()
        };
        assert!(shares(false).is_empty());
        let shares = shares(true);
        assert!((shares.iter().sum::<f32>() - 1.0).abs() < 1e-5);
        let forest = shares[shares.len() - 1];
        assert!(
            shares[..shares.len() - 1]
                .iter()
                .all(|own| *own < forest / 2.0)
        );
    }

    #[test]
    fn samples_are_evenly_strewn() {
        let fitted = fitted(BalanceSettings::default());
        let sample = Sample::of(fitted.n(), fitted.instance_cells());
        assert_eq!(
            sample.rows.len(),
            fitted.n(),
            "a small table is looked at whole"
        );
        assert_eq!(sample.rows[..3], [0, 1, 2]);
    }
}
