//! Candidate spans and the evidence for and against each.

use super::RuleId;
use crate::gazetteer::Class;
use crate::text::endings::Ending;

/// The extractor's number of a kind: 0 person, 1 place, 2 organization, then the user's.
pub(crate) type KindId = u8;
pub(crate) const PERSON: KindId = 0;
pub(crate) const PLACE: KindId = 1;
pub(crate) const ORGANIZATION: KindId = 2;

/// A possible entity.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Candidate {
    pub(crate) span: NameSpan,
    pub(crate) kind: KindId,
    /// The gazetteer entry that names it: layer, name number, class.
    pub(crate) entry: Option<(u8, u32, Class)>,
    /// Whether a head noun closes it (and has been counted).
    pub(crate) headed: bool,
    /// Whether the last decoding selected it.
    pub(crate) selected: bool,
    /// First and last of its evidence, plus one; 0 for none.
    evidence: (u32, u32),
    /// Next candidate with the same first token, plus one; 0 at the end.
    next: u32,
}

/// Where a name lies: tokens, and the folded offset at which the bare name ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NameSpan {
    pub(crate) first: u32,
    pub(crate) last: u32,
    /// Last token of the surface (a hyphen may carry the ending).
    pub(crate) surface_last: u32,
    pub(crate) name_end: u32,
    pub(crate) ending: Ending,
}

/// One reason for or against a candidate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct EvidenceItem {
    pub(crate) candidate: u32,
    pub(crate) rule: RuleId,
    /// How strongly the rule applies; its weight is multiplied by this.
    pub(crate) value: f32,
    /// Tokens of the cue (first, last), when the evidence has one.
    pub(crate) cue: Option<(u32, u32)>,
    /// Next evidence of the same candidate, plus one; 0 at the end.
    next: u32,
}

/// The candidates of a window of text.
#[derive(Debug, Default)]
pub(crate) struct Candidates {
    all: Vec<Candidate>,
    /// Head of the list of candidates by first token, plus one.
    heads: Vec<u32>,
    evidence: Vec<EvidenceItem>,
}

impl Candidates {
    pub(crate) fn reset(&mut self, tokens: usize) {
        self.all.clear();
        self.evidence.clear();
        self.heads.clear();
        self.heads.resize(tokens, 0);
    }

    /// The candidate for this span and kind, made when there is none yet.
    pub(crate) fn propose(&mut self, span: NameSpan, kind: KindId) -> u32 {
        if let Some(known) = self.find(&span, kind) {
            return known;
        }
        let id = self.all.len() as u32;
        let next = match self.heads.get_mut(span.first as usize) {
            Some(head) => std::mem::replace(head, id + 1),
            None => 0,
        };
        self.all.push(Candidate {
            span,
            kind,
            entry: None,
            headed: false,
            selected: false,
            evidence: (0, 0),
            next,
        });
        id
    }

    fn find(&self, span: &NameSpan, kind: KindId) -> Option<u32> {
        self.starting(span.first as usize).find(|&id| {
            self.all.get(id as usize).is_some_and(|c| {
                c.kind == kind && c.span.last == span.last && c.span.name_end == span.name_end
            })
        })
    }

    /// The newest candidate whose first token is `first`.
    pub(crate) fn newest_at(&self, first: usize) -> Option<(u32, Candidate)> {
        self.numbered(self.heads.get(first).copied().unwrap_or_default())
    }

    /// The candidate with the same first token that was proposed before another.
    pub(crate) fn before(&self, candidate: &Candidate) -> Option<(u32, Candidate)> {
        self.numbered(candidate.next)
    }

    fn numbered(&self, number: u32) -> Option<(u32, Candidate)> {
        let id = number.checked_sub(1)?;
        self.get(id).map(|&candidate| (id, candidate))
    }

    /// Candidates whose first token is `first`, the newest first.
    pub(crate) fn starting(&self, first: usize) -> impl Iterator<Item = u32> + '_ {
        let mut next = self.heads.get(first).copied().unwrap_or_default();
        std::iter::from_fn(move || {
            let id = next.checked_sub(1)?;
            next = self.all.get(id as usize)?.next;
            Some(id)
        })
    }

    pub(crate) fn add(&mut self, candidate: u32, rule: RuleId, value: f32, cue: Option<(u32, u32)>) {
        let Some(owner) = self.all.get_mut(candidate as usize) else { return };
        let number = self.evidence.len() as u32 + 1;
        match owner.evidence.1.checked_sub(1).and_then(|last| self.evidence.get_mut(last as usize)) {
            Some(last) => last.next = number,
            None => owner.evidence.0 = number,
        }
        owner.evidence.1 = number;
        self.evidence.push(EvidenceItem { candidate, rule, value, cue, next: 0 });
    }

    /// Copies what speaks for one candidate to another.
    pub(crate) fn copy_evidence(&mut self, from: u32, to: u32) {
        let mut next = self.all.get(from as usize).map_or(0, |c| c.evidence.0);
        while let Some(&item) = next.checked_sub(1).and_then(|at| self.evidence.get(at as usize)) {
            self.add(to, item.rule, item.value, item.cue);
            next = item.next;
        }
    }

    /// Notes which candidates a decoding selected.
    pub(crate) fn mark_selected(&mut self, selected: &[u32]) {
        self.all.iter_mut().for_each(|c| c.selected = false);
        for &id in selected {
            if let Some(c) = self.all.get_mut(id as usize) {
                c.selected = true;
            }
        }
    }

    pub(crate) fn set_entry(&mut self, candidate: u32, entry: (u8, u32, Class)) {
        if let Some(c) = self.all.get_mut(candidate as usize) {
            // Of several classes, the first one found names the entity: layers are walked
            // from the bottom, so a user's entry replaces a bundled one.
            if c.entry.is_none_or(|(layer, ..)| layer < entry.0) {
                c.entry = Some(entry);
            }
        }
    }

    /// Marks a candidate as closed by a head noun; false when it was already (by a longer
    /// one: মেডিকেল কলেজ before কলেজ).
    pub(crate) fn set_headed(&mut self, candidate: u32) -> bool {
        self.all.get_mut(candidate as usize).is_some_and(|c| !std::mem::replace(&mut c.headed, true))
    }

    pub(crate) fn all(&self) -> &[Candidate] {
        &self.all
    }

    pub(crate) fn get(&self, id: u32) -> Option<&Candidate> {
        self.all.get(id as usize)
    }

    /// All evidence, in the order in which it was found.
    pub(crate) fn evidence(&self) -> &[EvidenceItem] {
        &self.evidence
    }

    /// The evidence of one candidate, in the order in which it was found.
    pub(crate) fn evidence_of(&self, candidate: u32) -> impl Iterator<Item = &EvidenceItem> {
        let mut next = self.all.get(candidate as usize).map_or(0, |c| c.evidence.0);
        std::iter::from_fn(move || {
            let item = self.evidence.get(next.checked_sub(1)? as usize)?;
            next = item.next;
            Some(item)
        })
    }
}
