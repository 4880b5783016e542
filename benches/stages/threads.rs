//! Two threads over one extractor.

use std::time::{Duration, Instant};

use bangla_ner::{Extractor, Scratch};

use crate::clock::median;
use crate::corpus::Document;

/// Nanoseconds that this thread was ready but other work had the processor; Linux counts it.
fn kept_waiting() -> Duration {
    let read = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let waited = read.split(' ').nth(1).and_then(|n| n.parse().ok());
    Duration::from_nanos(waited.unwrap_or_default())
}

/// Time of the slowest thread, without what it lost to other processes: waiting for another
/// thread counts, waiting for a processor does not.
fn run(ner: &Extractor, parts: &[&[Document]], scratches: &mut [Scratch]) -> (usize, Duration) {
    let read = |part: &[Document], scratch: &mut Scratch| {
        let (start, waited) = (Instant::now(), kept_waiting());
        let found: usize = part.iter().map(|d| ner.extract_with(scratch, &d.text).count()).sum();
        (found, start.elapsed().saturating_sub(kept_waiting().saturating_sub(waited)))
    };
    let results: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = parts
            .iter()
            .zip(scratches)
            .map(|(part, scratch)| scope.spawn(move || read(part, scratch)))
            .collect();
        threads.into_iter().map(|t| t.join().expect("no panics")).collect()
    });
    (results.iter().map(|r| r.0).sum(), results.iter().map(|r| r.1).max().unwrap_or_default())
}

/// How many times as fast two threads read a text as one.
pub fn speed_up(rounds: usize, ner: &Extractor, documents: &[Document]) -> f64 {
    let halves = documents.split_at(documents.len() / 2);
    let halves = [halves.0, halves.1];
    let mut scratches = [Scratch::new(), Scratch::new()];
    let (found, _) = run(ner, &halves, &mut scratches);
    let mut ratios = Vec::new();
    for _ in 0..rounds {
        // The halves one after the other, each with its own buffers, as in two threads.
        let mut alone = Duration::ZERO;
        for (half, scratch) in halves.iter().zip(&mut scratches) {
            alone += run(ner, &[half], std::slice::from_mut(scratch)).1;
        }
        let (again, together) = run(ner, &halves, &mut scratches);
        assert_eq!(again, found, "two threads find what one finds");
        ratios.push(alone.as_secs_f64() / together.as_secs_f64());
    }
    median(ratios)
}
