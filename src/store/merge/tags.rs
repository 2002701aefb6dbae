//! The tags of two analysts, put together.

use crate::session::{Answer, Session, Tag, TagNames};

/// The tags of two sessions under one set of names.
pub(super) struct Joined {
    /// What the tags of the first are called, with those that the second adds.
    names: TagNames,
    theirs: TagNames,
    /// What each tag of the second is in the first; `None` where no number is left.
    second: [Option<Tag>; 9],
}

impl Joined {
    pub(super) fn of([first, second]: &[Session; 2]) -> Self {
        let (mut names, theirs) = (first.tag_names(), second.tag_names());
        let used = |session: &Session, names: &TagNames| {
            let (counts, _) = session.tag_counts();
            Tag::ALL.map(|tag| counts[tag.index()] > 0 || names.given(tag).is_some())
        };
        let (mut taken, wanted) = (used(first, &names), used(second, &theirs));
        let mut known = [None; 9];
        // Same names first, so that no other tag takes their places.
        for tag in Tag::ALL.into_iter().filter(|tag| wanted[tag.index()]) {
            let is_same = |own: &Tag| {
                taken[own.index()] && names.of(*own).to_lowercase() == theirs.of(tag).to_lowercase()
            };
            known[tag.index()] = Tag::ALL.into_iter().find(is_same);
        }
        for tag in Tag::ALL.into_iter().filter(|tag| wanted[tag.index()]) {
            if known[tag.index()].is_none() {
                let mut free = std::iter::once(tag).chain(Tag::ALL);
                let place = free.find(|own| !taken[own.index()]);
                if let Some(own) = place {
                    taken[own.index()] = true;
                    names.set(own, &theirs.of(tag));
                }
                known[tag.index()] = place;
            }
        }
        Self {
            names,
            theirs,
            second: known,
        }
    }

    /// The tag of an instance with this answer, and what the note says of one that is left out.
    pub(super) fn of_answer(
        &self,
        answer: Answer,
        [first, second]: [Option<Tag>; 2],
    ) -> (Option<Tag>, Option<String>) {
        if answer != Answer::Anomaly {
            return (None, None);
        }
        let known = second.and_then(|tag| self.second[tag.index()]);
        let kept = first.or(known);
        let lost = second.filter(|_| known != kept || known.is_none());
        let remark = lost.map(|tag| format!("tagged {} by the other", self.theirs.of(tag)));
        (kept, remark)
    }

    pub(super) fn names(&self) -> Vec<(Tag, String)> {
        let names = self.names.iter();
        names.map(|(tag, name)| (tag, name.to_owned())).collect()
    }
}
