//! Writing a chart to a file.

use std::path::PathBuf;

use thiserror::Error;

use crate::chart::{Chart, ChartError, Format};
use crate::disk::exists;
use crate::export::{Draft, ExportError};

/// A chart that is to be written.
#[derive(Clone, Debug)]
pub struct DrawRequest {
    /// The chart.
    pub chart: Chart,
    /// The file; the ending of its name says how.
    pub path: PathBuf,
    /// Whether it may take the place of a file that is there.
    pub replaces: bool,
}

/// Why a chart was not written.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum DrawError {
    /// The name of the file does not say how.
    #[error(
        "A chart is written as SVG, PNG or CSV: let the name of the file end in .svg, .png or .csv."
    )]
    Format,
    /// There is such a file already.
    #[error("There is a file “{}” already: press the button again to replace it, or choose another name.", .0.display())]
    Exists(PathBuf),
    /// It could not be made into pixels.
    #[error("Nothing was written, as {0}: try SVG.")]
    Pixels(#[from] ChartError),
    /// The file could not be written.
    #[error("Nothing was written: {0}")]
    Unwritable(#[from] ExportError),
}

impl DrawRequest {
    /// Writes the chart; whatever goes wrong, a file that was there is untouched.
    pub(super) fn run(self) -> Result<(), DrawError> {
        let format = Format::of(&self.path).ok_or(DrawError::Format)?;
        if exists(&self.path) && !self.replaces {
            return Err(DrawError::Exists(self.path));
        }
        let bytes = self.chart.bytes(format)?;
        Ok(Draft::write(&self.path, &bytes)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::LineChart;
    use std::fs;
    use std::path::Path;

    fn draw(path: &Path, replaces: bool) -> Result<(), DrawError> {
        let request = DrawRequest {
            chart: Chart::Line(LineChart::default()),
            path: path.to_owned(),
            replaces,
        };
        request.run()
    }

    #[test]
    fn a_file_is_replaced_only_when_that_was_said() {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, begins) in [
            ("a.svg", "<svg"),
            ("a.png", "\u{fffd}PNG"),
            ("a.csv", "series,"),
        ] {
            let path = folder.path().join(name);
            draw(&path, false).expect("room");
            let bytes = fs::read(&path).expect("the chart");
            assert!(
                String::from_utf8_lossy(&bytes).starts_with(begins),
                "{name}"
            );
            assert_eq!(draw(&path, false), Err(DrawError::Exists(path.clone())));
            draw(&path, true).expect("room");
        }
        let files = fs::read_dir(folder.path()).expect("a folder");
        assert_eq!(files.count(), 3, "and nothing else is left");
        assert_eq!(
            draw(&folder.path().join("a.pdf"), true),
            Err(DrawError::Format)
        );
        let told = draw(&folder.path().join("gone/a.svg"), true).expect_err("no folder");
        assert!(told.to_string().contains("the folder is gone"), "{told}");
    }
}
