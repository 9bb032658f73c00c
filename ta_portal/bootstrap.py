"""Makes the virtual environment of a bare machine. Standard library only: nothing else is there yet.

Packages come from locks with hashes. A stamp in the environment names which locks are in, by content; both commands
share one environment, so a lock is added to it and nothing is taken away.
"""

import fcntl
import hashlib
import os
import subprocess
import sys
import venv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
LOCKS = {"run": "requirements.lock", "test": "requirements-dev.lock"}
MOST_WORKERS = 4
INSTALLER_LOCK = "requirements-uv.lock"
NO_VENV = (
    "Python's own venv module could not make .venv. On Debian and Ubuntu it is a package of its own: "
    "apt-get install python3-venv"
)
NOT_INSTALLED = "The packages could not be installed (see above). Is a package index within reach?"


def needed() -> bool:
    """Whether this process has to find its own packages: not inside a virtual environment, and not forbidden."""
    return sys.prefix == sys.base_prefix and os.environ.get("TA_PORTAL_BOOTSTRAP") != "0"


def enter_environment(command: str, arguments: Sequence[str], root: Path = ROOT) -> None:
    """Install what `command` needs and go on inside the environment; return at once where nothing is needed."""
    if not needed():
        return
    with only_one(root):
        prepare(root / ".venv", root / LOCKS[command])
    enter_what_is_there(arguments, root)


def enter_what_is_there(arguments: Sequence[str], root: Path = ROOT) -> None:
    """Go on inside the environment; return at once where nothing is needed, or nobody has made one."""
    python = root / ".venv" / "bin" / "python"
    if needed() and python.exists():
        os.execv(python, [str(python), str(root / "manage.py"), *arguments])


def become_pytest(arguments: Sequence[str], root: Path = ROOT) -> NoReturn:
    """Replace this process by pytest. The tests' settings are named in pyproject.toml alone."""
    os.environ.pop("DJANGO_SETTINGS_MODULE", None)
    os.chdir(root)
    os.execv(sys.executable, [sys.executable, "-m", "pytest", *on_all_cores(), *arguments])


def on_all_cores() -> list[str]:
    """Arguments for pytest that let each core test one file after the other; later ones such as `-n 0` count more.

    A few cores are enough: each has a database of its own to make, and on a server a Redis of its own.
    """
    return ["-n", str(min(os.cpu_count() or 1, MOST_WORKERS)), "--dist", "loadfile"]


@contextmanager
def only_one(root: Path) -> Iterator[None]:
    """Let a second command wait until the first has installed."""
    folder = os.open(root, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def prepare(environment: Path, lock: Path) -> None:
    """Make `environment` and install `lock`, unless the stamp says that both are there. Ends the process when not."""
    stamp = environment / "installed-locks"
    python = environment / "bin" / "python"
    interpreter, *installed = stamp.read_text().splitlines() if stamp.exists() else [""]
    another_python = bool(interpreter) and interpreter != str(python.resolve())
    if python.exists() and not another_python and fingerprint(lock) in installed:
        return
    make(environment, fresh=another_python or not python.exists())
    stamp.unlink(missing_ok=True)
    install(python, lock)
    # An older state of the other lock is no longer what is in: the lock just installed may have moved its versions.
    current = [fingerprint(path) for path in (lock.parent / name for name in LOCKS.values()) if path.exists()]
    kept = [line for line in installed if line in current and not another_python]
    stamp.write_text("\n".join([str(python.resolve()), *kept, fingerprint(lock)]) + "\n")


def fingerprint(lock: Path) -> str:
    """Name `lock` by its content."""
    return f"{lock.name} {hashlib.sha256(lock.read_bytes()).hexdigest()}"


def make(environment: Path, *, fresh: bool) -> None:
    """Make the virtual environment; `fresh` where its Python is another one, or gone."""
    if (environment / "bin" / "pip").exists() and not fresh:
        return
    print("Making .venv ...", flush=True)
    try:
        venv.EnvBuilder(with_pip=True, symlinks=True, clear=fresh).create(environment)
    except (subprocess.CalledProcessError, ImportError):
        sys.exit(NO_VENV)


def install(python: Path, lock: Path) -> None:
    """Install `lock` with uv, which takes seconds, or with pip where uv cannot be had. Ends the process on failure."""
    print(f"Installing {lock.name} ...", flush=True)
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "-r"]
    uv = [str(python), "-m", "uv", "pip", "install", "--quiet", "--python", str(python), "--require-hashes", "-r"]
    installer = lock.parent / INSTALLER_LOCK
    quick = succeeds([*pip, str(installer)], quiet=True) and succeeds([*uv, str(lock)], quiet=True)
    if not quick and not succeeds([*pip, str(lock)]):
        sys.exit(NOT_INSTALLED)


def succeeds(command: Sequence[str], *, quiet: bool = False) -> bool:
    """Run `command`; whether it ended well."""
    return subprocess.run(command, check=False, stderr=subprocess.DEVNULL if quiet else None).returncode == 0
