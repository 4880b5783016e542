//! A progress bar for large inputs.

use std::io::{IsTerminal, stderr, stdout};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressFinish, ProgressStyle};

/// Inputs up to this many bytes are done before a bar could be read.
const LARGE: u64 = 1 << 20;

const KNOWN: &str = "{bar:40} {bytes}/{total_bytes} {binary_bytes_per_sec} {eta}";
const UNKNOWN: &str = "{spinner} {bytes} {binary_bytes_per_sec}";

/// Counts the bytes that are done, on standard error.
pub struct Progress {
    /// `None` where it cannot be seen, or would be drawn into the output.
    bar: Option<ProgressBar>,
    done: u64,
    total: Option<u64>,
    shown: bool,
}

impl Progress {
    pub fn new(total: Option<u64>) -> Progress {
        let visible = stderr().is_terminal() && !stdout().is_terminal();
        let mut progress = Progress { bar: visible.then(|| bar(total)), done: 0, total, shown: false };
        progress.advance(0);
        progress
    }

    pub fn advance(&mut self, bytes: usize) {
        let Some(bar) = &self.bar else { return };
        self.done += bytes as u64;
        if !self.shown && self.total.unwrap_or(self.done) > LARGE {
            bar.set_draw_target(ProgressDrawTarget::stderr());
            // Keeps moving while a single large document is being read.
            bar.enable_steady_tick(Duration::from_millis(200));
            self.shown = true;
        }
        bar.set_position(self.done);
    }
}

fn bar(total: Option<u64>) -> ProgressBar {
    let template = if total.is_some() { KNOWN } else { UNKNOWN };
    let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    let bar = ProgressBar::with_draw_target(total, ProgressDrawTarget::hidden());
    // Cleared when dropped, before any message is written.
    bar.with_style(style).with_finish(ProgressFinish::AndClear)
}
