#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| bangla_ner_fuzz::run("extract", bytes));
