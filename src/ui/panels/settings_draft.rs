//! Settings that are being changed.

use std::collections::BTreeMap;

use super::ensemble_field;
use crate::app::Settings;

/// Settings that are being changed.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::ui) struct Draft {
    pub(super) settings: Settings,
    pub(super) ensemble: String,
    pub(super) hidden: String,
    /// Numbers that were typed outside the range of their field, by its name: they stand in the
    /// field as they were typed, and enter no settings.
    pub(super) wrong: BTreeMap<&'static str, f64>,
}

impl Draft {
    pub(in crate::ui) fn of(settings: &Settings) -> Self {
        let hidden: Vec<String> = settings
            .network
            .hidden
            .iter()
            .map(usize::to_string)
            .collect();
        Self {
            ensemble: settings.ensemble.to_string(),
            hidden: hidden.join(", "),
            settings: settings.clone(),
            wrong: BTreeMap::new(),
        }
    }

    /// The settings, or what is wrong with them.
    pub(super) fn read(&self) -> Result<Settings, String> {
        if let Some(name) = self.wrong.keys().next() {
            return Err(format!(
                "{name} is outside its range, which stands beside it"
            ));
        }
        let mut settings = self.settings.clone();
        settings.ensemble = ensemble_field::read(&self.ensemble)?;
        let widths = self
            .hidden
            .split([',', ' '])
            .filter(|width| !width.is_empty());
        let widths: Result<Vec<usize>, _> = widths.map(str::parse).collect();
        settings.network.hidden = widths.map_err(|_| {
            "hidden units are whole numbers, such as 50 or 64, 32; leave them out for max(50, 3 M)".to_owned()
        })?;
        settings.validate().map_err(|error| error.to_string())?;
        Ok(settings)
    }
}
