"""Path converters."""

from base.references import normalize_reference


class ReferenceConverter:
    """Accepts what people type. An unknown and a mistyped reference reach the same view and the same 404."""

    regex = r"[Ff][Aa]-[0-9A-Za-z]{4}-[0-9A-Za-z]{4}"

    def to_python(self, value: str) -> str:
        return normalize_reference(value) or value.upper()

    def to_url(self, value: str) -> str:
        return value
