"""Makes ready what the portal needs before its first page: tables, reference data, units, sample cast, static files."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from accounts import samples


def prepare() -> None:
    """Bring database and static files up to this code. Every step may be repeated."""
    call_command("migrate", interactive=False, verbosity=0)
    call_command("load_reference", verbosity=0)
    call_command("load_supervisory", verbosity=0)
    if settings.PRODUCTION:
        call_command("sync_units")  # says which units have no address yet
    else:
        samples.load_samples()  # with the units, whose addresses are those of the sample officers
    collect_static()


def collect_static() -> None:
    """Collect the static files when one of them changed since they were collected last."""
    stamp = Path(settings.STATIC_ROOT, ".collected")
    current = digest_of_static()
    if stamp.exists() and stamp.read_text() == current:
        return
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(current)


def digest_of_static() -> str:
    """Name the state of all static files by their paths, sizes and times."""
    found = []
    for finder in get_finders():
        for path, storage in finder.list([]):
            about = Path(storage.path(path)).stat()
            found.append(f"{path} {about.st_size} {about.st_mtime_ns}")
    return hashlib.sha256("\n".join(sorted(found)).encode()).hexdigest()


def sample_log_ins() -> list[str]:
    """One line for each person of the sample cast, and the password of all; none in production."""
    if settings.PRODUCTION:
        return []
    return [f"  {person.email:28} {person.name}" for person in samples.PEOPLE] + [f"  Password: {samples.PASSWORD}"]
