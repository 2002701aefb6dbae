//! What is said of a candidate when it is asked about in a terminal.

use crate::detector::{Model, explain};
use crate::numeric::number::percent;

/// Values of a table's row that are shown.
const VALUES: usize = 8;

/// Detectors that are named.
const DETECTORS: usize = 3;

/// What an instance is like: of a table its first values; of images and sequences, whose features
/// have no meaning of their own, which detectors make most of its score, and where a sequence leaves
/// the usual course.
pub(super) fn described(model: &Model, instance: usize) -> String {
    let dataset = model.fitted().dataset();
    // By what the table says, for the images or sequences themselves may be lost.
    let has_values = !matches!(dataset.id_column(), Some("image" | "sequence"))
        || dataset.given_scores().is_empty();
    if has_values {
        let names = (0..dataset.n_features()).map(|feature| dataset.feature_label(feature));
        let values = names.zip(dataset.features().row(instance).to_vec());
        let values = values.map(|(name, value)| format!("{name} {value}"));
        return values.take(VALUES).collect::<Vec<_>>().join(", ");
    }
    let names = (model.fitted().ensemble()).names(dataset.feature_names());
    let contributions = explain(model, instance).into_iter().take(DETECTORS);
    let parts = contributions.map(|part| {
        let share = percent(f64::from(part.share));
        format!("{} {share}", names[part.member])
    });
    let mut words = format!(
        "found by {} of the score",
        parts.collect::<Vec<_>>().join(", ")
    );
    if let Some(learnt) = dataset.sequences() {
        let deviations = learnt.deviations(instance);
        // Stable: the first of equal ones.
        let farthest = (0..deviations.len()).max_by(|&a, &b| {
            let order = deviations[a].total_cmp(&deviations[b]);
            order.then(b.cmp(&a))
        });
        if let Some(moment) = farthest {
            words += &format!(
                "; farthest from the usual course at moment {} of {}",
                moment + 1,
                deviations.len()
            );
        }
    }
    words
}
