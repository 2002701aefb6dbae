//! Charts without a window: as SVG, as PNG, and the data behind them as CSV.
//!
//! What an export, a report or an experiment draws; the window paints its own. Text and axes take
//! the colour of the page (`currentColor`), so that a report can be dark; classes `paper` and
//! `chart` are there for its style sheet.

mod any;
mod axis;
mod bar;
mod colour;
mod file_name;
mod heat;
mod histogram;
mod line;
mod mark;
mod overlaid_histogram;
mod raster;
mod sheet;
mod short;
mod svg;
mod table;

pub use any::{Chart, Format};
pub use axis::Axis;
pub use bar::{Bar, BarChart};
pub use colour::{PALETTE, TAGS, diverging, is_light, sequential};
pub use file_name::file_name;
pub use heat::{HeatChart, Scale};
pub use histogram::HistogramChart;
pub use line::{LineChart, Series, Stroke};
pub use mark::{Mark, Point, Shape};
pub use overlaid_histogram::{HistogramSeries, OverlaidHistogram};
pub use raster::{ChartError, Pixels, pixels, png};
pub use sheet::Sheet;
pub use short::short;
pub use svg::escape;
pub use table::defused;
