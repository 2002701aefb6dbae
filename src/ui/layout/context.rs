//! What panes paint from, and what they keep from frame to frame.

use std::path::PathBuf;

use crate::app::{App, Command, Tag, View};
use crate::ui::heat::HeatTexture;
use crate::ui::keys::Action;
use crate::ui::panels::{
    Brushing, Draft, Lasso, ListView, MapLook, OriginalView, PaintedRows, PresetFields,
    SettingsDraft,
};
use crate::ui::pictures::Pictures;
use crate::ui::sequences::Sequences;

/// What a pane paints from, and what it hands back.
pub(in crate::ui) struct PaneContext<'a> {
    /// The application.
    pub(in crate::ui) app: &'a App,
    /// Its open table.
    pub(in crate::ui) workspace: View<'a>,
    /// What panes keep from frame to frame.
    pub(in crate::ui) kept: &'a mut Kept,
    /// What the analyst asked for.
    pub(in crate::ui) commands: &'a mut Vec<Command>,
    /// Actions of the window itself.
    pub(in crate::ui) actions: &'a mut Vec<Action>,
}

/// What panes keep from frame to frame: textures, text that is being typed; nothing that an analyst
/// would miss.
#[derive(Default)]
pub(in crate::ui) struct Kept {
    pub(in crate::ui) heat: HeatTexture,
    /// The images of instances.
    pub(in crate::ui) pictures: Pictures,
    /// The curves of instances.
    pub(in crate::ui) sequences: Sequences,
    /// The lasso of the map.
    pub(in crate::ui) lasso: Lasso,
    /// What colours the map and other views, and what is switched off on them.
    pub(in crate::ui) look: MapLook,
    /// The features of parallel coordinates and of the scatter matrix, and what is brushed.
    pub(in crate::ui) brushing: Brushing,
    /// The lines of parallel coordinates.
    pub(in crate::ui) lines: PaintedRows,
    /// The dots of the scatter matrix.
    pub(in crate::ui) clouds: PaintedRows,
    /// Whether the map shows the model before the last training.
    pub(in crate::ui) shows_before: bool,
    /// Whether sequences are shown by their own time, not over the usual course.
    pub(in crate::ui) by_time: bool,
    /// The candidate that a pane has shown in this frame.
    pub(in crate::ui) visible: Option<usize>,
    /// The note that is being written.
    pub(in crate::ui) note: Option<Draft>,
    /// The name of a tag that is being written.
    pub(in crate::ui) tag: Option<(Tag, String)>,
    /// Settings that are being changed.
    pub(in crate::ui) settings: Option<SettingsDraft>,
    /// The dialog of presets, while it is shown.
    pub(in crate::ui) preset: Option<PresetFields>,
    /// Files of settings that were saved or loaded, the last one first.
    pub(in crate::ui) presets: Vec<PathBuf>,
    /// The id that is being typed.
    pub(in crate::ui) sought: String,
    /// The list of rows.
    pub(in crate::ui) list: ListView,
    /// The candidate's row as it stands in the file.
    pub(in crate::ui) original: OriginalView,
    /// The field that is to have the keyboard next.
    pub(in crate::ui) focus: Option<Field>,
}

/// A field that a key leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ui) enum Field {
    Note,
    Find,
    Filter,
    Columns,
}

impl Kept {
    /// Whether a field is to take the keyboard now; true once.
    pub(in crate::ui) fn takes_focus(&mut self, field: Field) -> bool {
        let takes = self.focus == Some(field);
        if takes {
            self.focus = None;
        }
        takes
    }
}
