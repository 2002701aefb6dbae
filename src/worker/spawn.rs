//! Where threads come from: the system, or the page, which makes each a worker of the browser.

use std::io;

/// What a thread does.
#[cfg(target_arch = "wasm32")]
pub type Work = Box<dyn FnOnce() + Send>;

/// A thread that runs.
#[cfg(not(target_arch = "wasm32"))]
#[derive(Debug)]
pub(super) struct Thread(std::thread::JoinHandle<()>);

#[cfg(not(target_arch = "wasm32"))]
impl Thread {
    /// Waits for its end.
    pub(super) fn wait(self) {
        drop(self.0.join());
    }
}

/// Starts a thread.
#[cfg(not(target_arch = "wasm32"))]
pub(super) fn spawn(name: &str, work: impl FnOnce() + Send + 'static) -> io::Result<Thread> {
    let builder = std::thread::Builder::new().name(name.to_owned());
    builder.spawn(work).map(Thread)
}

/// A thread that runs, as long as its page is there.
#[cfg(target_arch = "wasm32")]
#[derive(Debug)]
pub(super) struct Thread;

#[cfg(target_arch = "wasm32")]
impl Thread {
    /// A page does not wait.
    pub(super) fn wait(self) {}
}

/// What starts threads.
#[cfg(target_arch = "wasm32")]
static STARTER: std::sync::OnceLock<fn(&str, Work) -> io::Result<()>> = std::sync::OnceLock::new();

/// Says what starts threads in this page; once, before the first is wanted.
#[cfg(target_arch = "wasm32")]
pub fn start_threads_by(starter: fn(&str, Work) -> io::Result<()>) {
    // A second starter would be as good as the first.
    STARTER.get_or_init(|| starter);
}

/// Starts a thread.
#[cfg(target_arch = "wasm32")]
pub(super) fn spawn(name: &str, work: impl FnOnce() + Send + 'static) -> io::Result<Thread> {
    let starter = STARTER.get().ok_or(io::ErrorKind::Unsupported)?;
    starter(name, Box::new(work)).map(|()| Thread)
}
