//! What the worker brings.

use std::sync::Arc;

use super::App;
use crate::app::Message;
use crate::app::saving::Start;
use crate::app::workspace::Workspace;
use crate::dataset::{Dataset, DatasetError};
use crate::detector::{FitError, Model, Preset, Settings};
use crate::evaluation::OracleError;
use crate::numeric::number;
use crate::worker::{Kind, OracleRequest, Request, Response, Ticket};

impl App {
    /// Takes in all responses that are there; to be called at the start of a frame.
    pub fn receive(&mut self) {
        while let Some((ticket, response)) = self.engine.poll() {
            if self.awaits(ticket) {
                self.take_in(ticket, response);
            }
            self.request();
        }
        self.receive_kept();
        self.request();
        self.flush();
    }

    fn take_in(&mut self, ticket: Ticket, response: Response) {
        match response {
            Response::Previewed(path, preview) => {
                if let Some(opening) = self
                    .opening
                    .as_mut()
                    .filter(|opening| opening.path.as_ref() == Some(&path))
                {
                    opening.preview = Some(preview.map_err(|error| error.to_string()));
                }
            }
            Response::Read(_, _, Ok(dataset)) => {
                let fit = Request::Fit(dataset, self.settings.clone());
                self.go_on_preparing("fitting detectors", fit);
            }
            Response::Read(_, _, Err(DatasetError::Cancelled(_))) => self.cancelled(),
            Response::Read(path, options, Err(error @ DatasetError::Missing { .. })) => {
                self.offer_filling(path, options, &error);
            }
            Response::Read(_, _, Err(error)) => self.give_up(error.to_string()),
            Response::Opened(path, opened) => self.opened(path, opened.map(|opened| *opened)),
            Response::Fitted(dataset, Ok(model)) => self.begin(dataset, model),
            Response::Fitted(_, Err(FitError::Cancelled(_))) => self.cancelled(),
            Response::Fitted(_, Err(error)) => self.give_up(error.to_string()),
            Response::Trained(plan, outcome) => {
                self.in_workspace(|open| open.trained(&plan, outcome));
            }
            Response::Ranked(model) => self.with_open(|open| open.take(model)),
            Response::Lassoed(lasso) => self.with_open(|open| open.state.lasso = Some(lasso)),
            // Cancelled is a list that another was asked for in the place of.
            Response::Listed(Err(_)) | Response::Similar(Err(_)) => {}
            Response::Listed(Ok(listing)) => {
                self.with_open(|open| open.state.list.listing = Some(listing))
            }
            Response::Similar(Ok(similar)) => {
                self.with_open(|open| open.state.likeness.found(similar))
            }
            Response::Mapped(map) => self.with_open(|open| open.state.map = Some(map)),
            Response::Explained(why) => {
                self.with_open(|open| open.state.explained(&open.open, why))
            }
            Response::RelevanceMapped(relevance_map) => {
                self.with_open(|open| open.state.insight.relevance_map = Some(relevance_map))
            }
            Response::Changed(change) => {
                self.with_open(|open| open.state.insight.change = Some(change))
            }
            Response::Earlier(map, earlier) => {
                self.with_open(|open| open.state.insight.before = Some((map, earlier)))
            }
            Response::Written(kind, path, outcome) => self.written(kind, path, outcome),
            Response::Embedded(space, outcome) => {
                self.with_open(|open| open.state.layouts.embedded(Some(space), outcome.ok()))
            }
            Response::LookedUp(originals) => {
                self.with_open(|open| open.state.known_rows.looked_up(originals))
            }
            Response::Curved(made) => self.with_open(|open| {
                open.state.known_curves.take(made);
                let next = open.state.curves_request(&open.open);
                open.state.wanted.extend(next);
            }),
            Response::Aligned(aligned) => {
                self.with_open(|open| open.state.known_curves.pair = Some(aligned))
            }
            Response::Replayed(outcome) => self.replayed(outcome),
            Response::Died(reason) => self.died(ticket.kind, &reason),
        }
    }

