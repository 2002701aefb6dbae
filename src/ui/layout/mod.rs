//! How the panes are arranged: side by side, one behind the other as tabs, closed; moved by mouse,
//! opened by menu or key, put back by one button.
//!
//! A pane is a variant of [`Pane`] and a line in its table; nothing else here knows any pane.

mod arrangement;
mod pane;
mod tabs;
mod tree;

pub(super) use pane::{Entry, Field, Kept, Pane, PaneContext};
pub(super) use tree::Layout;
