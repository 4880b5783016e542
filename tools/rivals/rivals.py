"""Measures one Python matcher over the names and the text that the Rust side has written.

Prints one line of JSON. Offsets are code points; a mention counts as found when its bare
name is reported with exactly its ends.
"""

import argparse
import bisect
import json
import sys
import time

from importlib.metadata import version


def status(field):
    """Megabytes of a field of /proc/self/status."""
    with open("/proc/self/status") as lines:
        for line in lines:
            if line.startswith(field):
                return int(line.split()[1]) * 1024 / 1e6
    return 0.0


def is_letter(c):
    return c.isalnum() or "\u0980" <= c <= "\u09ff" or c in "\u200c\u200d"


def checked(text, spans, endings):
    """Keeps what starts at a word's start and ends at its end or before an ending."""
    for start, end in spans:
        if start and is_letter(text[start - 1]):
            continue
        stop = end
        while stop < len(text) and is_letter(text[stop]):
            stop += 1
        if stop == end or text[end:stop] in endings:
            yield start, end


def pyahocorasick(names, endings):
    import ahocorasick

    automaton = ahocorasick.Automaton()
    for name in names:
        automaton.add_word(name, len(name))
    automaton.make_automaton()

    def find(text):
        spans = ((end + 1 - length, end + 1) for end, length in automaton.iter(text))
        return checked(text, spans, endings)

    return find, "pyahocorasick"


def flashtext(names, endings):
    import flashtext

    processor = flashtext.KeywordProcessor(case_sensitive=True)
    # By default only ASCII letters are letters, and every Bengali sign ends a word.
    letters = (chr(c) for c in range(0x980, 0xA00))
    processor.set_non_word_boundaries(processor.non_word_boundaries | set(letters) | {"\u200c", "\u200d"})
    for name in names:
        processor.add_keyword(name)

    def find(text):
        return ((start, end) for _, start, end in processor.extract_keywords(text, span_info=True))

    return find, "flashtext"


def phrase_matcher(names, endings):
    import spacy
    from spacy.matcher import PhraseMatcher

    nlp = spacy.blank("bn")
    matcher = PhraseMatcher(nlp.vocab)
    matcher.add("NAME", list(nlp.pipe(names)))

    def find(text):
        doc = nlp(text)
        spans = (doc[start:end] for _, start, end in matcher(doc))
        return ((span.start_char, span.end_char) for span in spans)

    return find, "spacy"


def entity_ruler(names, endings):
    import spacy

    nlp = spacy.blank("bn")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "NAME", "pattern": name} for name in names])

    def find(text):
        return ((entity.start_char, entity.end_char) for entity in nlp(text).ents)

    return find, "spacy"


ENGINES = {
    "pyahocorasick": pyahocorasick,
    "flashtext": flashtext,
    "PhraseMatcher": phrase_matcher,
    "EntityRuler": entity_ruler,
}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("engine", choices=ENGINES)
    parser.add_argument("--names", required=True)
    parser.add_argument("--text", required=True)
    parser.add_argument("--endings", required=True)
    parser.add_argument("--megabytes", type=float, default=3.0)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()

    read = lambda path: open(path, encoding="utf-8").read().splitlines()
    names = read(options.names)
    endings = frozenset(read(options.endings))
    documents, size = [], 0
    with open(options.text, encoding="utf-8") as lines:
        for line in lines:
            if size >= options.megabytes * 1e6:
                break
            documents.append(json.loads(line))
            size += len(documents[-1]["text"].encode())

    before, start = status("VmRSS:"), time.process_time()
    find, package = ENGINES[options.engine](names, endings)
    build = time.process_time() - start
    memory, peak = status("VmRSS:") - before, status("VmHWM:") - before

    spans = [sorted(find(document["text"])) for document in documents]
    times = []
    for _ in range(options.rounds):
        start = time.process_time()
        hits = sum(sum(1 for _ in find(document["text"])) for document in documents)
        times.append(time.process_time() - start)
        assert hits == sum(map(len, spans)), "every round finds the same"

    found, all_of = [0, 0, 0], [0, 0, 0]
    for document, reported in zip(documents, spans):
        for start, end, form in document["mentions"]:
            at = bisect.bisect_left(reported, (start, end))
            all_of[form] += 1
            found[form] += at < len(reported) and reported[at] == (start, end)
    json.dump(
        {
            "version": f"{package} {version(package)}, Python {sys.version.split()[0]}",
            "build": build,
            "memory": memory,
            "peak": peak,
            "speed": size / 1e6 / sorted(times)[len(times) // 2],
            "hits": hits,
            "found": found,
            "mentions": all_of,
        },
        sys.stdout,
    )


if __name__ == "__main__":
    main()
