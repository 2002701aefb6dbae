//! True of any numbers: random streams, ranks and quantiles, grids and contour lines.
//!
//! Knows nothing of instances, detectors or labels, and imports no other layer.

mod bins;
mod contour;
mod grid;
mod order;
mod parallel;
mod principal;
mod stream;
mod watch;

pub use bins::Bins;
pub use contour::{Polyline, contour_lines, nice_levels};
pub use grid::{Axis, Grid};
pub use order::{Ranking, quantile, quantile_of, sorted, value_at_rank};
pub use parallel::{map_blocks, map_each};
pub use principal::principal_plane;
pub use stream::{Stream, stream};
pub use watch::{Cancelled, Unwatched, Watch};
