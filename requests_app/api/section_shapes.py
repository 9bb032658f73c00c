"""The description of sections, made from their questions; alone, and together as they stand in a request."""

from typing import Any, Final

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from requests_app.api.answers import NOT_UNDERSTOOD, is_needed, schema_of
from requests_app.models import Part, Request
from requests_app.models.sections.registry import ALL_SECTIONS

PARTS: Final[tuple[type[Part], ...]] = (Request, *ALL_SECTIONS)


def shape_of(model: type[Part]) -> dict[str, Any]:
    """The description of a section's JSON."""
    name = "".join(part.title() for part in model.slug.split("-"))
    properties = {}
    for question in model.questions:
        for field in question.fields:
            words = " – ".join(filter(None, [question.id, str(question.wording), str(question.labels.get(field, ""))]))
            choices = name + "".join(part.title() for part in field.split("_"))
            properties[field] = {**schema_of(model.answer(field), choices), "description": words}
    properties[NOT_UNDERSTOOD] = {
        "title": "NotUnderstood",
        "type": "object",
        "description": "What somebody typed into the page and could not be understood. Ignored when it is sent.",
        "additionalProperties": True,
    }
    return {"title": f"{name}Section", "type": "object", "properties": properties, "additionalProperties": False}


def whole_of(model: type[Part]) -> dict[str, Any]:
    """The description of what replaces a section: what a row cannot be without has to be named."""
    shape = shape_of(model)
    needed = [name for question in model.questions for name in question.fields if is_needed(model.answer(name))]
    return {**shape, "title": f"Whole{shape['title']}", "required": needed} if needed else shape


@extend_schema_field(
    {
        "title": "Sections",
        "type": "object",
        "description": "Sections by name, each as at its own address. Which there are follows from the kind of help.",
        "properties": {model.slug: shape_of(model) for model in PARTS},
        "additionalProperties": False,
    }
)
class Sections(serializers.DictField):
    """Answers by section and field, told by their names."""

    child = serializers.DictField()
