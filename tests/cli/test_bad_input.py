"""Bad input, one by one: the right exit code, a message with file, line and remedy, and nothing written."""

import errno
import io
import os
import struct
import zlib

import pikepdf
import pytest
from PIL import Image

TOPIC = "content/topics/knee"
OWN = "templates/own.xml.jinja"


# ------------------------------------------------------------------ content


CONTENT = {
    "a misspelt key": (
        ("causes.yaml", "text: Many", "tetx: Many"),
        ("tetx", 9, "C203"),
        ["|         tetx: Many stairs load the knee.", 'hint: did you mean "text"?'],
    ),
    "a duplicate key": (
        ("causes.yaml", "term: Stairs", "term: Stairs\n        term: Steps"),
        ("term: Steps", 9, "Y105"),
        ['"term"', "first in line 12", "hint: keep one"],
    ),
    "a wrong type": (
        ("causes.yaml", "term: Stairs", "term: [Stairs]"),
        ("[Stairs]", 15, "C201"),
        ["expected text, found a list"],
    ),
    "a number where text is wanted": (
        ("causes.yaml", "term: Stairs", "term: 5"),
        ("term: 5", 15, "C201"),
        ["expected text, found a whole number", "hint: put it in quotes"],
    ),
    "a value that YAML readers differ on": (
        ("causes.yaml", "term: Stairs", "term: no"),
        ("term: no", 15, "Y111"),
        ['hint: put it in quotes: "no"'],
    ),
    "broken YAML": (
        ("causes.yaml", "term: Stairs", "term: Stairs: steps"),
        ("term: Stairs: steps", 21, "Y104"),
        ["not valid YAML", "hint: check the indentation and the quotes"],
    ),
    "an anchor": (
        ("causes.yaml", "term: Stairs", "term: &s Stairs"),
        ("&s", 15, "Y107"),
        ["hint: delete it; aliases are refused"],
    ),
    "a source that does not exist": (
        ("causes.yaml", "[leaflet]", "[leaflets]"),
        ("leaflets", 19, "C208"),
        ['hint: did you mean "leaflet"?'],
    ),
    "an audience that extends nobody": (
        ("../../audiences/reader.yaml", "label: For readers", "label: For readers\nextends: raeder"),
        ("raeder", 10, "C207"),
        ['hint: did you mean "reader"?'],
    ),
    "a colour too pale": (
        ("../../../clinic.yaml", "phone: 555-0199", 'colours: {accent: "#ffff00"}'),
        ("#ffff00", 19, "C230"),
        ["4.5 : 1", "hint: choose a darker shade"],
    ),
}


@pytest.mark.parametrize(("change", "place", "said"), CONTENT.values(), ids=CONTENT.keys())
def test_wrong_content_is_refused(workspace, refused, change, place, said):
    file = os.path.normpath(f"{TOPIC}/{change[0]}")
    workspace.replace(file, *change[1:])
    message = refused(3)
    text, column, code = place
    assert f"{workspace.shown(file)}:{workspace.line(file, text)}:{column}: error[{code}]" in message
    assert f"\n      | {' ' * (column - 1)}^\n" in f"{message}\n"
    for part in said:
        assert part in message


def test_a_section_without_its_file_is_refused(workspace, refused):
    workspace.replace(f"{TOPIC}/topic.yaml", "story, causes", "story, effects, causes")
    message = refused(3)
    assert f"{workspace.shown(f'{TOPIC}/effects.yaml')}: error[C204]" in message
    assert "topic.yaml" in message


def test_an_alias_bomb_is_refused(workspace, refused):
    lines = ['a0: &a0 ["x", "x", "x", "x", "x", "x", "x", "x", "x"]']
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 15)]
    workspace.write(f"{TOPIC}/causes.yaml", "\n".join(lines))
    message = refused(3)
    assert f"{workspace.shown(f'{TOPIC}/causes.yaml')}:1:5: error[Y107]" in message
    assert "aliases are refused" in message


def test_an_item_that_an_overlay_changes_and_that_no_longer_exists_is_refused(workspace, refused):
    workspace.write("content/overlays/knee.yaml", "change:\n  - {item: causes/stair, text: Ours.}\n")
    message = refused(3)
    assert f"{workspace.shown('content/overlays/knee.yaml')}:2:12: error[C301]" in message
    assert 'did you mean "causes/stairs"?' in message


