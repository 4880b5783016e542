//! What tokens are made of and where they stand, as a table.

use super::fold;
use super::scan::Scanner;
use super::token::{Shape, Token};
use super::urls;
use super::vocabulary::Vocabulary;

/// The flags of a shape, each as a letter.
const LETTERS: [(Shape, char); 16] = [
    (Shape::WORD, 'w'),
    (Shape::HYPHEN, 'h'),
    (Shape::PUNCTUATION, 'p'),
    (Shape::BENGALI, 'b'),
    (Shape::LATIN, 'l'),
    (Shape::OTHER_SCRIPT, 'o'),
    (Shape::DIGITS, 'd'),
    (Shape::NUMBER, 'n'),
    (Shape::LETTERS, 'c'),
    (Shape::GLUED, 'g'),
    (Shape::SENTENCE_START, 'S'),
    (Shape::LINE_START, 'L'),
    (Shape::PARAGRAPH_START, 'P'),
    (Shape::TERMINAL, 't'),
    (Shape::ABBREVIATION, 'a'),
    (Shape::UPPERCASE, 'u'),
];

/// The tokens of a text and its folded bytes, as the extractor cuts them.
fn tokens(text: &str) -> (Vec<Token>, Vec<u8>) {
    let (mut folded, mut tokens) = (Vec::new(), Vec::new());
    if Scanner::run(text, &mut folded, &mut tokens) {
        urls::hide(&mut tokens, &folded);
    }
    (tokens, folded)
}

/// Tokens as `text:flags`.
fn shown(text: &str) -> String {
    let show = |t: &Token| {
        let flags: String = LETTERS.iter().filter(|(flag, _)| t.shape.has(*flag)).map(|(_, c)| *c).collect();
        format!("{}:{flags}", &text[t.start as usize..t.end as usize])
    };
    tokens(text).0.iter().map(show).collect::<Vec<_>>().join(" ")
}

#[test]
fn tokens_are_made_of_what_the_table_says() {
    let wrong = TABLE.iter().map(|&(text, expected)| (text, shown(text), expected));
    let wrong: Vec<_> = wrong.filter(|(_, shown, expected)| shown != expected).collect();
    assert!(wrong.is_empty(), "text, shown, expected:\n{wrong:#?}");
}

/// Every token of the table is numbered alike however it is asked for, apart only where its
/// folded bytes or what it is made of differ.
#[test]
fn numbers_tell_words_apart_by_their_bytes_and_shape() {
    let text: String = TABLE.iter().flat_map(|(text, _)| [text, "\n"]).collect();
    let long =
        (0..40).flat_map(|n| ["ঝ".repeat(n), "ঝ".repeat(n % 20) + "ক", "ক".to_owned() + &"ঝ".repeat(n % 19)]);
    let text = text + &long.collect::<Vec<_>>().join(" ");
    let (tokens, folded) = tokens(&text);
    let mut vocabulary = Vocabulary::default();
    let mut seen: Vec<(&[u8], u16)> = Vec::new();
    let mut numbers = Vec::new();
    for round in 0..3 {
        vocabulary.number_all(&folded, &tokens, &mut numbers);
        assert_eq!(numbers.len(), tokens.len());
        for (token, &number) in tokens.iter().zip(&numbers) {
            let word = (token.folded(&folded), token.shape.of_word().bits());
            let known = seen.iter().position(|&w| w == word).unwrap_or(seen.len());
            if known == seen.len() {
                assert_eq!(round, 0);
                seen.push(word);
            }
            assert_eq!(number as usize, known);
            assert_eq!(vocabulary.get(word.0, token.shape), Some(number));
            assert_eq!(vocabulary.number(word.0, token.shape), number);
        }
        assert_eq!(vocabulary.len(), seen.len());
        assert!(!vocabulary.is_full());
    }
    assert_eq!(vocabulary.get(fold("ঘৃতকুমারী").as_bytes(), Shape::WORD), None);
}

/// Texts, and their tokens with their flags.
const TABLE: &[(&str, &str)] = &[
    ("ঢাকা গেল।", "ঢাকা:wbcSLP গেল:wbc ।:pgt"),
    ("মোঃ করিম, ড. ইউনূস", "মোঃ:wbcSLPa করিম:wbc ,:pg ড.:wbca ইউনূস:wbc"),
    ("BNP-র ২০২৬ abc", "BNP:wlcSLPu -:hg র:wbcg ২০২৬:wdn abc:wlc"),
    ("a1 ২য় ২a", "a1:wldcSLP ২য়:wbdc ২a:wldc"),
    ("ক\n\nখ\nগ", "ক:wbcSLP খ:wbcSLP গ:wbcSL"),
    ("ক\r\nখ \n \n গ", "ক:wbcSLP খ:wbcSL গ:wbcSLP"),
    ("জং—উন - ক", "জং:wbcSLP —:hga উন:wbcg -:h ক:wbc"),
    ("(‘ক’)", "(:pSLP ‘:pg ক:wbcg ’:pg ):pg"),
    ("‘ক।’ খ", "‘:pSLP ক:wbcg ।:pgt ’:pg খ:wbcS"),
    ("ক।‘খ’", "ক:wbcSLP ।:pgt ‘:pgS খ:wbcg ’:pg"),
    ("দেখ? না! হ্যাঁ. গ", "দেখ:wbcSLP ?:pgt না:wbcS !:pgt হ্যাঁ:wbcS .:pg গ:wbc"),
    ("ক.\nখ", "ক:wbcSLP .:pgt খ:wbcSL"),
    ("ক.’ \nখ", "ক:wbcSLP .:pgt ’:pg খ:wbcSL"),
    ("www.ঢাকা.com ক", "www:plSLP .:pg ঢাকা:pbg .:pg com:plg ক:wbc"),
    ("ক http://ঢাকা/ক খ", "ক:wbcSLP http:pl ::pg /:pg /:pg ঢাকা:pbg /:pg ক:pbg খ:wbc"),
    ("x://ক", "x:plSLP ::pg /:pg /:pg ক:pbg"),
    ("ক:/খ", "ক:wbcSLP ::pg /:pg খ:wbcg"),
    ("a@ঢাকা.com ক", "a:plSLP @:pg ঢাকা:pbg .:pg com:plg ক:wbc"),
    ("@ ক", "@:pSLP ক:wbc"),
    ("ক@ খ", "ক:wbcSLP @:pg খ:wbc"),
    ("www ক", "www:wlcSLP ক:wbc"),
    ("নমस्ते Ünder ß", "নমस्ते:wbocSLP Ünder:wlcu ß:woc"),
    ("নাম:\nক", "নাম:wbcSLP ::pg ক:wbcSL"),
    ("মো: ক", "মো::wbcSLPa ক:wbc"),
    ("মো:\nক", "মো:wbcSLPa ::pg ক:wbcSL"),
    ("ক মো: ", "ক:wbcSLP মো:wbca ::pg"),
    ("মো:", "মো::wbcSLPa"),
    ("মো:\n \u{200D}\n", "মো::wbcSLPa"),
    ("লি. ক", "লি.:wbcSLPa ক:wbc"),
    ("লি", "লি:wbcSLP"),
    ("ৎ ঃ", "ৎ:wbcSLP ঃ:wbc"),
    ("\u{200D}ক\u{200D} খ", "ক:wbcSLP খ:wbc"),
    ("৳৫০ ₹", "৳:pSLP ৫০:wdng ₹:p"),
    ("\u{09BC}ক \u{0301}", "ক:wbcSLP"),
    ("ক\u{7}খ", "ক:wbcSLP \u{0007}:pg খ:wbcg"),
];
