"""A clinic's overlay: its own words over a shipped topic, without a copy of the file. Phase 1, LOAD."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, TypeVar

import msgspec
from msgspec.structs import replace

from handouts.errors import ContentError, Diagnostic, nearest
from handouts.library.clinic import Addition, Change, OverlayFile
from handouts.library.models import Item, ItemWording, SectionFile
from handouts.library.topics import (
    References,
    Section,
    Topic,
    item_problems,
    items_by_reference,
    section_figure_problems,
    wording_problems,
)
from handouts.library.validation import read_model
from handouts.library.yaml_source import MAX_PROBLEMS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from handouts.library.models import Dose, Group
    from handouts.library.yaml_source import Path_, YamlSource

H = TypeVar("H", Item, ItemWording)

_WORDING = ItemWording.__struct_fields__
_OF_SECTION = ("title", "intro", "figure")


def fingerprint(item: Item) -> str:
    """Eight letters that change when the item's words change."""
    # What has no words does not count: a key that comes with a new version changes no fingerprint.
    return digest(_said({name: getattr(item, name) for name in _WORDING}))


def _said(words: object) -> object:
    """The words as plain data, without the keys that say nothing."""
    match msgspec.to_builtins(words):
        case dict() as mapping:
            return {key: _said(value) for key, value in mapping.items() if value is not None}
        case plain:
            return plain


def section_fingerprint(file: SectionFile) -> str:
    """The same for a section's title and opening."""
    return digest([file.title, file.intro, file.figure] if file.figure else [file.title, file.intro])


def digest(words: object) -> str:
    """Eight letters that change when any of the words change."""
    digits = hashlib.sha256(msgspec.json.encode(words)).hexdigest()[:8]
    # Letters alone: YAML takes 12345678 and 1234e567 for numbers.
    return digits.translate(str.maketrans("0123456789abcdef", "abcdefghijklmnop"))


def apply_overlay(topic: Topic, source: YamlSource, audiences: Collection[str]) -> Topic:
    """The topic as the clinic wants it. Raises ContentError with everything the overlay gets wrong."""
    overlay = read_model(source, OverlayFile)
    editor = _Editor(topic, source, References.of(topic, audiences))
    for index, change in enumerate(overlay.change):
        editor.change(change, ("change", index))
    for index, reference in enumerate(overlay.hide):
        editor.hide(reference, ("hide", index))
    for index, addition in enumerate(overlay.add):
        editor.add(addition, ("add", index))
    if editor.problems:
        raise ContentError(editor.problems[:MAX_PROBLEMS])
    return replace(topic, sections=tuple(editor.sections.values()), overlay=(overlay, source), shipped=topic.sections)


