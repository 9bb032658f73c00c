"""The ground of all shapes: serializers that take what they name and nothing else."""

import re
from typing import Any, Final

from rest_framework import serializers

from base.text import clean_text

_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,6})?([Zz]|[+-]\d\d:\d\d)", re.ASCII)


class Sent(serializers.Serializer[Any]):
    """What is sent; no answer has this shape."""


class Strict(Sent):
    """Takes no field that it does not know."""

    def to_internal_value(self, data: Any) -> Any:
        """What was sent. ValidationError names every field that is unknown."""
        if isinstance(data, dict) and (unknown := set(data) - set(self.fields)):
            raise serializers.ValidationError({name: serializers.ErrorDetail("?", "unknown") for name in unknown})
        return super().to_internal_value(data)


class Text(serializers.CharField):
    """A text; a number is none. Without `allow_blank` it holds at least one sign that can be seen.

    What is sent is counted, not what is left of it, so that the description's limit is the limit.
    """

    def to_internal_value(self, data: Any) -> str:
        """The text without invisible signs."""
        if not isinstance(data, str) or "\x00" in data:
            self.fail("invalid")
        if self.max_length is not None and len(data) > self.max_length:
            self.fail("max_length", max_length=self.max_length)
        text = clean_text(super().to_internal_value(data))
        if not text and not self.allow_blank:
            self.fail("blank")
        return text


class Truth(serializers.BooleanField):
    """true or false; no word and no number stands for them."""

    def to_internal_value(self, data: Any) -> bool:
        """The value."""
        if not isinstance(data, bool):
            self.fail("invalid", input=data)
        return data


class Moment(serializers.DateTimeField):
    """A time with its zone, as RFC 3339 writes it; a day alone is none."""

    def to_internal_value(self, value: Any) -> Any:
        """The time."""
        if not isinstance(value, str) or not _MOMENT.fullmatch(value):
            self.fail("invalid", format="2026-11-01T00:00:00Z")
        return super().to_internal_value(value)


class Code(serializers.ChoiceField):
    """One of the codes; a number or a list is none."""

    def to_internal_value(self, data: Any) -> Any:
        """The code."""
        if not isinstance(data, str):
            self.fail("invalid_choice", input=data)
        return super().to_internal_value(data)


class Wrong(serializers.Serializer[Any]):
    """One field that cannot be accepted."""

    field = serializers.CharField(help_text="Its path, or the id of the question.")
    code = serializers.CharField()
    detail = serializers.CharField()


class Problem(serializers.Serializer[Any]):
    """A refusal (RFC 9457)."""

    type = serializers.URLField(help_text="Stable; its page says what to do.")
    code = serializers.CharField(help_text="The last part of the type.")
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    todo = serializers.CharField(help_text="What to do about it.")
    errors = Wrong(many=True)  # type: ignore[assignment]
    request_id = serializers.CharField(help_text="Name it when you ask us.")
