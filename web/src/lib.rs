//! GLAD as a page: what of the program only a browser needs.
//!
//! The window, the engine and the files are those of the crate `glad`. Here is what launches them:
//! threads, each a worker of the browser that shares the page's memory ([`threads`]), the
//! browser's storage under the files in memory ([`storage`]), and the entrance ([`start`]).

#![cfg(target_arch = "wasm32")]

mod replay;
mod storage;
mod threads;

use std::cell::OnceCell;

use eframe::egui::Context;
use eframe::{WebOptions, WebRunner};
use wasm_bindgen::prelude::*;
use web_sys::HtmlCanvasElement;

thread_local! {
    /// The window, on the page's own thread.
    static WINDOW: OnceCell<Context> = const { OnceCell::new() };
}

/// Paints the window again: a worker has something new.
fn repaint() {
    WINDOW.with(|window| window.get().map(Context::request_repaint));
}

/// Opens the window in a canvas.
///
/// # Errors
/// The browser has no WebGL, or gives no workers.
#[wasm_bindgen]
pub async fn start(canvas: HtmlCanvasElement) -> Result<(), JsValue> {
    glad::worker::start_threads_by(threads::start);
    // Made by the first who asks, while others sleep: which the page's thread must not.
    glad::chart::sequential(0.0);
    glad::chart::diverging(0.0);
    let create: eframe::AppCreator<'static> = Box::new(move |context| {
        WINDOW.with(|window| drop(window.set(context.egui_ctx.clone())));
        Ok(glad::ui::page(context, threads::wake)?)
    });
    let options = WebOptions::default();
    WebRunner::new().start(canvas, options, create).await
}
