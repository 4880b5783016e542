//! Reading files and standard input, whole or line by line.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use crate::failure::Failure;

/// Where a text comes from.
pub enum Source {
    Stdin,
    File(PathBuf),
}

/// The sources that the arguments name.
pub fn sources(files: &[PathBuf]) -> Vec<Source> {
    if files.is_empty() {
        return vec![Source::Stdin];
    }
    let source = |file: &PathBuf| match file.as_path() == Path::new("-") {
        true => Source::Stdin,
        false => Source::File(file.clone()),
    };
    files.iter().map(source).collect()
}

/// Bytes of all sources, or `None` when standard input is one. Fails when a file is
/// missing.
pub fn total_size(sources: &[Source]) -> Result<Option<u64>, Failure> {
    let mut total = Some(0);
    for source in sources {
        let size = source.size()?;
        total = total.zip(size).map(|(total, size)| total + size);
    }
    Ok(total)
}

impl Source {
    /// The name for messages and headings.
    pub fn name(&self) -> String {
        match self {
            Source::Stdin => "standard input".into(),
            Source::File(path) => path.display().to_string(),
        }
    }

    fn size(&self) -> Result<Option<u64>, Failure> {
        let Source::File(path) = self else { return Ok(None) };
        let metadata = fs::metadata(path).map_err(|error| self.failure(error))?;
        if metadata.is_dir() {
            return Err(self.failure(io::ErrorKind::IsADirectory.into()));
        }
        // Pipes and devices have a name but no size.
        Ok(metadata.is_file().then_some(metadata.len()))
    }

    fn open(&self) -> Result<Box<dyn Read>, Failure> {
        match self {
            Source::Stdin => Ok(Box::new(io::stdin().lock())),
            Source::File(path) => match File::open(path) {
                Ok(file) => Ok(Box::new(file)),
                Err(error) => Err(self.failure(error)),
            },
        }
    }

    fn failure(&self, error: io::Error) -> Failure {
        Failure::Input { name: self.name(), error }
    }
}

/// Reads a source as one text.
pub fn read_whole(source: &Source) -> Result<String, Failure> {
    let mut bytes = Vec::new();
    source.open()?.read_to_end(&mut bytes).map_err(|error| source.failure(error))?;
    String::from_utf8(bytes).map_err(|error| {
        let offset = error.utf8_error().valid_up_to();
        let lines = error.as_bytes()[..offset].iter().filter(|&&byte| byte == b'\n').count();
        Failure::Utf8 { name: source.name(), line: lines as u64 + 1, offset: offset as u64 }
    })
}

/// A line and the line end that followed it.
pub struct Line<'b> {
    pub text: &'b str,
    pub end: &'b str,
}

/// Reads a source line by line, holding no more than one line.
pub struct Lines<'s> {
    source: &'s Source,
    reader: BufReader<Box<dyn Read>>,
    line: Vec<u8>,
    /// Lines begun so far.
    number: u64,
    /// Bytes before the current line.
    offset: u64,
}

impl<'s> Lines<'s> {
    pub fn open(source: &'s Source) -> Result<Lines<'s>, Failure> {
        let reader = BufReader::with_capacity(1 << 16, source.open()?);
        Ok(Lines { source, reader, line: Vec::new(), number: 0, offset: 0 })
    }

    /// Whether the next line has to be waited for.
    pub fn is_drained(&self) -> bool {
        self.reader.buffer().is_empty()
    }

    /// The next line; lines end with a line feed, or a carriage return and a line feed.
    pub fn next(&mut self) -> Result<Option<Line<'_>>, Failure> {
        self.offset += self.line.len() as u64;
        self.line.clear();
        self.number += 1;
        match self.reader.read_until(b'\n', &mut self.line) {
            Ok(0) => return Ok(None),
            Ok(_) => {}
            Err(error) => return Err(self.source.failure(error)),
        }
        let line = std::str::from_utf8(&self.line).map_err(|error| Failure::Utf8 {
            name: self.source.name(),
            line: self.number,
            offset: self.offset + error.valid_up_to() as u64,
        })?;
        let text = line.strip_suffix("\r\n").or_else(|| line.strip_suffix('\n')).unwrap_or(line);
        Ok(Some(Line { text, end: &line[text.len()..] }))
    }
}
