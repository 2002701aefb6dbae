//! What the benches share: tables of any size, and a training step written by hand.

pub mod reference;
pub mod steps;
pub mod tables;
