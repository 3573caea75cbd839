"""The shipped lists of plain words, held against themselves and the glossary."""

import pytest

from handouts.library import Library
from handouts.library.plain_words import PlainWordsFile
from handouts.library.search_path import shipped_root
from handouts.library.validation import read_model
from handouts.library.yaml_source import YamlSource
from handouts.quality.reading import Passage
from handouts.quality.reading.terms import long_forms


@pytest.mark.parametrize(("language", "least"), [("en", 200), ("es", 80)])
def test_the_shipped_plain_words_contradict_nothing(language, least):
    """No word twice, none that the glossary explains, and none that another entry recommends."""
    shipped = Library()
    name = "plain-words.yaml" if language == "en" else f"plain-words.{language}.yaml"
    file = shipped_root() / "content" / name
    entries = read_model(YamlSource(file, name), PlainWordsFile).words
    assert len(entries) >= least
    forms = [form.casefold() for entry in entries for form in (entry.word, *entry.forms)]
    assert sorted(form for form in set(forms) if forms.count(form) > 1) == []
    explained = {form.casefold() for term in shipped.glossary(language) for form in (term.term, *term.forms)}
    assert sorted(explained & set(forms)) == []
    passages = [Passage(entry.use) for entry in entries]
    assert [match.text for match in long_forms(passages, shipped.plain_words(language).swaps)] == []
