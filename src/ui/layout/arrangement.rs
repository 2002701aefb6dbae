//! An arrangement of panes as plain data: what a saved layout is, and the one to begin with.

use std::collections::BTreeSet;

use egui_tiles::{Container, Linear, LinearDir, Tabs, Tile, TileId, Tiles, Tree};
use serde::{Deserialize, Serialize};

use super::pane::{Home, Pane};

/// A part of the window.
///
/// 1. Panes go by their names, so that a layout outlives changes of the program: names that are not
///    known are left out, panes that are not named are put where they belong.
/// 2. The same arrangement gives the same text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) enum Part {
    /// A pane, and whether it is open.
    Pane(String, bool),
    /// Parts behind each other, and the place of the one in front.
    Tabs(Vec<Part>, usize),
    /// Parts side by side, with their shares of the width.
    Row(Vec<(f32, Part)>),
    /// Parts above each other, with their shares of the height.
    Column(Vec<(f32, Part)>),
}

impl Part {
    /// The layout to begin with: candidates, map above curve, current candidate.
    pub(super) fn default_layout() -> Self {
        let tabs = |home: Home| {
            let entries = Pane::TABLE.iter().filter(|entry| entry.home == home);
            Self::Tabs(
                entries
                    .map(|entry| Self::Pane(entry.name.to_owned(), entry.is_open))
                    .collect(),
                0,
            )
        };
        let middle = vec![(0.64, tabs(Home::Centre)), (0.36, tabs(Home::Foot))];
        Self::Row(vec![
            (0.235, tabs(Home::Left)),
            (0.475, Self::Column(middle)),
            (0.29, tabs(Home::Right)),
        ])
    }

    /// Builds the tree of an arrangement.
    pub(super) fn plant(&self, id: eframe::egui::Id) -> Tree<Pane> {
        let mut gardener = Gardener::default();
        let root = gardener.plant(self);
        let missing: Vec<Pane> = (Pane::TABLE.iter())
            .map(|entry| entry.pane)
            .filter(|pane| !gardener.planted.contains(pane))
            .collect();
        for pane in missing {
            gardener.add(pane);
        }
        let root = match (root, gardener.groups.first()) {
            (Some(root), _) => root,
            (None, Some((group, _))) => *group,
            (None, None) => return Tree::empty(id),
        };
        Tree::new(id, root, gardener.tiles)
    }

    /// Describes a tree; `None` for an empty one.
    pub(super) fn describe(tree: &Tree<Pane>) -> Option<Self> {
        describe(&tree.tiles, tree.root()?)
    }
}

/// Builds a tree and remembers what is in it.
#[derive(Default)]
struct Gardener {
    tiles: Tiles<Pane>,
    planted: BTreeSet<Pane>,
    /// Each group of tabs with the places that its panes belong to.
    groups: Vec<(TileId, Vec<Home>)>,
}

impl Gardener {
    fn plant(&mut self, part: &Part) -> Option<TileId> {
        match part {
            Part::Pane(name, is_open) => {
                let pane = Pane::of_name(name).filter(|pane| self.planted.insert(*pane))?;
                let tile = self.tiles.insert_pane(pane);
                self.tiles.set_visible(tile, *is_open);
                Some(tile)
            }
            Part::Tabs(parts, front) => {
                let tiles: Vec<Option<TileId>> =
                    parts.iter().map(|part| self.plant(part)).collect();
                let front = tiles.get(*front).copied().flatten();
                let mut tabs = Tabs::new(tiles.into_iter().flatten().collect());
                tabs.active = front.or(tabs.active);
                let homes = tabs.children.iter().filter_map(|&tile| {
                    let pane = self.tiles.get_pane(&tile)?;
                    Some(pane.entry().home)
                });
                let homes: Vec<Home> = homes.collect();
                if tabs.children.is_empty() {
                    return None;
                }
                let tile = self.tiles.insert_container(tabs);
                self.groups.push((tile, homes));
                Some(tile)
            }
            Part::Row(parts) => self.linear(LinearDir::Horizontal, parts),
            Part::Column(parts) => self.linear(LinearDir::Vertical, parts),
        }
    }

