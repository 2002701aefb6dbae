//! Any chart, in any form.

use std::path::Path;

use super::{
    BarChart, ChartError, HeatChart, HistogramChart, LineChart, OverlaidHistogram, Sheet, png,
};

/// A chart of any kind.
#[derive(Clone, Debug, PartialEq)]
pub enum Chart {
    /// Curves.
    Line(LineChart),
    /// Values over a plane.
    Heat(Box<HeatChart>),
    /// Several of these.
    Sheet(Sheet),
    /// Lengths beside names.
    Bars(BarChart),
    /// A distribution.
    Histogram(HistogramChart),
    /// How often values of several kinds occur.
    Heaps(OverlaidHistogram),
}

/// How a chart is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Lines and letters.
    Svg,
    /// Pixels, two for each of the SVG's.
    Png,
    /// The data behind the chart.
    Csv,
}

/// Pixels of a PNG for each of the SVG.
const SCALE: f32 = 2.0;

impl Format {
    /// Every format.
    pub const ALL: [Self; 3] = [Self::Svg, Self::Png, Self::Csv];

    /// The ending of its files.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Svg => "svg",
            Self::Png => "png",
            Self::Csv => "csv",
        }
    }

    /// The format that the ending of a file's name asks for; `None` where it is none of them.
    pub fn of(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?;
        Self::ALL
            .into_iter()
            .find(|format| ending.eq_ignore_ascii_case(format.ending()))
    }
}

impl Chart {
    /// The chart as SVG.
    pub fn svg(&self) -> String {
        match self {
            Self::Line(chart) => chart.svg(),
            Self::Heat(chart) => chart.svg(),
            Self::Sheet(sheet) => sheet.svg(),
            Self::Bars(chart) => chart.svg(),
            Self::Histogram(chart) => chart.svg(),
            Self::Heaps(chart) => chart.svg(),
        }
    }

    /// The data behind the chart as CSV, with a line of names.
    pub fn csv(&self) -> String {
        match self {
            Self::Line(chart) => chart.csv(),
            Self::Heat(chart) => chart.csv(),
            Self::Sheet(sheet) => sheet.csv(),
            Self::Bars(chart) => chart.csv(),
            Self::Histogram(chart) => chart.csv(),
            Self::Heaps(chart) => chart.csv(),
        }
    }

    /// The content of a file of a format.
    ///
    /// # Errors
    /// [`ChartError`] when it cannot be made into pixels.
    pub fn bytes(&self, format: Format) -> Result<Vec<u8>, ChartError> {
        match format {
            Format::Svg => Ok(self.svg().into_bytes()),
            Format::Png => png(&self.svg(), SCALE),
            Format::Csv => Ok(self.csv().into_bytes()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ending_decides() {
        let of = |name: &str| Format::of(Path::new(name));
        assert_eq!(of("a.b.SVG"), Some(Format::Svg));
        assert_eq!(
            (of("a.png"), of("a.Csv")),
            (Some(Format::Png), Some(Format::Csv))
        );
        assert_eq!((of("svg"), of("a.svgz"), of("")), (None, None, None));
    }
}
