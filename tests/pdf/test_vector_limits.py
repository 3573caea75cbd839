"""SVG pictures that would print otherwise than they are meant, or never end, are refused with the reason."""

import pytest

from handouts.pdf.vector_limits import refused_for


def svg(body, head=""):
    return f'{head}<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{body}</svg>'


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ('<image href="a.png"/>', "holds another picture or a page"),
        ('<a-b:image xmlns:a-b="http://www.w3.org/2000/svg"/>', "holds another picture or a page"),
        ("<foreignObject/>", "holds another picture or a page"),
        ("<mask/>", "has a mask, which cannot be drawn here"),
        ('<g filter="url(#a)"/>', "has a filter, which cannot be drawn here"),
        ('<path style="stroke:red; marker-end: url(#a)"/>', "has a marker, which cannot be drawn here"),
        ("<pattern/>", "has a pattern, which cannot be drawn here"),
        ("<symbol/>", "has a symbol, which cannot be drawn here"),
        ('<g opacity="0.5"/>', "has opacity, which cannot be drawn here"),
        ('<stop style="stop-opacity:.3"/>', "has stop-opacity, which cannot be drawn here"),
        ('<use href="other.svg#a"/>', "uses a shape of another file"),
        ('<g id="a"><use href="#a"/></g>', "uses shapes that use shapes"),
        ('<g id="a"><path/></g><g id="b"><use xlink:href="#a"/></g><use href="#b"/>', "uses shapes that use shapes"),
        ("<g>", "is not an SVG picture that can be read"),
    ],
)
def test_what_cannot_be_drawn_is_refused(body, reason):
    assert refused_for(svg(body).encode()) == reason
    utf16 = svg(body, '<?xml version="1.0" encoding="utf-16"?>').encode("utf-16")
    assert refused_for(utf16) == reason


def test_entities_are_refused():
    data = svg("<g/>", '<!DOCTYPE svg [<!ENTITY a "b">]>').encode()
    assert refused_for(data) == "declares entities, which a picture does not need"


@pytest.mark.parametrize(
    "body",
    [
        '<path d="M0 0"/>',
        '<g opacity="1"/>',
        '<g mask="none"/>',
        '<g id="a"/><use href="#a"/><use href="#a"/>',
        "<text>a</text>",
    ],
)
def test_what_can_be_drawn_is_not(body):
    assert refused_for(svg(body).encode()) == ""
