//! Round numbers along an axis: three at least, wherever they fit.

use std::ops::RangeInclusive;

use eframe::egui::Rangef;
use egui_plot::{AxisHints, GridInput, GridMark};

use super::number;

/// An axis of a plot that writes every number that [`across`] and [`up`] give it, which are no more than fit.
pub(super) fn hints(axis: AxisHints<'static>) -> AxisHints<'static> {
    let every = Rangef { min: 0.0, max: 1.0 };
    axis.label_spacing(every).formatter(formatter)
}

/// Round numbers from `low` to `high`, about six and at least three.
pub(super) fn ticks(low: f64, high: f64) -> Vec<f64> {
    ticks_apart(low, high, 6.0, 0.0)
}

/// Round numbers from `low` to `high`: about so many and at least three, where three fit that are so
/// far apart.
fn ticks_apart(low: f64, high: f64, about: f64, least: f64) -> Vec<f64> {
    let span = high - low;
    let rough = span / about;
    let power = 10_f64.powf(rough.log10().floor());
    let ends = |step: f64| ((low / step).ceil() as i64, (high / step).floor() as i64);
    let steps = [10.0, 5.0, 2.0, 1.0, 0.5, 0.2, 0.1].map(|step| step * power);
    let fits = |step: &f64| *step >= least;
    let has_three = |step: &f64| {
        let (first, last) = ends(*step);
        last.saturating_sub(first) >= 2
    };
    let wanted = || steps.into_iter().filter(|step| *step < 2.5 * rough);
    // Where the round numbers of the coarser step are fewer than three, those of a finer one.
    let step = wanted().filter(fits).find(has_three);
    // Where there is no room for three, as many as there is room for.
    let step = step.or_else(|| steps.into_iter().rev().find(fits));
    let step = step.unwrap_or(span);
    let (first, last) = ends(step);
    // A span that is too small or too large for numbers gives none.
    let count = last.saturating_sub(first).clamp(-1, 20);
    (0..=count)
        .map(|at| first.saturating_add(at) as f64 * step)
        .collect()
}

/// A number of an axis whose numbers are so far apart: to the digit that tells them apart, with an
/// exponent where that is shorter.
pub(super) fn written(value: f64, step: f64) -> String {
    /// Letters from which on an exponent is looked for.
    const LONG: usize = 6;
    let fine = step.abs().log10().floor();
    if !fine.is_finite() || value.abs() < step * 1e-6 {
        return number::value(value as f32);
    }
    let decimals = (-fine).clamp(0.0, 12.0) as usize;
    let plain = format!("{value:.decimals$}");
    let digits = (value.abs().log10().floor() - fine).clamp(0.0, 12.0) as usize;
    let short = format!("{value:.digits$e}");
    match plain.len() > LONG && short.len() < plain.len() {
        true => short,
        false if decimals == 0 && value.abs() >= 1e3 => {
            let sign = if value < 0.0 { "-" } else { "" };
            format!("{sign}{}", number::count(value.abs().round() as usize))
        }
        false => plain,
    }
}

/// The same for a mark of a plot.
fn formatter(mark: GridMark, _: &RangeInclusive<f64>) -> String {
    written(mark.value, mark.step_size)
}

/// The marks of a plot across: its numbers are as wide as they are.
pub(super) fn across(input: GridInput) -> Vec<GridMark> {
    marks(input, 80.0, 44.0)
}

/// The marks of a plot upwards: its numbers are one line high.
pub(super) fn up(input: GridInput) -> Vec<GridMark> {
    marks(input, 34.0, 18.0)
}

/// Marks that are about so many points apart, and so many at least.
fn marks(input: GridInput, about: f64, least: f64) -> Vec<GridMark> {
    let (low, high) = input.bounds;
    // What is given is the span of so many points.
    let point = input.base_step_size / GRID;
    let count = (high - low) / point / about;
    let ticks = ticks_apart(low, high, count.clamp(3.0, 8.0), least * point);
    let step_size = match ticks.as_slice() {
        [first, second, ..] => second - first,
        _ => high - low,
    };
    let marks = ticks.into_iter();
    marks.map(|value| GridMark { value, step_size }).collect()
}

/// Points between lines that a plot asks for at least, as `egui_plot` has it.
const GRID: f64 = 8.0;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_inside() {
        let near = |found: Vec<f64>, expected: &[f64]| {
            let is_near = found.len() == expected.len()
                && found
                    .iter()
                    .zip(expected)
                    .all(|(a, b)| (a - b).abs() < 1e-9);
            assert!(is_near, "{found:?}");
        };
        near(ticks(-0.4, 9.3), &[0.0, 2.0, 4.0, 6.0, 8.0]);
        near(ticks(0.0, 1.0), &[0.0, 0.2, 0.4, 0.6, 0.8, 1.0]);
        assert!(ticks(1.0, 1.0).len() < 22);
    }

    #[test]
    fn numbers_of_an_axis_are_short_and_tell_each_other_apart() {
        for (value, step, text) in [
            (0.30000000000000004, 0.1, "0.3"),
            (0.0, 0.1, "0"),
            (-2.0, 0.5, "-2.0"),
            (1_500.0, 500.0, "1,500"),
            (2e6, 1e6, "2e6"),
            (1_000_002.0, 2.0, "1,000,002"),
            (4e-5, 2e-5, "4e-5"),
            (-0.012, 0.002, "-0.012"),
        ] {
            assert_eq!(written(value, step), text);
        }
    }

    #[test]
    fn numbers_of_a_low_chart_are_as_many_as_there_is_room_for() {
        let numbers = |points: f64| {
            let bounds = (-0.4, 5.4);
            let base_step_size = (bounds.1 - bounds.0) / points * GRID;
            let marks = up(GridInput {
                bounds,
                base_step_size,
            });
            marks.iter().map(|mark| mark.value).collect::<Vec<f64>>()
        };
        assert_eq!(numbers(66.0), [0.0, 2.0, 4.0]);
        assert_eq!(numbers(200.0), [0.0, 1.0, 2.0, 3.0, 4.0, 5.0]);
        assert_eq!(numbers(30.0), [0.0, 5.0]);
    }

    #[test]
    fn an_axis_has_three_numbers_whatever_it_spans() {
        let mut low = -3.7_f64;
        for part in 1..400 {
            let span = 1e-6 * 1.09_f64.powi(part);
            let found = ticks(low, low + span);
            assert!((3..=14).contains(&found.len()), "{span}: {found:?}");
            assert!(
                found
                    .iter()
                    .all(|at| (low - 1e-9..=low + span * (1.0 + 1e-9)).contains(at))
            );
            low += span * 0.37;
        }
    }
}
