"""Settings of the tests: nothing that is set for running reaches them, each process has folders of its own.

TEST_DATABASE_URL, TEST_REDIS_URL: the engines to test on; SQLite and a folder without them.
TEST_VAR_DIR: the folder of another test process, for a worker or a server that a test starts.
"""

import atexit
import os
import re
import shutil
import tempfile
from pathlib import Path

TEST_ENGINES = {name: os.environ.get(f"TEST_{name}", "") for name in ("DATABASE_URL", "REDIS_URL")}
for name in ("DATABASE_URL", "DEBUG", "SECRET_KEY", "ALLOWED_HOSTS", "EMAIL_URL", "PORTAL_URL"):
    os.environ.pop(name, None)
for name in ("WEBHOOK_LOCAL_HOSTS", "WEBHOOK_PORTS", "WEBHOOK_CA_FILE"):
    os.environ.pop(name, None)
# Each process beside the first has a Redis database of its own: a test that empties the cache empties all of it.
worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
os.environ["REDIS_URL"] = re.sub(r"/(\d+)$", lambda db: f"/{int(db[1]) + worker}", TEST_ENGINES["REDIS_URL"])
os.environ["VAR_DIR"] = os.environ.get("TEST_VAR_DIR") or tempfile.mkdtemp(prefix="ta-portal-tests-")
if "TEST_VAR_DIR" not in os.environ:
    atexit.register(shutil.rmtree, os.environ["VAR_DIR"], ignore_errors=True)

from ta_portal.settings import *  # noqa: E402, F403
from ta_portal.settings import STORAGES, VAR_DIR, database  # noqa: E402

DATABASES = {"default": database(TEST_ENGINES["DATABASE_URL"])}
if not TEST_ENGINES["DATABASE_URL"]:
    # A file: threads of a live server and of a race see one database, as in the try-out.
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
Path(VAR_DIR, "static").mkdir(parents=True, exist_ok=True)
