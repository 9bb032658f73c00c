"""Development only: brings the catalogues in line with the sources and compiles them. Needs xgettext and polib.

The portal itself needs neither: it reads the .mo files, which are in the repository.
"""

import copy
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.core.management.base import BaseCommand

# Our own apps, not those of libraries: no text of an app can be forgotten.
APPS = [app for app in settings.INSTALLED_APPS if Path(settings.BASE_DIR, app).is_dir()]
FOLDERS = (*APPS, "templates")
Key = tuple[str | None, str, str]


class Command(BaseCommand):
    """`make_catalogues`: what the sources no longer say goes, what is new is added without a translation."""

    help = __doc__.partition("\n")[0]

    def handle(self, *args: Any, **options: Any) -> None:
        sources = extract()
        for code, _name in settings.LANGUAGES:
            if code == settings.LANGUAGE_CODE:
                continue
            path = catalogue(code)
            merged = merge(polib.pofile(str(path), wrapwidth=0), sources)
            merged.save(str(path))
            merged.save_as_mofile(str(path.with_suffix(".mo")))
            left = len(merged.untranslated_entries())
            self.stdout.write(f"{code}: {len(merged)} texts, {left} without a translation")


def catalogue(code: str) -> Path:
    """Where the catalogue of a language is."""
    return Path(settings.LOCALE_PATHS[0], code, "LC_MESSAGES", "django.po")


def key(entry: polib.POEntry) -> Key:
    """What a translation hangs on: the context, the text, its plural."""
    return (entry.msgctxt, entry.msgid, entry.msgid_plural)


def extract() -> polib.POFile:
    """Every text in the sources, in their order: Django's makemessages over a copy, so that nothing here is written.

    Raises CalledProcessError where xgettext is missing.
    """
    with tempfile.TemporaryDirectory(prefix="catalogues-") as scratch:
        for folder in FOLDERS:
            shutil.copytree(Path(settings.BASE_DIR, folder), Path(scratch, folder))
        Path(scratch, "locale").mkdir()
        command = [sys.executable, "-m", "django", "makemessages", "-l", "xx", "--no-location", "--no-wrap"]
        bare = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
        subprocess.run(command, cwd=scratch, env=bare, check=True, capture_output=True)  # noqa: S603
        return polib.pofile(str(Path(scratch, "locale", "xx", "LC_MESSAGES", "django.po")), wrapwidth=0)


def merge(old: polib.POFile, sources: polib.POFile) -> polib.POFile:
    """The texts of the sources with the translations that are there. Nothing is guessed: no entry is ever fuzzy."""
    known = {key(entry): entry for entry in old if not entry.obsolete}
    merged = polib.POFile(wrapwidth=0)
    merged.header, merged.metadata = old.header, {**old.metadata}
    merged.metadata.pop("POT-Creation-Date", None)  # it would change at every run
    for source in sources:
        entry, found = copy.copy(source), known.get(key(source))
        if found is not None:
            entry.msgstr, entry.msgstr_plural = found.msgstr, found.msgstr_plural
            entry.tcomment = found.tcomment
        merged.append(entry)
    return merged
