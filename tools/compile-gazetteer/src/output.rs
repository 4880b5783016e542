//! The tables as text and as compiled files.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result, bail};
use bangla_ner::tools::{AFFIX_FILES, CUE_FILES, CompiledTables, NAME_FILES, Tables, TextTables};

/// Version of the data, kept in the compiled files; raised with every release that changes
/// the tables.
const VERSION: u64 = 1;

/// All tables, in memory.
pub struct Built {
    /// Content of every file that is written, by name: the tables and `REPORT.md`.
    pub files: BTreeMap<String, String>,
    /// Content of every cue list, by name.
    pub cues: BTreeMap<String, String>,
}

/// The cue lists of a folder.
///
/// # Errors
/// When a list is missing, or one is there that nothing reads.
pub fn read_cues(folder: &Path) -> Result<BTreeMap<String, String>> {
    let known = || CUE_FILES.iter().chain(AFFIX_FILES);
    for entry in std::fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.ends_with(".tsv") && !known().any(|k| *k == name) {
            bail!("{}: nothing reads {name}; add it to CUE_FILES", folder.display());
        }
    }
    known().map(|name| read(folder, name)).collect()
}

fn read(folder: &Path, name: &str) -> Result<(String, String)> {
    let path = folder.join(name);
    let text = std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    Ok((name.to_owned(), text))
}

impl Built {
    /// The tables that a folder has already.
    ///
    /// # Errors
    /// When one is missing.
    pub fn read(folder: &Path) -> Result<Built> {
        let names = NAME_FILES.iter().chain([&"words.tsv"]);
        let files = names.map(|name| read(folder, name)).collect::<Result<_>>()?;
        Ok(Built { files, cues: read_cues(&folder.join("cues"))? })
    }

    /// The compiled files.
    ///
    /// # Errors
    /// The first row that cannot be used.
    pub fn compile(&self) -> Result<CompiledTables> {
        let names = pairs(NAME_FILES, &self.files);
        let cues = pairs(CUE_FILES, &self.cues);
        let affixes = pairs(AFFIX_FILES, &self.cues);
        let words = ("words.tsv", content(&self.files, "words.tsv"));
        Ok(TextTables { names: &names, cues: &cues, affixes: &affixes, words }.compile(VERSION)?)
    }

    /// The tables as an extractor takes them: `Extractor::builder().tables(…)`.
    ///
    /// # Errors
    /// The first row that cannot be used.
    pub fn tables(&self) -> Result<Tables> {
        Ok(Tables::from_compiled(self.compile()?)?)
    }

    /// Every file below the output folder, by path.
    ///
    /// # Errors
    /// The first row that cannot be compiled.
    pub fn outputs(&self) -> Result<BTreeMap<String, Vec<u8>>> {
        let CompiledTables { names, words, affixes } = self.compile()?;
        let compiled = [("names.bin", names), ("words.bin", words), ("affixes.bin", affixes)];
        let compiled = compiled.map(|(name, bytes)| (format!("compiled/{name}"), bytes));
        let text = self.files.iter().map(|(name, text)| (name.clone(), text.clone().into_bytes()));
        Ok(text.chain(compiled).collect())
    }
}

fn content<'a>(files: &'a BTreeMap<String, String>, name: &str) -> &'a str {
    files.get(name).map_or("", String::as_str)
}

fn pairs<'a>(names: &[&'a str], files: &'a BTreeMap<String, String>) -> Vec<(&'a str, &'a str)> {
    names.iter().map(|name| (*name, content(files, name))).collect()
}

/// Writes files below a folder.
///
/// # Errors
/// When one cannot be written.
pub fn write(folder: &Path, outputs: &BTreeMap<String, Vec<u8>>) -> Result<()> {
    std::fs::create_dir_all(folder.join("compiled"))?;
    for (name, content) in outputs {
        let path = folder.join(name);
        std::fs::write(&path, content).with_context(|| format!("cannot write {}", path.display()))?;
        match std::str::from_utf8(content) {
            Ok(text) if name.ends_with(".tsv") => {
                println!("{name}: {} rows", text.lines().count().max(1) - 1)
            }
            _ => println!("{name}: {} bytes", content.len()),
        }
    }
    Ok(())
}

/// Whether every file is there with exactly this content.
pub fn check(folder: &Path, outputs: &BTreeMap<String, Vec<u8>>) -> bool {
    let differs = |(name, content): (&String, &Vec<u8>)| {
        let differs = std::fs::read(folder.join(name)).ok().as_ref() != Some(content);
        if differs {
            eprintln!(
                "{name} differs from a rebuild; run compile-gazetteer without --check and commit the result"
            );
        }
        differs
    };
    outputs.iter().filter(|&file| differs(file)).count() == 0
}
