"""A finished PDF read back: what it is, what it claims, and what a screen reader reads.

It knows handouts' files by the metadata that handouts writes; a PDF of another maker is described as far as it goes.
The file may be hostile: depth, elements, text and bytes are bounded (`objects.LIMITS`), and what was not read is said.
"""

from __future__ import annotations

import io
import os
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING

import pikepdf
from pikepdf.settings import set_qpdf_limits

from handouts.errors import Diagnostic, UsageError
from handouts.inspecting.inspection import Element, Font, Inspection
from handouts.inspecting.inventory import bookmarks, fields, fonts, page_sizes
from handouts.inspecting.metadata import claims, information, properties
from handouts.inspecting.objects import Budget, dictionary, text
from handouts.inspecting.outline import OutlineReader

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["Element", "Font", "Inspection", "inspect"]

LARGEST_FILE = 50_000_000
_MOST_UNFOLDED = 16_000_000
_MOST_PAGES = 2_000
_HEADER_WITHIN = 1024  # where readers look for %PDF (ISO 32000-1, annex H.3)


def inspect(file: Path, *, outline: bool = True) -> Inspection:
    """What the PDF file is, with the outline of its structure if wanted.

    Raises UsageError for a file that is not there, is no PDF, needs a password, is damaged or too large.
    """
    data = _read(file)
    with _bounded():
        try:
            with pikepdf.open(io.BytesIO(data), attempt_recovery=False) as pdf:
                return _inspection(pdf, outline=outline)
        except pikepdf.PasswordError:
            raise UsageError(
                Diagnostic("U122", "needs a password to open", "save a copy without a password", str(file))
            ) from None
        except pikepdf.PdfError:
            raise UsageError(
                Diagnostic("U123", "is damaged", "make it anew, or copy it again from where it came", str(file))
            ) from None


def _read(file: Path) -> bytes:
    if os.path.isdir(file):  # noqa: PTH112  pathlib raises for names that are too long
        raise UsageError(Diagnostic("U105", f"{file} is a folder", "name a PDF file in it"))
    if not os.path.isfile(file):  # noqa: PTH113
        raise UsageError(Diagnostic("U105", f"there is no file {file}"))
    try:
        with file.open("rb") as stream:
            data = stream.read(LARGEST_FILE + 1)
    except OSError as error:
        raise UsageError(Diagnostic("U120", f"cannot be read: {error.strerror}", file=str(file))) from None
    if len(data) > LARGEST_FILE:
        megabytes = LARGEST_FILE // 1_000_000
        raise UsageError(Diagnostic("U120", f"is larger than {megabytes} MB", "take the sheets apart", str(file)))
    if b"%PDF-" not in data[:_HEADER_WITHIN]:
        raise UsageError(Diagnostic("U121", "is no PDF file", "name a file that ends in .pdf", str(file)))
    return data


@contextmanager
def _bounded() -> Iterator[None]:
    """Streams unfold into so much and no more; qpdf keeps its limits for the whole process, so they are put back."""
    before = set_qpdf_limits(
        flate_max_memory=_MOST_UNFOLDED,
        png_max_memory=_MOST_UNFOLDED,
        tiff_max_memory=_MOST_UNFOLDED,
        run_length_max_memory=_MOST_UNFOLDED,
        dct_max_memory=_MOST_UNFOLDED,
        max_stream_filters=3,
        doc_max_warnings=1_000,
    )
    try:
        yield
    finally:
        set_qpdf_limits(**before)  # type: ignore[arg-type]  # it returns what it takes


def _inspection(pdf: pikepdf.Pdf, *, outline: bool) -> Inspection:
    budget = Budget()
    root = pdf.Root
    xmp = properties(root.get("/Metadata"), budget)
    info = information(pdf.trailer)
    form = root.get("/AcroForm")
    tree = root.get("/StructTreeRoot")
    pages = [page.obj for page in islice(pdf.pages, _MOST_PAGES)]
    if len(pdf.pages) > _MOST_PAGES:
        budget.note(f"fonts and sizes are those of the first {_MOST_PAGES} pages")
    counted = fields(form, budget)
    structured = isinstance(tree, pikepdf.Dictionary)
    read = OutlineReader(tree, budget).read() if outline and structured else ()
    if pdf.get_warnings():
        budget.note("the file is not quite in order: something may be missing here")
    return Inspection(
        topic=xmp.get("handouts:topic", ""),
        version=xmp.get("handouts:version", ""),
        audience=xmp.get("handouts:audience", ""),
        template=xmp.get("handouts:template", ""),
        edition=xmp.get("handouts:edition", ""),
        paper=xmp.get("handouts:paper", ""),
        review=xmp.get("handouts:review", ""),
        review_due=xmp.get("handouts:reviewDue", ""),
        title=xmp.get("dc:title") or info.get("Title", ""),
        language=text(root.get("/Lang")) or xmp.get("dc:language", ""),
        author=xmp.get("dc:creator") or info.get("Author", ""),
        subject=xmp.get("dc:subject") or info.get("Subject", ""),
        description=xmp.get("dc:description", ""),
        keywords=xmp.get("pdf:Keywords") or info.get("Keywords", ""),
        creator=xmp.get("xmp:CreatorTool") or info.get("Creator", ""),
        producer=info.get("Producer") or xmp.get("pdf:Producer", ""),
        pages=len(pdf.pages),
        page_sizes=page_sizes(pages),
        encrypted=pdf.is_encrypted,
        marked=dictionary(root.get("/MarkInfo")).get("/Marked") is True,
        structured=structured,
        claims=claims(xmp),
        fonts=fonts(pages, form, budget),
        check_boxes=counted["check"],
        text_fields=counted["text"],
        other_fields=counted["other"],
        bookmarks=bookmarks(root.get("/Outlines"), budget),
        outline=read,
        notes=budget.notes,
    )
