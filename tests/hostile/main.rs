//! Hostile input: extraction never fails, its memory is bounded and its time linear; lists
//! and files that cannot be used are refused with a message that says what to do.
//!
//! What takes long is left out of a build without optimisation, and the largest of every
//! quick run:
//!
//! ```text
//! cargo test --release --test hostile
//! cargo test --release --test hostile -- --include-ignored
//! ```

mod compiled;
mod gazetteers;
mod texts;

/// Numbers that look like chance and are the same in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }
}
