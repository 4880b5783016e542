//! From a folder of articles to one page: who is named most, who is named together with
//! whom, and the articles with their names highlighted.
//!
//! `cargo run --release --example report -- examples/data/articles > report.html`

mod chart;
mod collect;
mod page;

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use bangla_ner::Extractor;
use clap::Parser;

use collect::Collection;

/// Reports who and what the articles of a folder name.
#[derive(Parser)]
#[command(name = "report")]
struct Options {
    /// Folder whose .txt files are the articles
    folder: PathBuf,
    /// Title of the page (the default is the folder's name)
    #[arg(long)]
    title: Option<String>,
    /// How many names the charts show
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u8).range(1..=60))]
    top: u8,
}

/// An article and the name of its file.
pub struct Article {
    pub name: String,
    pub text: String,
}

fn main() -> ExitCode {
    let options = Options::parse();
    match run(&options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "report: {error}");
            ExitCode::from(2)
        }
    }
}

fn run(options: &Options) -> io::Result<()> {
    let folder = &options.folder;
    let articles = read(folder)?;
    let ner = Extractor::bundled();
    let found: Vec<_> = articles.iter().map(|article| ner.extract(&article.text)).collect();
    let mut collection = Collection::default();
    for (article, entities) in articles.iter().zip(&found) {
        collection.add(&article.text, entities);
    }
    let name = || folder.file_name().unwrap_or(folder.as_os_str()).to_string_lossy().into_owned();
    let title = options.title.clone().unwrap_or_else(name);
    let mut out = BufWriter::new(io::stdout().lock());
    page::write(&mut out, &title, &collection, usize::from(options.top), &articles, &found)?;
    out.flush()
}

/// The articles of a folder, by name.
fn read(folder: &Path) -> io::Result<Vec<Article>> {
    let named = |path: &Path, error: io::Error| {
        io::Error::new(error.kind(), format!("{}: cannot read: {error}", path.display()))
    };
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(|error| named(folder, error))? {
        let path = entry.map_err(|error| named(folder, error))?.path();
        if path.extension().is_some_and(|extension| extension == "txt") {
            paths.push(path);
        }
    }
    if paths.is_empty() {
        let message = format!("{}: no file there ends in .txt", folder.display());
        return Err(io::Error::new(io::ErrorKind::NotFound, message));
    }
    paths.sort();
    let article = |path: &PathBuf| {
        let text = fs::read_to_string(path).map_err(|error| named(path, error))?;
        Ok(Article { name: path.file_stem().unwrap_or_default().to_string_lossy().into_owned(), text })
    };
    paths.iter().map(article).collect()
}
