//! A trained detector as an ONNX model: raw features in; score, member scores and relevance out.
//!
//! The model holds all that lies between: filling, scaling, the members with their cells, the
//! relevance network, and the mixture of the two sources. docs/ONNX.md says what is in it for those
//! who use one.
//!
//! Only operators of the standard set, version 17, and of these only ones that ONNX Runtime and
//! tract both have. Each kind of member is lowered in the order of operations of the program, in
//! the same precision: a point that rounding put on the other side of a border would be in another
//! cell, and get quite another relevance.

mod arithmetic;
mod cells;
mod distances;
mod encoder;
mod forest;
mod formulas;
mod gaussian_mixture;
mod graph;
mod histograms;
mod image_model;
mod image_nets;
mod images;
mod members;
mod point;
pub mod proto;
mod relevance;

use std::path::Path;

use prost::Message;
use serde_json::{Value as Json, json};
use thiserror::Error;

pub use self::encoder::{encoder_model, encoder_to_bytes};
use self::graph::{Graph, Value};
pub use self::image_model::{follows_from_pixels, image_encoder, pixel_model};
use self::point::Point;
use self::proto::{Entry, Model, OperatorSet};
use super::{Draft, ExportError};
use crate::dataset::{Dataset, Fill, Role, Schema};
use crate::detector::Trained;
use crate::imaging::ImageModel;

/// The version of the file format, and that of the operators.
const IR_VERSION: i64 = 8;
const OPERATORS: i64 = 17;

/// Bytes that a model can have at most: readers take no message of two gigabytes.
const MOST: usize = i32::MAX as usize;

/// Why there is no ONNX model of a detector.
#[derive(Clone, Debug, PartialEq, Error)]
#[non_exhaustive]
pub enum OnnxError {
    /// The file cannot be written.
    #[error(transparent)]
    File(#[from] ExportError),
    /// The format has a bound.
    #[error(
        "the ONNX model would have {0} bytes, but a file of that format has at most {MOST}; a smaller network or fewer members would fit"
    )]
    TooLarge(usize),
    /// The instances are rows of a table, or what they are is lost.
    #[error(
        "there is no encoder: the instances of “{0}” are no sequences or images that are at hand; export the trained model alone"
    )]
    NoEncoder(String),
}

/// Writes a trained detector as an ONNX file and returns its length in bytes: from features on, or
/// from pixels where instances are images, of which `images` was learnt.
///
/// # Errors
/// [`OnnxError`].
pub fn write_model(
    trained: &Trained,
    images: Option<&ImageModel>,
    output: &Path,
) -> Result<usize, OnnxError> {
    let images = images.filter(|images| follows_from_pixels(trained, images));
    let bytes = match images {
        Some(images) => bounded(&pixel_model(trained, images))?.encode_to_vec(),
        None => to_bytes(trained)?,
    };
    Draft::write(output, &bytes)?;
    Ok(bytes.len())
}

/// Writes what turns sequences or images into numbers as an ONNX file and returns its length in
/// bytes.
///
/// # Errors
/// [`OnnxError`]; where the instances are neither, or these are not at hand.
pub fn write_encoder(dataset: &Dataset, output: &Path) -> Result<usize, OnnxError> {
    let bytes = match (dataset.sequences(), dataset.gallery()) {
        (Some(learnt), _) => encoder_to_bytes(learnt.model())?,
        (None, Some(gallery)) => {
            let model = image_encoder(gallery.model(), &Schema::of(dataset));
            bounded(&model)?.encode_to_vec()
        }
        (None, None) => return Err(OnnxError::NoEncoder(dataset.name().to_owned())),
    };
    Draft::write(output, &bytes)?;
    Ok(bytes.len())
}

