//! `glad export`.

use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;

use super::Failure;
use crate::export::{Course, session_charts, write_charts, write_report};
use crate::numeric::Unwatched;
use crate::session::file::{difference_of_data, read_session};

/// What to write of which session.
#[derive(Clone, Debug, Args)]
pub struct ExportArguments {
    /// A session file.
    pub session: PathBuf,
    /// Write a report: one HTML page that needs no network, for the screen and for print.
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
    /// Write each chart as SVG and PNG and its data as CSV into a folder.
    #[arg(long, value_name = "DIR")]
    pub charts: Option<PathBuf>,
}

pub(super) fn run(arguments: &ExportArguments, out: &mut dyn Write) -> Result<(), Failure> {
    if arguments.report.is_none() && arguments.charts.is_none() {
        return Err("nothing to export: say what, with --report FILE or --charts DIR".into());
    }
    let saved = read_session(&arguments.session)?;
    let dataset = Arc::new(saved.open_data(&arguments.session)?);
    difference_of_data(&saved, &dataset)?;

    let fitted = saved.fit(&dataset, &mut Unwatched)?;
    let course = Course::of(&saved, &fitted, &mut Unwatched)?;
    if !course.is_rebuilt() {
        super::remark(
            &"the revisions did not come out to the same bits: losses and the last change are left out",
        );
    }
    if let Some(folder) = &arguments.charts {
        let files = write_charts(folder, &session_charts(&course))?;
        writeln!(out, "written: {files} files in {}", folder.display())?;
    }
    if let Some(path) = &arguments.report {
        write_report(path, &course)?;
        writeln!(out, "written: {}", path.display())?;
    }
    Ok(())
}
