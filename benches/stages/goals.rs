//! What must hold of the speed, in one place.

/// A ratio that is to be reached.
pub struct Goal {
    pub id: &'static str,
    pub what: &'static str,
    pub wanted: Wanted,
    pub must: f64,
    pub aim: f64,
    pub unit: &'static str,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    AtLeast,
    AtMost,
}
use Wanted::{AtLeast, AtMost};

impl Goal {
    pub fn is_met(&self, measured: f64, wanted: f64) -> bool {
        match self.wanted {
            AtLeast => measured >= wanted,
            AtMost => measured <= wanted,
        }
    }

    pub fn sign(&self) -> &'static str {
        match self.wanted {
            AtLeast => "≥",
            AtMost => "≤",
        }
    }
}

const fn goal(id: &'static str, what: &'static str, wanted: Wanted, must: f64, aim: f64) -> Goal {
    Goal { id, what, wanted, must, aim, unit: "×" }
}

pub const GOALS: &[Goal] = &[
    goal("text", "text pass (D) to `std::str::from_utf8`", AtLeast, 0.70, 0.9),
    goal("names-10k", "names, 10,000 given at run time (M) to plain automaton (R)", AtLeast, 2.3, 3.0),
    goal("names-100k", "the same, 100,000", AtLeast, 3.5, 5.0),
    goal("names-500k", "the same, 500,000", AtLeast, 3.5, 6.0),
    goal("compiled-100k", "names, 100,000 compiled (M) to R", AtLeast, 2.4, 4.0),
    goal("all-to-names", "whole extraction (E) to names alone (M), bundled", AtLeast, 0.35, 0.6),
    goal("all-to-names-rules", "the same, `Mode::Rules`", AtLeast, 0.35, 0.6),
    goal("all-to-plain", "whole extraction (E) to R, bundled names", AtLeast, 1.0, 2.0),
    goal("all-to-plain-rules", "the same, `Mode::Rules`", AtLeast, 1.0, 2.0),
    goal("growth", "time of M per word, 500,000 names to 10,000", AtMost, 3.0, 2.2),
    goal("short", "time of E per byte, texts of 70 bytes to 1 KB", AtMost, 1.5, 1.3),
    goal("threads", "speed of two threads sharing an extractor", AtLeast, 1.8, 1.95),
    goal("linear-1m", "time of E per byte, texts of 1 MB to 1 KB", AtMost, 1.3, 1.1),
    goal("linear-64m", "the same, 64 MB to 1 KB", AtMost, 1.3, 1.1),
    goal("hostile", "time of E per byte, worst hostile text of 1 MB to news", AtMost, 5.0, 3.0),
    Goal {
        id: "memory",
        what: "resident memory of the bundled extractor",
        wanted: AtMost,
        must: 12.0,
        aim: 4.0,
        unit: "MB",
    },
];
