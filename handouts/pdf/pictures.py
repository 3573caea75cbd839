"""Pictures: PNG, JPEG or SVG of any proportion, fitted into a box. Phase 4, LAY OUT.

A picture's natural size is that of the web: a dot of it, or a unit of an SVG, is 1/96 inch.

A picture that cannot be read, or is too large for paper, stops the layout: a handout without its clinic's logo
is not the clinic's, and one without its figure does not show what it says.
"""

from __future__ import annotations

import io
import warnings
from functools import lru_cache, partial
from math import inf, isfinite
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from handouts.library.pictures import is_vector, picture_refused, read_picture
from handouts.pdf.line_drawings import LineDrawing, read_line_drawing
from handouts.pdf.tagging import DECORATION, StructureElement, compressed, number
from handouts.pdf.vector_limits import MOST_BYTES, goes_on, refused_for

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import TypeAlias

    from handouts.errors import MissingResourceError
    from handouts.library import Brand
    from handouts.library.pictures import Report
    from handouts.pdf.canvas import SheetCanvas
    from handouts.pdf.tagging import Owner

    Fail: TypeAlias = Callable[[str, str, str], MissingResourceError]

LOGO_BOX = (150.0, 38.0)
# A whole page at 400 dots per inch has 15 million dots; more than this is a mistake, or an attack.
MAX_PIXELS = 16_000_000
# More dots to the inch than this only make the file larger.
DENSITY = 600
# The natural size of a dot, in points.
DOT = 0.75


class Picture(Struct, frozen=True):
    """A picture at its printed size, in points."""

    width: float
    height: float
    image: Any = None
    drawing: Any = None
    lines: LineDrawing | None = None
    owner: Owner = DECORATION

    def draw(self, canvas: SheetCanvas, x: float, top: float) -> None:
        """Draw it with its upper left corner at (x, top)."""
        if isinstance(self.owner, StructureElement):
            self.owner.box = (x, top - self.height, x + self.width, top)
        with canvas.element(self.owner):
            if self.image is not None:
                canvas.drawImage(self.image, x, top - self.height, self.width, self.height, mask="auto")
            elif self.lines is not None:
                scale = self.width / self.lines.across
                left, upper = x - self.lines.left * scale, top + self.lines.top * scale
                canvas.write(f"q {scale:.8f} 0 0 {-scale:.8f} {left:.4f} {upper:.4f} cm")
                canvas.draw_form(_form(self.lines))
                canvas.write("Q")
            else:
                self._draw_vectors(canvas, x, top)

    def _draw_vectors(self, canvas: SheetCanvas, x: float, top: float) -> None:
        from reportlab.graphics import renderPDF

        canvas.saveState()
        canvas.translate(x, top - self.height)
        frame = canvas.beginPath()
        frame.rect(0, 0, self.width, self.height)
        canvas.clipPath(frame, stroke=0, fill=0)  # an SVG shows what stands in its view box, and no more
        scale = self.width / self.drawing.width
        canvas.scale(scale, scale)
        renderPDF.draw(self.drawing, canvas, 0, 0)
        canvas.restoreState()


def open_logo(brand: Brand) -> Picture:
    """Read the brand's logo. Raises MissingResourceError when it is missing, broken or too large."""
    if brand.logo is None:
        raise ValueError("the brand has no logo")
    return open_picture(brand.logo, LOGO_BOX, lambda *words: brand.diagnostic("logo", *words))


def open_picture(file: Path, box: tuple[float, float], report: Report, most: float = inf) -> Picture:
    """Read a picture and fit it into a box of that width and height, in points.

    It prints at most `most` times its natural size. `report` makes the diagnostic from a code, a message and a hint.
    Raises MissingResourceError.
    """
    fail = partial(picture_refused, file, report)
    data = read_picture(file, report)
    return _vector(data, box, fail, most) if is_vector(file, data) else _raster(data, box, fail, most)


def _fitted(width: float, height: float, box: tuple[float, float], most: float) -> tuple[float, float]:
    """A natural size made to fit."""
    scale = min(box[0] / width, box[1] / height, most)
    return width * scale, height * scale


