//! The bodies of the fuzz targets, which the tests of the crate share.

#[path = "../../tests/fuzz_cases/mod.rs"]
mod cases;

/// Does what the target of this name does.
pub fn run(target: &str, bytes: &[u8]) {
    let case = cases::TARGETS.iter().find(|(name, _)| *name == target);
    case.expect("a target of tests/fuzz_cases").1(bytes);
}
