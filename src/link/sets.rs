//! Disjoint sets of names, some of which have an identifier.

/// Union by size over numbers 0..n; no recursion, near constant time a step.
pub(super) struct Sets<'a> {
    parent: Vec<usize>,
    size: Vec<u32>,
    /// Of each root, the identifier of its set.
    id: Vec<Option<&'a str>>,
}

impl<'a> Sets<'a> {
    /// A set for each number, with its identifier.
    pub(super) fn new(id: Vec<Option<&'a str>>) -> Sets<'a> {
        Sets { parent: (0..id.len()).collect(), size: vec![1; id.len()], id }
    }

    /// The number that stands for the set of `at`.
    pub(super) fn find(&mut self, mut at: usize) -> usize {
        while let Some(&parent) = self.parent.get(at).filter(|&&parent| parent != at) {
            // Halves the way for the next time.
            let above = self.parent.get(parent).copied().unwrap_or(parent);
            if let Some(slot) = self.parent.get_mut(at) {
                *slot = above;
            }
            at = above;
        }
        at
    }

    /// The identifier of the set of `at`.
    pub(super) fn id(&mut self, at: usize) -> Option<&'a str> {
        let root = self.find(at);
        self.id.get(root).copied().flatten()
    }

    /// Joins two sets; the identifier of the first counts where they differ.
    pub(super) fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.find(a), self.find(b));
        if a == b {
            return;
        }
        let id = self.id(a).or(self.id(b));
        let size = |sets: &Sets<'_>, at: usize| sets.size.get(at).copied().unwrap_or(0);
        let sum = size(self, a).saturating_add(size(self, b));
        let (root, below) = if size(self, a) >= size(self, b) { (a, b) } else { (b, a) };
        if let Some(parent) = self.parent.get_mut(below) {
            *parent = root;
        }
        if let Some((size, slot)) = self.size.get_mut(root).zip(self.id.get_mut(root)) {
            (*size, *slot) = (sum, id);
        }
    }
}
