//! The tests that look at the program from outside, in one binary: linking it once is most of
//! what a test run costs.
//!
//! They need no server, display, GPU or file outside the repository.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // helpers of tests, too

mod architecture;
mod chart;
mod circles;
mod cli;
mod cli_export;
mod cli_inspect;
mod cli_package;
mod cli_rank;
mod cli_session;
mod common;
mod continued;
mod course;
mod dataset;
mod discovery;
mod edge;
mod engines;
mod experiment;
mod export;
mod export_charts;
mod figures;
mod filter;
mod formats;
mod golden;
mod gradient;
mod guides;
mod imaging;
mod imaging_new;
mod jobs;
mod journal;
mod keeping;
mod kill;
mod lost;
mod meanings;
mod members;
mod odd_frames;
mod odd_kinds;
mod odd_tables;
mod odd_units;
mod onnx;
mod original;
#[cfg(feature = "gui")]
mod picture_file;
#[cfg(feature = "gui")]
mod pictures;
mod presets;
mod progress;
#[cfg(feature = "gui")]
mod raster;
mod reading;
mod report;
mod resumed;
mod sequences;
mod sequences_new;
mod session;
mod session_file;
mod similar;
mod suited;
mod suited_images;
mod tags;
mod trained;
mod views;
mod why;
#[cfg(feature = "gui")]
mod window;
#[cfg(feature = "gui")]
mod window_charts;
#[cfg(feature = "gui")]
mod window_export;
#[cfg(feature = "gui")]
mod window_go_on;
#[cfg(feature = "gui")]
mod window_images;
#[cfg(feature = "gui")]
mod window_keep;
#[cfg(feature = "gui")]
mod window_keys;
#[cfg(feature = "gui")]
mod window_list;
#[cfg(feature = "gui")]
mod window_lost;
#[cfg(feature = "gui")]
mod window_names;
#[cfg(feature = "gui")]
mod window_open;
#[cfg(feature = "gui")]
mod window_original;
#[cfg(feature = "gui")]
mod window_progress;
#[cfg(feature = "gui")]
mod window_report;
#[cfg(feature = "gui")]
mod window_sequences;
#[cfg(feature = "gui")]
mod window_session;
#[cfg(feature = "gui")]
mod window_tags;
#[cfg(feature = "gui")]
mod window_views;
#[cfg(feature = "gui")]
mod window_why;
#[cfg(feature = "gui")]
mod window_words;