class _Editor:
    """The topic's sections while an overlay is laid over them."""

    def __init__(self, topic: Topic, source: YamlSource, references: References) -> None:
        self.topic = topic
        self.source = source
        self.references = references
        self.sections = {section.id: section for section in topic.sections}
        self.known = set(items_by_reference(topic.sections))
        self.problems: list[Diagnostic] = []

    def problem(self, path: Path_, code: str, message: str, hint: str = "") -> None:
        self.problems.append(self.source.diagnostic(path, code, message, hint))

    def find_section(self, name: str, path: Path_) -> Section | None:
        if name not in self.sections:
            self.problem(path, "C302", f'{self.topic.id} has no section "{name}"', nearest(name, self.sections))
        return self.sections.get(name)

    def find_item(self, reference: str, path: Path_) -> tuple[Section, str] | None:
        section_id, _, item_id = reference.partition("/")
        if reference in self.known:
            return self.sections[section_id], item_id
        self.problem(
            path,
            "C301",
            f'{self.topic.id} has no item "{reference}"',
            f"{nearest(reference, self.known)} (handouts list items {self.topic.id} shows them all)",
        )
        return None

    def change(self, change: Change, path: Path_) -> None:
        if (change.item is None) == (change.section is None):
            self.problem(path, "C303", 'needs either "item" or "section"')
        elif change.item is not None:
            found = self.find_item(change.item, (*path, "item"))
            if found:
                section, item_id = found
                self.refuse(change, set(_OF_SECTION) - set(_WORDING), "a section", path)
                self.problems += wording_problems(change, section.file.kind, self.source, path, self.references)
                self.sections[section.id] = _with_item(section, item_id, change)
        elif change.section is not None:
            target = self.find_section(change.section, (*path, "section"))
            if target:
                self.refuse(change, {*_WORDING, "priority"} - set(_OF_SECTION), "an item", path)
                self.problems += section_figure_problems(change, target.file.kind, self.source, path)
                self.sections[target.id] = _with_title(target, change)

    def refuse(self, change: Change, keys: Iterable[str], what: str, path: Path_) -> None:
        """Keys that would change nothing here."""
        for key in keys:
            if getattr(change, key) is not None:
                name = key.replace("_", "-")
                self.problems.append(
                    self.source.diagnostic((*path, name), "C209", f"only {what} has this key", key=True)
                )

    def hide(self, reference: str, path: Path_) -> None:
        found = self.find_item(reference, path)
        if found is None:
            return
        section, item_id = found
        if section.is_warning:
            self.problem(path, "C304", "a warning sign cannot be hidden", 'give it other words under "change"')
        else:
            self.sections[section.id] = _without_item(section, item_id)

    def add(self, addition: Addition, path: Path_) -> None:
        section = self.find_section(addition.section, (*path, "section"))
        if section is None:
            return
        groups = {group.id for group in section.file.groups}
        if addition.group not in groups:
            self.problem(
                (*path, "group"),
                "C302",
                f'{section.id} has no group "{addition.group}"',
                nearest(addition.group, groups),
            )
            return
        if f"{section.id}/{addition.item.id}" in self.known:
            self.problem((*path, "item", "id"), "C206", "the shipped topic has this id already", 'use "change"')
            return
        self.problems += item_problems(addition.item, section.file.kind, self.source, (*path, "item"), self.references)
        self.known.add(f"{section.id}/{addition.item.id}")
        self.sections[section.id] = _with_addition(section, addition.group, addition.item)


def _with_title(section: Section, change: Change) -> Section:
    words = {name: value for name in _OF_SECTION if (value := getattr(change, name)) is not None}
    # The clinic's words hold for every audience: shipped tailoring of the same words gives way.
    tailored = {
        audience: replace(wording, **dict.fromkeys(words)) for audience, wording in section.file.tailored.items()
    }
    return replace(section, file=replace(section.file, **words, tailored=tailored))


def _with_groups(section: Section, groups: tuple[Group, ...]) -> Section:
    return replace(section, file=replace(section.file, groups=groups))


def _with_item(section: Section, item_id: str, change: Change) -> Section:
    words = {name: value for name in (*_WORDING, "priority") if (value := getattr(change, name)) is not None}
    dose = words.pop("dose", None)

    def changed(item: Item) -> Item:
        if item.id != item_id:
            return item
        # The clinic's words hold for every audience: shipped tailoring of the same fields gives way.
        cleared = dict.fromkeys(name for name in words if name != "priority")
        tailored = {
            audience: _redosed(replace(wording, **cleared), dose) for audience, wording in item.tailored.items()
        }
        return _redosed(replace(item, **words, tailored=tailored), dose)

    return _with_groups(
        section,
        tuple(replace(group, items=tuple(changed(item) for item in group.items)) for group in section.file.groups),
    )


def _redosed(holder: H, dose: Dose | None) -> H:
    """With what the clinic says of the dose in its place; the rest of the dose stays."""
    return replace(holder, dose=holder.dose.with_changes(dose)) if dose and holder.dose else holder


def _without_item(section: Section, item_id: str) -> Section:
    groups = (
        replace(group, items=tuple(item for item in group.items if item.id != item_id)) for group in section.file.groups
    )
    return _with_groups(section, tuple(group for group in groups if group.items or group.text or group.figure))


def _with_addition(section: Section, group_id: str, item: Item) -> Section:
    return _with_groups(
        section,
        tuple(
            replace(group, items=(*group.items, item)) if group.id == group_id else group
            for group in section.file.groups
        ),
    )
