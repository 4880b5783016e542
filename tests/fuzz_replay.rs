//! Replays the seeds of the fuzz targets and the cases that once failed.
//!
//! All of them: `cargo test --features tools --test fuzz_replay`.

mod fuzz_cases;

use std::path::{Path, PathBuf};

/// Files under `fuzz/<kept>/<target>`; none in the published package, which has no `fuzz`.
fn files(kept: &str, target: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz").join(kept).join(target);
    let Ok(entries) = std::fs::read_dir(&folder) else { return Vec::new() };
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

#[test]
fn kept_files_break_no_law() {
    for (target, case) in fuzz_cases::TARGETS {
        for path in files("corpus", target).into_iter().chain(files("regressions", target)) {
            let bytes = std::fs::read(&path).unwrap();
            if std::panic::catch_unwind(|| case(&bytes)).is_err() {
                panic!("{target} fails with {}", path.display());
            }
        }
    }
}
