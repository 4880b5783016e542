//! What was measured: printed, checked against the goals, and written as JSON.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::clock::Times;
use crate::corpus::Facts;
use crate::goals::GOALS;

#[derive(Default)]
pub struct Report {
    stages: Vec<Value>,
    measured: BTreeMap<&'static str, f64>,
    notes: Vec<String>,
}

impl Report {
    /// Prints and keeps the times of engines that read the same text.
    pub fn stages(&mut self, group: &str, facts: Facts, times: &[Times]) {
        println!("\n{group}");
        for times in times {
            let (speed, word) =
                (facts.bytes as f64 / 1e6 / times.median(), 1e9 * times.median() / facts.words as f64);
            println!("  {:<44} {speed:>8.1} MB/s {word:>8.1} ns/word {:>12} found", times.name, times.found);
            self.stages.push(json!({
                "group": group, "name": times.name, "mb_s": speed, "ns_word": word, "found": times.found,
            }));
        }
    }

    pub fn note(&mut self, note: String) {
        println!("  {note}");
        self.notes.push(note);
    }

    pub fn measured(&mut self, id: &'static str, value: f64) {
        debug_assert!(GOALS.iter().any(|g| g.id == id));
        self.measured.insert(id, value);
    }

    /// Prints the goals; how many musts were missed.
    pub fn goals(&self) -> usize {
        println!("\n{:<68} {:>10} {:>8} {:>10}", "goal", "must", "aim", "measured");
        let mut missed = 0;
        for goal in GOALS {
            let Some(&measured) = self.measured.get(goal.id) else {
                println!("{:<68} {:>8} {} {:>6} {:>10}", goal.what, goal.must, goal.unit, goal.aim, "-");
                continue;
            };
            let verdict = match () {
                _ if !goal.is_met(measured, goal.must) => "missed",
                _ if goal.is_met(measured, goal.aim) => "aim reached",
                _ => "",
            };
            missed += usize::from(verdict == "missed");
            println!(
                "{:<68} {} {:>5} {:<2} {:>6} {measured:>10.2}  {verdict}",
                goal.what,
                goal.sign(),
                goal.must,
                goal.unit,
                goal.aim
            );
        }
        missed
    }

    pub fn json(&self) -> Value {
        let goals = GOALS.iter().map(|goal| {
            let measured = self.measured.get(goal.id).copied();
            json!({
                "what": goal.what, "sign": goal.sign(), "unit": goal.unit, "must": goal.must, "aim": goal.aim,
                "measured": measured, "met": measured.map(|m| goal.is_met(m, goal.must)),
                "reached": measured.map(|m| goal.is_met(m, goal.aim)),
            })
        });
        json!({ "stages": self.stages, "goals": goals.collect::<Vec<_>>(), "notes": self.notes })
    }
}
