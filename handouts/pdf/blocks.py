"""Document blocks become units of a page, and elements of the structure tree. Phase 4, LAY OUT.

Each block adds its structure element first and then the leaves that paint for it, in reading order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from handouts.document import (
    Block,
    Callout,
    Checklist,
    Columns,
    Contacts,
    DescriptionList,
    Figure,
    Heading,
    Inline,
    Keep,
    List,
    PageBreak,
    Paragraph,
    PersonalPanel,
    QRCode,
    Section,
    Table,
    Text,
    plain_text,
)
from handouts.pdf.cards import card_units
from handouts.pdf.checklists import checklist_units
from handouts.pdf.figures import code_unit, figure_unit
from handouts.pdf.panel import PanelDrawing
from handouts.pdf.stylesheet import HAIRLINE, URGENT, WHITE, Stylesheet, TextStyle
from handouts.pdf.tables import table_units
from handouts.pdf.units import (
    Band,
    Bookmark,
    Bullet,
    Drawable,
    Frame,
    Icon,
    NumberDisc,
    Part,
    RuleLine,
    TextLines,
    Unit,
    framed,
    gathered,
    kept,
    shifted,
    stacked,
    without_elements,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from handouts.pdf.tagging import Owner, StructureElement
    from handouts.pdf.typesetting import Line, Typesetter

# An opening paragraph of no more units than this (a line or two each) is not broken, nor parted from what it opens.
_OPENING = 5
# An item or a description splits over two pages only when it takes more of a page than this.
_WHOLE = 0.8
# The level of the headings that the file's outline lists.
_BOOKMARKED = 2
# Fewer than two lines of a paragraph never stand alone on a page.
_WIDOW = 2
# A list this short stays whole; of a longer one, no item stands alone.
_SHORT_LIST = 3
# But for a list that takes more of a page than this.
_LOW = 0.4
# Above a level of urgency; the one without a box stands clear of the box before it.
_BOX_BEFORE = 7.0
_UNBOXED_BEFORE = 13.0
_URGENCIES = frozenset({"emergency", "same-day", "routine"})


def _opens(before: Block | None, following: Block | None) -> bool:
    """Whether a paragraph between these is the opening of what follows."""
    return (
        (isinstance(before, Heading) and before.level == _BOOKMARKED)
        or (isinstance(before, Paragraph) and before.role == "dose")
        or isinstance(following, List | DescriptionList | Checklist)
    )


def _ends_list(before: Block | None) -> bool:
    """Whether a paragraph after this block ends a list: signs without a box."""
    return isinstance(before, Callout) and before.kind == "routine"


class BlockLayouter:
    """Lays blocks out in a column."""

    def __init__(self, typesetter: Typesetter, stylesheet: Stylesheet, page_room: float, *, forms: bool = True) -> None:
        """`page_room` is the height of a page's column: what is taller is allowed to break.

        `forms` makes boxes to tick and lines to write on work on a screen, too.
        """
        self.typesetter = typesetter
        self.stylesheet = stylesheet
        self.page_room = page_room
        self.forms = forms
        self.has_writing_room = False
        self.notes = 0
        self.panel: PanelDrawing | None = None

    def blocks(self, blocks: Iterable[Block], parent: StructureElement, width: float) -> list[Unit]:
        """The blocks as units, in order."""
        units: list[Unit] = []
        previous: Block | None = None
        blocks = tuple(blocks)
        for block, following in zip(blocks, (*blocks[1:], None), strict=False):
            laid = self._block(block, parent, width)
            if isinstance(block, Paragraph) and _opens(previous, following) and laid and len(laid) <= _OPENING:
                # A short opening belongs to what it opens.
                laid = [replace(stacked(laid), before=laid[0].before, keep=True)]
            elif units and (isinstance(block, Figure) or (isinstance(block, Paragraph) and _ends_list(previous))):
                units[-1] = replace(units[-1], keep=True)
            units.extend(laid)
            previous = block
        return units

    def _block(self, block: Block, parent: StructureElement, width: float) -> list[Unit]:
        match block:
            case Section(id=name, blocks=inner):
                self.typesetter.place = name
                return self.blocks(inner, parent.add("Sect"), width)
            case Heading(level=level, children=children):
                style = self.stylesheet.style(f"h{level}")
                units = self.text(children, style, parent.add(f"H{level}"), width, keep=True)
                return self._bookmarked(units, children) if level == _BOOKMARKED else units
            case Paragraph(children=children, role=role):
                if role == "eyebrow":
                    return self._tab(block, parent)
                return self.text(children, self.stylesheet.style(role), parent.add("P"), width, keep=role == "dose")
            case List():
                return self._list(block, parent, width)
            case DescriptionList():
                return self._descriptions(block, parent, width)
            case Table():
                return table_units(self, block, parent, width)
            case Callout(kind=kind) if kind in _URGENCIES:
                return self._urgency(block, parent, width)
            case Callout(kind="note"):
                return self._note(block, parent, width)
            case Callout():
                return self._box(block, parent, width)
            case Checklist():
                return checklist_units(self, block, parent, width)
            case PersonalPanel():
                element = parent.add("Sect")
                self.has_writing_room = self.forms
                self.panel = PanelDrawing(block, self.typesetter, self.stylesheet, element, width, forms=self.forms)
                return [Unit(self.panel.height, (Part(0, 0, self.panel),), before=7)]
            case Columns(columns=columns):
                return self._columns(columns, parent, width)
            case Keep(blocks=inner):
                # What ends it ("Stop if …") is never parted from what stands before it.
                return gathered(self.blocks(inner, parent, width), first=1)
            case PageBreak():
                return [Unit(0, new_page=True, keep=True)]
            case Figure():
                return [figure_unit(self, block, parent, width)]
            case QRCode():
                return [code_unit(self, block, parent, width)]
            case Contacts():
                return card_units(self, block, parent, width)

    # -------------------------------------------------------------- text

    def text(
        self,
        children: tuple[Inline, ...],
        style: TextStyle,
        element: StructureElement,
        width: float,
        *,
        keep: bool = False,
    ) -> list[Unit]:
        """A paragraph: units of lines, the first two and the last two of which stay together."""
        lines = self.typesetter.lines(children, style, width)
        if not lines:
            return []
        if keep or len(lines) <= 2 * _WIDOW - 1:
            slices: list[tuple[Line, ...]] = [lines]
        else:
            middle = [(line,) for line in lines[_WIDOW:-_WIDOW]]
            slices = [lines[:_WIDOW], *middle, lines[-_WIDOW:]]
        return [
            Unit(
                len(part) * style.leading,
                (Part(0, 0, TextLines(part, style, element)),),
                before=0.0 if index else style.before,
                keep=keep,
            )
            for index, part in enumerate(slices)
        ]

    @staticmethod
    def _bookmarked(units: list[Unit], children: tuple[Inline, ...]) -> list[Unit]:
        """The heading's units, with a line in the file's outline that leads to them."""
        bookmark = Part(0, 0, Bookmark(" ".join(plain_text(children).split())))
        return [replace(unit, parts=(bookmark, *unit.parts)) if unit is units[0] else unit for unit in units]

    def leaf(
        self, text: Sequence[Inline] | str, style: TextStyle, owner: Owner, width: float
    ) -> tuple[TextLines, float]:
        """One unbroken paragraph and its height."""
        children = (Text(text),) if isinstance(text, str) else tuple(text)
        lines = self.typesetter.lines(children, style, width)
        return TextLines(lines, style, owner), len(lines) * style.leading

    # -------------------------------------------------------------- lists

    def _list(self, block: List, parent: StructureElement, width: float) -> list[Unit]:
        numbering = "Disc" if block.kind == "bulleted" else "Decimal"
        element = parent.add("L", list_numbering=numbering)
        units: list[Unit] = []
        indent = self.stylesheet.indent + (7 if block.kind == "steps" else 0)
        if block.kind == "numbered":  # the widest number is the last
            last = f"{block.start + len(block.items) - 1}."
            indent = max(indent, self._number(last)[0].width + 5)
        for index, item in enumerate(block.items):
            holder = element.add("LI")
            label = self._label(block.kind, block.start + index, holder)
            body = self.blocks(item.blocks, holder.add("LBody"), width - indent)
            gap = self.stylesheet.item_gap + (2 if block.kind == "steps" else 0)
            units.extend(self._labelled(label, body, indent, gap))
        if len(units) <= _SHORT_LIST:
            low = stacked(units).height <= _LOW * self.page_room
            return kept(units) if low else gathered(units, first=1, last=1)
        return gathered(units)

    def _label(self, kind: str, count: int, holder: StructureElement) -> Drawable:
        body = self.stylesheet.style("body")
        if kind == "bulleted":
            return Bullet(body, self.stylesheet.accent)
        element = holder.add("Lbl")
        if kind == "numbered":
            return TextLines(self._number(f"{count}."), self._number_style, element)
        small = 0.0 if self.stylesheet.edition == "large-print" else 1.0
        style = replace(body, size=body.size - small, bold=True, colour=WHITE)
        lines = self.typesetter.lines((Text(str(count)),), style, 99)
        return NumberDisc(lines, style, self.stylesheet.accent, element)

    @property
    def _number_style(self) -> TextStyle:
        return replace(self.stylesheet.style("body"), bold=True, colour=self.stylesheet.accent)

    def _number(self, text: str) -> tuple[Line, ...]:
        return self.typesetter.lines((Text(text),), self._number_style, 999)

    def _labelled(self, label: Drawable, body: list[Unit], indent: float, gap: float) -> list[Unit]:
        """An item that does not split, unless it takes most of a page."""
        whole = stacked(body)
        if whole.height <= _WHOLE * self.page_room:
            height = max(whole.height, self.stylesheet.style("body").leading)
            return [Unit(height, (Part(0, 0, label), *shifted(whole.parts, indent, 0)), before=gap)]
        first, *rest = (replace(unit, parts=shifted(unit.parts, indent, 0)) for unit in body)
        return [replace(first, parts=(Part(0, 0, label), *first.parts), before=gap), *rest]

    def _descriptions(self, block: DescriptionList, parent: StructureElement, width: float) -> list[Unit]:
        element = parent.add("L")
        units: list[Unit] = []
        for item in block.items:
            holder = element.add("LI")
            style = replace(self.stylesheet.style("label"), before=6.0)
            term = self.text(item.term, style, holder.add("Lbl"), width, keep=True)
            body = self.blocks(item.blocks, holder.add("LBody"), width)
            if body:
                body[0] = replace(body[0], before=0.0)
            whole = stacked([*term, *body])
            if whole.height <= _WHOLE * self.page_room:
                units.append(replace(whole, before=style.before))
            else:
                units.extend([*term, *body])
        return units

    def _columns(self, columns: tuple[tuple[Block, ...], ...], parent: StructureElement, width: float) -> list[Unit]:
        if self.stylesheet.edition == "large-print":  # one column, after the American Council of the Blind
            units: list[Unit] = []
            for column in columns:
                laid = self.blocks(column, parent.add("Div"), width)
                if units and column and isinstance(column[0], Figure):
                    units[-1] = replace(units[-1], keep=True)  # a picture stays with what it shows
                units += laid
            return units
        gap = 1.5 * self.stylesheet.style("body").size
        each = (width - gap * (len(columns) - 1)) / max(1, len(columns))
        wholes = [stacked(self.blocks(column, parent.add("Div"), each)) for column in columns]
        parts = [part for index, whole in enumerate(wholes) for part in shifted(whole.parts, index * (each + gap), 0)]
        height = max((whole.height for whole in wholes), default=0.0)
        return [Unit(height, tuple(parts), before=self.stylesheet.style("body").before)]

    # -------------------------------------------------------------- boxes

    def _urgency(self, block: Callout, parent: StructureElement, width: float) -> list[Unit]:
        """A level of urgency: an icon, the word, and the signs.

        The three levels differ in weight, not in colour alone: a filled band in a heavy box, a box, no box.
        """
        emergency, boxed = block.kind == "emergency", block.kind != "routine"
        colour = URGENT if boxed else self.stylesheet.accent
        ink = WHITE if emergency else colour
        element = parent.add("Sect")
        style = replace(self.stylesheet.style("urgency"), colour=ink)
        pad = 9.0 if boxed else 0.0
        icon = Icon(block.kind, 1.1 * style.size, ink, colour)  # type: ignore[arg-type]  # one of _URGENCIES
        label_x = pad + icon.size + 7
        # A heading, so that a screen reader can jump to what is urgent.
        label, height = self.leaf(block.label, style, element.add("H3"), width - label_x - pad)
        head_height = height + (6 if boxed and not emergency else 4)
        parts = [
            Part(pad, (head_height - icon.size) / 2, icon),
            Part(label_x, (head_height - height) / 2, label),
        ]
        if emergency:
            parts.insert(0, Part(0, 0, Band(width, head_height, colour)))
        frames = (Frame(width, colour, 2.2 if emergency else 1.8),) if boxed else ()
        title = Unit(head_height, tuple(parts), before=_BOX_BEFORE if boxed else _UNBOXED_BEFORE, frames=frames)
        repeated = replace(title, parts=without_elements(title.parts), before=0.0)
        inner = framed(self.blocks(block.blocks, element, width - 2 * pad), frames, pad)
        body = [replace(unit, header=repeated) for unit in inner]
        if body and boxed:
            body[-1] = replace(body[-1], height=body[-1].height + 5)
        return gathered([title, *body], first=3)

    def _note(self, block: Callout, parent: StructureElement, width: float) -> list[Unit]:
        """A clinician's note; a message about it says where it comes from."""
        place, self.typesetter.place = self.typesetter.place, "--note"
        units = self._box(block, parent, width)
        self.typesetter.place = place
        return units

    def _box(self, block: Callout, parent: StructureElement, width: float) -> list[Unit]:
        """A bordered box with a label."""
        pad = 10.0
        if block.kind == "note":
            self.notes += 1
        element = parent.add("Note", identity=f"note-{self.notes}") if block.kind == "note" else parent.add("Sect")
        strong = block.kind in {"key-points", "note"}
        frame = Frame(width, self.stylesheet.accent if strong else HAIRLINE)
        style = replace(self.stylesheet.style("label"), colour=self.stylesheet.accent, before=0)
        units = self.text(block.label, style, element.add("P"), width - 2 * pad, keep=True)
        units += self.blocks(block.blocks, element, width - 2 * pad)
        units = framed(units, (frame,), pad)
        first = units[0]
        units[0] = replace(first, parts=shifted(first.parts, 0, pad - 2), height=first.height + pad - 2, before=11.0)
        units[-1] = replace(units[-1], height=units[-1].height + pad - 2)
        return gathered(units)

    def _tab(self, block: Paragraph, parent: StructureElement) -> list[Unit]:
        """The line above the title, white on a tab of the brand's colour: it tells the sheets in a stack apart."""
        style = self.stylesheet.style("eyebrow")
        leaf, height = self.leaf(block.children, style, parent.add("P"), self.stylesheet.text_width - 20)
        band = Band(max((line.width for line in leaf.lines), default=0) + 20, height + 6, self.stylesheet.accent)
        return [Unit(height + 6, (Part(0, 0, band), Part(10, 3, leaf)), keep=True)]

    def row(self, parts: list[Part], height: float, width: float, before: float = 0.0) -> Unit:
        """A row with a rule below it."""
        return Unit(height, (*parts, Part(0, height, RuleLine(width))), before=before)
