//! Says what is odd about lists of names, before they are used.
//!
//! `cargo run --release --example lint -- examples/data/medicines.tsv`
//!
//! Files that end in `.json`, `.jsonl` or `.ndjson` need `--features json`. The exit status
//! is 1 when a list would not load, 2 for wrong arguments.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use bangla_ner::lint::{Check, Finding, Lint, Severity};
use clap::{Parser, ValueEnum};

/// Says what is odd about lists of names.
#[derive(Parser)]
#[command(name = "lint")]
struct Options {
    /// Lists to read, looked at as one
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// How to write the findings: lines for people, or one JSON object a line
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Takes JSON files as patterns of spaCy's EntityRuler
    #[arg(long)]
    patterns: bool,
    /// Leaves out what is only information
    #[arg(long)]
    quiet: bool,
    /// Leaves out findings with this code; may be given several times
    #[arg(long, value_name = "CODE", value_parser = code)]
    allow: Vec<Check>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

fn code(code: &str) -> Result<Check, String> {
    let known = Check::ALL.iter().copied().find(|check| check.code() == code);
    known.ok_or_else(|| {
        let codes: Vec<_> = Check::ALL.iter().map(|check| check.code()).collect();
        format!("the codes are {}", codes.join(", "))
    })
}

fn main() -> ExitCode {
    let options = Options::parse();
    let mut lint = Lint::new();
    for file in &options.files {
        if let Err(message) = read(&mut lint, file, options.patterns) {
            eprintln!("lint: {}: {message}", file.display());
            return ExitCode::from(2);
        }
    }
    let mut findings = lint.finish();
    findings.retain(|finding| {
        let wanted = !options.quiet || finding.severity() > Severity::Information;
        wanted && (!options.allow.contains(&finding.check()) || finding.severity() == Severity::Error)
    });
    match write(&mut io::stdout().lock(), &findings, options.format) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            eprintln!("lint: cannot write: {error}");
            ExitCode::from(2)
        }
        _ if findings.iter().any(|finding| finding.severity() == Severity::Error) => ExitCode::FAILURE,
        _ => ExitCode::SUCCESS,
    }
}

/// Reads a list by what its name ends in.
fn read(lint: &mut Lint, file: &Path, patterns: bool) -> Result<(), &'static str> {
    let json = file.extension().is_some_and(|end| ["json", "jsonl", "ndjson"].iter().any(|e| end == *e));
    match (json, patterns) {
        (false, _) => lint.tsv_file(file),
        #[cfg(feature = "json")]
        (true, true) => lint.patterns_file(file),
        #[cfg(feature = "json")]
        (true, false) => lint.jsonl_file(file),
        #[cfg(not(feature = "json"))]
        (true, _) => return Err("run with `--features json` to read JSON"),
    };
    Ok(())
}

fn write(out: &mut impl Write, findings: &[Finding], format: Format) -> io::Result<()> {
    for finding in findings {
        match format {
            Format::Text => writeln!(out, "{finding}")?,
            Format::Json => {
                serde_json::to_writer(&mut *out, finding)?;
                writeln!(out)?;
            }
        }
    }
    if format == Format::Text {
        let count = |severity| findings.iter().filter(|f| f.severity() == severity).count();
        let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
        writeln!(out, "{errors} errors, {warnings} warnings, {} notes", count(Severity::Information))?;
    }
    Ok(())
}
