"""SVG pictures that would print otherwise than they are meant, or never end, are refused with the reason."""

import pytest

from handouts.pdf.vector_limits import goes_on, refused_for


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
        ('<g style="clip-path:url(#c)"/>', "has a style (clip-path) that cannot be drawn here"),
        ("<style>.a{clip-path:url(#c)}</style>", "has a style (clip-path) that cannot be drawn here"),
        ("<style>.b{fill:#1d5c6b;opacity:.3}</style>", "has opacity, which cannot be drawn here"),
        ("<style><![CDATA[.b{filter : url(#f)}]]></style>", "has a filter, which cannot be drawn here"),
        ("<style>.b{fill:red!important}</style>", "has a style (fill) that cannot be drawn here"),
        ('<path style="fill:var(--a)"/>', "has a style (fill) that cannot be drawn here"),
        ('<path fill="var(--a)"/>', "has a colour (fill) that cannot be drawn here"),
        ('<path stroke="url(#g)"/>', "has a colour (stroke) that cannot be drawn here"),
        ('<path fill="url(#g) #0a0"/>', "has a colour (fill) that cannot be drawn here"),
        ('<path fill="Tomato"/>', "has a colour (fill) that cannot be drawn here"),
        ('<path fill="rebeccapurple"/>', "has a colour (fill) that cannot be drawn here"),
        ('<linearGradient gradientTransform="rotate(9)"/>', "has gradientTransform, which cannot be drawn here"),
        ('<linearGradient spreadMethod="reflect"/>', "has spreadMethod, which cannot be drawn here"),
        ('<stop class="a"/>', "has colours of a gradient by class, which cannot be drawn here"),
        ('<g style="mix-blend-mode: multiply"/>', "has mix-blend-mode, which cannot be drawn here"),
        ('<g transform-origin="center"/>', "has transform-origin, which cannot be drawn here"),
        ("<svg/>", "holds a drawing inside of the drawing, which cannot be drawn here"),
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
        '<g clip-path="url(#c)" style="fill:#abc; stroke:none; mix-blend-mode:normal"/>',
        "<style>/* opacity:.3 */ .a{fill:#1d5c6b;stroke:currentColor} .b{fill:rgb(1, 2, 3)}</style>",
        '<path fill="url(#g)" stroke="tomato" opacity="1"/>',
        '<path style="font-family:Arial;fill:url(#g)"/>',
    ],
)
def test_what_can_be_drawn_is_not(body):
    assert refused_for(svg(body).encode()) == ""


@pytest.mark.parametrize(
    ("path", "wanted"),
    [("M1 1h3v3z", False), ("M1 1h3v3z m2 2h1z", False), ("M1 1h3v3zl2 2", True), ("M1 1z 9 9", True)],
)
def test_a_path_that_goes_on_where_it_was_closed_is_known(path, wanted):
    assert goes_on(svg(f'<path fill="red" d="{path}"/>').encode()) is wanted
