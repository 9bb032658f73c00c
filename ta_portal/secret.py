"""The try-out's own signing key. Production names its key in SECRET_KEY."""

import os
import secrets
from pathlib import Path


def tryout_key(folder: Path) -> str:
    """Return the key kept in `folder`, making one at the first start. Two processes that race read the same key."""
    path = folder / "secret-key"
    folder.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        fresh = folder / f"secret-key.{os.getpid()}"
        fresh.write_text(secrets.token_urlsafe(50))
        fresh.chmod(0o600)
        try:
            os.link(fresh, path)
        except FileExistsError:
            pass
        fresh.unlink()
    return path.read_text()