def test_an_overlay_that_hides_a_warning_sign_is_refused(workspace, refused):
    workspace.write("content/overlays/knee.yaml", "hide:\n  - warnings/hot\n")
    assert f"{workspace.shown('content/overlays/knee.yaml')}:2:5: error[C304]" in refused(3)


@pytest.mark.parametrize("text", ['title: A\nshort: ""\nfull: B\n', "title: A\nfull: B\n"], ids=["empty", "missing"])
def test_a_lost_disclaimer_is_refused(workspace, refused, text):
    workspace.write("content/disclaimer.yaml", text)
    assert f"{workspace.shown('content/disclaimer.yaml')}:" in refused(3)


def test_all_problems_are_shown_together(workspace, refused):
    workspace.replace(f"{TOPIC}/causes.yaml", "text: Many", "tetx: Many")
    workspace.replace(f"{TOPIC}/care.yaml", "kind: steps", "kind: step")
    workspace.replace(f"{TOPIC}/sources.yaml", "publisher: Hill Press", "publisher: 5")
    message = refused(3)
    for name in ("causes.yaml:", "care.yaml:", "sources.yaml:"):
        assert name in message


# ------------------------------------------------------------------ names


@pytest.mark.parametrize(
    ("arguments", "topic", "said"),
    [
        ((), "kne", ['there is no topic "kne"', 'did you mean "knee"?']),
        (("--audience", "runer"), "knee", ['there is no audience "runer"', 'did you mean "runner"?']),
        (("--template", "handuot"), "knee", ['there is no template "handuot"', 'did you mean "handout"?']),
        (("--brand", "plian"), "knee", ['there is no brand "plian"', 'did you mean "plain"?']),
        (("--sections", "cause"), "knee", ['knee has no section "cause"', 'did you mean "causes"?']),
        (("--skip", "storry"), "knee", ['knee has no section "storry"', 'did you mean "story"?']),
        (("--skip", "warnings"), "knee", ["cannot be skipped", "warning signs are on every handout"]),
        (("--items", "cause=2"), "knee", ['knee has no section "cause"', 'did you mean "causes"?']),
        (("--items", "many"), "knee", ["--items", '"many" is not a number', "all"]),
        (("--items", "causes=0"), "knee", ['"0" is not a number']),
        (("--items", "causes=2,care"), "knee", ['"care" has no number', "causes=10"]),
        (("--workspace", "nowhere"), "knee", ["there is no folder nowhere", "handouts init nowhere"]),
        (("--template", "../handout"), "knee", ["there is no template"]),
    ],
)
def test_a_name_that_does_not_exist_is_answered_with_the_nearest(refused, arguments, topic, said):
    message = refused(2, *arguments, topic=topic)
    for part in said:
        assert part in message


@pytest.mark.parametrize(
    "arguments",
    [
        ("--edition", "huge"),
        ("--paper", "a5"),
        ("--format", "docx"),
        ("--max-pages", "0"),
        ("--max-pages", "two"),
        ("--unknown",),
    ],
)
def test_an_option_that_makes_no_sense_is_refused(refused, arguments):
    message = refused(2, *arguments)
    assert arguments[0] in message


# ------------------------------------------------------------------ templates


TEMPLATES = {
    "a syntax error": ("<handout>\n{% if note %}\n</handout>", "T101", 3),
    "an undefined name": ("<handout>\n<p>{{ topik }}</p>\n</handout>", "T102", 2),
    "an unknown element": ("<handout>\n\n<calout/>\n</handout>", "T201", 3),
    "an unknown attribute": ("<handout>\n<p style='x'>a</p>\n</handout>", "T202", 2),
    "loose text": ("<handout>\n<section id='a'>\nloose</section>\n</handout>", "T206", 2),
    "an element that is not closed": ("<handout>\n<p>\n</handout>", "T203", 2),
    "a reach for Python": ("<handout>\n{{ ''.__class__.__mro__[1].__subclasses__() }}\n</handout>", "T103", 2),
    "a reach for a file": ("<handout>\n{% include '/etc/passwd' %}\n</handout>", "T105", 2),
    "a reach for a file by a picture": (
        "<handout>\n<figure src='../clinic.yaml' alt='a'>b</figure>\n</handout>",
        "T207",
        2,
    ),
    "a loop without end": (
        "<handout>\n{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}\n</handout>",
        "T104",
        2,
    ),
    "a macro without end": ("<handout>\n{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}\n</handout>", "T104", 2),
    "lost warning signs": ("<handout>\n<h1>a</h1>\n</handout>", "T301", 0),
    "nesting without end": (
        "<handout>\n{% for n in range(5000) %}<keep>{% endfor %}{{ ('</keep>' * 5000) | safe }}\n</handout>",
        "T",
        2,
    ),
}


