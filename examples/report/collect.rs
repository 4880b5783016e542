//! Who is named in all articles, and together with whom.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};

use bangla_ner::text::{Folded, fold, words};
use bangla_ner::{Entity, Kind, link};

/// What is one across articles: what has the same identifier, or, without any, the same
/// full name. A short form is only joined in an article that has the full name.
#[derive(PartialEq, Eq, Hash)]
enum Key {
    Id(Kind, String),
    Name(Kind, Folded),
}

/// Someone or something that is named.
pub struct Named {
    pub kind: Kind,
    /// The name with the most words.
    pub name: String,
    pub mentions: usize,
    pub articles: usize,
}

#[derive(Default)]
pub struct Collection {
    numbers: HashMap<Key, usize>,
    named: Vec<Named>,
    /// Who is named in each paragraph.
    paragraphs: Vec<BTreeSet<usize>>,
}

/// The most named, and how often each two of them are in one paragraph.
pub struct Top<'c> {
    pub named: Vec<&'c Named>,
    /// Two places in `named`, the smaller first, and the number of paragraphs; most first.
    pub pairs: Vec<(usize, usize, usize)>,
}

impl Collection {
    /// Adds an article.
    pub fn add(&mut self, text: &str, entities: &[Entity<'_>]) {
        let groups = link::groups(entities);
        let numbers: Vec<usize> = groups.iter().map(|group| self.number(group)).collect();
        let mut ends = text.match_indices('\n').map(|(at, _)| at).chain([text.len()]).peekable();
        let mut paragraph = BTreeSet::new();
        for (at, entity) in entities.iter().enumerate() {
            while ends.next_if(|&end| end <= entity.span().start).is_some() {
                self.end_paragraph(&mut paragraph);
            }
            paragraph.extend(groups.of(at).map(|group| numbers[group]));
        }
        self.end_paragraph(&mut paragraph);
    }

    fn end_paragraph(&mut self, paragraph: &mut BTreeSet<usize>) {
        if !paragraph.is_empty() {
            self.paragraphs.push(std::mem::take(paragraph));
        }
    }

    /// Counts a group of one article; the number of whom it names.
    fn number(&mut self, group: &link::Group<'_>) -> usize {
        let kind = group.kind().clone();
        let key = match group.id() {
            Some(id) => Key::Id(kind.clone(), id.into()),
            None => Key::Name(kind.clone(), fold(group.name())),
        };
        let number = *self.numbers.entry(key).or_insert(self.named.len());
        if number == self.named.len() {
            self.named.push(Named { kind, name: String::new(), mentions: 0, articles: 0 });
        }
        let named = &mut self.named[number];
        if named.name.is_empty() || words(&named.name).count() < words(group.name()).count() {
            named.name = group.name().into();
        }
        named.mentions += group.count();
        named.articles += 1;
        number
    }

    /// How many are named, and how often in all.
    pub fn size(&self) -> (usize, usize) {
        (self.named.len(), self.named.iter().map(|named| named.mentions).sum())
    }

    pub fn top(&self, count: usize) -> Top<'_> {
        let mut order: Vec<usize> = (0..self.named.len()).collect();
        let rank = |&at: &usize| (Reverse(self.named[at].mentions), Reverse(self.named[at].articles), at);
        order.sort_by_key(rank);
        order.truncate(count);
        let place: HashMap<usize, usize> = order.iter().enumerate().map(|(place, &at)| (at, place)).collect();
        let mut counts: HashMap<(usize, usize), usize> = HashMap::new();
        for paragraph in &self.paragraphs {
            let mut here: Vec<usize> = paragraph.iter().filter_map(|at| place.get(at).copied()).collect();
            here.sort_unstable();
            for (at, &first) in here.iter().enumerate() {
                for &second in &here[at + 1..] {
                    *counts.entry((first, second)).or_default() += 1;
                }
            }
        }
        let mut pairs: Vec<_> = counts.into_iter().map(|((a, b), count)| (a, b, count)).collect();
        pairs.sort_by_key(|&(a, b, count)| (Reverse(count), a, b));
        Top { named: order.iter().map(|&at| &self.named[at]).collect(), pairs }
    }
}
