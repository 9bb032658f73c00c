"""What a request is found by: its words in a table beside it, so that a change of status does not index them anew."""

import re
from typing import Any, Final

from django.db import models

from standards.models.wording import as_it_sorts

_WORD: Final = re.compile(r"[^\W_]+")


class RequestWords(models.Model):
    """The words of title and organization: no capitals, no accents, a space before each."""

    request = models.OneToOneField("requests.Request", models.CASCADE, primary_key=True, related_name="words")
    text = models.TextField()

    def __str__(self) -> str:
        return self.text


@models.TextField.register_lookup
class HasWord(models.Lookup):
    """Whether a word begins like this one. PostgreSQL has an index for it (migration 0016)."""

    lookup_name = "has_word"

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """With full-text search."""
        return self._written(compiler, connection, "to_tsvector('simple', {}) @@ to_tsquery('simple', {} || ':*')")

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """Letter by letter."""
        return self._written(compiler, connection, "instr({}, ' ' || {}) > 0")

    def _written(self, compiler: Any, connection: Any, form: str) -> tuple[str, tuple[Any, ...]]:
        text, of_text = self.process_lhs(compiler, connection)
        word, of_word = self.process_rhs(compiler, connection)
        return form.format(text, word), (*of_text, *of_word)


def words_in(text: str) -> list[str]:
    """The words of `text` as they are compared."""
    return _WORD.findall(as_it_sorts(text))


def as_indexed(*texts: str) -> str:
    """The words of these texts as they are stored."""
    return "".join(f" {word}" for text in texts for word in words_in(text))
