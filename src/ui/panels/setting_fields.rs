//! The numbers and switches among the settings, each kind in one table.

use crate::app::Settings;

/// A number of the settings.
pub(super) struct Field {
    pub(super) name: &'static str,
    /// What it does, as a sentence.
    pub(super) meaning: &'static str,
    /// Its range, in words.
    pub(super) range: &'static str,
    pub(super) low: f64,
    pub(super) high: f64,
    /// By how much a point of the pointer's way changes it.
    pub(super) speed: f64,
    pub(super) is_whole: bool,
    pub(super) get: fn(&Settings) -> f64,
    pub(super) set: fn(&mut Settings, f64),
}

impl Field {
    /// Whether it takes a number as it is. The bounds of the pointer's way are narrower.
    pub(super) fn fits(&self, value: f64) -> bool {
        let mut settings = Settings::default();
        (self.set)(&mut settings, value);
        let is_whole = !self.is_whole || value.fract() == 0.0;
        value >= 0.0 && is_whole && settings.validate().is_ok()
    }
}

/// A setting that is on or off.
pub(super) struct Switch {
    pub(super) name: &'static str,
    /// What it does when it is on, as a sentence.
    pub(super) meaning: &'static str,
    pub(super) flag: fn(&mut Settings) -> &mut bool,
}

/// The switches, in their order.
pub(super) const SWITCHES: &[Switch] = &[
    Switch {
        name: "patience by anomalies",
        meaning: "Patience with the network is counted in anomalies found rather than in labels: of nominals alone it learns where not to look, and says so far beyond them.",
        flag: |settings| &mut settings.balance.by_found,
    },
    Switch {
        name: "prior by spread",
        meaning: "A member counts in the network's prior by the spread of its scores rather than like any other: beside many small members, large ones would have hardly any prior.",
        flag: |settings| &mut settings.balance.by_spread,
    },
    Switch {
        name: "balance by data",
        meaning: "With images and sequences, whose own detectors say more than those of a table, the cells have no lift, patience is counted in labels, and restraint holds.",
        flag: |settings| &mut settings.balance.by_data,
    },
    Switch {
        name: "moving threshold",
        meaning: "The score of the instance at the rank of the top τ is a second threshold of the network, computed anew in each step, beside its value before the update.",
        flag: |settings| &mut settings.update.x_tau,
    },
];

/// Shortens a number as it is stored to the digits that it was written with.
fn short(value: f32) -> f64 {
    value.to_string().parse().unwrap_or(f64::from(value))
}

/// A field of a real number: name, meaning, range, bounds, speed, its place in the settings.
macro_rules! real {
    ($name:literal, $meaning:literal, $range:literal, $low:expr, $high:expr, $speed:expr, $($path:ident).+) => {
        Field {
            name: $name,
            meaning: $meaning,
            range: $range,
            low: $low,
            high: $high,
            speed: $speed,
            is_whole: false,
            get: |settings| short(settings.$($path).+ as f32),
            set: |settings, value| settings.$($path).+ = value as _,
        }
    };
}

/// A field of a whole number, likewise.
macro_rules! whole {
    ($name:literal, $meaning:literal, $range:literal, $low:expr, $high:expr, $($path:ident).+) => {
        Field {
            name: $name,
            meaning: $meaning,
            range: $range,
            low: $low,
            high: $high,
            speed: 0.25,
            is_whole: true,
            get: |settings| settings.$($path).+ as f64,
            set: |settings, value| settings.$($path).+ = value.round() as _,
        }
    };
}

