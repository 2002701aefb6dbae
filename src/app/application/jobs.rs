//! For whom work is done: the open table, or the one that is to replace it.

use super::App;
use crate::app::workspace::Workspace;
use crate::worker::{Job, Kind, Request, Ticket};

impl App {
    /// Hands over work on the open table.
    pub(super) fn submit(&mut self, request: Request) {
        self.engine.submit(Job::new(self.document, request));
    }

    /// Begins what is to replace the open table, in the place of whatever else was to; `busy` says
    /// what is done, as a phrase.
    pub(super) fn prepare(&mut self, busy: &'static str, request: Request) {
        self.asked_for += 1;
        self.go_on_preparing(busy, request);
    }

    /// Does the next step on the way to the table that was asked for last.
    pub(super) fn go_on_preparing(&mut self, busy: &'static str, request: Request) {
        self.busy = Some(busy);
        self.engine.submit(Job::new(self.asked_for, request));
    }

    /// Opens what was asked for last.
    pub(super) fn replace_workspace(&mut self, workspace: Workspace) {
        self.busy = None;
        self.document = self.asked_for;
        self.seam = None;
        self.workspace = Some(workspace);
    }

    /// The old table stays; what was asked for is not awaited any more.
    pub(super) fn stay(&mut self) {
        self.busy = None;
    }

    /// The number of the table with its fit that is open: no other that was open before has it.
    pub fn document(&self) -> u64 {
        self.document
    }

    /// Whether a response is still of use: what was asked for meanwhile may have made it pointless.
    pub(super) fn awaits(&self, ticket: Ticket) -> bool {
        match ticket.kind {
            Kind::Preview | Kind::Write(_) => true,
            kind if kind.replaces_table() => {
                self.busy.is_some() && ticket.document == self.asked_for
            }
            _ => ticket.document == self.document,
        }
    }
}
