//! The window: egui panels that paint views of the [`App`](crate::app::App) and hand back commands.
//!
//! Nothing is computed here that outlasts a frame, except what egui needs to keep (textures).

mod answer_guard;
mod axis;
mod colours;
mod dialog;
mod drops;
mod elide;
mod fit;
#[cfg(not(target_arch = "wasm32"))]
mod fonts;
mod frame_time;
mod heat;
#[cfg(not(target_arch = "wasm32"))]
mod icon;
mod keys;
#[cfg(not(target_arch = "wasm32"))]
mod launch;
mod layout;
mod marks;
mod memory;
mod open_path;
#[cfg(target_arch = "wasm32")]
mod page;
mod panels;
mod pictures;
mod reading;
mod sequences;
mod shell;
mod sketch;
mod style;
mod tile;
mod zoom;

use crate::app::number;

#[cfg(not(target_arch = "wasm32"))]
pub use launch::{LaunchError, has_display, run};
#[cfg(target_arch = "wasm32")]
pub use page::page;
pub use shell::Shell;
