//! Work on all processors.

use std::sync::{Mutex, PoisonError};

/// How many jobs run at a time.
pub fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// Runs jobs in order of their numbers, several at a time; results in the same order.
pub fn run<T: Send>(count: usize, threads: usize, job: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let next = Mutex::new(0..count);
    let done: Mutex<Vec<Option<T>>> = Mutex::new((0..count).map(|_| None).collect());
    std::thread::scope(|scope| {
        for _ in 0..threads.clamp(1, count.max(1)) {
            scope.spawn(|| {
                loop {
                    let number = next.lock().unwrap_or_else(PoisonError::into_inner).next();
                    let Some(number) = number else { break };
                    let result = job(number);
                    let mut done = done.lock().unwrap_or_else(PoisonError::into_inner);
                    done[number] = Some(result);
                }
            });
        }
    });
    // A job that panicked has made the scope panic.
    done.into_inner().unwrap_or_else(PoisonError::into_inner).into_iter().flatten().collect()
}
