"""What a template says over the one that it extends prints, or is an error. Phase 3, COMPOSE.

Jinja2 drops without a word what a child writes outside of its blocks, a block whose name its parents do not have, and
one that stands only inside of a block that the child replaces. It also takes a block inside of an `{% if %}` for one
that always holds. A misspelled name would lose the clinic's text so, and nobody would see it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2 import TemplateNotFound, nodes
from jinja2.parser import Parser
from msgspec import Struct

from handouts.composing.loader import SHIPPED
from handouts.errors import Diagnostic, TemplateError, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from handouts.composing.environment import HandoutEnvironment

_CODE = "T108"
# What may stand outside of the blocks: it prints nothing itself.
_QUIET = (nodes.Extends, nodes.Block, nodes.Macro, nodes.Assign, nodes.AssignBlock, nodes.Import, nodes.FromImport)


class _Read(Struct):
    """A template as it was read."""

    tree: nodes.Template
    text: str
    file: str

    def problem(self, line: int, message: str, hint: str) -> Diagnostic:
        lines = self.text.splitlines()
        shown = lines[line - 1] if 0 < line <= len(lines) else ""
        return Diagnostic(_CODE, message, hint, self.file, line, source_line=shown)


def require_printed(environment: HandoutEnvironment, name: str) -> None:
    """Raise TemplateError when something that a clinic's template writes over another one would be dropped.

    The shipped ones are held to it by a test: reading them twice would cost every start some milliseconds.
    """
    path = environment.templates.path
    found_at = None if name.startswith(SHIPPED) else path.find(f"templates/{name}")
    if found_at is not None and found_at[0] != path.roots[-1]:
        problems = loose_ends(environment, name)
        if problems:
            raise TemplateError(problems)


def loose_ends(environment: HandoutEnvironment, name: str) -> list[Diagnostic]:
    """What a template writes over the one that it extends and that would be dropped.

    Nothing when a parent is not there or they extend each other: Jinja2 has the better place for that.
    """
    chain: list[_Read] = []
    names = [name]
    while True:
        try:
            read = _read(environment, names[-1])
        except TemplateNotFound:
            return []
        chain.append(read)
        found = list(read.tree.find_all(nodes.Extends))
        if not found:
            break
        parent = _parent(found)
        if parent is None or found[0] not in read.tree.body:
            hint = "{% extends 'shipped/handout.xml.jinja' %}, once, outside of every {% if %}"
            message = "the template that this one extends must be named in quotes, and the same for every reader"
            return [read.problem(found[0].lineno, message, hint)]
        if parent in names:
            return []
        names.append(parent)
    if len(chain) == 1:
        return []
    return [*_loose(chain[0], chain[0].tree.body), *_unprinted(chain)]


def _read(environment: HandoutEnvironment, name: str) -> _Read:
    source, file, _ = environment.templates.get_source(environment, name)
    tree = Parser(environment, source, name, file).parse()
    return _Read(tree, environment.templates.sources[file], file)


def _parent(found: list[nodes.Extends]) -> str | None:
    """The name of the one template that is extended; None where it depends on something."""
    if len(found) != 1:
        return None
    try:
        name = found[0].template.as_const()
    except nodes.Impossible:
        return None
    return name if isinstance(name, str) else None


# ------------------------------------------------------------------ outside of the blocks


def _loose(read: _Read, body: Sequence[nodes.Node], *, conditional: bool = False) -> Iterator[Diagnostic]:
    """Words and tags that stand in no block, and blocks whose condition does not count."""
    hint = "put it into a block of the template that this one extends, or a set above the first block"
    for node in body:
        match node:
            case nodes.Block() if conditional:
                message = f'the block "{node.name}" counts always, whatever is asked around it'
                yield read.problem(node.lineno, message, "put the {% if %} or {% for %} into the block")
            case nodes.Output():
                line = next(_printed_lines(node), None)
                if line:
                    yield read.problem(line, "this stands outside of every block and prints nowhere", hint)
            case nodes.If() | nodes.For() | nodes.With() | nodes.Scope():
                inner = [each for each in node.iter_child_nodes() if isinstance(each, nodes.Stmt)]
                yield from _loose(read, inner, conditional=not isinstance(node, nodes.With | nodes.Scope))
            case _ if not isinstance(node, _QUIET):
                yield read.problem(node.lineno, "this stands outside of every block and prints nowhere", hint)


def _printed_lines(output: nodes.Output) -> Iterator[int]:
    """The lines where something is printed, be it a letter."""
    for node in output.nodes:
        if not isinstance(node, nodes.TemplateData):
            yield node.lineno
        elif words := node.data.lstrip():
            yield node.lineno + node.data[: -len(words)].count("\n")


# ------------------------------------------------------------------ blocks


class _Blocks:
    """The blocks of a template and of those it extends; `definitions` have the most particular first."""

    def __init__(self, chain: list[_Read]) -> None:
        self.definitions: dict[str, list[nodes.Block]] = {}
        for read in chain:
            for block in read.tree.find_all(nodes.Block):
                self.definitions.setdefault(block.name, []).append(block)
        self.printed: set[str] = set()
        self._follow(chain[-1].tree)

    def _follow(self, inside: nodes.Node) -> bool:
        """Note the blocks that print where this prints; whether it asks for what it replaces (`super()`)."""
        asks = False
        for node in inside.iter_child_nodes():
            match node:
                case nodes.Block(name=name):
                    self._print(name)
                case nodes.Getattr(node=nodes.Name(name="self"), attr=name):
                    self._print(name)
                case nodes.Name(name="super"):
                    asks = True
                case _:
                    asks |= self._follow(node)
        return asks

    def _print(self, name: str) -> None:
        if name in self.printed:
            return
        self.printed.add(name)
        for block in self.definitions.get(name, ()):
            if not self._follow(block):
                break


def _unprinted(chain: list[_Read]) -> Iterator[Diagnostic]:
    """The first template's blocks that print nowhere; of nested ones the outermost."""
    child, *parents = chain
    blocks = _Blocks(chain)
    above = _Blocks(parents)

    def walk(inside: nodes.Node) -> Iterator[Diagnostic]:
        for node in inside.iter_child_nodes():
            if not isinstance(node, nodes.Block) or node.name in blocks.printed:
                yield from walk(node)
            elif node.name not in above.definitions:
                message = f'no template that this one extends has a block "{node.name}": it prints nowhere'
                yield child.problem(node.lineno, message, nearest(node.name, above.definitions))
            else:
                message = f'the block "{node.name}" prints nowhere: the one that it stood in is replaced'
                hint = f"write {{% block {node.name} %}} inside of the block that replaces it, or delete it"
                yield child.problem(node.lineno, message, hint)

    yield from walk(child.tree)
