//! The layout in force.

use eframe::egui::{Id, IdSalt, Ui};
use egui_tiles::{Tile, TileId, Tree};

use super::arrangement::Part;
use super::tabs::Painter;
use super::{Pane, PaneContext};

/// Which panes are open, and where.
///
/// A closed pane keeps its place: opened again it is where it was.
pub(in crate::ui) struct Layout {
    tree: Tree<Pane>,
}

impl Default for Layout {
    fn default() -> Self {
        Self::of(&Part::default_layout())
    }
}

impl Layout {
    fn of(part: &Part) -> Self {
        Self {
            tree: part.plant(Id::unique("panes")),
        }
    }

    /// Reads a layout from its text; `None` where the text is none.
    pub(in crate::ui) fn read(text: &str) -> Option<Self> {
        let part: Part = ron::from_str(text).ok()?;
        Some(Self::of(&part))
    }

    /// The layout as text, for [`Self::read`].
    pub(in crate::ui) fn text(&self) -> String {
        let part = Part::describe(&self.tree).unwrap_or_else(Part::default_layout);
        ron::to_string(&part).unwrap_or_default()
    }

    /// Whether a pane is open, in front or behind another.
    pub(in crate::ui) fn is_open(&self, pane: Pane) -> bool {
        let tile = self.tile(pane);
        tile.is_some_and(|tile| self.tree.is_visible(tile))
    }

    /// Opens a pane and brings it to the front.
    pub(in crate::ui) fn show(&mut self, pane: Pane) {
        if let Some(tile) = self.tile(pane) {
            self.tree.set_visible(tile, true);
            self.tree.make_active(|other, _| other == tile);
        }
    }

    /// Closes a pane.
    pub(in crate::ui) fn close(&mut self, pane: Pane) {
        if let Some(tile) = self.tile(pane) {
            self.tree.set_visible(tile, false);
        }
    }

    /// Paints the open panes into the rest of `ui`.
    pub(in crate::ui) fn ui(&mut self, ui: &mut Ui, pane: &mut PaneContext<'_>) {
        let mut painter = Painter { pane, closed: None };
        self.tree.ui(&mut painter, ui);
        self.name_borders(ui);
        if let Some(tile) = painter.closed {
            self.tree.set_visible(tile, false);
        }
    }

    /// Says what the borders between panes are: they can be focused.
    fn name_borders(&self, ui: &Ui) {
        // A tile is painted in the only child of a scope of its own.
        let within = |id: Id, tile: TileId| (id.with(tile).with(IdSalt::new("child")), tile);
        let root = self.tree.root().map(|root| within(ui.scope_id(), root));
        let mut left: Vec<(Id, TileId)> = root.into_iter().collect();
        while let Some((id, tile)) = left.pop() {
            let Some(Tile::Container(container)) = self.tree.tiles.get(tile) else {
                continue;
            };
            for (index, child) in container.children().enumerate() {
                left.push(within(id, *child));
                let border = id.with((tile, "resize", index));
                if ui.ctx().read_response(border).is_some() {
                    ui.ctx().accesskit_node_builder(border, |node| {
                        node.set_label("Border between panes: drag it to make room");
                    });
                }
            }
        }
    }

    fn tile(&self, pane: Pane) -> Option<TileId> {
        let mut tiles = self.tree.tiles.iter();
        let (tile, _) = tiles.find(|(_, tile)| matches!(tile, Tile::Pane(of) if *of == pane))?;
        Some(*tile)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_layout_survives_as_text_and_a_wrong_text_is_none() {
        let mut layout = Layout::default();
        layout.close(Pane::Discovery);
        let text = layout.text();
        let read = Layout::read(&text).expect("a layout");
        assert!(!read.is_open(Pane::Discovery) && read.is_open(Pane::Map));
        assert_eq!(read.text(), text);
        assert!(Layout::read("tea").is_none());
    }

    #[test]
    fn a_closed_pane_comes_back_where_it_was() {
        let mut layout = Layout::default();
        let before = layout.text();
        layout.close(Pane::Map);
        assert!(!layout.is_open(Pane::Map));
        layout.show(Pane::Map);
        assert_eq!(layout.text(), before);
    }
}
