//! What rows are coloured by in the views of the table.

use std::borrow::Cow;

use super::View;
use crate::figures::Shade;

impl<'a> View<'a> {
    /// The number of a row; `None` where there is no such feature or member.
    pub fn shade_of(self, shade: Shade, instance: usize) -> Option<f32> {
        shade.of(&self.open.model, instance)
    }

    /// The ends of its colour scale.
    pub fn shade_range(self, shade: Shade) -> [f32; 2] {
        shade.range(&self.open.model, self.columns())
    }

    /// What the number is called.
    pub fn shade_name(self, shade: Shade) -> Cow<'a, str> {
        shade.name(&self.open.dataset, self.member_names())
    }
}
