//! Numbers and times as people write them.

pub(in crate::dataset) mod cell;
pub(in crate::dataset) mod number;
pub(in crate::dataset) mod totals;
pub(in crate::dataset) mod unit;
pub(in crate::dataset) mod when;
pub(in crate::dataset) mod words;

pub(in crate::dataset) use self::number::{Hand, Trait, Written, currency_of, is_number, number};
pub(in crate::dataset) use self::unit::{
    is_known_unit, metric_of, multiple_of, parts_of, seconds_of, side_of,
};
pub(in crate::dataset) use self::when::{Form, OURS, is_time, read_any_time};