@pytest.mark.parametrize(("text", "code", "line"), TEMPLATES.values(), ids=TEMPLATES.keys())
def test_a_wrong_template_is_refused(workspace, refused, text, code, line):
    workspace.write(OWN, text)
    message = refused(4, "--template", "own")
    assert f"{workspace.shown(OWN)}{f':{line}' if line else ''}: error[{code}" in message


# ------------------------------------------------------------------ logo


def png(width, height):
    """A whole, black-and-white PNG of this size, small as a file."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    packer = zlib.compressobj(1)
    row = bytes(1 + (width + 7) // 8)
    rows = b"".join([packer.compress(row * 500) for _ in range(height // 500)]) + packer.flush()
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def jpeg():
    stream = io.BytesIO()
    Image.new("RGB", (60, 40), "green").save(stream, "JPEG")
    return stream.getvalue()


SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><rect width="40" height="40" fill="#123"/></svg>'
BAD_LOGOS = {
    "missing": (None, "logo.png", "F201", "no such file"),
    "not a picture": (b"hello", "logo.png", "F202", "PNG, JPEG or SVG"),
    "empty": (b"", "logo.png", "F202", "PNG, JPEG or SVG"),
    "half a picture": (jpeg()[:300], "logo.jpg", "F202", "PNG, JPEG or SVG"),
    "a picture of another kind": (b"GIF89a\x01\x00\x01\x00\x00\x00\x00;", "logo.gif", "F202", "PNG, JPEG or SVG"),
    "broken SVG": (b"<svg><rect", "logo.svg", "F202", "SVG"),
    "SVG with entities": (
        b'<!DOCTYPE svg [<!ENTITY a "aaaa">]>' + SVG.encode(),
        "logo.svg",
        "F202",
        "entities",
    ),
    "20,000 × 20,000 dots": ("huge", "logo.png", "F203", "dots"),
    "a folder": ("folder", "logo.png", "F201", "logo.png"),
}


@pytest.mark.parametrize(("data", "name", "code", "said"), BAD_LOGOS.values(), ids=BAD_LOGOS.keys())
def test_a_logo_that_cannot_be_printed_is_refused(workspace, refused, data, name, code, said):
    if data == "folder":
        (workspace.folder / name).mkdir()
    elif data is not None:
        workspace.write(name, png(20_000, 20_000) if data == "huge" else data)
    workspace.write("clinic.yaml", f"name: Hill\nlogo: {name}\ndefaults: {{audience: reader}}\n")
    message = refused(6)
    assert f"{workspace.shown('clinic.yaml')}:2:7: error[{code}]" in message
    assert said in message
    assert "hint: " in message


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.png", png(1000, 500)), ("b.jpg", jpeg()), ("c.svg", SVG.encode()), ("wide.png", png(4000, 500))],
    ids=["PNG", "JPEG", "SVG", "very wide"],
)
def test_a_good_logo_of_any_kind_and_proportion_is_printed(workspace, render, here, name, data):
    workspace.write(name, data)
    workspace.write("clinic.yaml", f"name: Hill\nlogo: {name}\ndefaults: {{audience: reader}}\n")
    result = render("-o", "a.pdf")
    assert result.exit_code == 0, result.stderr
    with pikepdf.open(here / "a.pdf") as pdf:
        assert pdf.check_pdf_syntax() == []


# ------------------------------------------------------------------ fonts and glyphs


@pytest.mark.parametrize(
    ("font", "said"),
    [
        ("Nowhere Sans", ["F101", '"Nowhere Sans"', "pip install fontpkg-nowhere-sans"]),
        ("{regular: gone.ttf, bold: gone.ttf}", ["F102", "gone.ttf: there is no such file", ".ttf"]),
        ("{regular: clinic.yaml, bold: clinic.yaml}", ["F102", "clinic.yaml: ", "hint: use a .ttf file"]),
    ],
    ids=["not installed", "missing", "not a font"],
)
def test_a_typeface_that_is_not_there_is_refused(workspace, refused, font, said):
    workspace.write("clinic.yaml", f"name: Hill\nfont: {font}\ndefaults: {{audience: reader}}\n")
    message = refused(6)
    assert f"{workspace.shown('clinic.yaml')}:2:7: error" in message
    for part in said:
        assert part in message


def test_a_character_that_the_typeface_lacks_comes_from_the_fallback(workspace, render, here, text_of):
    workspace.replace(f"{TOPIC}/causes.yaml", "Long kneeling presses on it.", "Fever ≥ 38.5 and Ω and д.")
    assert render("-o", "a.pdf").exit_code == 0
    assert "Fever ≥ 38.5 and Ω and д." in text_of((here / "a.pdf").read_bytes())
    with pikepdf.open(here / "a.pdf") as pdf:
        fonts = {str(font.BaseFont) for page in pdf.pages for font in page.Resources.Font.values()}
    assert any("Fira" in name for name in fonts)
    assert any("Atkinson" in name for name in fonts)


@pytest.mark.parametrize(("character", "name"), [("𓀀", "egyptian hieroglyph a001"), ("🙂", "slightly smiling face")])
def test_a_character_that_no_typeface_has_is_refused_by_name_and_place(workspace, refused, character, name):
    workspace.replace(f"{TOPIC}/causes.yaml", "Long kneeling presses on it.", f"Long {character} kneeling.")
    message = refused(6)
    assert "F103" in message
    assert f"causes: no typeface here has U+{ord(character):04X} ({name})" in message
    assert "hint: " in message


# ------------------------------------------------------------------ a patient's values


@pytest.mark.parametrize(
    "value",
    [
        "<b>Ada</b> <br/> <i>",
        "Tom & Ada &amp; &lt;Co&gt;",
        "{{ 7 * 7 }} {% raw %} {# x #}",
        "Ada \"the\" 'Quote' O\u2019Neil `x`",
        "**Ada** _Bee_ [c](d)",
        "back\\slash (round) ) ( \\( \\) %comment",
        "Zoë Łukasz Ğüneş Ñandú Øre Žižek",
        "/Encrypt <</Root 1 0 R>> endstream endobj",
        "Ω Алла",
        "Nguyễn Thị Đặng",
        "Γιώργος Παπαδόπουλος",
        "Łukasz Żółć",
        "A" * 30,
        "  spaced   out  ",
    ],
)
def test_a_name_prints_as_it_was_typed(render, here, text_of, value):
    result = render("-o", "a.pdf", "--patient", value)
    assert result.exit_code == 0, result.stderr
    assert " ".join(value.split()) in text_of((here / "a.pdf").read_bytes())
    with pikepdf.open(here / "a.pdf") as pdf:
        assert pdf.check_pdf_syntax() == []


@pytest.mark.parametrize("option", ["--patient", "--date", "--clinician", "--phone", "--next-visit"])
@pytest.mark.parametrize(
    ("value", "code", "said"),
    [
        ("Marker 🙂", 6, ["F103", "character 8", "leave it out"]),
        ("Marker \u1d2c", 6, ["F103", "character 8", "plain letters"]),
        ("Marker \u0e2a\u0e21\u0e0a\u0e32\u0e22", 6, ["F103", "character 8", "is Thai", "Latin letters"]),
        ("Marker \u05e9\u05dc\u202e\u05d5\u05dd", 2, ["U103", "control character"]),
        ("Marker " + "long " * 60, 5, ["L103", "too long", "characters", "fit"]),
        ("Marker \x07 bell", 2, ["U103", "control character"]),
    ],
    ids=["emoji", "a raised letter", "Thai", "a sign that turns text", "300 characters", "a control character"],
)
def test_a_value_that_cannot_be_printed_is_refused_by_option_and_place_and_never_repeated(
    refused, option, value, code, said
):
    message = refused(code, option, value)
    assert f"{option}: " in message or f"{option} " in message
    for part in said:
        assert part in message
    assert "hint: " in message
    assert "Marker" not in message
    assert not any(character in message for character in value if ord(character) > 0x500)


@pytest.mark.parametrize("mark", ["\u202e", "\u2066"], ids=["override", "isolate"])
def test_a_hidden_sign_that_turns_the_writing_round_is_not_printed_unseen(render, here, text_of, mark):
    """A name with such a sign would print as another name."""
    result = render("-o", "a.pdf", "--patient", f"Ada{mark}Bee")
    assert result.exit_code == 2
    assert "U103" in result.stderr
    assert "--patient" in result.stderr
    assert not (here / "a.pdf").exists()


def test_a_note_with_html_prints_it_as_typed_and_says_so(render, here, text_of):
    note = '<b>Two</b> pills & <script>alert("x")</script> <img src="/etc/passwd"/>'
    result = render("-o", "a.pdf", "--note", note)
    assert result.exit_code == 0
    printed = "<b>Two</b> pills & <script>alert(“x”)</script> <img src=“/etc/passwd”/>"
    assert printed in text_of((here / "a.pdf").read_bytes())
    assert "HTML is printed as it was typed" in result.stderr
    assert "pills" not in result.stderr


def test_a_note_with_a_heading_is_refused_without_its_words(refused):
    message = refused(2, "--note", "# Marker")
    assert "--note: Markdown here cannot hold a heading" in message
    assert "Marker" not in message


@pytest.mark.parametrize(("data", "code"), [(None, "F201"), (b"<svg", "F202")], ids=["missing", "broken"])
def test_a_figure_that_cannot_be_printed_stops_the_sheet_where_the_content_names_it(refused, workspace, data, code):
    workspace.replace(
        f"{TOPIC}/care.yaml",
        "{id: walk, term: Walk,",
        "{id: walk, term: Walk, figure: {file: walk.svg, alt: Somebody walks, caption: Walk.},",
    )
    if data:
        workspace.write(f"{TOPIC}/figures/walk.svg", data)
    message = refused(6)
    line = workspace.line(f"{TOPIC}/care.yaml", "walk.svg")
    assert f"{TOPIC}/care.yaml:{line}" in message
    assert f"[{code}]" in message
    assert "walk.svg: " in message


def test_a_telephone_number_wider_than_the_page_is_refused_with_its_name(refused, workspace):
    workspace.write(
        "clinic.yaml",
        f'name: Hill\ndefaults: {{audience: reader}}\nnumbers: [{{name: Abroad, phone: "{"M" * 40}"}}]\n',
    )
    assert '"Abroad"' in refused(5)


def test_a_note_with_a_character_that_no_typeface_has_is_refused_without_its_words(refused):
    message = refused(6, "--note", "Marker 🙂 words")
    assert "--note: no typeface here has" in message
    assert "hint: " in message
    assert "Marker" not in message


# ------------------------------------------------------------------ output


def test_a_target_whose_folder_is_a_file_is_refused(refused, here):
    (here / "file").write_bytes(b"old")
    message = refused(7, "-o", "file/a.pdf")
    assert "file/a.pdf: error[O101]" in message
    assert "hint: close the program that has the file open, make room on the disk, or use a folder" in message


def test_a_folder_that_nobody_may_write_to_is_refused(refused):
    assert "O101" in refused(7, "-o", "/proc/handouts/a.pdf")


def test_a_target_that_is_a_folder_of_the_usual_name_is_refused(refused, here):
    (here / "output" / "knee.reader.handout.pdf").mkdir(parents=True)
    assert "output/knee.reader.handout.pdf: error[O101]" in refused(7)


def test_a_full_disk_is_refused_and_the_old_file_stays(refused, here, monkeypatch):
    def full(*_, **__):
        raise OSError(errno.ENOSPC, "No space left on device")

    (here / "a.pdf").write_bytes(b"old")
    monkeypatch.setattr(os, "replace", full)
    message = refused(7, "-o", "a.pdf")
    assert "a.pdf: error[O101] cannot be written: No space left on device" in message


def test_an_ampersand_in_a_block_of_the_clinic_names_the_clinic_s_template(workspace, run):
    block = '{% extends "shipped/handout.xml.jinja" %}\n{% block after_sections %}\n<callout kind="note" label="A & B">'
    workspace.write("templates/handout.xml.jinja", f"{block}<p>x</p></callout>\n{{% endblock %}}\n")
    result = run("render", "knee", "--workspace", workspace.folder)
    assert "T203" in result.stderr
    assert f"{workspace.shown('templates/handout.xml.jinja')}:3:" in result.stderr
