//! How the panes are arranged: side by side, one behind the other as tabs, closed; moved by mouse,
//! opened by menu or key, put back by one button.
//!
//! A pane is a variant of [`Pane`] and a line in its table, and who paints it; nothing else here knows any pane.

mod arrangement;
mod context;
mod painting;
mod pane;
mod tabs;
mod tree;

pub(super) use context::{Field, Kept, PaneContext};
pub(super) use pane::{Entry, Pane};
pub(super) use tree::Layout;
