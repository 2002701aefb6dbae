//! True of any numbers: random streams, ranks and quantiles, grids and contour lines.
//!
//! Knows nothing of instances, detectors or labels, and imports no other layer.

mod bins;
mod calendar;
mod clock;
mod components;
mod contour;
mod digest;
mod distance;
mod grid;
mod lock;
mod moments;
mod npy;
pub mod number;
mod order;
mod parallel;
mod point_levels;
mod polygon;
mod principal;
mod signed_rank;
mod stream;
mod tsne;
mod watch;

pub use bins::Bins;
pub use calendar::{date_of, days_to};
pub use clock::{local, utc};
pub use components::{Components, principal_components};
pub use contour::{Polyline, contour_lines, nice_levels};
pub use digest::fnv1a;
pub use distance::squared_distance;
pub use grid::{Axis, Grid};
pub use lock::lock;
pub use moments::{mean, sample_deviation};
pub use npy::{NpyError, NpyHead};
pub use order::{Ranking, quantile, quantile_of, sorted, value_at_rank};
pub use parallel::{beside, both, fill_blocks, map_blocks, map_each};
pub use point_levels::PointLevels;
pub use polygon::{all_within, is_within};
pub use principal::principal_plane;
pub use signed_rank::{SignedRank, signed_rank};
pub use stream::{Stream, stream};
pub use tsne::{EMBEDDING, tsne};
pub use watch::{Cancelled, Unwatched, Watch};
