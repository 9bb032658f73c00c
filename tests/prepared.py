"""A migrated test database that is kept from one run to the next: on SQLite, a file that is copied.

`migrate` runs on the copy all the same, finds nothing to do, and installs what it installs at its end. What a change of
models, migrations or triggers would make stale has another name. `--create-db` makes a new one.
"""

import hashlib
import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.db import connection

# What a migrated database follows from: these files of our own, and the libraries with tables.
MADE_FROM = ("*/migrations/*.py", "*/models/**/*.py", "*/models.py", "*/apps.py", "requests_app/append_only.py")
LIBRARIES = ("django", "django-allauth")


def sources(root: Path) -> Iterator[Path]:
    """The files below `root` from which the database is made, in order."""
    for pattern in MADE_FROM:
        yield from sorted(root.glob(pattern))


def name_of(files: Iterable[Path]) -> str:
    """A name that another content of the files, another library or another Python changes."""
    digest = hashlib.sha256(repr((sys.version, *map(version, LIBRARIES))).encode())
    for file in files:
        digest.update(f"\n{file}\n".encode() + file.read_bytes())
    return f"{digest.hexdigest()[:32]}.sqlite3"


def kept_in(folder: Path) -> Path:
    """Where the database of today's sources is kept, whether it is there yet or not."""
    return folder / name_of(sources(Path(settings.BASE_DIR)))


def bring(folder: Path) -> bool:
    """Put a copy where Django looks for the test database; False when none is kept."""
    kept = kept_in(folder)
    if not kept.exists():
        return False
    shutil.copyfile(kept, connection.settings_dict["TEST"]["NAME"])
    return True


def keep(folder: Path) -> None:
    """Keep the test database, just migrated, in place of older ones; another process may do the same meanwhile."""
    kept = kept_in(folder)
    if kept.exists():
        return
    mine = folder / f"{os.getpid()}.new"
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(mine)])
    for old in folder.glob("*.sqlite3"):
        old.unlink(missing_ok=True)
    mine.replace(kept)
