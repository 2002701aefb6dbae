//! Which of Burn's backends runs the tensors: the one line that a change of backend touches.

use burn::tensor::{Device, Tensor, TensorData};

/// The device for arithmetic without gradients.
pub(super) fn device() -> Device {
    #[cfg(feature = "flex")]
    return Device::flex();
    #[cfg(not(feature = "flex"))]
    #[expect(
        deprecated,
        reason = "asked for by name; feature `flex` is its successor, one line away"
    )]
    return Device::ndarray();
}

/// Moves numbers into a tensor `[n]`.
pub(super) fn vector(values: Vec<f32>, device: &Device) -> Tensor<1> {
    let length = values.len();
    Tensor::from_data(TensorData::new(values, [length]), device)
}

/// Takes the numbers of a tensor out again, row by row.
pub(super) fn values<const D: usize>(tensor: Tensor<D>) -> Vec<f32> {
    // The backends above store f32 in host memory: the conversion has nothing to fail at.
    tensor.into_data().try_into_vec().unwrap_or_default()
}
