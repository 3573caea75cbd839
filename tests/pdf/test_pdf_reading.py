"""The reader that the other tests rely on agrees with pdfplumber and pdfium, and sees what it should."""

from pdf_reading import Char, PageRead, folded, overlaps, pdfium_text, rendered, squeezed, turned_round
from small_documents import document, every_block, leaves

from handouts import lay_out
from handouts.document import Heading, Text, texts


def char(text, x, baseline):
    return Char(text, x, x + 6, baseline - 2, baseline + 8, baseline, 10, "Face", (0,), 0, False)


def page_of(*chars):
    return PageRead(0, 612, 792, list(chars), [])


def test_the_content_stream_reader_reads_what_pdfplumber_reads(full_tags, full_pages):
    for pieces, page in zip(full_tags.painted, full_pages, strict=True):
        assert squeezed("".join(piece.text for piece in pieces)) == squeezed("".join(c.text for c in page.chars))


def test_the_content_stream_reader_gives_each_mark_the_text_that_pdfplumber_gives_it(full_tags, full_pages):
    for page in full_pages:
        seen = {}
        for each in page.body:
            seen[(page.index, each.mark)] = seen.get((page.index, each.mark), "") + each.text
        mine = {mark: text for mark, text in full_tags.marked_text.items() if mark[0] == page.index and text}
        assert {mark: squeezed(text) for mark, text in mine.items()} == {
            mark: squeezed(text) for mark, text in seen.items()
        }


def test_pdfium_finds_the_same_characters(full_sheet, full_pages):
    for text, page in zip(pdfium_text(full_sheet.base), full_pages, strict=True):
        assert sorted(squeezed(text)) == sorted(squeezed(page.text()))


def test_the_walk_over_a_document_gives_its_texts(full_document):
    assert [leaf.text for leaf in leaves(full_document.blocks)] == list(texts(full_document.blocks))


def test_a_leaf_knows_what_it_stands_in():
    heading = Heading(2, (Text("A heading"),))
    (leaf,) = leaves((heading,))
    assert leaf.inside(Heading)


def test_characters_over_each_other_are_seen():
    assert overlaps(page_of(char("a", 100, 200), char("b", 103, 195)))


def test_characters_over_each_other_on_one_line_are_seen():
    assert overlaps(page_of(char("a", 100, 200), char("b", 103, 200)))


def test_lines_that_keep_their_distance_do_not_overlap():
    assert not overlaps(page_of(char("a", 100, 200), char("b", 106, 200), char("c", 100, 189)))


def test_rendering_gives_a_grey_picture_with_ink(full_sheet):
    picture = rendered(full_sheet.base, pages=[0])[0]
    assert picture.shape == (792, 612)
    assert picture.min() < 80 < 250 < picture.max()


def test_folding_joins_lines_and_composes_letters():
    assert folded(" a\n b\u00a0e\u0301 ") == "a b é"


def test_each_block_of_the_full_document_has_words_of_its_own():
    found = [leaf.text for leaf in leaves(document(*every_block()).blocks)]
    assert len(found) == len(set(found))


def test_the_full_document_can_be_laid_out_in_large_print(full_document, brand):
    assert lay_out(full_document, brand, "large-print", "a4").pages > 1


def test_a_reversed_string_is_read_from_its_last_character():
    assert turned_round(" olleH") == "Hello "
    assert turned_round("(\ufefb)") == "(\u0644\u0627)"
