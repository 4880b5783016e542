//! The matchers in Rust.

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use bangla_ner::{Gazetteer, Kind, Matcher, Scratch};
use daachorse::{CharwiseDoubleArrayAhoCorasick, DoubleArrayAhoCorasick};

use crate::check::{Checks, is_whole};

/// Reports the byte ranges of the names in a text.
pub type Find = Box<dyn FnMut(&str, &mut Vec<(usize, usize)>)>;

pub struct Engine {
    pub name: &'static str,
    /// What is done with what it reports.
    pub checks: &'static str,
    pub build: fn(&[&str]) -> Find,
    /// Opens bytes that were compiled before, instead of building.
    pub open: Option<fn(Vec<u8>) -> Find>,
}

impl Engine {
    const fn new(name: &'static str, checks: &'static str, build: fn(&[&str]) -> Find) -> Engine {
        Engine { name, checks, build, open: None }
    }
}

pub const OWN: &str = "bangla-ner, list given at run time";
const BY_RULES: &str = "boundaries, endings, any spelling";
const CHECKED: &str = "boundaries, list of endings";

pub const ENGINES: &[Engine] = &[
    Engine::new(OWN, BY_RULES, |names| own(listed(names).build().expect("a sound list"))),
    Engine {
        name: "bangla-ner, compiled list",
        checks: BY_RULES,
        build: |names| open(compiled(names)),
        open: Some(open),
    },
    Engine::new("aho-corasick, every match", CHECKED, aho_corasick),
    Engine::new("aho-corasick, leftmost-longest", "whole words only", leftmost_longest),
    Engine::new("daachorse, bytewise", CHECKED, daachorse_bytewise),
    Engine::new("daachorse, charwise", CHECKED, daachorse_charwise),
];

fn listed(names: &[&str]) -> bangla_ner::GazetteerBuilder {
    let mut builder = Gazetteer::builder();
    builder.names(Kind::Person, names.iter().copied()).expect("names that can be listed");
    builder
}

/// Text pass and names of this gazetteer alone, without rules: what the others do.
fn own(gazetteer: Gazetteer) -> Find {
    let matcher = Matcher::new([gazetteer]).expect("one list");
    let mut scratch = Scratch::new();
    Box::new(move |text, found| {
        found.extend(matcher.matches_with(&mut scratch, text).map(|m| (m.span().start, m.span().end)));
    })
}

pub fn compiled(names: &[&str]) -> Vec<u8> {
    listed(names).compile().expect("a sound list")
}

fn open(bytes: Vec<u8>) -> Find {
    own(Gazetteer::from_bytes(bytes).expect("compiled bytes"))
}

fn plain(names: &[&str], kind: MatchKind) -> AhoCorasick {
    let mut builder = AhoCorasick::builder();
    builder.kind(Some(AhoCorasickKind::ContiguousNFA)).match_kind(kind).build(names).expect("a sound list")
}

fn aho_corasick(names: &[&str]) -> Find {
    let (automaton, checks) = (plain(names, MatchKind::Standard), Checks::new());
    Box::new(move |text, found| {
        let all = automaton.find_overlapping_iter(text).map(|m| (m.start(), m.end()));
        found.extend(all.filter(|&(start, end)| checks.accept(text, start, end)));
    })
}

fn leftmost_longest(names: &[&str]) -> Find {
    let automaton = plain(names, MatchKind::LeftmostLongest);
    Box::new(move |text, found| {
        let all = automaton.find_iter(text).map(|m| (m.start(), m.end()));
        found.extend(all.filter(|&(start, end)| is_whole(text, start, end)));
    })
}

fn daachorse_bytewise(names: &[&str]) -> Find {
    let automaton = DoubleArrayAhoCorasick::<u32>::new(names).expect("a sound list");
    let checks = Checks::new();
    Box::new(move |text, found| {
        let all = automaton.find_overlapping_iter(text).map(|m| (m.start(), m.end()));
        found.extend(all.filter(|&(start, end)| checks.accept(text, start, end)));
    })
}

fn daachorse_charwise(names: &[&str]) -> Find {
    let automaton = CharwiseDoubleArrayAhoCorasick::<u32>::new(names).expect("a sound list");
    let checks = Checks::new();
    Box::new(move |text, found| {
        let all = automaton.find_overlapping_iter(text).map(|m| (m.start(), m.end()));
        found.extend(all.filter(|&(start, end)| checks.accept(text, start, end)));
    })
}
