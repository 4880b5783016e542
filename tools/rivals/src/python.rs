//! The matchers in Python, each in a process of its own.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

use crate::Files;
use crate::figures::Figures;

/// Name, what is done with what it reports, megabytes of text.
const ENGINES: [(&str, &str, &str); 4] = [
    ("pyahocorasick", "boundaries, list of endings", "3"),
    ("flashtext", "whole words only", "3"),
    ("PhraseMatcher", "whole tokens only", "0.5"),
    ("EntityRuler", "whole tokens only", "0.5"),
];

#[derive(Deserialize)]
struct Printed {
    version: String,
    build: f64,
    memory: f64,
    peak: f64,
    speed: f64,
    found: [usize; 3],
    mentions: [usize; 3],
}

fn here(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(file)
}

fn run(command: &mut Command) -> Result<Vec<u8>> {
    let output = command.output().with_context(|| format!("{command:?}"))?;
    ensure!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    Ok(output.stdout)
}

/// The interpreter with the pinned packages, which are installed at the first run.
fn interpreter() -> Result<PathBuf> {
    let venv = crate::folder().join("venv");
    let (python, ready) = (venv.join("bin/python"), venv.join("ready"));
    if !ready.exists() {
        println!("installing the Python matchers into {}", venv.display());
        run(Command::new("python3").args(["-m", "venv"]).arg(&venv))?;
        run(Command::new(&python)
            .args(["-m", "pip", "install", "--quiet", "-r"])
            .arg(here("requirements.txt")))?;
        std::fs::write(ready, "")?;
    }
    Ok(python)
}

pub fn measure(files: &Files) -> Result<Vec<Figures>> {
    let python = interpreter()?;
    let engine = |(name, checks, megabytes): (&str, &str, &str)| {
        let mut command = Command::new(&python);
        command.arg(here("rivals.py")).arg(name).args(["--megabytes", megabytes]);
        command.arg("--names").arg(&files.names).arg("--text").arg(&files.text);
        let output = run(command.arg("--endings").arg(&files.endings))?;
        let printed: Printed = serde_json::from_slice(&output)?;
        Ok(Figures {
            name: format!("{name} (Python)"),
            checks: checks.into(),
            version: printed.version,
            build: printed.build,
            memory: printed.memory,
            peak: printed.peak,
            speed: printed.speed,
            found: printed.found,
            mentions: printed.mentions,
        })
    };
    ENGINES.into_iter().map(engine).collect()
}