/// The fields, in groups.
///
/// The weight c of the labels' hinge has none: it is 1. A loss that is c times as large has the
/// same steps under Adam, so that only the ratios λ/c and l2/c count, and of those λ and l2 are
/// fields.
pub(super) const FIELDS: &[(&str, &[Field])] = &[
    (
        "Candidates and chance",
        &[
            real!(
                "τ (tau)",
                "The fraction of instances assumed anomalous: candidates come from the top τ of the scores.",
                "above 0 to 0.5",
                0.0001,
                0.5,
                0.001,
                tau
            ),
            whole!(
                "seed",
                "Every random number comes from it: the same seed gives the same bits.",
                "0 on",
                0.0,
                9_007_199_254_740_991.0,
                seed
            ),
        ],
    ),
    (
        "Priming",
        &[
            whole!(
                "epochs",
                "The most passes over the table that train the network to the prior before any label.",
                "0 to 10,000",
                0.0,
                10_000.0,
                network.prime_epochs
            ),
            real!(
                "gain",
                "How quickly relevance can change from place to place: the deviation of a first-layer unit's input over the data.",
                "above 0 to 100",
                0.01,
                100.0,
                0.01,
                network.gain
            ),
        ],
    ),
    (
        "Update of the network",
        &[
            real!(
                "λ",
                "The weight of the prior against the labels, whose own weight c is 1: large values keep relevance near b.",
                "0 on",
                0.0,
                1e6,
                0.005,
                update.lambda
            ),
            real!(
                "margin",
                "By how much a score must clear the threshold q_tau (the score at the rank of the top τ), in standard deviations of the score.",
                "0 to 100",
                0.0,
                100.0,
                0.01,
                update.margin
            ),
            real!(
                "softness",
                "How softly the loss of a label, max(0, y·(q_tau − Score)), bends at 0, in the same unit.",
                "0 to 100",
                0.0,
                100.0,
                0.01,
                update.softness
            ),
            whole!(
                "steps",
                "Steps of Adam an update.",
                "1 to 10,000",
                1.0,
                10_000.0,
                update.steps
            ),
            real!(
                "rate",
                "The learning rate of Adam.",
                "above 0 to 1",
                0.0001,
                1.0,
                0.0005,
                update.rate
            ),
            real!(
                "l2",
                "The weight of half the squared weights.",
                "0 on",
                0.0,
                1e3,
                0.0005,
                update.l2
            ),
            whole!(
                "prior rows",
                "Instances whose prior enters a step.",
                "1 to 10,000",
                1.0,
                10_000.0,
                update.prior_rows
            ),
        ],
    ),
    (
        "Update of the cells",
        &[
            real!(
                "λ of the cells",
                "The weight of the prior against the labels in relevance by cell.",
                "0 on",
                0.0,
                1e6,
                0.005,
                cells.lambda
            ),
            real!(
                "λ, cautious",
                "The same of a second, cautious table of cells that is mixed with the first by which ranked better what you then labelled; 0 for none.",
                "0 on",
                0.0,
                1e6,
                0.005,
                balance.cautious
            ),
            real!(
                "lift",
                "How much higher than its floor every cell (leaf, bin) scores, in standard deviations of its part's score: the higher, the more your labels count against what the detectors say.",
                "0 to 1,000",
                0.0,
                1000.0,
                0.1,
                balance.lift
            ),
            real!(
                "fade of the lift",
                "How many anomalies you have found when half of the lift is left; 0 for a lift that stays.",
                "0 on",
                0.0,
                1e6,
                0.1,
                balance.fade
            ),
            real!(
                "restraint",
                "With images and sequences (balance by data): how many labels it takes until half of what was learnt from them counts; the rest of every relevance stays at the prior. 0: all of it counts at once.",
                "0 on",
                0.0,
                1e6,
                0.1,
                balance.restraint
            ),
            real!(
                "margin of the cells",
                "By how much a score must clear q_tau where there are many parts, in standard deviations of the score.",
                "0 to 100",
                0.0,
                100.0,
                0.02,
                cells.margin
            ),
            real!(
                "softness of the cells",
                "How softly the loss of a label bends at 0, in the same unit.",
                "0 to 100",
                0.0,
                100.0,
                0.01,
                cells.softness
            ),
            whole!(
                "steps of the cells",
                "Steps of Adam an update.",
                "1 to 10,000",
                1.0,
                10_000.0,
                cells.steps
            ),
            real!(
                "rate of the cells",
                "The learning rate of Adam.",
                "above 0 to 10",
                0.0001,
                10.0,
                0.001,
                cells.rate
            ),
        ],
    ),
    (
        "Cells and network beside each other",
        &[
            real!(
                "patience",
                "How many labels (or anomalies found, with “patience by anomalies”), in parts of the number of the ensemble's parts, it takes until the network has half of its weight.",
                "0 on",
                0.0,
                1e6,
                0.005,
                mixture.patience
            ),
            real!(
                "trust",
                "How strongly the source of relevance that ranked better what you then labelled is preferred; 0 for equal weights.",
                "0 to 100",
                0.0,
                100.0,
                0.02,
                mixture.trust
            ),
            real!(
                "memory",
                "What is left of an older judgement after each label: the smaller, the sooner a source that errs now is doubted.",
                "above 0 to 1",
                0.01,
                1.0,
                0.005,
                mixture.memory
            ),
        ],
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_writes_what_it_reads_and_its_bounds_are_in_range() {
        for field in FIELDS.iter().flat_map(|(_, fields)| *fields) {
            let usual = (field.get)(&Settings::default());
            assert!((field.low..=field.high).contains(&usual), "{}", field.name);
            for value in [field.low, usual, field.high] {
                let mut settings = Settings::default();
                (field.set)(&mut settings, value);
                assert_eq!((field.get)(&settings), value, "{}", field.name);
                assert_eq!(settings.validate(), Ok(()), "{} {value}", field.name);
                assert!(field.fits(value), "{} {value}", field.name);
            }
            assert!(!field.fits(-1.0) && !field.fits(f64::NAN), "{}", field.name);
            assert_eq!(
                field.fits(1.5),
                !field.is_whole && field.high >= 1.5,
                "{}",
                field.name
            );
        }
    }
    #[test]
    fn every_switch_has_a_setting_of_its_own() {
        for switch in SWITCHES {
            let mut settings = Settings::default();
            let flag = (switch.flag)(&mut settings);
            *flag = !*flag;
            assert_ne!(settings, Settings::default(), "{}", switch.name);
            let changed = |other: &&Switch| {
                let mut usual = Settings::default();
                *(other.flag)(&mut usual) != *(other.flag)(&mut settings)
            };
            assert_eq!(
                SWITCHES.iter().filter(changed).count(),
                1,
                "{}",
                switch.name
            );
        }
    }
}
