"""Private files under random names, in one folder that no address reaches. What a file is called stands elsewhere."""

import os
import re
import secrets
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings

NAME = re.compile(r"[0-9a-f]{32}", re.ASCII)


def new_name() -> str:
    """A random name of 32 signs."""
    return secrets.token_hex(16)


def path_of(name: str) -> Path:
    """Where the file of this name lies. Raises ValueError for whatever is no name of ours."""
    if not NAME.fullmatch(name):
        raise ValueError("not a name of the store")
    return Path(settings.DOCUMENTS_ROOT, name)


def create(name: str) -> int:
    """An open descriptor of a new file that this account alone may read. Raises OSError, also where it is there."""
    path = path_of(name)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)


def remove(name: str) -> None:
    """Delete the file; one that is gone is no error."""
    path_of(name).unlink(missing_ok=True)


def older_than(moment: datetime) -> Iterator[str]:
    """The names of the files that were last written before `moment`; what is no file of ours is left alone."""
    folder = Path(settings.DOCUMENTS_ROOT)
    if not folder.is_dir():
        return
    for path in folder.iterdir():
        if NAME.fullmatch(path.name) and path.stat().st_mtime < moment.timestamp():
            yield path.name
