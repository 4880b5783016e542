//! Numbers picked out of many without a branch for each: where a wanted one comes cannot be
//! foretold, and a wrong guess costs more than to write all.

/// Some of the numbers that were offered, in order.
#[derive(Debug, Default)]
pub(crate) struct Picks {
    /// Those after the first `len` mean nothing.
    numbers: Vec<u32>,
    len: usize,
}

impl Picks {
    /// Forgets all, and makes room for so many.
    pub(crate) fn clear(&mut self, most: usize) {
        self.len = 0;
        if self.numbers.len() < most {
            self.numbers.resize(most, 0);
        }
    }

    /// Keeps a number if it is wanted. No more may be offered than there is room for.
    #[inline]
    pub(crate) fn offer(&mut self, number: u32, wanted: bool) {
        if let Some(place) = self.numbers.get_mut(self.len) {
            *place = number;
        }
        self.len += usize::from(wanted);
    }

    /// Keeps only those that are still wanted.
    #[inline]
    pub(crate) fn retain(&mut self, wanted: impl Fn(u32) -> bool) {
        let offered = std::mem::take(&mut self.len);
        for at in 0..offered {
            let Some(&number) = self.numbers.get(at) else { break };
            self.offer(number, wanted(number));
        }
    }

    /// Puts others among them, in order and none twice.
    pub(crate) fn merge(&mut self, others: &Picks) {
        self.numbers.truncate(self.len);
        self.numbers.extend_from_slice(others.as_slice());
        self.numbers.sort_unstable();
        self.numbers.dedup();
        self.len = self.numbers.len();
    }

    #[inline]
    pub(crate) fn as_slice(&self) -> &[u32] {
        self.numbers.get(..self.len).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wanted_stays_in_order() {
        let mut picks = Picks::default();
        let mut evens = Picks::default();
        for most in [10, 4, 20] {
            picks.clear(most);
            evens.clear(most);
            (0..most as u32).for_each(|n| picks.offer(n, n % 3 == 0));
            (0..most as u32).for_each(|n| evens.offer(n, n % 2 == 0));
            let expected =
                |wanted: fn(u32) -> bool| (0..most as u32).filter(|&n| wanted(n)).collect::<Vec<_>>();
            assert_eq!(picks.as_slice(), expected(|n| n % 3 == 0));
            picks.merge(&evens);
            assert_eq!(picks.as_slice(), expected(|n| n % 3 == 0 || n % 2 == 0));
            picks.retain(|n| n % 3 == 0);
            assert_eq!(picks.as_slice(), expected(|n| n % 3 == 0));
        }
    }
}
