//! The window: egui panels that paint views of the [`App`](crate::app::App) and hand back commands.
//!
//! Nothing is computed here that outlasts a frame, except what egui needs to keep (textures).

mod axis;
mod colours;
mod dialog;
mod elide;
mod fit;
mod fonts;
mod frame_time;
mod heat;
mod icon;
mod keys;
mod launch;
mod layout;
mod marks;
mod memory;
mod open_path;
mod panels;
mod pictures;
mod reading;
mod sequences;
mod shell;
mod sight;
mod sketch;
mod style;
mod tile;
mod zoom;

use crate::app::number;

pub use launch::{LaunchError, has_display, run};
pub use shell::Shell;