    fn linear(&mut self, direction: LinearDir, parts: &[(f32, Part)]) -> Option<TileId> {
        let planted: Vec<(f32, TileId)> = parts
            .iter()
            .filter_map(|(share, part)| Some((*share, self.plant(part)?)))
            .collect();
        let mut linear = Linear::new(direction, planted.iter().map(|(_, tile)| *tile).collect());
        for (share, tile) in planted {
            let fits = share.is_finite() && share > 0.0;
            linear
                .shares
                .set_share(tile, if fits { share } else { 1.0 });
        }
        (!linear.children.is_empty()).then(|| self.tiles.insert_container(linear))
    }

    /// Adds a pane to the tabs of its place, or to any where it has none.
    fn add(&mut self, pane: Pane) {
        let entry = pane.entry();
        let tile = self.tiles.insert_pane(pane);
        self.tiles.set_visible(tile, entry.is_open);
        let home = self
            .groups
            .iter()
            .position(|(_, homes)| homes.contains(&entry.home))
            .or((!self.groups.is_empty()).then_some(0));
        match home.map(|home| self.groups[home].0) {
            Some(group) => {
                if let Some(Tile::Container(container)) = self.tiles.get_mut(group) {
                    container.add_child(tile);
                }
            }
            None => {
                let group = self.tiles.insert_tab_tile(vec![tile]);
                self.groups.push((group, vec![entry.home]));
            }
        }
    }
}

fn describe(tiles: &Tiles<Pane>, tile: TileId) -> Option<Part> {
    let parts = |children: &[TileId]| -> Vec<(TileId, Part)> {
        let described = children.iter();
        described
            .filter_map(|&child| Some((child, describe(tiles, child)?)))
            .collect()
    };
    Some(match tiles.get(tile)? {
        Tile::Pane(pane) => Part::Pane(pane.entry().name.to_owned(), tiles.is_visible(tile)),
        Tile::Container(Container::Linear(linear)) => {
            let parts = parts(&linear.children).into_iter();
            let shared = parts
                .map(|(child, part)| (linear.shares[child], part))
                .collect();
            match linear.dir {
                LinearDir::Horizontal => Part::Row(shared),
                LinearDir::Vertical => Part::Column(shared),
            }
        }
        Tile::Container(Container::Tabs(tabs)) => {
            let parts = parts(&tabs.children);
            let front = parts
                .iter()
                .position(|(child, _)| tabs.active == Some(*child));
            let parts = parts.into_iter().map(|(_, part)| part).collect();
            Part::Tabs(parts, front.unwrap_or(0))
        }
        // No grid is ever made; one would come back as tabs.
        Tile::Container(Container::Grid(grid)) => {
            let children: Vec<TileId> = grid.children().copied().collect();
            let parts = parts(&children).into_iter().map(|(_, part)| part);
            Part::Tabs(parts.collect(), 0)
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use eframe::egui::Id;

    fn planted(part: &Part) -> Tree<Pane> {
        part.plant(Id::unique("a test of arrangements"))
    }

    #[test]
    fn an_arrangement_comes_back_as_it_was() {
        let layout = Part::default_layout();
        assert_eq!(Part::describe(&planted(&layout)), Some(layout));
    }

    #[test]
    fn what_is_not_known_is_left_out_and_what_is_not_named_is_added() {
        let odd = Part::Row(vec![
            (
                f32::NAN,
                Part::Tabs(
                    vec![
                        Part::Pane("Map".into(), false),
                        Part::Pane("Map".into(), true),
                    ],
                    7,
                ),
            ),
            (1.0, Part::Tabs(vec![Part::Pane("Tea".into(), true)], 0)),
        ]);
        let tree = planted(&odd);
        let mut panes: Vec<Pane> = (tree.tiles.tiles())
            .filter_map(|tile| match tile {
                Tile::Pane(pane) => Some(*pane),
                Tile::Container(_) => None,
            })
            .collect();
        panes.sort();
        let mut all: Vec<Pane> = Pane::TABLE.iter().map(|entry| entry.pane).collect();
        all.sort();
        assert_eq!(panes, all, "each pane once");
        let described = Part::describe(&tree).expect("a tree");
        let Part::Row(parts) = described else {
            panic!("{described:?}");
        };
        assert!(
            matches!(&parts[..], [(1.0, Part::Tabs(tabs, _))] if tabs[0] == Part::Pane("Map".into(), false))
        );
    }

    #[test]
    fn nothing_gives_all_panes_in_one_group() {
        let tree = planted(&Part::Row(Vec::new()));
        assert!(
            matches!(Part::describe(&tree), Some(Part::Tabs(parts, _)) if parts.len() == Pane::TABLE.len())
        );
    }
}
