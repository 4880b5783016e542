//! One row: a name and what it means.

use super::class::{Ambiguity, Class};
use crate::kind::Kind;

/// One name of a gazetteer.
///
/// ```
/// use bangla_ner::{Ambiguity, Entry, Gazetteer, Kind};
/// let mut builder = Gazetteer::builder();
/// builder.entry(Entry::new("নাপা এক্সট্রা", Kind::from("medicine")).id("M-17"))?;
/// builder.entry(Entry::new("আশা", Kind::Organization).ambiguity(Ambiguity::Context))?;
/// assert_eq!(builder.build()?.len(), 2);
/// # Ok::<(), bangla_ner::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Entry {
    pub(super) name: String,
    /// `None` for a cue.
    pub(super) kind: Option<Kind>,
    pub(super) class: Class,
    pub(super) ambiguity: Ambiguity,
    pub(super) id: Option<String>,
    pub(super) strength: u8,
    pub(super) action: Action,
}

impl Entry {
    /// A name of a kind; unambiguous, without id.
    pub fn new(name: impl Into<String>, kind: Kind) -> Entry {
        Entry {
            name: name.into(),
            kind: Some(kind),
            class: Class::Plain,
            ambiguity: Ambiguity::Sure,
            id: None,
            strength: 2,
            action: Action::Add,
        }
    }

    /// Sets the identifier that found entities carry.
    pub fn id(mut self, id: impl Into<String>) -> Entry {
        self.id = Some(id.into());
        self
    }

    /// Sets how far the name can be trusted without context.
    pub fn ambiguity(mut self, ambiguity: Ambiguity) -> Entry {
        self.ambiguity = ambiguity;
        self
    }

    /// Makes this the only meaning of its name: entries of the layers below are hidden.
    pub fn overriding(mut self) -> Entry {
        self.action = Action::Override;
        self
    }
}

/// What a row does to the entries of the layers below that have its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Action {
    Add,
    Override,
    Block,
}

impl Action {
    pub(super) fn parse(text: &str) -> Option<Action> {
        match text {
            "" | "add" => Some(Action::Add),
            "override" => Some(Action::Override),
            "block" => Some(Action::Block),
            _ => None,
        }
    }
}
