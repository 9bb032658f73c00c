"""The catalogues: whole, sound, and the .mo files the same as the .po files. Reading the sources needs xgettext."""

import re
import shutil
import string
from collections.abc import Iterator
from pathlib import Path

import django
import polib
import pytest
from django.conf import settings

from ta_portal.management.commands.make_catalogues import catalogue, extract, key

TRANSLATED = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE and catalogue(code).exists()]
NAMED = re.compile(r"%(?:\((\w+)\))?[sdif]")
# Words that turn readers away; terms of the supervisory system and media types that contain them are no such words.
TERMS = re.compile(
    r"application of (the principles|freedom of association|an instrument)|submi(tted|ssion) to the competent"
    r"|soumis(sion)? aux autorités|sumisión a las autoridades"
    r"|\bapplication/(problem\+)?json",
    re.IGNORECASE,
)
FORBIDDEN = {
    "en": r"\b(applications?|applicants?|submit\w*|submission|invalid|mandatory|please|required|users?)\b",
    "fr": r"\b(soum(et|is)\w*|invalides?|obligatoires?|utilisat(eur|rice)s?)\b",
    "es": r"\b(somet\w+|sumisión|inválid\w+|obligatori[oa]s?|usuari[oa]s?)\b",
}


@pytest.fixture(params=TRANSLATED)
def entries(request: pytest.FixtureRequest) -> polib.POFile:
    return polib.pofile(str(catalogue(request.param)))


@pytest.fixture(scope="module")
def sources() -> polib.POFile:
    if not shutil.which("xgettext"):
        pytest.skip("needs xgettext (Debian's gettext) to read the sources")
    return extract()


def texts(entry: polib.POEntry) -> list[str]:
    """The translation of an entry: its one form, or all its plural forms."""
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def placeholders(text: str) -> set[str]:
    """What is filled in when the text is shown: %(name)s, %s, {name}."""
    percent = {name or "%" for name in NAMED.findall(text.replace("%%", ""))}
    try:
        braces = {f"{{{name}}}" for _text, name, _spec, _conversion in string.Formatter().parse(text) if name}
    except ValueError:
        braces = set()
    return percent | braces


def wrong_placeholders(entry: polib.POEntry) -> Iterator[str]:
    """Forms that fill in something else than the source; a plural's form may write its number as a word."""
    for form in texts(entry):
        source = placeholders(entry.msgid) | placeholders(entry.msgid_plural)
        missing, strange = source - placeholders(form), placeholders(form) - source
        if strange or (missing and not entry.msgid_plural) or len(missing) > 1:
            yield f"{form!r}: without {sorted(missing)}, with {sorted(strange)}"


def test_every_language_has_its_catalogue() -> None:
    assert TRANSLATED


def test_no_translation_is_a_guess_or_left_over(entries: polib.POFile) -> None:
    assert [entry.msgid for entry in entries if entry.fuzzy or entry.obsolete] == []


def test_what_is_compiled_is_what_is_written(entries: polib.POFile) -> None:
    compiled = polib.mofile(re.sub("po$", "mo", entries.fpath))
    assert {key(entry): texts(entry) for entry in compiled} == {
        key(entry): texts(entry) for entry in entries.translated_entries()
    }


def test_every_plural_form_is_written(entries: polib.POFile) -> None:
    number = int(re.search(r"nplurals=(\d)", entries.metadata["Plural-Forms"])[1])
    wrong = [entry.msgid for entry in entries if entry.msgid_plural and len(list(filter(None, texts(entry)))) != number]
    assert wrong == []


def test_the_plural_of_a_language_is_the_one_that_django_knows(entries: polib.POFile) -> None:
    """A million is many in French and Spanish, two are not."""
    folder = Path(django.__file__).parent / "conf" / "locale" / entries.metadata["Language"]
    own = polib.pofile(str(folder / "LC_MESSAGES" / "django.po"))
    strip = str.maketrans("", "", " ();")
    assert entries.metadata["Plural-Forms"].translate(strip) == own.metadata["Plural-Forms"].translate(strip)


def test_every_placeholder_is_filled_in(entries: polib.POFile) -> None:
    assert [wrong for entry in entries.translated_entries() for wrong in wrong_placeholders(entry)] == []


def test_texts_begin_and_end_alike(entries: polib.POFile) -> None:
    def ends(text: str) -> tuple[str, str]:
        return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]

    assert [
        entry.msgid for entry in entries if any(form and ends(form) != ends(entry.msgid) for form in texts(entry))
    ] == []


def test_no_translation_uses_a_word_that_turns_readers_away(entries: polib.POFile) -> None:
    words = re.compile(FORBIDDEN[entries.metadata["Language"]], re.IGNORECASE)
    assert [form for entry in entries for form in texts(entry) if words.search(TERMS.sub("", form))] == []


def test_no_source_uses_a_word_that_turns_readers_away(sources: polib.POFile) -> None:
    words = re.compile(FORBIDDEN["en"], re.IGNORECASE)
    found = [
        text for entry in sources for text in (entry.msgid, entry.msgid_plural) if words.search(TERMS.sub("", text))
    ]
    assert found == []


def test_nothing_in_the_sources_is_left_without_a_translation(entries: polib.POFile, sources: polib.POFile) -> None:
    translated = {key(entry) for entry in entries.translated_entries()}
    assert [entry.msgid for entry in sources if key(entry) not in translated] == []


@pytest.mark.parametrize(
    ("msgid", "msgstr"),
    [("%(a)s and %(b)s", "%(a)s"), ("Up to {limit}", "Jusqu’à {limite}"), ("%s days", "jours"), ("a", "%(a)s")],
)
def test_the_check_of_placeholders_sees_each_fault(msgid: str, msgstr: str) -> None:
    assert list(wrong_placeholders(polib.POEntry(msgid=msgid, msgstr=msgstr)))
