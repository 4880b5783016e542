//! Indexes articles and answers which of them name what.

use std::path::{Path, PathBuf};

use bangla_ner_tantivy::Articles;
use clap::Parser;

/// Articles with the names in them as facets
#[derive(Parser)]
struct Arguments {
    /// Files, or folders of `.txt` files: an article each
    #[arg(required = true)]
    articles: Vec<PathBuf>,
    /// Where to keep the index (default: in memory)
    #[arg(long)]
    index: Option<PathBuf>,
    /// Only articles that name this
    #[arg(long)]
    naming: Option<String>,
    /// Facets to show of each kind
    #[arg(long, default_value_t = 5)]
    most: usize,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments = Arguments::parse();
    let articles = match &arguments.index {
        Some(folder) => {
            std::fs::create_dir_all(folder)?;
            Articles::in_folder(folder)?
        }
        None => Articles::in_memory(),
    };
    let mut writer = articles.writer()?;
    // What an index in a folder had before is read again.
    writer.delete_all_documents()?;
    for file in files(&arguments.articles)? {
        let text = std::fs::read_to_string(&file).map_err(|e| format!("{}: {e}", file.display()))?;
        articles.add(&writer, &file.display().to_string(), &text)?;
    }
    writer.commit()?;
    let query = match &arguments.naming {
        Some(name) => articles.naming(name),
        None => articles.all(),
    };
    for title in articles.search(&query, 1_000)? {
        println!("{title}");
    }
    for kind in ["person", "place", "organization"] {
        println!("\n{kind}");
        for (name, count) in articles.counts(&query, kind, arguments.most)? {
            println!("{count:>6}  {name}");
        }
    }
    Ok(())
}

/// The files, those of folders in order of their names.
fn files(given: &[PathBuf]) -> std::io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for path in given {
        if path.is_dir() {
            let entries = std::fs::read_dir(path)?.map(|entry| entry.map(|entry| entry.path()));
            let mut inside = entries.collect::<std::io::Result<Vec<_>>>()?;
            inside.retain(|file: &PathBuf| file.extension() == Some(Path::new("txt").as_os_str()));
            inside.sort();
            files.extend(inside);
        } else {
            files.push(path.clone());
        }
    }
    Ok(files)
}
