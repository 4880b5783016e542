//! The page.

use std::io::{self, Write};

use bangla_ner::Entity;
use bangla_ner::render::{self, Document, HTML_STYLE};

use crate::collect::{Collection, Top};
use crate::{Article, chart};

const HEAD: &str = "<!DOCTYPE html>\n<html lang=\"bn\">\n<head>\n<meta charset=\"utf-8\">\n\
    <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
    <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n";

/// Pairs that the table lists.
const PAIRS: usize = 15;

pub fn write(
    out: &mut impl Write,
    title: &str,
    collection: &Collection,
    count: usize,
    articles: &[Article],
    found: &[Vec<Entity<'_>>],
) -> io::Result<()> {
    let title = escaped(title);
    let style = include_str!("style.css");
    write!(out, "{HEAD}<title>{title}</title>\n<style>\n{HTML_STYLE}{style}</style>\n</head>\n")?;
    writeln!(out, "<body class=\"bn-page\">\n<h1>{title}</h1>")?;
    let (named, mentions) = collection.size();
    let size = format!("{} articles, {named} different names, {mentions} mentions", articles.len());
    writeln!(out, "<p class=\"numbers\" lang=\"en\">{size}</p>")?;
    let top = collection.top(count);
    writeln!(out, "<section><h2 lang=\"en\">Most named</h2>{KINDS}")?;
    chart::bars(out, &top.named)?;
    writeln!(out, "</section>\n<section><h2 lang=\"en\">Named together in a paragraph</h2>{KINDS}")?;
    writeln!(out, "<div class=\"circle\">")?;
    chart::circle(out, &top)?;
    writeln!(out, "</div>")?;
    pairs(out, &top)?;
    writeln!(out, "</section>")?;
    for (article, entities) in articles.iter().zip(found) {
        let count = entities.len();
        write!(
            out,
            "<details><summary>{} ({count})</summary><div class=\"bn-text\">",
            escaped(&article.name)
        )?;
        render::html_fragment(&mut *out, &Document::new(&article.text, entities))?;
        writeln!(out, "</div></details>")?;
    }
    writeln!(out, "</body>\n</html>")
}

const KINDS: &str = "<p class=\"kinds\" lang=\"en\"><b class=\"person\">person</b>\
    <b class=\"place\">place</b><b class=\"organization\">organization</b></p>";

fn pairs(out: &mut impl Write, top: &Top<'_>) -> io::Result<()> {
    writeln!(out, "<table><tr lang=\"en\"><th>Named together</th><th></th><th>Paragraphs</th></tr>")?;
    for &(a, b, count) in top.pairs.iter().take(PAIRS) {
        let (a, b) = (escaped(&top.named[a].name), escaped(&top.named[b].name));
        writeln!(out, "<tr><td>{a}</td><td>{b}</td><td>{count}</td></tr>")?;
    }
    writeln!(out, "</table>")
}

/// Text for element content and quoted attributes.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\0' => out.push('\u{FFFD}'),
            other => out.push(other),
        }
    }
    out
}
