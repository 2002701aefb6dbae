//! Files that the browser gives and takes. They are read in the page and go nowhere else.

use std::io;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, channel};

use eframe::egui::{Context, DroppedFileHandle};
use js_sys::Uint8Array;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{Blob, Document, HtmlAnchorElement, HtmlElement, HtmlInputElement, Url};

use crate::app::fs;

/// The element of the page that says what the window shows.
const SAID: &str = "glad-status";
/// The name of the element that asks for a file.
const PICKER: &str = "glad-file";

fn refused(why: &JsValue) -> io::Error {
    io::Error::other(why.as_string().unwrap_or_else(|| format!("{why:?}")))
}

fn document() -> io::Result<Document> {
    let document = web_sys::window().and_then(|window| window.document());
    document.ok_or_else(|| io::Error::other("there is no page"))
}

/// Adds a hidden element to the page.
fn hidden<E: JsCast>(document: &Document, name: &str) -> io::Result<E> {
    let element = document.create_element(name).map_err(|why| refused(&why))?;
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        element.set_hidden(true);
    }
    if let Some(body) = document.body() {
        body.append_child(&element).map_err(|why| refused(&why))?;
    }
    element
        .dyn_into()
        .map_err(|_| io::Error::other("the browser gives no such element"))
}

/// Shows the browser's dialog for a file with one of these endings; `chosen` is told where the file
/// lies once it is read.
pub(in crate::ui) fn pick(
    ctx: &Context,
    endings: &[&str],
    chosen: impl Fn(PathBuf) + Clone + 'static,
) -> io::Result<()> {
    let document = document()?;
    if let Some(before) = document.get_element_by_id(PICKER) {
        before.remove();
    }
    let input: HtmlInputElement = hidden(&document, "input")?;
    input.set_id(PICKER);
    input.set_type("file");
    let endings: Vec<String> = endings.iter().map(|ending| format!(".{ending}")).collect();
    input.set_accept(&endings.join(","));
    let (ctx, asked) = (ctx.clone(), input.clone());
    let on_change = Closure::<dyn Fn()>::new(move || {
        let Some(file) = asked.files().and_then(|files| files.get(0)) else {
            return;
        };
        let (ctx, chosen) = (ctx.clone(), chosen.clone());
        spawn_local(async move {
            // A file that the browser cannot read leaves the dialog as it was.
            if let Ok(content) = file.array_buffer().await {
                let bytes = Uint8Array::new(&content).to_vec();
                if let Ok(path) = fs::receive(&file.name(), &bytes) {
                    chosen(path);
                    ctx.request_repaint();
                }
            }
        });
    });
    input.set_onchange(Some(on_change.as_ref().unchecked_ref()));
    // It lives as long as the element.
    on_change.forget();
    input.click();
    Ok(())
}

/// Reads a file that was dropped.
pub(in crate::ui) fn read(
    ctx: &Context,
    file: DroppedFileHandle,
) -> Receiver<Result<PathBuf, String>> {
    let (sender, read) = channel();
    let ctx = ctx.clone();
    spawn_local(async move {
        let name = file.path().display().to_string();
        let bytes = file.bytes_async().await;
        let path = bytes.and_then(|bytes| {
            let received = fs::receive(&name, &bytes);
            received.map_err(|error| error.to_string())
        });
        let told = path.map_err(|why| format!("The browser cannot read “{name}”: {why}"));
        // The next file may have been dropped by now; then nobody waits for this one.
        drop(sender.send(told));
        ctx.request_repaint();
    });
    read
}

/// Gives a file to the browser, as a download from the page itself.
pub(in crate::ui) fn download(name: &str, bytes: &[u8]) -> io::Result<()> {
    let document = document()?;
    // A copy, as the memory of the page is shared between its threads.
    let bytes = Uint8Array::from(bytes);
    let blob = Blob::new_with_u8_array_sequence(&js_sys::Array::of1(&bytes));
    let blob = blob.map_err(|why| refused(&why))?;
    let url = Url::create_object_url_with_blob(&blob).map_err(|why| refused(&why))?;
    let link: HtmlAnchorElement = hidden(&document, "a")?;
    link.set_href(&url);
    link.set_download(name);
    link.click();
    link.remove();
    Url::revoke_object_url(&url).map_err(|why| refused(&why))
}

/// Says something to screen readers, where it is new.
pub(in crate::ui) fn say(text: &str) {
    let element = document()
        .ok()
        .and_then(|page| page.get_element_by_id(SAID));
    if let Some(element) = element
        && element.text_content().as_deref() != Some(text)
    {
        element.set_text_content(Some(text));
    }
}