    /// After a fault of the program: what met it is given up, and all else goes on.
    fn died(&mut self, kind: Kind, reason: &str) {
        let what = match kind {
            Kind::Preview => {
                let failed = Err(format!("A fault of the program met this file ({reason})."));
                if let Some(opening) = &mut self.opening {
                    opening.preview = Some(failed);
                }
                "Looking into a file"
            }
            Kind::Read | Kind::Open | Kind::Fit => {
                self.stay();
                "Opening"
            }
            Kind::Train | Kind::Rank => {
                self.with_open(Workspace::give_training_up);
                "The training"
            }
            Kind::Oracle => {
                self.with_open(|open| open.state.insight.replayed(None));
                "The oracle's replay"
            }
            Kind::Embed => {
                self.with_open(|open| open.state.layouts.embedded(None, None));
                "Laying rows out"
            }
            Kind::Curves => {
                self.with_open(|open| open.state.known_curves.has_failed = true);
                "Drawing the curves"
            }
            Kind::Align => "The alignment of the two sequences",
            Kind::Original => "Looking the row up in its file",
            Kind::Why => "The explanation",
            Kind::Map => "The map",
            Kind::RelevanceGrid => "The relevance maps",
            Kind::Change | Kind::Earlier => "The comparison with before",
            Kind::Lasso => "The selection on the map",
            Kind::List => "The list of rows",
            Kind::Similar => "The search for similar rows",
            Kind::Write(kind) => {
                self.give_writing_up(kind);
                kind.deed()
            }
        };
        self.say(Message::error(format!(
            "{what} stopped with a fault of the program ({reason}); your answers are kept."
        )));
    }

    fn replayed(&mut self, outcome: Result<OracleRequest, OracleError>) {
        let oracle = match outcome {
            Ok(oracle) => Some(oracle),
            Err(error) => {
                self.say(Message::note(error.to_string()));
                None
            }
        };
        self.with_open(|open| open.state.insight.replayed(oracle));
    }

    /// The analyst does not want the new table after all.
    fn cancelled(&mut self) {
        self.give_up("Opening the table was cancelled.".to_owned());
    }

    /// The old table stays; the sentence says what is wrong with the new one.
    pub(super) fn give_up(&mut self, sentence: String) {
        self.stay();
        if let Some(open) = self.workspace() {
            self.settings = open.model().fitted().settings().clone();
        }
        self.say(Message::error(sentence));
    }

    fn begin(&mut self, dataset: Arc<Dataset>, model: Arc<Model>) {
        self.settings = model.fitted().settings().clone();
        let offer = self.offer_for(&dataset, &model);
        let open = self.workspace();
        let is_open = open.is_some_and(|open| Arc::ptr_eq(open.dataset(), &dataset));
        if is_open && !offer {
            self.refitted(dataset, model);
            return;
        }
        self.messages.clear();
        for notice in dataset.notices() {
            self.messages.push(Message::note(notice.clone()));
        }
        let fitted = model.fitted();
        let parts = fitted.ensemble().n_parts();
        let heavy = heavy(fitted.n(), parts, fitted.settings());
        self.messages.extend(heavy.map(Message::note));
        self.replace_workspace(Workspace::new(dataset, model, self.batch));
        match offer {
            true => self.take_up(),
            false => self.begin_saving(Start::Table),
        }
    }
}

/// Places of instances in parts of the ensemble from which on learning from an answer takes seconds.
const HEAVY: usize = 1 << 29;

/// What there is to say of a table that is large for the detectors of the default.
fn heavy(rows: usize, parts: usize, settings: &Settings) -> Option<String> {
    let is_heavy = rows.saturating_mul(parts) > HEAVY;
    let is_usual = Preset::of(settings) == Some(Preset::Usual);
    (is_heavy && is_usual).then(|| {
        let fast = Preset::Fast;
        format!(
            "{} are many for {parts} trees and projections: learning from an answer takes seconds, and memory goes with it. The preset “{}” has a quarter of them: choose it in the dialog that opens the table, or on the command line by --preset {}.",
            number::many(rows, "row", "rows"),
            fast.name(),
            fast.key(),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_too_large_for_the_default_is_told_of_the_lighter_preset() {
        let usual = Settings::default();
        let told = heavy(10_000_000, 240, &usual).expect("a sentence");
        assert!(
            told.starts_with("10,000,000 rows") && told.contains("--preset fast"),
            "{told}"
        );
        assert_eq!(heavy(1_000_000, 240, &usual), None);
        assert_eq!(heavy(10_000_000, 240, &Preset::Fast.settings(&usual)), None);
    }
}
