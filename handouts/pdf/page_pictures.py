"""Pictures of a finished sheet's pages, for a screen that shows no PDF. Phase 5, ISSUE.

PDFium draws them from the very bytes that are printed, so that the picture is the page.
"""

from __future__ import annotations

import io

DOTS_PER_INCH = 150


def page_pictures(pdf: bytes, dots_per_inch: int = DOTS_PER_INCH) -> tuple[bytes, ...]:
    """The pages of a PDF as PNG files, in order."""
    import pypdfium2

    scale = round(dots_per_inch / 72, 9)  # a row of dots begun is a whole one: 1650.0000000000002 would be 1651
    pictures: list[bytes] = []
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            file = io.BytesIO()
            image = page.render(scale=scale).to_pil()
            image.save(file, "PNG", dpi=(dots_per_inch, dots_per_inch))
            pictures.append(file.getvalue())
    return tuple(pictures)
