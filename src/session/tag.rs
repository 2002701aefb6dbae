//! Types of anomaly: the analyst's own tags.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The type of an anomaly, as one of nine that the analyst names; training knows nothing of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Tag(u8);

impl Tag {
    /// All tags, by number.
    pub const ALL: [Self; 9] = [
        Self(1),
        Self(2),
        Self(3),
        Self(4),
        Self(5),
        Self(6),
        Self(7),
        Self(8),
        Self(9),
    ];

    /// Its number, 1 to 9: the key that gives it.
    pub fn number(self) -> u8 {
        self.0
    }

    /// Its place among all, from 0.
    pub fn index(self) -> usize {
        usize::from(self.0) - 1
    }
}

impl TryFrom<u8> for Tag {
    type Error = String;

    fn try_from(number: u8) -> Result<Self, String> {
        match number {
            1..=9 => Ok(Self(number)),
            _ => Err(format!("a tag is a number from 1 to 9, not {number}")),
        }
    }
}

impl From<Tag> for u8 {
    fn from(tag: Tag) -> Self {
        tag.0
    }
}

/// What the analyst calls the tags.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TagNames(BTreeMap<Tag, String>);

impl TagNames {
    /// The longest name, in bytes.
    pub const LONGEST: usize = 60;

    /// The name of a tag: the analyst's, else "tag 3".
    pub fn of(&self, tag: Tag) -> String {
        let given = self.given(tag).map(str::to_owned);
        given.unwrap_or_else(|| format!("tag {}", tag.0))
    }

    /// The name that the analyst gave it, if one was given.
    pub fn given(&self, tag: Tag) -> Option<&str> {
        self.0.get(&tag).map(String::as_str)
    }

    /// The tag of a name, which may also be its number; letters' case is of no matter.
    pub fn find(&self, name: &str) -> Option<Tag> {
        let name = name.trim();
        let is_it = |tag: &Tag| self.of(*tag).to_lowercase() == name.to_lowercase();
        let number = || name.parse::<u8>().ok()?.try_into().ok();
        Tag::ALL.into_iter().find(is_it).or_else(number)
    }

    /// Checks that a tag can be called so: a name is that of one tag, and `none` is that of no tag.
    ///
    /// # Errors
    /// A phrase that says whose the name is.
    pub fn validate(&self, tag: Tag, name: &str) -> Result<(), String> {
        let name = name.trim().to_lowercase();
        let is_other = |other: &Tag| *other != tag && self.of(*other).to_lowercase() == name;
        match Tag::ALL.into_iter().find(is_other) {
            _ if name == "none" => Err("\"none\" stands for rows without a tag".to_owned()),
            Some(other) => Err(format!("tag {} is called so", other.0)),
            None => Ok(()),
        }
    }

    /// The names that were given, by tag.
    pub fn iter(&self) -> impl Iterator<Item = (Tag, &str)> {
        self.0.iter().map(|(tag, name)| (*tag, name.as_str()))
    }

    /// Names a tag; an empty name takes the one that it has away.
    pub(crate) fn set(&mut self, tag: Tag, name: &str) {
        let name = name.trim();
        match name.is_empty() || name == format!("tag {}", tag.0) {
            true => self.0.remove(&tag),
            false => self.0.insert(tag, name.to_owned()),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_found_by_name_and_number() {
        let mut names = TagNames::default();
        let [first, second, third] = [Tag(1), Tag(2), Tag(3)];
        names.set(second, " Leak ");
        assert_eq!(names.of(second), "Leak");
        assert_eq!(names.of(third), "tag 3");
        assert_eq!(names.find("leak"), Some(second));
        assert_eq!(names.find("1"), Some(first));
        assert_eq!(names.find("tag 3"), Some(third));
        assert_eq!(names.find("0"), None);
        assert_eq!(names.find("flood"), None);
        names.set(second, "");
        assert_eq!(names.of(second), "tag 2");
    }

    #[test]
    fn a_tag_is_a_number_from_1_to_9_in_files_too() {
        assert_eq!(ron::to_string(&Some(Tag(4))), Ok("Some(4)".to_owned()));
        assert_eq!(ron::from_str::<Tag>("9"), Ok(Tag(9)));
        for bad in ["0", "10", "255"] {
            let told = ron::from_str::<Tag>(bad).expect_err("no tag").to_string();
            assert!(told.contains("1 to 9"), "{told}");
        }
    }
}
