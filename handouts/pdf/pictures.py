"""A clinic's logo: PNG, JPEG or SVG of any proportion, fitted into the header. Phase 4, LAY OUT.

A picture that cannot be read, or is too large to be a logo, stops the layout: a handout without its logo is not the
clinic's.
"""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from handouts.errors import MissingResourceError

if TYPE_CHECKING:
    from handouts.library import Brand
    from handouts.pdf.canvas import SheetCanvas

LOGO_HEIGHT = 44.0
LOGO_WIDTH = 150.0
MAX_BYTES = 5_000_000
# 300 dots per inch fill the logo's box with 625 × 183 dots; more than this is a mistake, or an attack.
MAX_PIXELS = 16_000_000


@dataclass(frozen=True, slots=True)
class Logo:
    """A logo at its printed size, in points."""

    width: float
    height: float
    image: Any = None
    drawing: Any = None

    def draw(self, canvas: SheetCanvas, x: float, top: float) -> None:
        """Draw it with its upper left corner at (x, top); the clinic's name stands beside it in words."""
        with canvas.element(None):
            if self.image is not None:
                canvas.drawImage(self.image, x, top - self.height, self.width, self.height, mask="auto")
            else:
                from reportlab.graphics import renderPDF

                canvas.saveState()
                canvas.translate(x, top - self.height)
                scale = self.width / self.drawing.width
                canvas.scale(scale, scale)
                renderPDF.draw(self.drawing, canvas, 0, 0)
                canvas.restoreState()


def open_logo(brand: Brand) -> Logo:
    """Read the brand's logo. Raises MissingResourceError when it is missing, broken or too large."""
    file = brand.logo
    if file is None:
        raise ValueError("the brand has no logo")

    def fail(code: str, message: str, hint: str) -> MissingResourceError:
        return MissingResourceError(brand.diagnostic("logo", code, f"{file.name}: {message}", hint))

    try:
        data = file.read_bytes()
    except OSError as error:
        reason = "there is no such file" if isinstance(error, FileNotFoundError) else "cannot be read"
        raise fail("F201", reason, "put the picture beside the brand's file, or delete the line") from None
    if len(data) > MAX_BYTES:
        raise fail("F203", f"is larger than {MAX_BYTES // 1_000_000} MB", "save a smaller picture")
    head = data[:500].lstrip().lower()
    if head.startswith(b"<") or file.suffix.lower() == ".svg":
        return _vector(data, fail)
    return _raster(data, fail)


def _fitted(width: float, height: float) -> tuple[float, float]:
    scale = min(LOGO_WIDTH / width, LOGO_HEIGHT / height)
    return width * scale, height * scale


def _raster(data: bytes, fail: Any) -> Logo:
    from PIL import Image, UnidentifiedImageError
    from reportlab.lib.utils import ImageReader

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture: Image.Image = Image.open(io.BytesIO(data), formats=("PNG", "JPEG"))
        if picture.width * picture.height > MAX_PIXELS:
            raise fail(
                "F203",
                f"has {picture.width} × {picture.height} dots, more than a logo needs",
                "save it about 1000 dots wide",
            )
        picture.load()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise fail("F203", "has more dots than a logo needs", "save it about 1000 dots wide") from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        raise fail("F202", "is not a PNG, JPEG or SVG picture that can be read", "save it again as PNG") from None
    alpha = picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info
    picture = picture.convert("RGBA" if alpha else "RGB")
    # On paper a logo is small: more dots than 600 to the inch only make the file larger.
    picture.thumbnail((int(LOGO_WIDTH / 72 * 600), int(LOGO_HEIGHT / 72 * 600)))
    width, height = _fitted(picture.width, picture.height)
    return Logo(width, height, image=ImageReader(picture))


def _vector(data: bytes, fail: Any) -> Logo:
    if b"<!ENTITY" in data or (b"<!DOCTYPE" in data and b"[" in data.split(b"<svg")[0]):
        raise fail("F202", "declares entities, which a picture does not need", "save it as plain SVG")
    import logging

    from svglib.svglib import svg2rlg

    logging.getLogger("svglib").setLevel(logging.CRITICAL)
    try:
        drawing = svg2rlg(io.BytesIO(data))
    except Exception:  # noqa: BLE001  svglib raises whatever its parsers raise
        drawing = None
    if drawing is None or not drawing.width or not drawing.height or drawing.width < 0 or drawing.height < 0:
        raise fail("F202", "is not an SVG picture that can be read", "save it again as plain SVG, or as PNG")
    if _has_text(drawing):
        raise fail(
            "F204",
            "holds text, whose typeface is not in the picture",
            "turn the text into outlines (paths) and save it again, or save it as PNG",
        )
    width, height = _fitted(drawing.width, drawing.height)
    return Logo(width, height, drawing=drawing)


def _has_text(shape: Any) -> bool:
    from reportlab.graphics.shapes import String

    return isinstance(shape, String) or any(_has_text(inner) for inner in getattr(shape, "contents", ()))
