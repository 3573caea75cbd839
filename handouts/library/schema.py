"""JSON Schemas of the YAML files, made from the models, for editors (`# yaml-language-server: $schema=…`)."""

from __future__ import annotations

from typing import Any

import msgspec

from handouts.library import baselines, bundles, clinic, languages, models, plain_words, plans, reviews, translations

SCHEMAS: dict[str, type[msgspec.Struct]] = {
    "topic": models.TopicFile,
    "section": models.SectionFile,
    "translation": translations.SectionTranslation,
    "topic-translation": translations.TopicTranslation,
    "sources": models.SourcesFile,
    "audience": models.AudienceFile,
    "clinic": clinic.ClinicFile,
    "brand": clinic.BrandFile,
    "overlay": clinic.OverlayFile,
    "bundle": bundles.BundleFile,
    "plan": plans.PlanFile,
    "glossary": models.GlossaryFile,
    "plain-words": plain_words.PlainWordsFile,
    "disclaimer": models.DisclaimerFile,
    "language": languages.LanguageFile,
    "reviews": reviews.ReviewsFile,
    "baseline": baselines.BaselineFile,
}


def json_schema(kind: str) -> dict[str, Any]:
    """The schema (JSON Schema 2020-12) of a kind of file, one of `SCHEMAS`."""
    schema = msgspec.json.schema(SCHEMAS[kind])
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": f"handouts: {kind}", **schema}
