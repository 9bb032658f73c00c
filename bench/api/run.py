"""How fast the API is beside a floor: a plain Django REST framework project over a table of the same size.

    python bench/api/run.py [COUNT] [SECONDS] [ROUNDS] [keep]

Needs PostgreSQL on 127.0.0.1:5432 (POSTGRES_URL: another server) and Redis (REDIS_URL). Makes the databases
bench_api_COUNT and bench_floor_COUNT, fills them, starts gunicorn with two workers on each, drives both in one
interleaved run (bench/loadclient.py), and drops the databases; with "keep" it uses those that an earlier run left, and
leaves them.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Any

import psycopg2

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
SERVER = os.environ.get("POSTGRES_URL", "postgres://postgres@127.0.0.1:5432")
REDIS = os.environ.get("REDIS_URL", "redis://127.0.0.1:6379/15")
PORTS = {"portal": 8801, "floor": 8802}
WORKERS = "2"

FLOOR = """
INSERT INTO floor_organization (id, name)
SELECT n, CASE n WHEN 0 THEN 'Confederation (fictional)' ELSE 'Union ' || n || ' (fictional)' END
FROM generate_series(0, 560) n;
INSERT INTO floor_ticket (id, reference, organization_id, status, kind, country, title, text, created_at, words)
SELECT id, reference, organization_id, status, kind, country, title, text, created_at, to_tsvector('simple', title)
FROM (
  SELECT n AS id, 'T-' || n AS reference,
    CASE WHEN random() < 0.3 THEN 0 ELSE (random() * 560)::int END AS organization_id,
    (ARRAY['sent', 'in_examination', 'question_out', 'accepted', 'closed', 'withdrawn'])[1 + n % 6] AS status,
    (ARRAY['seminar', 'draft_law', 'opinion', 'direct_contacts', 'visit', 'not_sure'])[1 + (n / 7) % 6] AS kind,
    (ARRAY['AF','AL','DZ','AO','AG','AR','AM','AU','AT','AZ','BS','BH','BD','BB','BY','BE','BZ','BJ','BO','BA'])
      [1 + (n / 11) % 20] AS country,
    CASE WHEN n % 10000 = 1 THEN 'lighthouse ' ELSE '' END
      || CASE WHEN n % 10 < 9 THEN 'registration' ELSE 'bargaining' END || ' in sector ' || n % 997 AS title,
    repeat('What is asked, in some words. ', 16) AS text,
    TIMESTAMPTZ '2016-01-01' + n * INTERVAL '10 years' / {count} AS created_at
  FROM generate_series(1, {count}) n
) made;
SELECT setval(pg_get_serial_sequence('floor_ticket', 'id'), {count} + 1);
"""


def on_server(statement: str, database: str = "postgres") -> list[str]:
    """The first column of what one statement, outside a transaction, answers."""
    connection = psycopg2.connect(f"{SERVER}/{database}")
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(statement)
        answer = [str(row[0]) for row in cursor.fetchall()] if cursor.description else []
    connection.close()
    return answer


def names(count: int) -> dict[str, str]:
    """The two databases."""
    return {"portal": f"bench_api_{count}", "floor": f"bench_floor_{count}"}


def environment(which: str, count: int, folder: Path) -> dict[str, str]:
    """The variables of one of the two servers."""
    url = f"{SERVER}/{names(count)[which]}"
    if which == "floor":
        return {**os.environ, "DJANGO_SETTINGS_MODULE": "bench.api.floor.settings", "FLOOR_URL": url}
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "ta_portal.settings",
        "DATABASE_URL": url,
        "REDIS_URL": REDIS,
        "SECRET_KEY": "only for this measurement, long enough for the guard of production settings",
        "ALLOWED_HOSTS": "127.0.0.1",
        "PORTAL_URL": "https://127.0.0.1",
        "SECURE_SSL_REDIRECT": "false",
        "VAR_DIR": str(folder / "var"),
        "LOG_LEVEL": "WARNING",
        "API_READS_A_MINUTE": "100000000",
        "API_CHANGES_A_MINUTE": "100000000",
    }


def fill(count: int, folder: Path) -> dict[str, str]:
    """Make and fill both databases, unless an earlier run left them; the keys and references to call with."""
    kept = HERE.parent.parent / "var" / f"bench_api_{count}.json"
    there = on_server("SELECT datname FROM pg_database")
    if kept.exists() and set(names(count).values()) <= set(there):
        return dict(json.loads(kept.read_text()))
    for name in names(count).values():
        on_server(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        on_server(f"CREATE DATABASE {name}")
    python = [sys.executable, str(HERE / "fill.py"), str(count)]
    made = subprocess.run(python, env=environment("portal", count, folder), cwd=ROOT, check=True, capture_output=True)
    manage = [sys.executable, "-m", "django", "migrate", "--run-syncdb", "-v0"]
    subprocess.run(manage, env=environment("floor", count, folder), cwd=ROOT, check=True)
    on_server(FLOOR.format(count=count), names(count)["floor"])
    on_server("VACUUM ANALYZE", names(count)["floor"])
    kept.parent.mkdir(exist_ok=True)
    kept.write_bytes(made.stdout)
    return dict(json.loads(made.stdout))


def start(which: str, count: int, folder: Path) -> "subprocess.Popen[bytes]":
    """One server, once it answers."""
    module = "ta_portal.wsgi" if which == "portal" else "bench.api.floor.wsgi"
    command = [sys.executable, "-m", "gunicorn", module, "-b", f"127.0.0.1:{PORTS[which]}", "-w", WORKERS, "--preload"]
    command += ["--pid", str(folder / f"{which}.pid"), "--log-level", "warning", "--keep-alive", "5"]
    running = subprocess.Popen(command, env=environment(which, count, folder), cwd=ROOT)
    for _try in range(100):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{PORTS[which]}/nothing/", timeout=1)
        except urllib.error.HTTPError:
            return running
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"{which} does not answer")


def bearer(key: str) -> dict[str, str]:
    """The header of a key."""
    return {"Authorization": f"Bearer {key}"}


def call(path: str, key: str) -> Any:
    """An answer of the portal as JSON."""
    asked = urllib.request.Request(f"http://127.0.0.1:{PORTS['portal']}{path}", headers=bearer(key))
    return json.load(urllib.request.urlopen(asked, timeout=60))


def page_1000(key: str) -> str:
    """The address of page 1,000, reached as anybody reaches it, 100 rows at a time; empty where there is none."""
    at = "/api/v1/requests/?limit=100"
    for _page in range(250):
        further = call(at, key)["next"]
        if further is None:
            return ""
        at = "/api/v1/requests/" + further.partition("/api/v1/requests/")[2]
    return at.replace("limit=100", "limit=25")


def plan(made: dict[str, str], folder: Path, count: int) -> dict[str, Any]:
    """What is asked of both."""
    targets = [
        {
            "name": which,
            "base": f"http://127.0.0.1:{PORTS[which]}",
            "pidfile": str(folder / f"{which}.pid"),
            "pg_dsn": f"{SERVER}/{names(count)[which]}",
        }
        for which in ("floor", "portal")
    ]
    key, three = bearer(made["writer"]), "?status=sent&kind=visit&country=AL"
    v1, deep = "/api/v1/requests/", page_1000(made["writer"])
    new = {"kind": "visit", "country": "CM", "title": "A visit"}
    ticket = {"reference": "{{uuid}}", "organization": 1, "status": "sent", "created_at": "2026-11-22T00:00:00Z"}
    ticket |= {"kind": "visit", "country": "CM", "title": "A visit", "text": "x"}

    def case(name: str, floor: str, portal: str, **more: Any) -> dict[str, Any]:
        asked = {"floor": {"path": floor}, "portal": {"path": portal, "headers": more.pop("headers", key)}}
        return {"name": name, "path": "", "targets": asked, **more}

    create = case("create", "/create/", v1, method="POST", expect=201)
    create["targets"]["floor"]["json"] = ticket
    create["targets"]["portal"] |= {"json": new, "headers": {**key, "Idempotency-Key": "{{uuid}}"}}
    return {
        "targets": targets,
        "cases": [
            case("list", "/usual/", v1),
            case("best floor", "/best/", v1),
            case("officer, all", "/usual/", v1, headers=bearer(made["officer"])),
            case("three filters", f"/usual/{three}", f"{v1}{three}"),
            *([case("page 1000", "/usual/?page=1000", deep)] if deep else []),
            case("rare word", "/usual/?q=lighthouse", f"{v1}?q=lighthouse"),
            case("common word", "/usual/?q=registration", f"{v1}?q=registration"),
            case("one", "/one/T-77/", f"{v1}{made['one']}/"),
            create,
        ],
    }


def main(count: int, seconds: str, rounds: str, keep: bool) -> None:
    """Fill, start, drive, stop."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = fill(count, folder)
        collect = [sys.executable, "manage.py", "collectstatic", "--noinput", "-v0"]
        subprocess.run(collect, env=environment("portal", count, folder), cwd=ROOT, check=True)
        running = [start(which, count, folder) for which in PORTS]
        try:
            (folder / "plan.json").write_text(json.dumps(plan(made, folder, count)))
            drive = [sys.executable, str(ROOT / "bench" / "loadclient.py"), str(folder / "plan.json")]
            subprocess.run([*drive, "-c", "4", "-d", seconds, "-r", rounds], check=False)
        finally:
            for server in running:
                server.terminate()
                server.wait()
    if not keep:
        for database in names(count).values():
            on_server(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")
        (ROOT / "var" / f"bench_api_{count}.json").unlink(missing_ok=True)


if __name__ == "__main__":
    given = [word for word in sys.argv[1:] if word != "keep"] + ["", "", ""]
    main(int(given[0] or 100_000), given[1] or "3", given[2] or "5", "keep" in sys.argv)
