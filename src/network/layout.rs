//! Where each weight lives in the flat vector.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// The widths of a network's layers: inputs, hidden layers, outputs.
///
/// The flat vector holds, layer after layer, the weights `[inputs, outputs]` row by row and then
/// the biases `[outputs]`. All hidden layers but the last are leaky ReLU, the last is sigmoid, and
/// the outputs are logits of relevance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "super::check::LayoutText")]
pub struct Layout {
    widths: Vec<usize>,
}

impl Layout {
    /// A network from `inputs` features over the `hidden` layers to `outputs` members.
    pub fn new(inputs: usize, hidden: &[usize], outputs: usize) -> Self {
        let mut widths = vec![inputs];
        widths.extend_from_slice(hidden);
        widths.push(outputs);
        Self { widths }
    }

    /// The number of inputs.
    pub fn inputs(&self) -> usize {
        self.widths[0]
    }

    /// The number of outputs.
    pub fn outputs(&self) -> usize {
        self.widths[self.widths.len() - 1]
    }

    /// The number of layers with weights.
    pub fn layers(&self) -> usize {
        self.widths.len() - 1
    }

    /// Inputs and outputs of layer `index`.
    pub fn shape(&self, index: usize) -> (usize, usize) {
        (self.widths[index], self.widths[index + 1])
    }

    /// The place of the weights of layer `index`.
    pub fn weights(&self, index: usize) -> Range<usize> {
        let start = (0..index)
            .map(|layer| (self.widths[layer] + 1) * self.widths[layer + 1])
            .sum();
        start..start + self.widths[index] * self.widths[index + 1]
    }

    /// The place of the biases of layer `index`.
    pub fn biases(&self, index: usize) -> Range<usize> {
        let start = self.weights(index).end;
        start..start + self.widths[index + 1]
    }

    /// The number of weights and biases.
    pub fn len(&self) -> usize {
        self.biases(self.layers() - 1).end
    }

    /// Whether there are no weights; never, unless a width is 0.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layers_follow_each_other_without_gaps() {
        let layout = Layout::new(3, &[5, 4], 2);
        assert_eq!((layout.weights(0), layout.biases(0)), (0..15, 15..20));
        assert_eq!((layout.weights(1), layout.biases(1)), (20..40, 40..44));
        assert_eq!((layout.weights(2), layout.biases(2)), (44..52, 52..54));
        assert_eq!((layout.len(), layout.layers()), (54, 3));
    }
}