def _raster(data: bytes, box: tuple[float, float], fail: Fail, most: float) -> Picture:
    from PIL import Image, ImageOps, UnidentifiedImageError
    from reportlab.lib.utils import ImageReader

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture: Image.Image = Image.open(io.BytesIO(data), formats=("PNG", "JPEG"))
        if picture.width * picture.height > MAX_PIXELS:
            raise fail(
                "F203",
                f"has {picture.width} × {picture.height} dots, more than paper shows",
                "save it about 2000 dots wide",
            )
        picture.load()
        picture = ImageOps.exif_transpose(picture)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise fail("F203", "has more dots than paper shows", "save it about 2000 dots wide") from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        raise fail("F202", "is not a PNG, JPEG or SVG picture that can be read", "save it again as PNG") from None
    if picture.mode.startswith("I"):  # 16 bits a dot: Pillow would cut them off instead of scaling
        picture = picture.point(lambda level: level / 256).convert("L")
    alpha = picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info
    picture = picture.convert("RGBA" if alpha else "RGB")
    width, height = _fitted(picture.width * DOT, picture.height * DOT, box, most)
    picture.thumbnail((int(box[0] / 72 * DENSITY), int(box[1] / 72 * DENSITY)))
    return Picture(width, height, image=ImageReader(picture))


def _vector(data: bytes, box: tuple[float, float], fail: Fail, most: float) -> Picture:
    if len(data) > MOST_BYTES:
        raise fail("F203", "has more lines than paper shows", "save it simpler, or as PNG")
    reason = refused_for(data)
    if reason:
        raise fail("F202", reason, "save it as plain SVG with paths only, or as PNG")
    lines = read_line_drawing(data)
    if lines:
        width, height = _fitted(lines.width * DOT, lines.height * DOT, box, most)
        return Picture(width, height, lines=lines)
    if goes_on(data):
        raise fail(
            "F202", "has a path that goes on where it was closed", "save it as plain SVG with paths only, or as PNG"
        )
    drawing = _drawing(data)
    if drawing is None:
        raise fail("F202", "is not an SVG picture that can be read", "save it again as plain SVG, or as PNG")
    if _has_text(drawing):
        raise fail(
            "F204",
            "holds text, whose typeface is not in the picture",
            "turn the text into outlines (paths) and save it again, or save it as PNG",
        )
    width, height = _fitted(drawing.width, drawing.height, box, most)
    return Picture(width, height, drawing=drawing)


@lru_cache(maxsize=64)
def _form(lines: LineDrawing) -> bytes:
    """The drawing as a form XObject, which shows what stands in its view box, and no more."""
    right, low = lines.left + lines.across, lines.top + lines.across * lines.height / lines.width
    box = " ".join(map(number, (lines.left, lines.top, right, low)))
    entries = f"/Type /XObject /Subtype /Form /BBox [{box}] /Resources << >> "
    return compressed(lines.operators.encode("ascii"), entries.encode("ascii"))


@lru_cache(maxsize=64)
def _drawing(data: bytes) -> Any:
    """The SVG as a drawing, or None when it cannot be drawn.

    Why it is kept: reading one takes up to 0.1 s, and a page limit or a batch lays the same pictures out many times.
    """
    import logging

    from reportlab.graphics import renderPDF
    from reportlab.pdfgen.canvas import Canvas
    from svglib.svglib import svg2rlg

    logging.getLogger("svglib").setLevel(logging.CRITICAL)
    try:
        drawing = svg2rlg(io.BytesIO(data))
        readable = all(isfinite(size) and size > 0 for size in (drawing.width, drawing.height))
        renderPDF.draw(drawing, Canvas(io.BytesIO()), 0, 0)  # what cannot be drawn fails here, not on the page
    except Exception:  # noqa: BLE001  svglib raises whatever its parsers raise
        return None
    return drawing if readable else None


def _has_text(shape: Any) -> bool:
    from reportlab.graphics.shapes import String

    return isinstance(shape, String) or any(_has_text(inner) for inner in getattr(shape, "contents", ()))
