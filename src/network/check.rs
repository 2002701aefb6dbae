//! What a network, its optimiser and a table of cells must be like to be used.
//!
//! They come from files of strangers: nothing is read by them before it has passed here.

use serde::Deserialize;

use super::bounds::{bounded, moments};
use super::{AdamMoments, CellTable, Layout, NetworkState};

/// Widest layer.
const WIDEST: usize = 1 << 20;
/// Most layers with weights.
const DEEPEST: usize = 8;

/// [`Layout`] as it stands in a file.
#[derive(Deserialize)]
#[serde(rename = "Layout", deny_unknown_fields)]
pub(super) struct LayoutText {
    widths: Vec<usize>,
}

impl TryFrom<LayoutText> for Layout {
    type Error = String;

    fn try_from(LayoutText { widths }: LayoutText) -> Result<Self, String> {
        let [inputs, hidden @ .., outputs] = widths.as_slice() else {
            return Err(format!(
                "a network has {} layers, but must have at least its inputs and its outputs",
                widths.len()
            ));
        };
        if widths.len() > DEEPEST + 1 {
            return Err(format!(
                "a network has {} layers, but must have at most {}",
                widths.len(),
                DEEPEST + 1
            ));
        }
        let narrow = hidden.iter().chain([outputs]).any(|&width| width == 0);
        if narrow || widths.iter().any(|&width| width > WIDEST) {
            return Err(format!(
                "the layers of a network are {widths:?} units wide, but must be from 1 to {WIDEST}"
            ));
        }
        Ok(Self::new(*inputs, hidden, *outputs))
    }
}

/// [`NetworkState`] as it stands in a file.
#[derive(Deserialize)]
#[serde(rename = "NetworkState", deny_unknown_fields)]
pub(super) struct NetworkText {
    layout: Layout,
    weights: Vec<f32>,
    adam: AdamMoments,
}

impl TryFrom<NetworkText> for NetworkState {
    type Error = String;

    fn try_from(text: NetworkText) -> Result<Self, String> {
        let (found, wanted) = (text.weights.len(), text.layout.len());
        if found != wanted {
            return Err(format!(
                "a network has {found} weights where its layers need {wanted}"
            ));
        }
        bounded("weight of the network", &text.weights)?;
        moments(&text.adam, wanted)?;
        Ok(Self {
            layout: text.layout,
            weights: text.weights,
            adam: text.adam,
        })
    }
}

/// [`CellTable`] as it stands in a file.
#[derive(Deserialize)]
#[serde(rename = "CellTable", deny_unknown_fields)]
pub(super) struct CellsText {
    cells: Vec<u32>,
    logits: Vec<f32>,
    adam: AdamMoments,
}

impl TryFrom<CellsText> for CellTable {
    type Error = String;

    fn try_from(text: CellsText) -> Result<Self, String> {
        let (found, wanted) = (text.logits.len(), text.cells.len());
        if found != wanted {
            return Err(format!("{wanted} cells have {found} logits"));
        }
        if !text.cells.is_sorted_by(|a, b| a < b) {
            return Err("cells are not in ascending order".to_owned());
        }
        bounded("logit of the cells", &text.logits)?;
        moments(&text.adam, wanted)?;
        Ok(Self {
            cells: text.cells,
            logits: text.logits,
            adam: text.adam,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told<T: serde::de::DeserializeOwned + std::fmt::Debug>(text: &str) -> String {
        ron::from_str::<T>(text).expect_err("a refusal").to_string()
    }

    #[test]
    fn what_does_not_fit_together_is_told() {
        assert!(told::<Layout>("(widths:[])").contains("has 0 layers"));
        assert!(told::<Layout>("(widths:[2,0,1])").contains("from 1 to"));
        assert!(told::<Layout>("(widths:[18446744073709551615,9,9])").contains("from 1 to"));
        let state = |weights: &str, adam: &str| {
            format!("(layout:(widths:[1,1]),weights:{weights},adam:{adam})")
        };
        let fresh = "(time:0,mean:[],square:[])";
        assert!(told::<NetworkState>(&state("[1.0]", fresh)).contains("1 weights where"));
        assert!(told::<NetworkState>(&state("[1.0,NaN]", fresh)).contains("is NaN"));
        let short = "(time:3,mean:[0.0],square:[0.0])";
        assert!(told::<NetworkState>(&state("[1.0,2.0]", short)).contains("after 3 steps"));
        assert!(ron::from_str::<NetworkState>(&state("[1.0,2.0]", fresh)).is_ok());
        let cells = |cells: &str| format!("(cells:{cells},logits:[0.0,1.0],adam:{fresh})");
        assert!(told::<CellTable>(&cells("[1]")).contains("1 cells have 2 logits"));
        assert!(told::<CellTable>(&cells("[3,3]")).contains("ascending"));
        assert!(ron::from_str::<CellTable>(&cells("[3,4]")).is_ok());
    }
}
