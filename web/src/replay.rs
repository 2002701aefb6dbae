//! A replay in the browser, to compare with one outside of it.

use std::sync::Arc;

use glad::detector::{Fitted, Settings};
use glad::evaluation::{Oracle, replay};
use glad::numeric::Unwatched;
use glad::store::Document;
use wasm_bindgen::prelude::*;

/// What `glad replay TOY --seed SEED --budget QUERIES --save FILE` writes into the file.
///
/// # Errors
/// There is no such toy table.
#[wasm_bindgen]
pub fn replay_toy(toy: &str, seed: u32, queries: u32) -> Result<String, JsValue> {
    saved(toy, seed.into(), queries as usize).map_err(|error| error.to_string().into())
}

fn saved(
    toy: &str,
    seed: u64,
    queries: usize,
) -> Result<String, Box<dyn std::error::Error + Send + Sync>> {
    let toy = glad::dataset::toys().iter().find(|known| known.name == toy);
    let dataset = Arc::new(toy.ok_or("there is no such toy table")?.open());
    let settings = Settings {
        seed,
        ..Settings::default()
    };
    let fitted = Arc::new(Fitted::fit(&dataset, &settings, &mut Unwatched)?);
    let oracle = Oracle::new(&dataset)?;
    let replay = replay(&fitted, oracle, queries, 1, &mut Unwatched, &mut |_| {})?;
    let document = Document::new(replay.session, replay.model);
    Ok(document.saved().to_text()?)
}
