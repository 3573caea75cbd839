"""Print the reading level of every shipped sheet and section, for the tables of docs/reading-level.md.

    python docs/reading/measure.py [TOPIC …] [--language es] [--sentences N]

`--sentences` adds the N longest sentences and the words of three syllables and more, to know where to cut.
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from handouts.composing import compose
from handouts.library import Library
from handouts.library.search_path import SearchPath
from handouts.quality.reading import Prepared, count, long_words, measure, prepare, prepare_document
from handouts.selection import Choices, select

if TYPE_CHECKING:
    from handouts.document import Document


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("topics", nargs="*")
    parser.add_argument("--language", default="en")
    parser.add_argument("--sentences", type=int, default=0)
    arguments = parser.parse_args()
    library = Library(SearchPath.of())
    for name in arguments.topics or library.topic_ids:
        if arguments.language not in {library.topic(name).language, *library.translations(name)}:
            continue
        _print_topic(library, name, arguments.language, arguments.sentences)
    disclaimer = library.disclaimer(arguments.language)
    print("\n## Disclaimer\n")
    _print_table({"in full": prepare([disclaimer.full, disclaimer.short], arguments.language)})


def _print_topic(library: Library, name: str, language: str, worst: int) -> None:
    sheets: dict[str, Prepared] = {}
    sections: dict[str, list[tuple[str, Prepared]]] = {}
    for audience in library.audience_ids:
        for template in library.template_ids:
            document = _document(library, name, language, audience, template, Choices())
            sheets[f"{audience}, {template}"] = prepare_document(document)
        everything = tuple(section.id for section in library.topic(name, language).sections)
        document = _document(library, name, language, audience, "handout", Choices(sections=everything, items="all"))
        for section, part in prepare_document(document).by_section().items():
            if section in everything:
                sections.setdefault(section, []).append((audience, part))
    print(f"\n## {name}: sheets\n")
    _print_table(sheets)
    print(f"\n## {name}: each section with all its items, for the audience whose words are hardest\n")
    _print_table(dict(_hardest(section, each) for section, each in sections.items()))
    if worst:
        _print_worst([*sheets.values(), *(part for each in sections.values() for _, part in each)], worst)


def _hardest(section: str, parts: list[tuple[str, Prepared]]) -> tuple[str, Prepared]:
    def hardness(pair: tuple[str, Prepared]) -> float:
        figures = measure(pair[1])
        return (-figures[0].value if figures[0].more_is_easier else figures[0].value) if figures else 0.0

    audience, prepared = max(parts, key=hardness)
    return f"{section} ({audience})", prepared


def _document(
    library: Library, name: str, language: str, audience: str, template: str, choices: Choices
) -> Document:  # fmt: skip
    selection = select(library.topic(name, language), library.audience(audience, language), choices, template)
    return compose(selection, library, library.brand(None))


def _print_table(table: dict[str, Prepared]) -> None:
    heads: tuple[str, ...] = ()
    for title, prepared in table.items():
        figures = measure(prepared)
        if not figures:
            continue
        if not heads:
            heads = tuple(figure.name for figure in figures)
            print(f"| text | {' | '.join(heads)} | sentences | words a sentence | long words |")
            print("|---|" + "---|" * (len(heads) + 3))
        counts = count(prepared.sentences, prepared.language)
        values = " | ".join(f"{each.value:.1f}" if each.passes else f"**{each.value:.1f}**" for each in figures)
        mean = counts.words / counts.sentences
        small = " (small)" if counts.is_small else ""
        print(f"| {title} | {values} | {counts.sentences}{small} | {mean:.1f} | {counts.long_words} |")


def _print_worst(texts: list[Prepared], number: int) -> None:
    sentences = {each.text: len(each.words) for prepared in texts for each in prepared.sentences}
    print(f"\nThe {number} longest sentences:\n")
    for text, length in sorted(sentences.items(), key=lambda pair: -pair[1])[:number]:
        print(f"- {length} words: {text}")
    seen = [long_words(prepared) for prepared in texts]
    everything = {word: max(each[word] for each in seen) for each in seen for word in each}
    ranked = sorted(everything.items(), key=lambda pair: (-pair[1], pair[0]))
    print("\nLong words (most on one sheet): " + ", ".join(f"{word} {often}" for word, often in ranked[: number * 6]))
    left_out = sorted({each.text for prepared in texts for each in prepared.fragments})
    print(f"\n{len(left_out)} fragments not measured: " + " / ".join(left_out[: number * 3]))


if __name__ == "__main__":
    main()
