//! Where relevance comes from, in words.

use super::View;
use crate::detector::{BalanceSettings, Method, Mixture, Model};
use crate::numeric::number;

impl<'a> View<'a> {
    /// What relevance is made of in the model that is shown, as a sentence.
    pub fn relevance_sources(self) -> String {
        sentence(self.model())
    }
}

fn sentence(model: &Model) -> String {
    let settings = model.fitted().settings();
    if model.weights() == model.fitted().primed() {
        return "No training yet: relevance p is the prior b everywhere.".to_owned();
    }
    match settings.method {
        Method::Baseline => "Relevance p is the prior b everywhere.".to_owned(),
        Method::Aad => "Relevance p is one number a member, learnt from your labels.".to_owned(),
        Method::Glad => {
            let said = shares(model.mixture(), model.has_cautious_table());
            let (balance, performance) = (model.fitted().balance(), &model.weights().performance);
            format!(
                "{said}{}{}",
                faded(&balance, performance.found),
                restrained(&balance, performance.judged.len())
            )
        }
    }
}

/// What has become of the lift of the cells, as a sentence with a space before it.
fn faded(balance: &BalanceSettings, found: u32) -> String {
    match balance.gone(found) {
        gone if gone > 0.0 => format!(
            " With {} found, {} of the cells' lift is back at the prior: what the detectors say counts for more again.",
            number::many(found as usize, "anomaly", "anomalies"),
            number::percent(f64::from(gone))
        ),
        _ => String::new(),
    }
}

/// How much of what was learnt counts so far, as a sentence with a space before it.
fn restrained(balance: &BalanceSettings, labels: usize) -> String {
    match balance.counted(labels) {
        counted if counted < 1.0 => format!(
            " After {} {} of what was learnt counts; the rest of each relevance stays at the prior b.",
            number::many(labels, "label", "labels"),
            number::percent(f64::from(counted))
        ),
        _ => String::new(),
    }
}

fn shares(mixture: Mixture, has_two: bool) -> String {
    let percent = |share: f32| number::percent(f64::from(share));
    let by_network = format!("by {} from the network", percent(mixture.network));
    if mixture.cells == 0.0 {
        return "Relevance p comes from the network alone.".to_owned();
    }
    let tables = match has_two {
        true => format!(
            " ({} of that from the cautious table, which the prior holds strictly, the rest from the bold one)",
            percent(mixture.cautious)
        ),
        false => String::new(),
    };
    let by_cells = format!(
        "by {} from the cells that your labels touch{tables}",
        percent(mixture.cells)
    );
    let more = "What ranked better what you then labelled counts more.";
    match mixture.network > 0.0 {
        true => format!("Relevance p comes {by_cells} and {by_network}. {more}"),
        false => format!("Relevance p comes {by_cells}. {more}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_told_of_all_that_speak() {
        let mixture = Mixture {
            cells: 0.75,
            network: 0.25,
            cautious: 0.4,
        };
        let told = shares(mixture, true);
        for part in ["75 %", "25 %", "40 %", "cautious"] {
            assert!(told.contains(part), "{told}");
        }
        assert!(!shares(mixture, false).contains("cautious"));
        let balance = BalanceSettings {
            lift: 6.0,
            fade: 3.0,
            ..BalanceSettings::none()
        };
        let given = BalanceSettings::default();
        assert!(restrained(&given, 30).contains("After 30 labels 50 %"));
        assert_eq!(restrained(&balance, 15), "");
        assert_eq!(faded(&balance, 0), "");
        let told = faded(&balance, 1);
        assert!(
            told.contains("1 anomaly found") && told.contains("25 %"),
            "{told}"
        );
        let alone = Mixture {
            cells: 0.0,
            network: 1.0,
            cautious: 0.0,
        };
        assert_eq!(
            shares(alone, false),
            "Relevance p comes from the network alone."
        );
    }
}
