//! Which actions the keys of a frame ask for.

use eframe::egui::{Event, Key, Popup, Ui};

use super::{Action, bindings};

/// An action whose key was pressed, and whether the key is held down and repeats it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ui) struct Press {
    pub(in crate::ui) action: Action,
    pub(in crate::ui) is_repeat: bool,
}

/// Keys that a field of text has its own use for, with Ctrl: all, copy, paste, cut, undo, redo, and
/// those of a terminal.
const OF_TEXT: [Key; 10] = [
    Key::A,
    Key::C,
    Key::V,
    Key::X,
    Key::Z,
    Key::Y,
    Key::H,
    Key::K,
    Key::U,
    Key::W,
];

/// The actions whose keys were pressed in this frame, in the order of the events; while text is
/// being typed only those with Ctrl that are none of the text's own. While a menu is open, Esc is
/// the menu's.
pub(in crate::ui) fn pressed(ui: &Ui) -> Vec<Press> {
    // A button that has the keyboard takes no letters.
    let types = ui.ctx().text_edit_focused();
    let has_menu = Popup::is_any_open(ui.ctx());
    let bindings = bindings();
    let mut pressed = Vec::new();
    ui.input_mut(|input| {
        input.events.retain(|event| {
            let Event::Key {
                key,
                pressed: true,
                repeat,
                modifiers,
                ..
            } = event
            else {
                return true;
            };
            let is_of_text = types && (!modifiers.command || OF_TEXT.contains(key));
            if is_of_text || has_menu && *key == Key::Escape {
                return true;
            }
            let binding = bindings
                .iter()
                .find(|((wanted, bound), _)| bound == key && modifiers.matches_logically(*wanted));
            pressed.extend(binding.map(|(_, action)| Press {
                action: *action,
                is_repeat: *repeat,
            }));
            binding.is_none()
        });
    });
    pressed
}
