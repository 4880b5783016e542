//! The two charts, as SVG that takes its colours from the page's style sheet.

use std::f64::consts::TAU;
use std::io::{self, Write};

use bangla_ner::Kind;

use crate::collect::{Named, Top};
use crate::page::escaped;

/// The class that colours a kind.
fn class(kind: &Kind) -> &'static str {
    match kind {
        Kind::Person => "person",
        Kind::Place => "place",
        Kind::Organization => "organization",
        _ => "other",
    }
}

/// Bars, the most named first.
pub fn bars(out: &mut impl Write, named: &[&Named]) -> io::Result<()> {
    const ROW: usize = 30;
    /// Where bars begin, and the length of the longest.
    const LEFT: usize = 260;
    const LONGEST: usize = 440;
    let most = named.iter().map(|n| n.mentions).max().unwrap_or(1);
    let height = named.len() * ROW;
    writeln!(out, "<svg viewBox=\"0 0 760 {height}\" role=\"img\" aria-label=\"Most named\">")?;
    for (at, named) in named.iter().enumerate() {
        let (y, length) = (at * ROW, (named.mentions * LONGEST / most).max(2));
        let (name, class) = (escaped(&named.name), class(&named.kind));
        writeln!(
            out,
            "<g class=\"{class}\"><title>{name} ({}): {} times in {} articles</title>\
             <text x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text>\
             <rect x=\"{LEFT}\" y=\"{}\" width=\"{length}\" height=\"20\" rx=\"3\"/>\
             <text class=\"count\" x=\"{}\" y=\"{}\">{} {}</text></g>",
            escaped(named.kind.as_str()),
            named.mentions,
            named.articles,
            LEFT - 10,
            y + 20,
            escaped(&shortened(&named.name, 30)),
            y + 5,
            LEFT + length + 8,
            y + 20,
            named.mentions,
            escaped(&named.kind.label()),
        )?;
    }
    writeln!(out, "</svg>")
}

/// A circle of names; a curve between two that are named together, the broader the more
/// often.
pub fn circle(out: &mut impl Write, top: &Top<'_>) -> io::Result<()> {
    const RADIUS: f64 = 210.0;
    let order = neighbours(top);
    let mut angle = vec![0.0; order.len()];
    for (place, &at) in order.iter().enumerate() {
        angle[at] = TAU * place as f64 / order.len() as f64;
    }
    let on_circle = |at: usize, radius: f64| (radius * angle[at].cos(), radius * angle[at].sin());
    writeln!(out, "<svg viewBox=\"-380 -380 760 760\" role=\"img\" aria-label=\"Named together\">")?;
    let most = top.pairs.first().map_or(1, |pair| pair.2) as f64;
    // The strongest last, so that they lie above the others.
    for &(a, b, count) in top.pairs.iter().rev() {
        let ((ax, ay), (bx, by)) = (on_circle(a, RADIUS), on_circle(b, RADIUS));
        let share = count as f64 / most;
        writeln!(
            out,
            "<path d=\"M{ax:.1} {ay:.1}Q{:.1} {:.1} {bx:.1} {by:.1}\" stroke-width=\"{:.1}\" opacity=\"{:.2}\">\
             <title>{} – {}: {count}</title></path>",
            (ax + bx) * 0.15,
            (ay + by) * 0.15,
            1.0 + 6.0 * share,
            0.25 + 0.6 * share,
            escaped(&top.named[a].name),
            escaped(&top.named[b].name),
        )?;
    }
    let largest = top.named.first().map_or(1, |named| named.mentions) as f64;
    for (at, named) in top.named.iter().enumerate() {
        let (x, y) = on_circle(at, RADIUS);
        let radius = 4.0 + 9.0 * (named.mentions as f64 / largest).sqrt();
        let degrees = angle[at].to_degrees();
        // On the left half, names are turned over to stand upright.
        let (turn, anchor, side) =
            if x < -1e-9 { (degrees + 180.0, "end", -1.0) } else { (degrees, "start", 1.0) };
        writeln!(
            out,
            "<g class=\"{}\"><title>{}: {}</title>{}\
             <text transform=\"rotate({turn:.1})\" x=\"{:.1}\" y=\"5\" text-anchor=\"{anchor}\">{}</text></g>",
            class(&named.kind),
            escaped(&named.name),
            named.mentions,
            sign(&named.kind, (x, y), radius),
            side * (RADIUS + 18.0),
            escaped(&shortened(&named.name, 22)),
        )?;
    }
    writeln!(out, "</svg>")
}

/// A kind's own shape: round, square, on its corner, three-cornered.
fn sign(kind: &Kind, (x, y): (f64, f64), r: f64) -> String {
    let polygon = |corners: &[(f64, f64)]| {
        let points: Vec<_> =
            corners.iter().map(|(a, b)| format!("{:.1},{:.1}", x + r * a, y + r * b)).collect();
        format!("<polygon points=\"{}\"/>", points.join(" "))
    };
    match kind {
        Kind::Person => format!("<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{r:.1}\"/>"),
        Kind::Place => polygon(&[(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)]),
        Kind::Organization => polygon(&[(0.0, -1.2), (1.2, 0.0), (0.0, 1.2), (-1.2, 0.0)]),
        _ => polygon(&[(0.0, -1.1), (1.1, 0.9), (-1.1, 0.9)]),
    }
}

/// An order in which those who are named together stand near each other: after each the
/// one of the rest that has most in common with it.
fn neighbours(top: &Top<'_>) -> Vec<usize> {
    let count = top.named.len();
    let mut common = vec![vec![0; count]; count];
    for &(a, b, times) in &top.pairs {
        (common[a][b], common[b][a]) = (times, times);
    }
    let mut order: Vec<usize> = (0..count.min(1)).collect();
    while let Some(&last) = order.last().filter(|_| order.len() < count) {
        let rest = (0..count).filter(|at| !order.contains(at));
        // Of equals the first, which is the most named.
        order.extend(rest.rev().max_by_key(|&at| common[last][at]));
    }
    order
}

/// A name cut to a number of letters as they are counted by the eye, about.
fn shortened(name: &str, letters: usize) -> String {
    let is_sign = |c: char| ('\u{0981}'..='\u{0983}').contains(&c) || ('\u{09BC}'..='\u{09D7}').contains(&c);
    let mut seen = 0;
    let mut joined = false;
    for (at, c) in name.char_indices() {
        if !is_sign(c) && !joined {
            seen += 1;
        }
        joined = c == '\u{09CD}';
        if seen > letters {
            return format!("{}…", name[..at].trim_end());
        }
    }
    name.into()
}
