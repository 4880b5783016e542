//! Interleaved rounds by the thread's CPU time: ratios of one process are steady on a noisy
//! machine, single figures are not.

use std::time::Duration;

use cpu_time::ThreadTime;

/// Something to measure. What it returns is what it found: every round must find the same.
pub struct Engine<'a> {
    name: String,
    run: Box<dyn FnMut() -> usize + 'a>,
}

impl<'a> Engine<'a> {
    pub fn new(name: impl Into<String>, run: impl FnMut() -> usize + 'a) -> Engine<'a> {
        Engine { name: name.into(), run: Box::new(run) }
    }
}

/// One engine's times, round by round.
#[derive(Clone, Debug)]
pub struct Times {
    pub name: String,
    pub found: usize,
    rounds: Vec<Duration>,
}

impl Times {
    pub fn median(&self) -> f64 {
        median(self.rounds.iter().map(Duration::as_secs_f64).collect())
    }

    /// How many times as fast as another of the same rounds: the median of the rounds' ratios.
    pub fn faster_than(&self, other: &Times) -> f64 {
        let ratios = self.rounds.iter().zip(&other.rounds);
        median(ratios.map(|(own, other)| other.as_secs_f64() / own.as_secs_f64()).collect())
    }
}

pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}

pub fn cpu_time<T>(run: impl FnOnce() -> T) -> (T, Duration) {
    let start = ThreadTime::now();
    let result = run();
    (result, start.elapsed())
}

/// Runs the engines in turn: once to warm up, then `rounds` times. Panics when an engine
/// does not find the same every time.
pub fn interleave(rounds: usize, mut engines: Vec<Engine<'_>>) -> Vec<Times> {
    let mut times: Vec<Times> = Vec::new();
    for engine in &mut engines {
        let found = (engine.run)();
        times.push(Times { name: engine.name.clone(), found, rounds: Vec::new() });
    }
    for _ in 0..rounds {
        for (engine, times) in engines.iter_mut().zip(&mut times) {
            let (found, time) = cpu_time(&mut engine.run);
            assert_eq!(found, times.found, "{} does not find the same in every round", engine.name);
            times.rounds.push(time);
        }
    }
    times
}
