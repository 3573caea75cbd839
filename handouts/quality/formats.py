"""Findings as other programs read them: rows of JSON, GitHub's workflow commands, SARIF 2.1.0."""

from __future__ import annotations

import inspect
import string
from typing import TYPE_CHECKING, Any

from handouts.quality.rules import CATALOGUE, RULES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from handouts.quality.findings import Finding

_SARIF_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_UNESCAPED = frozenset(string.ascii_letters + string.digits + "-._~/")


def as_rows(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """A row for each finding; an accepted one has its reason."""
    return [
        {**each.diagnostic.as_dict(), **({} if each.reason is None else {"accepted": each.reason})} for each in findings
    ]


def as_github(findings: Iterable[Finding]) -> str:
    """A workflow command for each finding: GitHub shows it beside the line of a pull request."""
    lines = []
    for each in findings:
        diagnostic = each.diagnostic
        kind = "notice" if each.reason is not None else diagnostic.severity
        place = {"file": diagnostic.file, "line": diagnostic.line, "col": diagnostic.column, "title": diagnostic.code}
        properties = ",".join(f"{name}={_property(str(value))}" for name, value in place.items() if value)
        hint = f"\n{diagnostic.hint}" if diagnostic.hint else ""
        lines.append(f"::{kind} {properties}::{_data(diagnostic.message + hint)}")
    return "\n".join(lines)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def as_sarif(findings: Iterable[Finding], version: str) -> dict[str, Any]:
    """A SARIF log of one run. An accepted finding is suppressed, with its reason."""
    rules = [_sarif_rule(each.id, each.title, each.source) for each in CATALOGUE if each.decided_by == "check"]
    index = {each["id"]: number for number, each in enumerate(rules)}
    driver = {"name": "handouts", "version": version, "rules": rules}
    results = [_sarif_result(each, index) for each in findings]
    return {
        "$schema": _SARIF_SCHEMA,
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}],
    }


def _sarif_rule(rule_id: str, title: str, source: str) -> dict[str, Any]:
    """What a rule asks: the first line of each of its functions."""
    checks = [each for each in RULES if each.id == rule_id]
    # What signatures decide (R29, R30) has no function of its own.
    asks = " ".join((inspect.getdoc(each.check) or "").partition("\n")[0] for each in checks) or f"{title}."
    severity = "error" if any(each.severity == "error" for each in checks) else "warning"
    return {
        "id": rule_id,
        "shortDescription": {"text": f"{title}."},
        "fullDescription": {"text": asks},
        "help": {"text": f"{asks} Source: {source}. See docs/rules.md, {rule_id}."},
        "defaultConfiguration": {"level": severity},
    }


def _sarif_result(finding: Finding, index: dict[str, int]) -> dict[str, Any]:
    diagnostic = finding.diagnostic
    hint = f". {diagnostic.hint}" if diagnostic.hint else ""
    result: dict[str, Any] = {
        "ruleId": diagnostic.code,
        "level": diagnostic.severity,
        "message": {"text": f"{diagnostic.message}{hint}"},
    }
    if diagnostic.code in index:
        result["ruleIndex"] = index[diagnostic.code]
    if diagnostic.file:
        place: dict[str, Any] = {"artifactLocation": {"uri": _uri(diagnostic.file)}}
        if diagnostic.line:
            place["region"] = {"startLine": diagnostic.line, **_column(diagnostic.column)}
        result["locations"] = [{"physicalLocation": place}]
    if finding.said:
        result["partialFingerprints"] = {"handouts/v1": finding.fingerprint}
    if finding.reason is not None:
        result["suppressions"] = [{"kind": "external", "justification": finding.reason}]
    return result


def _column(column: int) -> dict[str, int]:
    return {"startColumn": column} if column else {}


def _uri(file: str) -> str:
    """A relative reference (RFC 3986): everything but a path's own signs in percent."""
    return "".join(
        character
        if character in _UNESCAPED
        else "".join(f"%{byte:02X}" for byte in character.encode(errors="surrogateescape"))
        for character in file.replace("\\", "/")
    )
