//! What several tests need.

use std::path::PathBuf;
use std::sync::{Arc, LazyLock};

use glad::dataset::{Dataset, Toy, toys};
use glad::detector::{Fitted, LabelledInstance, Model, Settings};
use glad::numeric::Unwatched;

/// A bundled toy table by name.
pub fn toy(name: &str) -> &'static Toy {
    toys()
        .iter()
        .find(|toy| toy.name == name)
        .expect("a toy of this name")
}

/// The path of a bundled toy table's file.
pub fn toy_path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("datasets")
        .join(toy(name).file_name)
}

/// Fits a detector to a table.
pub fn fit(dataset: &Arc<Dataset>, settings: &Settings) -> Arc<Fitted> {
    Arc::new(Fitted::fit(dataset, settings, &mut Unwatched).expect("a fit"))
}

/// The toy table `clusters` with default settings, fitted once for all tests.
pub fn clusters() -> &'static Arc<Fitted> {
    static FITTED: LazyLock<Arc<Fitted>> =
        LazyLock::new(|| fit(&Arc::new(toy("clusters").open()), &Settings::default()));
    &FITTED
}

/// A model after some labels of the truth.
pub fn taught(fitted: &Arc<Fitted>) -> Model {
    let mut model = Model::primed(fitted);
    for revision in 1..=2 {
        let labels: Vec<LabelledInstance> = model
            .top(4 * revision as usize)
            .into_iter()
            .map(|instance| LabelledInstance {
                instance,
                label: (fitted.dataset().truth())
                    .and_then(|truth| truth.label(instance))
                    .expect("a label"),
                weight: 1.0,
            })
            .collect();
        model = model
            .update(&labels, revision, &mut Unwatched)
            .expect("an update");
    }
    model
}
