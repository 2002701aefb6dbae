//! Locks that are held for a few instructions.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// Takes a lock that nobody holds while working. A panic of its holder has left nothing half done.
#[cfg(not(target_arch = "wasm32"))]
pub fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Takes a lock that nobody holds while working. The thread of a page must not sleep, so it turns.
#[cfg(target_arch = "wasm32")]
pub fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    use std::sync::TryLockError;
    loop {
        match mutex.try_lock() {
            Ok(held) => return held,
            Err(TryLockError::Poisoned(held)) => return PoisonError::into_inner(held),
            Err(TryLockError::WouldBlock) => std::hint::spin_loop(),
        }
    }
}
