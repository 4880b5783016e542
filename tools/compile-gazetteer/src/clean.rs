//! What a source's name must be to become a row, and how it is brought to the bare name.

use bangla_ner::text::fold;

/// Why a row is not used; counted in the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    Benchmark,
    Unconfirmed,
    Genitive,
    Script,
    Punctuation,
    TooShort,
    TooLong,
    Generic,
    NoClass,
}

/// Administrative generics that stand outside a place's span; cut from the end.
const OUTSIDE: &[&str] = &[
    "জেলা",
    "উপজেলা",
    "থানা",
    "বিভাগ",
    "প্রদেশ",
    "রাজ্য",
    "অঞ্চল",
    "কাউন্টি",
    "পৌরসভা",
    "ইউনিয়ন",
    "গ্রাম",
    "শহর",
    "নদী",
    "নদ",
    "প্রশাসনিক অঞ্চল",
    "স্বায়ত্তশাসিত অঞ্চল",
    "মহকুমা",
    "ওব্লাস্ট",
    "ক্যান্টন",
    "গভর্নরেট",
    "ডিপার্টমেন্ট",
    "মিউনিসিপ্যালিটি",
    "রিজিয়ন",
    "এলাকা",
    "অঙ্গরাজ্য",
    "প্রজাতন্ত্র অঞ্চল",
];

/// Words that are no name by themselves, whatever the source says.
const GENERIC: &[&str] = &[
    "অজানা",
    "পৃথিবী",
    "সাত সমুদ্র",
    "হ্রদ",
    "পাহাড়",
    "নদী",
    "ভূমি",
    "সাগর",
    "বাজার",
    "কেন্দ্র",
    "উত্তর",
    "দক্ষিণ",
    "পূর্ব",
    "পশ্চিম",
    "মধ্য",
    "রাজধানী",
    "জেলা",
    "উপজেলা",
    "সদর",
    "নতুন",
    "পুরান",
    "সিউডো-অ্যাকসেন্ট",
];

/// The bare name in ordinary spelling, or why there is none.
pub fn clean(name: &str, place: bool) -> Result<String, Reason> {
    let name = compose(name.trim());
    if name.contains(['ৰ', 'ৱ']) || name.chars().any(|c| !allowed(c)) {
        return Err(Reason::Script);
    }
    if name.contains(['(', ')', ',', ';', '/', '²', '।']) {
        return Err(Reason::Punctuation);
    }
    let name = if place { without_generic(&name) } else { name };
    let letters = name.chars().filter(|c| matches!(c, '\u{0980}'..='\u{09FF}')).count();
    match () {
        _ if letters < 2 => Err(Reason::TooShort),
        _ if name.split(' ').count() > 9 => Err(Reason::TooLong),
        // উত্তরাঞ্চলীয়: an adjective that a generic word was cut from.
        _ if place && !name.contains(' ') && name.ends_with("ী\u{09DF}") => Err(Reason::Generic),
        _ if GENERIC.contains(&name.as_str()) || OUTSIDE.contains(&name.as_str()) => Err(Reason::Generic),
        _ => Ok(name),
    }
}

fn allowed(c: char) -> bool {
    matches!(c, '\u{0980}'..='\u{09FF}' | ' ' | '-' | '.' | '\'' | '&' | '0'..='9' | '\u{200D}' | '(' | ')' | ',' | ';' | '/' | '²' | '।')
}

fn without_generic(name: &str) -> String {
    let cut = OUTSIDE.iter().filter_map(|g| name.strip_suffix(g)?.strip_suffix(' ')).min_by_key(|n| n.len());
    cut.filter(|n| n.chars().count() >= 2).unwrap_or(name).to_owned()
}

/// Precomposed letters, one dash, single spaces; joiners stay only after র.
pub fn compose(name: &str) -> String {
    let name = name
        .replace("ড\u{09BC}", "\u{09DC}")
        .replace("ঢ\u{09BC}", "\u{09DD}")
        .replace("য\u{09BC}", "\u{09DF}")
        .replace("\u{09C7}\u{09BE}", "\u{09CB}")
        .replace("\u{09C7}\u{09D7}", "\u{09CC}")
        .replace(['–', '—', '‑'], "-")
        .replace(['’', '‘'], "'")
        .replace(['\u{200C}', '\u{FEFF}'], "");
    let mut out = String::with_capacity(name.len());
    for word in name.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        let mut last = ' ';
        for c in word.chars().filter(|&c| c != '\u{200D}' || word.contains("র\u{200D}")) {
            if c != '\u{200D}' || last == 'র' {
                out.push(c);
            }
            last = c;
        }
    }
    debug_assert_eq!(fold(&out), fold(&name));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_brought_to_their_bare_form_or_refused() {
        let table = [
            ("গাজীপুর জেলা", true, Ok("গাজীপুর")),
            ("পদ্মা নদী", true, Ok("পদ্মা")),
            ("পদ্মা সেতু", true, Ok("পদ্মা সেতু")),
            ("জেলা", true, Err(Reason::Generic)),
            ("উত্তরাঞ্চলীয় প্রদেশ", true, Err(Reason::Generic)),
            ("হাজৰিকা", false, Err(Reason::Script)),
            ("आशा", false, Err(Reason::Script)),
            ("কোকোস (কিলিং)", true, Err(Reason::Punctuation)),
            ("ক", false, Err(Reason::TooShort)),
            ("  কিম   জং–উন ", false, Ok("কিম জং-উন")),
            ("ড\u{09BC}াকা", true, Ok("\u{09DC}াকা")),
            ("র\u{200D}্যাব", false, Ok("র\u{200D}্যাব")),
            ("শাহ্\u{200C}জালাল", false, Ok("শাহ্জালাল")),
        ];
        for (name, place, expected) in table {
            assert_eq!(clean(name, place).as_deref(), expected.as_ref().map(|s| &**s), "{name}");
        }
    }
}
