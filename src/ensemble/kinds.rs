//! The kinds of detectors as they are written, and what each of them looks at.

/// Each kind as it is written with its usual count, and what it scores; what counts is in brackets.
pub const KINDS: [(&str, &str); 15] = [
    (
        "iforest:100",
        "isolation forest: how few random cuts across one feature set an instance apart (trees)",
    ),
    (
        "eif:50",
        "the same with slanting cuts across two features (trees)",
    ),
    (
        "loda:15",
        "how rare its place on random projections is (the most projections)",
    ),
    (
        "paper",
        "the four projections of the paper's toy figure, for tables of two features",
    ),
    ("hbos", "how rare each of its values is"),
    (
        "knn:5",
        "how far it is from the fifth nearest of about a thousand others (which of them)",
    ),
    (
        "lof:20",
        "how much emptier it is around it than around its neighbours (neighbours)",
    ),
    (
        "gmm:4",
        "how rare it is among clouds, a mixture of normal distributions (clouds)",
    ),
    (
        "cblof:8",
        "how far it is from the nearest large cluster (clusters)",
    ),
    (
        "ocsvm",
        "how far it is beyond a boundary around the crowd (one-class SVM on random features)",
    ),
    ("pca", "how far it is off the main directions of the table"),
    (
        "autoencoder",
        "how badly a small autoencoder brings it back",
    ),
    (
        "sigma",
        "how far values lie beyond three standard deviations",
    ),
    ("iqr", "how far values lie beyond the fences of a box plot"),
    (
        "given",
        "what the detectors of sequences say; where there are such, they always take part",
    ),
];

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
    use crate::ensemble::EnsembleSettings;

    #[test]
    fn every_kind_is_read_as_it_is_written() {
        for (kind, _) in KINDS {
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
