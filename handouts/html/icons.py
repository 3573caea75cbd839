"""The signs of the three urgencies, as on paper (`handouts.pdf.units`): a triangle, a telephone, a calendar.

Their meaning stands beside them in words, so a screen reader does not speak of them. They take the colour of the words.
"""

from __future__ import annotations

from handouts.html.markup import NOTHING, Html

_SHAPES = {
    "emergency": '<path d="M10 1 19 18H1Z" fill="currentColor" stroke="currentColor" stroke-linejoin="round"/>'
    '<path class="ground" d="M10 7v5" stroke-width="2.4" fill="none"/>'
    '<circle class="ground-fill" cx="10" cy="15.2" r="1.4"/>',
    "same-day": '<rect x="5" y="1" width="10" height="18" rx="2.6"/><path d="M8.6 15.8h2.8"/>',
    "routine": '<rect x="1.5" y="4" width="17" height="15" rx="2"/><path d="M1.5 9h17M6 1.5V5M14 1.5V5"/>',
}


def icon(kind: str) -> Html:
    """The sign of an urgency; nothing for a box that is none."""
    shape = _SHAPES.get(kind)
    if shape is None:
        return NOTHING
    return Html(
        '<svg class="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false" '
        f'fill="none" stroke="currentColor" stroke-width="2">{shape}</svg>'
    )
