"""What a record system takes in beside a handout: FHIR R4 (hl7.org/fhir/R4), and OpenEMR's names of files.

A collection Bundle says that a document was given: a DocumentReference (LOINC 34895-3, Education note), a
Communication of the category `instruction`, and a Provenance with the version of the text. Whose it is stands there
only when the roster has a reference to the patient in its `patient-reference` column: the record system's own, never a
name.
"""

from __future__ import annotations

import base64
import hashlib
import re
import uuid
from typing import TYPE_CHECKING, Any

from handouts import __version__

if TYPE_CHECKING:
    from handouts.batch.rows import Outcome
    from handouts.library import Topic

REFERENCE = re.compile(r"(?:[A-Za-z]+/[A-Za-z0-9.-]{1,64}|urn:uuid:[0-9a-f-]{36}|https?://\S{1,200})\Z")
_SPACE = uuid.UUID("6f0b3c1e-6d0f-5a53-9d57-5b2f4f3d9a10")


def fhir_bundle(outcome: Outcome, topic: Topic, data: bytes, moment: str, reference: str) -> dict[str, Any]:
    """The Bundle for a handout made at a moment (ISO 8601, with its zone); `reference` is the patient's, or ""."""
    document, communication, provenance = (
        f"urn:uuid:{uuid.uuid5(_SPACE, f'{outcome.sha256}/{each}')}" for each in ("doc", "com", "pro")
    )
    subject = {"subject": {"reference": reference}} if reference else {}
    codes = [
        {"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": code.code, "display": code.name}
        for code in topic.codes
        if code.system == "ICD-10-CM" and code.relation != "look-alike"
    ]
    about = {"text": topic.title} | ({"coding": codes} if codes else {})
    attachment = {
        "contentType": "application/pdf",
        "language": outcome.language,
        "url": _address(outcome.file),
        "size": outcome.bytes,
        "hash": base64.b64encode(hashlib.sha1(data).digest()).decode(),  # noqa: S324  FHIR's own choice
        "title": topic.title,
        "creation": moment,
    }
    return {
        "resourceType": "Bundle",
        "type": "collection",
        "entry": [
            {
                "fullUrl": document,
                "resource": {
                    "resourceType": "DocumentReference",
                    "status": "current",
                    "type": {
                        "coding": [{"system": "http://loinc.org", "code": "34895-3", "display": "Education note"}]
                    },
                    **subject,
                    "description": f"{topic.title} ({outcome.template}, {outcome.audience})",
                    "content": [{"attachment": attachment}],
                },
            },
            {
                "fullUrl": communication,
                "resource": {
                    "resourceType": "Communication",
                    "status": "completed",
                    "category": [
                        {
                            "coding": [
                                {
                                    "system": "http://terminology.hl7.org/CodeSystem/communication-category",
                                    "code": "instruction",
                                }
                            ]
                        }
                    ],
                    **subject,
                    "topic": about,
                    "payload": [{"contentReference": {"reference": document}}],
                },
            },
            {
                "fullUrl": provenance,
                "resource": {
                    "resourceType": "Provenance",
                    "target": [{"reference": document}, {"reference": communication}],
                    "recorded": moment,
                    "agent": [
                        {
                            "type": {
                                "coding": [
                                    {
                                        "system": "http://terminology.hl7.org/CodeSystem/provenance-participant-type",
                                        "code": "assembler",
                                    }
                                ]
                            },
                            "who": {"display": f"handouts {__version__}"},
                        }
                    ],
                    "entity": [{"role": "source", "what": {"display": f"{outcome.topic} {outcome.versions['text']}"}}],
                },
            },
        ],
    }


def openemr_names(topic: Topic, language: str) -> tuple[str, ...]:
    """Names under which OpenEMR finds a handout (`documents/education/` of a site): for each of the topic's codes.

    OpenEMR knows English and Spanish only; for others there is no name.
    """
    if language not in {"en", "es"}:
        return ()
    return tuple(
        f"icd10_{code.code.lower()}_{language}.pdf"
        for code in topic.codes
        if code.system == "ICD-10-CM" and code.relation != "look-alike"
    )


def _address(name: str) -> str:
    """A file's name as a relative address (RFC 3986)."""
    return "".join(each if re.fullmatch(r"[\w.-]", each, re.ASCII) else _escaped(each) for each in name)


def _escaped(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode())
