//! The hand-written rows: `written/*.tsv`, columns by header.
//!
//! `main` names the row that this one is another form of (an acronym, a short or a variant
//! spelling): both get one identifier, that of the main row if a source states one, else
//! one of the project's own, `bn:` and the main row's name.

use std::collections::HashMap;
use std::path::Path;

use anyhow::{Context, Result, bail};
use bangla_ner::text::fold;

use crate::clean::{Reason, clean, compose};
use crate::rows::{Row, Table};

/// Reads every table of a folder, in the order of their names.
pub fn read(folder: &Path, table: &mut Table) -> Result<()> {
    let entries = std::fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut files: Vec<_> = entries.map(|f| f.map(|f| f.path())).collect::<std::io::Result<_>>()?;
    files.retain(|f| f.extension().is_some_and(|e| e == "tsv"));
    files.sort();
    let mut aliases = Vec::new();
    for file in files {
        let shown = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let text =
            std::fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
        read_table(&shown, &text, table, &mut aliases)?;
    }
    link(&aliases, table)
}

/// A row that is another form of a main row.
struct Alias {
    place: String,
    name: String,
    class: String,
    main: String,
}

fn read_table(file: &str, text: &str, table: &mut Table, aliases: &mut Vec<Alias>) -> Result<()> {
    let mut lines = text.lines().enumerate().filter(|(_, l)| !l.starts_with('#') && !l.is_empty());
    let header: HashMap<&str, usize> =
        lines.next().map(|(_, l)| l.split('\t').zip(0..).collect()).unwrap_or_default();
    for (number, line) in lines {
        let place = format!("written/{file}:{}", number + 1);
        let fields: Vec<&str> = line.split('\t').map(str::trim).collect();
        let field = |name: &str| {
            header.get(name).and_then(|&at| fields.get(at)).map(|f| (*f).to_owned()).unwrap_or_default()
        };
        let class = field("class");
        if fields.len() > header.len() || !is_class(&class) {
            bail!("{place}: `{line}` has no known class or too many fields");
        }
        let name = match clean(&field("name"), false) {
            Ok(name) => name,
            // সাগর is no place by itself, but a given name.
            Err(Reason::Generic) if !class.starts_with("place") => compose(&field("name")),
            Err(reason) => bail!("{place}: `{}`: {reason:?}", field("name")),
        };
        let main = field("main");
        if !main.is_empty() {
            let name = fold(&name).to_string();
            aliases.push(Alias { place, name, class: class.clone(), main: fold(&main).to_string() });
        }
        let (ambiguity, latin) = (field("ambiguity"), field("latin"));
        table.add(Row {
            name,
            class,
            ambiguity,
            latin,
            sources: ["written".into()].into(),
            ..Row::default()
        });
    }
    Ok(())
}

fn is_class(class: &str) -> bool {
    let known = ["person.", "place.", "organization."];
    known.iter().any(|kind| class.len() > kind.len() && class.starts_with(kind))
}

/// Gives every alias and its main row one identifier.
fn link(aliases: &[Alias], table: &mut Table) -> Result<()> {
    for alias in aliases {
        let kind = alias.class.split('.').next().unwrap_or_default();
        let main =
            table.find(&alias.main, kind).map(|row| (row.class.clone(), row.name.clone(), row.id.clone()));
        let Some((class, name, id)) = main else {
            bail!("{}: main row `{}` is in no table", alias.place, alias.main);
        };
        let id = if id.is_empty() { format!("bn:{name}") } else { id };
        for key in [(alias.main.clone(), class), (alias.name.clone(), alias.class.clone())] {
            if let Some(row) = table.rows.get_mut(&key).filter(|row| row.id.is_empty()) {
                row.id.clone_from(&id);
            }
        }
    }
    Ok(())
}
