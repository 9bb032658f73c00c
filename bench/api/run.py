"""How fast the API is beside a floor: a plain Django REST framework project over a table of the same size.

    python bench/api/run.py [COUNT] [SECONDS] [ROUNDS] [tenfold] [keep]

Needs PostgreSQL on 127.0.0.1:5432 (POSTGRES_URL: another server) and Redis (REDIS_URL). Makes the databases
bench_api_COUNT and bench_floor_COUNT, fills them, starts gunicorn with two workers on each, drives both in one
interleaved run (bench/loadclient.py), prints the table of bench/README.md, and drops the databases. With "tenfold" the
portal with ten times as many requests is driven beside them; with "keep" the databases of an earlier run are used, and
stay.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg2

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
SERVER = os.environ.get("POSTGRES_URL", "postgres://postgres@127.0.0.1:5432")
REDIS = os.environ.get("REDIS_URL", "redis://127.0.0.1:6379/15")
WORKERS = "2"
# What is asked, and the ratio of throughput that it is to reach: ../shared/performance.md, 4.
GOALS = {
    "list": 2.5,
    "list, beside best": None,
    "list, all": 2,
    "three filters": 4,
    "page 1,000": 6,
    "search, rare word": 1,
    "search, common word": 5,
    "one request": 0.6,
    "create a draft": 0.6,
}


@dataclass(frozen=True)
class Server:
    """One of the servers that are driven: the portal or the floor, over so many requests."""

    name: str
    port: int
    count: int

    @property
    def is_floor(self) -> bool:
        return self.name == "floor"

    @property
    def database(self) -> str:
        return f"bench_{'floor' if self.is_floor else 'api'}_{self.count}"


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


def environment(server: Server, folder: Path) -> dict[str, str]:
    """The variables of one of the servers."""
    url = f"{SERVER}/{server.database}"
    if server.is_floor:
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


def kept_in(server: Server) -> Path:
    """Where the keys and references of a filled portal stand."""
    return ROOT / "var" / f"{server.database}.json"


def fill(server: Server, folder: Path) -> dict[str, str]:
    """Make and fill its database, unless an earlier run left it; the keys and references to call with."""
    kept = kept_in(server)
    if kept.exists() and server.database in on_server("SELECT datname FROM pg_database"):
        return dict(json.loads(kept.read_text()))
    on_server(f"DROP DATABASE IF EXISTS {server.database} WITH (FORCE)")
    on_server(f"CREATE DATABASE {server.database}")
    made = b"{}"
    if server.is_floor:
        manage = [sys.executable, "-m", "django", "migrate", "--run-syncdb", "-v0"]
        subprocess.run(manage, env=environment(server, folder), cwd=ROOT, check=True)
        on_server(FLOOR.format(count=server.count), server.database)
        on_server("VACUUM ANALYZE", server.database)
    else:
        python = [sys.executable, str(HERE / "fill.py"), str(server.count)]
        done = subprocess.run(python, env=environment(server, folder), cwd=ROOT, check=True, capture_output=True)
        made = done.stdout
    kept.parent.mkdir(exist_ok=True)
    kept.write_bytes(made)
    return dict(json.loads(made))


def start(server: Server, folder: Path) -> "subprocess.Popen[bytes]":
    """One server, once it answers."""
    module = "bench.api.floor.wsgi" if server.is_floor else "ta_portal.wsgi"
    command = [sys.executable, "-m", "gunicorn", module, "-b", f"127.0.0.1:{server.port}", "-w", WORKERS, "--preload"]
    command += ["--pid", str(folder / f"{server.name}.pid"), "--log-level", "warning", "--keep-alive", "5"]
    running = subprocess.Popen(command, env=environment(server, folder), cwd=ROOT)
    for _try in range(100):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{server.port}/nothing/", timeout=1)
        except urllib.error.HTTPError:
            return running
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"{server.name} does not answer")


def bearer(key: str) -> dict[str, str]:
    """The header of a key."""
    return {"Authorization": f"Bearer {key}"}


def page_1000(server: Server, key: str) -> str:
    """The address of page 1,000, reached as anybody reaches it, 100 rows at a time; empty where there is none."""
    at = "/api/v1/requests/?limit=100"
    for _page in range(250):
        asked = urllib.request.Request(f"http://127.0.0.1:{server.port}{at}", headers=bearer(key))
        further = json.load(urllib.request.urlopen(asked, timeout=60))["next"]
        if further is None:
            return ""
        at = "/api/v1/requests/" + further.partition("/api/v1/requests/")[2]
    return at.replace("limit=100", "limit=25")


def plan(made: dict[Server, dict[str, str]], folder: Path) -> dict[str, Any]:
    """What is asked of each."""
    postgres = Path(on_server("SHOW data_directory")[0]) / "postmaster.pid"
    targets = [
        {
            "name": server.name,
            "base": f"http://127.0.0.1:{server.port}",
            "pidfile": str(folder / f"{server.name}.pid"),
            "pg_pidfile": str(postgres),
        }
        for server in made
    ]
    v1, three = "/api/v1/requests/", "?status=sent&kind=visit&country=AL"
    deep = {server: page_1000(server, held["writer"]) for server, held in made.items() if not server.is_floor}
    ticket = {"reference": "{{uuid}}", "organization": 1, "status": "sent", "created_at": "2026-11-22T00:00:00Z"}
    ticket |= {"kind": "visit", "country": "CM", "title": "A visit", "text": "x"}

    def case(name: str, floor: str, path: Callable[[Server], str], who: str = "writer", **more: Any) -> dict[str, Any]:
        asked = {
            server.name: {"path": floor} if server.is_floor else {"path": path(server), "headers": bearer(held[who])}
            for server, held in made.items()
        }
        return {"name": name, "path": "", "targets": asked, **more}

    create = case("create a draft", "/create/", lambda _server: v1, method="POST", expect=201)
    for server, held in made.items():
        asked = create["targets"][server.name]
        asked["json"] = ticket if server.is_floor else {"kind": "visit", "country": held["of"], "title": "A visit"}
        asked.setdefault("headers", {})["Idempotency-Key"] = "{{uuid}}"
    return {
        "targets": targets,
        "cases": [
            case("list", "/usual/", lambda _server: v1),
            case("list, beside best", "/best/", lambda _server: v1),
            case("list, all", "/usual/", lambda _server: v1, "officer"),
            case("three filters", f"/usual/{three}", lambda _server: v1 + three),
            *([case("page 1,000", "/usual/?page=1000", lambda server: deep[server])] if all(deep.values()) else []),
            case("search, rare word", "/usual/?q=lighthouse", lambda _server: f"{v1}?q=lighthouse"),
            case("search, common word", "/usual/?q=registration", lambda _server: f"{v1}?q=registration"),
            case("one request", "/one/T-77/", lambda server: f"{v1}{made[server]['one']}/"),
            create,
        ],
    }


def table(rows: list[dict[str, Any]]) -> str:
    """The results in Markdown, in the columns of bench/README.md."""
    lines = [
        "| call | floor r/s | portal r/s | ratio | goal | p50 ms, floor / portal | CPU ms a call: Python, PostgreSQL "
        "| ten times the rows: p50 |",
        "| --- | --: | --: | --: | --: | --: | --: | --: |",
    ]
    for name, goal in GOALS.items():
        found = {row["target"]: row for row in rows if row["case"] == name}
        if not found:
            continue
        floor, portal, tenfold = found["floor"], found["portal"], found.get("tenfold")
        more = f"{tenfold['p50_ms'] / portal['p50_ms']:.2f} ×" if tenfold else "–"
        lines.append(
            f"| {name} | {floor['rps']:.0f} | {portal['rps']:.0f} | {portal['rps'] / floor['rps']:.2f} | {goal or '–'} "
            f"| {floor['p50_ms']:.1f} / {portal['p50_ms']:.1f} "
            f"| {portal['app_cpu_ms']:.1f}, {portal['db_cpu_ms'] or 0:.1f} | {more} |"
        )
    memory = {row["target"]: row["memory"]["pss_mib"] for row in rows}
    return "\n".join([*lines, "", f"Memory of a master and two workers (PSS, MiB): {memory}"])


def main(count: int, seconds: str, rounds: str, *, tenfold: bool, keep: bool) -> None:
    """Fill, start, drive, stop."""
    servers = [Server("floor", 8801, count), Server("portal", 8802, count)]
    servers += [Server("tenfold", 8803, 10 * count)] if tenfold else []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = {server: fill(server, folder) for server in servers}
        collect = [sys.executable, "manage.py", "collectstatic", "--noinput", "-v0"]
        subprocess.run(collect, env=environment(servers[1], folder), cwd=ROOT, check=True)
        running = [start(server, folder) for server in servers]
        try:
            (folder / "plan.json").write_text(json.dumps(plan(made, folder)))
            drive = [sys.executable, str(ROOT / "bench" / "loadclient.py"), str(folder / "plan.json")]
            drive += ["-c", "4", "-d", seconds, "-r", rounds, "--json", str(folder / "rows.json")]
            subprocess.run(drive, check=False)
        finally:
            for server in running:
                server.terminate()
                server.wait()
        print(table(json.loads((folder / "rows.json").read_text())["rows"]))
    if not keep:
        for server in servers:
            on_server(f"DROP DATABASE IF EXISTS {server.database} WITH (FORCE)")
            kept_in(server).unlink(missing_ok=True)


if __name__ == "__main__":
    given = [word for word in sys.argv[1:] if word.isdecimal()] + ["", "", ""]
    words = set(sys.argv[1:])
    main(int(given[0] or 100_000), given[1] or "3", given[2] or "5", tenfold="tenfold" in words, keep="keep" in words)
