//! Ready-made ensembles.

/// Ready-made ensembles: how each is written, and when it is a good choice.
pub const PRESETS: [(&str, &str); 6] = [
    (
        "loda:15*0.02+iforest:150+eif:75*0.6",
        "LODA's projections with two forests of isolation trees beside them: the default",
    ),
    ("iforest:150+eif:75*0.6", "the two forests alone"),
    (
        "loda:15",
        "LODA: histograms on random projections, the detectors of the paper",
    ),
    (
        "paper",
        "the four projections of the paper's toy figure, for tables of two features",
    ),
    (
        "loda+hbos+iforest:30",
        "three kinds side by side, few enough to look at each",
    ),
    ("knn+lof+gmm+pca", "distances and densities instead of cuts"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ensemble::{EnsembleSettings, KINDS, KindEntry};

    #[test]
    fn every_kind_is_read_as_it_is_written() {
        for kind in KINDS.map(KindEntry::usual) {
            let read: EnsembleSettings = kind.parse().expect("a kind that is read");
            assert_eq!(read.to_string(), kind);
        }
    }

    #[test]
    fn every_preset_is_read_and_the_first_is_the_default() {
        for (preset, _) in PRESETS {
            assert!(preset.parse::<EnsembleSettings>().is_ok(), "{preset}");
        }
        assert_eq!(EnsembleSettings::default().to_string(), PRESETS[0].0);
    }
}
