//! The browser's storage under the files in memory: their log, in one of two files of the page's
//! private folder (OPFS).
//!
//! The log is appended to. Where most of it was written over since, the next start writes what is
//! left into the other file, which counts once it has a head with the next number: at every moment
//! one of the two is whole.

use glad::disk::page;
use js_sys::{Object, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// `FileSystemSyncAccessHandle`: a file of the private folder that this page has for itself.
    pub type Handle;

    #[wasm_bindgen(method, catch)]
    fn read(this: &Handle, to: &Uint8Array, options: &Object) -> Result<f64, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn write(this: &Handle, bytes: &Uint8Array, options: &Object) -> Result<f64, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn truncate(this: &Handle, length: f64) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch)]
    fn flush(this: &Handle) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch, js_name = getSize)]
    fn size(this: &Handle) -> Result<f64, JsValue>;
}

/// How a log begins; the number of times that it was begun anew follows.
const MAGIC: &[u8; 8] = b"GLADLOG1";
/// Bytes of that.
const HEAD: usize = 16;
/// Bytes up to which a log is not worth writing anew.
const SMALL: usize = 4 << 20;

impl Handle {
    /// The whole content.
    fn content(&self) -> Result<Vec<u8>, JsValue> {
        // Not a view of the page's memory, which is shared: few calls of a browser take one.
        let bytes = Uint8Array::new(&JsValue::from_f64(self.size()?));
        self.read(&bytes, &at(0)?)?;
        Ok(bytes.to_vec())
    }

    /// Writes all of these bytes.
    fn put(&self, bytes: &[u8], place: usize) -> Result<(), JsValue> {
        let written = self.write(&Uint8Array::from(bytes), &at(place)?)?;
        match written as usize == bytes.len() {
            true => Ok(()),
            false => Err("the browser gives no more room".into()),
        }
    }

    /// Makes this the log: content first, and the head once that is stored.
    fn begin(&self, number: u64, log: &[u8]) -> Result<(), JsValue> {
        self.truncate(0.0)?;
        self.put(log, HEAD)?;
        self.flush()?;
        let head = [*MAGIC, number.to_le_bytes()].concat();
        self.put(&head, 0)?;
        self.flush()
    }
}

/// The option that says where a call reads or writes.
fn at(place: usize) -> Result<Object, JsValue> {
    let options = Object::new();
    Reflect::set(&options, &"at".into(), &JsValue::from_f64(place as f64))?;
    Ok(options)
}

/// The number in the head of a log, if it has one.
fn number(content: &[u8]) -> Option<u64> {
    let rest = content.strip_prefix(MAGIC)?;
    rest.first_chunk().map(|number| u64::from_le_bytes(*number))
}

/// Where the log goes on.
struct Log {
    handle: Handle,
    end: usize,
}

/// Brings back what is stored, and opens the log.
fn open(first: Handle, second: Handle) -> Result<Log, JsValue> {
    let contents = [first.content()?, second.content()?];
    let [older, newer] = [&contents[0], &contents[1]].map(|content| number(content));
    let ((here, content), other) = match newer > older {
        true => ((second, &contents[1]), first),
        false => ((first, &contents[0]), second),
    };
    let Some(begun) = older.max(newer) else {
        here.begin(1, &[])?;
        return Ok(Log {
            handle: here,
            end: HEAD,
        });
    };
    let log = &content[HEAD..];
    let used = page::restore(log);
    let whole = page::whole();
    if used > SMALL && used > 2 * whole.len() {
        other.begin(begun + 1, &whole)?;
        here.truncate(0.0)?;
        here.flush()?;
        return Ok(Log {
            handle: other,
            end: HEAD + whole.len(),
        });
    }
    // What was torn is written over.
    here.truncate((HEAD + used) as f64)?;
    Ok(Log {
        handle: here,
        end: HEAD + used,
    })
}

/// A page without storage, or with one that does not open: why is what whoever wants to keep
/// something is told.
#[wasm_bindgen]
pub fn go_without_storage(why: String) {
    page::stored(Err(why));
}

/// The storage of this page, with what it held brought back.
#[wasm_bindgen]
pub struct Storage(Log);

#[wasm_bindgen]
impl Storage {
    /// Opens the storage, from its two files.
    ///
    /// # Errors
    /// What the browser says.
    #[wasm_bindgen(constructor)]
    pub fn new(first: Handle, second: Handle) -> Result<Self, JsValue> {
        open(first, second).map(Self)
    }

    /// Stores what changes from now on; never returns.
    pub fn keep(&mut self) {
        let log = &mut self.0;
        loop {
            let changes = page::changes();
            let stored = log.handle.put(&changes, log.end);
            let stored = stored.and_then(|()| log.handle.flush());
            if stored.is_ok() {
                log.end += changes.len();
            }
            page::stored(stored.map_err(|why| match why.as_string() {
                Some(why) => why,
                None => format!("the browser's storage refuses it: {why:?}"),
            }));
        }
    }
}
