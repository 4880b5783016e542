//! Cutting long texts into windows, so that memory stays bounded.

/// A window ends at the first line end after this many bytes,
const AT_LINE: usize = 64 << 10;
/// or at white space after this many,
const AT_SPACE: usize = 256 << 10;
/// or at any character after this many: a token may take half a kilobyte of buffers, and in
/// a text of nothing but marks every byte is one.
const ANYWHERE: usize = 320 << 10;

/// The windows of a text, with the byte offset of each.
pub(crate) fn windows(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut start = 0;
    std::iter::from_fn(move || {
        let rest = text.get(start..).filter(|rest| !rest.is_empty())?;
        let length = window_length(rest);
        let window = rest.get(..length).unwrap_or(rest);
        let offset = start;
        start += window.len();
        Some((offset, window))
    })
}

fn window_length(rest: &str) -> usize {
    if rest.len() <= AT_LINE {
        return rest.len();
    }
    let bytes = rest.as_bytes();
    let find = |from: usize, to: usize, wanted: fn(&u8) -> bool| {
        let range = bytes.get(from..to.min(bytes.len()))?;
        range.iter().position(wanted).map(|n| from + n + 1)
    };
    find(AT_LINE, AT_SPACE, |&b| b == b'\n')
        .or_else(|| find(AT_SPACE.min(bytes.len()), ANYWHERE, |&b| b == b' ' || b == b'\n'))
        .unwrap_or_else(|| {
            (ANYWHERE.min(bytes.len())..=bytes.len())
                .find(|&i| rest.is_char_boundary(i))
                .unwrap_or(bytes.len())
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_join_to_the_text_and_end_at_lines() {
        let line = "ঢাকায় আজ বৃষ্টি হয়েছে।\n";
        for text in [line.repeat(20_000), "ক".repeat(9_000_000), "ক ".repeat(800_000), String::new()] {
            let parts: Vec<_> = windows(&text).collect();
            assert_eq!(parts.iter().map(|p| p.1).collect::<String>(), text);
            assert!(parts.iter().all(|(at, w)| text[*at..].starts_with(w)));
            assert!(parts.iter().all(|(_, w)| w.len() <= ANYWHERE + 3));
        }
        let text = line.repeat(20_000);
        assert!(windows(&text).all(|(_, w)| w.ends_with('\n')));
    }
}
