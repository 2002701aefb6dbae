//! Threads: workers of the browser that share the page's memory.

use std::collections::BTreeMap;
use std::io;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};

use glad::numeric::lock;
use glad::worker::Work;
use js_sys::{Object, Reflect};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::{DedicatedWorkerGlobalScope, Worker, WorkerOptions, WorkerType};

/// What threads are to do that have not begun yet, by number.
static WAITING: Mutex<BTreeMap<u32, Work>> = Mutex::new(BTreeMap::new());

/// The number of the next.
static NEXT: AtomicU32 = AtomicU32::new(0);

/// The script of every worker; it finds the work by its number.
const SCRIPT: &str = "./worker.js";

#[wasm_bindgen]
extern "C" {
    /// Says in the page that a worker has failed, and why; the page's own script has it.
    #[wasm_bindgen(js_namespace = globalThis, js_name = gladFailed)]
    fn failed(why: &JsValue);
}

fn refused(why: &JsValue) -> io::Error {
    io::Error::other(format!("the browser gives no worker: {why:?}"))
}

/// Starts a thread; to be called by the page, which alone can.
pub(crate) fn start(name: &str, work: Work) -> io::Result<()> {
    let number = NEXT.fetch_add(1, Ordering::SeqCst);
    lock(&WAITING).insert(number, work);
    begin(name, number).map_err(|why| refused(&why))
}

fn begin(name: &str, number: u32) -> Result<(), JsValue> {
    let options = WorkerOptions::new();
    options.set_type(WorkerType::Module);
    options.set_name(name);
    let worker = Worker::new_with_options(SCRIPT, &options)?;
    let on_message = Closure::<dyn Fn()>::new(crate::repaint);
    worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    // They live as long as the page.
    on_message.forget();
    let on_error = Closure::<dyn Fn(JsValue)>::new(|event: JsValue| {
        let message = Reflect::get(&event, &"message".into());
        failed(&message.unwrap_or(JsValue::UNDEFINED));
    });
    worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
    on_error.forget();
    let told = shared()?;
    Reflect::set(&told, &"number".into(), &number.into())?;
    worker.post_message(&told)
}

/// What a worker needs to be a thread of this page: its program and its memory.
///
/// # Errors
/// None.
#[wasm_bindgen]
pub fn shared() -> Result<Object, JsValue> {
    let shared = Object::new();
    Reflect::set(&shared, &"module".into(), &wasm_bindgen::module())?;
    Reflect::set(&shared, &"memory".into(), &wasm_bindgen::memory())?;
    Ok(shared)
}

/// Does the work with that number, in a worker.
#[wasm_bindgen]
pub fn work(number: u32) {
    let work = lock(&WAITING).remove(&number);
    if let Some(work) = work {
        work();
    }
}

/// Tells the page, from a worker, that there is something new to see.
pub(crate) fn wake() {
    if let Ok(scope) = js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>() {
        // There is nobody to tell that the page is gone.
        drop(scope.post_message(&JsValue::NULL));
    }
}