/// A trained detector as an ONNX model, the bytes of a file.
///
/// # Shapes
/// The model's input is `features` `[n, d]`, raw, in the order of
/// [`feature_names`](Schema::feature_names); its outputs are `score` `[n]`, `member_scores` and
/// `relevance` `[n, m]`, as [`Scored`](crate::detector::Scored) has them.
///
/// # Errors
/// [`OnnxError::TooLarge`].
pub fn to_bytes(trained: &Trained) -> Result<Vec<u8>, OnnxError> {
    bounded(&model(trained)).map(|model| model.encode_to_vec())
}

/// Refuses a model that the format cannot hold.
fn bounded(model: &Model) -> Result<&Model, OnnxError> {
    match model.encoded_len() {
        length if length > MOST => Err(OnnxError::TooLarge(length)),
        _ => Ok(model),
    }
}

/// A finished graph as a model.
fn wrapped(graph: proto::Graph, doc: &str, metadata_props: Vec<Entry>) -> Model {
    Model {
        ir_version: Some(IR_VERSION),
        producer_name: "glad".to_owned(),
        producer_version: env!("CARGO_PKG_VERSION").to_owned(),
        doc_string: doc.to_owned(),
        graph: Some(graph),
        opset_import: vec![OperatorSet {
            domain: Some(String::new()),
            version: Some(OPERATORS),
        }],
        metadata_props,
    }
}

/// The model as messages.
pub fn model(trained: &Trained) -> Model {
    let mut graph = Graph::default();
    let d = trained.frozen().d();
    let raw = graph.input("features", d, "raw features; missing values are NaN");
    scored(graph, &raw, trained)
}

/// A graph that goes on from raw features `[n, d]` to the scores.
fn scored(mut graph: Graph, raw: &Value, trained: &Trained) -> Model {
    let frozen = trained.frozen();
    let m = frozen.ensemble().len();
    let names = frozen.member_names();
    let mut point = Point::new(&mut graph, raw, frozen.schema(), frozen.scaling());
    let said = members::lower(
        &mut graph,
        &mut point,
        frozen.ensemble(),
        &names,
        &trained.cell_relevance(),
    );
    let mixed = relevance::mix(&mut graph, &point, &said, trained);
    graph.output(
        "score",
        &mixed.score,
        None,
        "anomaly score; higher is more anomalous",
    );
    graph.output(
        "member_scores",
        &said.scores,
        Some(m),
        "what each member says; at least 0",
    );
    graph.output(
        "relevance",
        &mixed.relevance,
        Some(m),
        "how far each member is trusted there",
    );
    let doc = "score = sum over members of member_scores * relevance";
    wrapped(
        graph.finish("glad", doc),
        "Anomaly detection with relevance learnt from an analyst's answers (GLAD).",
        metadata(trained, &names),
    )
}

/// What a program must know to use the model, as JSON.
fn metadata(trained: &Trained, members: &[String]) -> Vec<Entry> {
    let schema = trained.frozen().schema();
    let entry = |key: &str, value: Json| Entry {
        key: key.to_owned(),
        value: value.to_string(),
    };
    vec![
        entry("feature_names", json!(schema.feature_names())),
        entry("member_names", json!(members)),
        entry("columns", columns(schema)),
        entry("q_tau", json!(trained.q_tau())),
    ]
}

/// How the columns of a table make the features.
fn columns(schema: &Schema) -> Json {
    let columns = schema.columns().iter().zip(schema.fills());
    let described = columns.filter_map(|(column, fill)| match (&column.role, fill) {
        (Role::Feature | Role::Score { .. }, Fill::Number(fill)) => {
            Some(json!({"name": column.name, "kind": "number", "missing": fill}))
        }
        (
            Role::OfTime {
                column: of, part, ..
            },
            Fill::Number(fill),
        ) => Some(json!({
            "name": column.name,
            "kind": "time",
            "column": of,
            "part": part.name(),
            "missing": fill,
        })),
        (Role::OneHot { values }, Fill::Category(fill)) => Some(json!({
            "name": column.name,
            "kind": "categories",
            "values": values,
            "missing": values.get(usize::from(*fill)),
        })),
        _ => None,
    });
    Json::Array(described.collect())
}
