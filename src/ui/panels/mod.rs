//! The panels, one file each: a view in, commands out.

mod candidate;
mod candidates;
mod change;
mod discovery;
mod key_sheet;
mod map;
mod map_dots;
mod map_paint;
mod messages;
mod open_dialog;
mod relevance;
mod status;
mod toolbar;
mod welcome;
mod why;
mod why_features;
mod why_members;

pub(super) use candidate::candidate_ui;
pub(super) use candidates::candidates_ui;
pub(super) use change::change_ui;
pub(super) use discovery::discovery_ui;
pub(super) use key_sheet::key_sheet_ui;
pub(super) use map::map_ui;
pub(super) use messages::messages_ui;
pub(super) use open_dialog::open_dialog_ui;
pub(super) use relevance::relevance_ui;
pub(super) use status::status_ui;
pub(super) use toolbar::toolbar_ui;
pub(super) use welcome::welcome_ui;
pub(super) use why::why_ui;
