"""Colours and how well they stand out (WCAG 2.1, 1.4.3)."""

from __future__ import annotations

WHITE = (1.0, 1.0, 1.0)

Colour = tuple[float, float, float]


def parse_colour(text: str) -> Colour:
    """`#rrggbb` as three numbers from 0 to 1."""
    return (int(text[1:3], 16) / 255, int(text[3:5], 16) / 255, int(text[5:7], 16) / 255)


def _luminance(colour: Colour) -> float:
    """Relative luminance (WCAG 2.1, definition)."""
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Colour, other: Colour = WHITE) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.1, definition)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)
