//! A detector of images as an ONNX model that takes pixels, and what turns these into features.

use serde_json::{Value as Json, json};

use super::graph::{Graph, Value};
use super::images::lower;
use super::proto::{Entry, Model};
use super::{scored, wrapped};
use crate::dataset::{ImageSource, Schema, image_sources};
use crate::detector::Trained;
use crate::imaging::ImageModel;

/// What goes in.
const PIXELS: &str = "images [n, side, side, channels], brought to that size, from -1 (black) to 1 (white): bytes / 127.5 - 1";

/// Whether all features of a detector follow from pixels by one formula: those of the published
/// mapping are found by steps, and those of images that are cut come of many patches.
pub fn follows_from_pixels(trained: &Trained, images: &ImageModel) -> bool {
    if images.form().stride.is_some() {
        return false;
    }
    let mut graph = Graph::default();
    let pixels = input(&mut graph, images);
    features(&mut graph, &pixels, images, trained.frozen().schema())
        .is_some_and(|found| found.iter().all(|(_, value)| value.is_some()))
}

/// A trained detector from pixels on, as messages.
///
/// # Shapes
/// The model's input is `pixels` `[n, side, side, channels]`, from −1 to 1; its outputs are those of
/// [`model`](super::model). Where a feature does not follow from pixels
/// ([`follows_from_pixels`]), it is taken for missing.
pub fn pixel_model(trained: &Trained, images: &ImageModel) -> Model {
    let mut graph = Graph::default();
    let pixels = input(&mut graph, images);
    let schema = trained.frozen().schema();
    let found = features(&mut graph, &pixels, images, schema).unwrap_or_default();
    let missing = graph.scalar(f32::NAN);
    let columns = found.into_iter().map(|(_, value)| match value {
        Some(value) => value,
        None => {
            // As many as there are images.
            let some = graph.column(&pixels, 0);
            let form = images.form();
            let flat = graph.in_rows(&some, form.side * form.channels);
            let one = graph.column(&flat, 0);
            graph.mul(&one, &missing)
        }
    });
    let columns: Vec<Value> = columns.collect();
    let features = graph.beside(&columns);
    scored(graph, &features, trained)
}

/// What turns pixels into features, as messages.
///
/// # Shapes
/// The model's input is `pixels` `[n, side, side, channels]`, from −1 to 1; its output is `features`
/// `[n, d]`, those of the metadata's `feature_names`, in their order; those in `left_out` are found by
/// steps and follow from no formula. Where images were cut into patches, the features are those of a
/// patch: an image's scores are the means of its most unusual tenth of patches.
pub fn image_encoder(images: &ImageModel, schema: &Schema) -> Model {
    let mut graph = Graph::default();
    let pixels = input(&mut graph, images);
    let found = features(&mut graph, &pixels, images, schema).unwrap_or_default();
    let (made, left_out): (Vec<_>, Vec<_>) =
        found.into_iter().partition(|(_, value)| value.is_some());
    let [names, left_out] = [&made, &left_out].map(|some| {
        some.iter()
            .map(|(name, _)| name.clone())
            .collect::<Vec<String>>()
    });
    let columns: Vec<Value> = made.into_iter().filter_map(|(_, value)| value).collect();
    let all = graph.beside(&columns);
    let doc = "the embedding and what the detectors of images say, raw";
    graph.output("features", &all, Some(names.len()), doc);
    let entry = |key: &str, value: Json| Entry {
        key: key.to_owned(),
        value: value.to_string(),
    };
    let metadata = vec![
        entry("feature_names", json!(names)),
        entry("left_out", json!(left_out)),
    ];
    wrapped(
        graph.finish("glad-images", "pixels in; the features of a session out"),
        "AnoGAN and the detectors of images of a GLAD session.",
        metadata,
    )
}

fn input(graph: &mut Graph, images: &ImageModel) -> Value {
    let (side, channels) = (images.form().side, images.form().channels);
    graph.input_of("pixels", &[side, side, channels], PIXELS)
}

/// Each feature of a schema with its name, `[n, 1]`, where it follows from pixels; nothing where the
/// schema is not one of images.
fn features(
    graph: &mut Graph,
    pixels: &Value,
    images: &ImageModel,
    schema: &Schema,
) -> Option<Vec<(String, Option<Value>)>> {
    let sources = image_sources(schema, images)?;
    let lowered = lower(graph, pixels, images);
    let values = sources.into_iter().map(|source| match source {
        ImageSource::Direction(at) => Some(graph.column(&lowered.embedding, at)),
        ImageSource::Score(at) => lowered.scores.get(at).cloned().flatten(),
    });
    let names = schema.feature_names().iter().cloned();
    Some(names.zip(values).collect())
}
