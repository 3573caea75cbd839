"""Reads specification files, and shows a document's content as short tagged text for them.

A case is a title, a line with a full stop, the input, a full stop, what is expected, a full stop.
"""

from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from handouts import document as d


def cases(file: Path):
    """The cases of a file as pytest parameters (input, expected), named by their titles."""
    lines = file.read_text(encoding="utf-8").split("\n")
    found = []
    parts: list[list[str]] = [[]]
    for line in lines:
        if line != ".":
            parts[-1].append(line)
            continue
        parts.append([])
        if len(parts) == 4:
            title = " ".join(part.strip() for part in parts[0] if part.strip() and not part.startswith("#"))
            found.append(pytest.param("\n".join(parts[1]), "\n".join(parts[2]), id=title))
            parts = [[]]
    assert parts == [[]] or not "".join(parts[0]).strip(), f"the last case of {file.name} has no end"
    return found


def outline(blocks):
    """Blocks as indented tagged text, one line for each leaf."""
    return "\n".join(_lines(blocks, ""))


def inlines(children):
    """Inline content as tagged text."""
    return "".join(map(_inline, children))


def _inline(child):
    match child:
        case d.Text(text):
            return escape(text)
        case d.LineBreak():
            return "<br>"
        case d.Strong(children):
            return f"<strong>{inlines(children)}</strong>"
        case d.Emphasis(children):
            return f"<em>{inlines(children)}</em>"
        case d.Link(address, children):
            return f"<a {address}>{inlines(children)}</a>"
        case d.Span(children, role, language):
            return f"<span {role or language}>{inlines(children)}</span>"
    raise AssertionError(f"no outline for {child}")


def _bar(bar):
    return f" [bar {bar.value:g} of {bar.most:g}, limit {bar.limit:g}]" if bar else ""


def _lines(blocks, indent):
    deeper = indent + "  "
    for block in blocks:
        match block:
            case d.Heading(level, children):
                yield f"{indent}h{level}: {inlines(children)}"
            case d.Paragraph(children, role):
                yield f"{indent}p{'' if role == 'body' else f' {role}'}: {inlines(children)}"
            case d.List(items, kind):
                yield f"{indent}{kind}"
                for item in items:
                    yield f"{deeper}item"
                    yield from _lines(item.blocks, deeper + "  ")
            case d.DescriptionList(items):
                yield f"{indent}descriptions"
                for item in items:
                    yield f"{deeper}term: {inlines(item.term)}"
                    yield from _lines(item.blocks, deeper + "  ")
            case d.Table(rows, header_rows):
                yield f"{indent}table header-rows={header_rows}"
                for row in rows:
                    yield deeper + " | ".join(
                        f"{cell.scope + ' ' if cell.scope else ''}{inlines(cell.children)}{_bar(cell.bar)}"
                        for cell in row
                    )
            case d.Figure(source, alternate, caption):
                yield f"{indent}figure {source} [{alternate}]: {inlines(caption)}"
            case d.QRCode(address, alternate, children):
                yield f"{indent}qr {address} [{alternate}]: {inlines(children)}"
            case d.Contacts(label, contacts):
                yield f"{indent}contacts: {inlines(label)}"
                for each in contacts:
                    yield f"{deeper}{each.name}: {each.phone}{f' ({each.note})' if each.note else ''}"
            case d.Callout(kind, label, inner):
                yield f"{indent}callout {kind}: {inlines(label)}"
                yield from _lines(inner, deeper)
            case d.Checklist(groups, columns, answer_lines, label, numbers):
                written = f" numbers={list(numbers)}" if numbers else ""
                yield f"{indent}checklist columns={list(columns)} answer-lines={answer_lines} label={label}{written}"
                for group in groups:
                    yield f"{deeper}group: {inlines(group.title)}"
                    for check in group.checks:
                        own = f" answer-lines={check.answer_lines}" if check.answer_lines else ""
                        yield f"{deeper}  check{own}: {inlines(check.children)}"
            case d.PersonalPanel(fields):
                yield f"{indent}panel: " + ", ".join(f"{field.name}={field.label}" for field in fields)
            case d.Columns(columns):
                yield f"{indent}columns"
                for column in columns:
                    yield f"{deeper}column"
                    yield from _lines(column, deeper + "  ")
            case d.Keep(inner):
                yield f"{indent}keep"
                yield from _lines(inner, deeper)
            case d.PageBreak():
                yield f"{indent}pagebreak"
            case d.Section(id_, inner):
                yield f"{indent}section {id_}"
                yield from _lines(inner, deeper)
            case _:
                raise AssertionError(f"no outline for {block}")
