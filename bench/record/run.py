"""How long the pages on the supervisory record take with 10,000 and with 100,000 items, in one interleaved run.

    python bench/record/run.py [ROUNDS] [keep]

Needs PostgreSQL on 127.0.0.1:5432 (POSTGRES_URL: another server). Makes the databases bench_record_10000 and
bench_record_100000 there and drops them; with "keep" it uses those that an earlier run left, and leaves them.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import psycopg2

HERE = Path(__file__).resolve().parent
SERVER = os.environ.get("POSTGRES_URL", "postgres://postgres@127.0.0.1:5432")
SIZES = (10_000, 100_000)
Times = dict[int, dict[str, list[dict[str, float]]]]


def on_server(statement: str) -> list[str]:
    """The first column of what one statement, outside a transaction, answers."""
    connection = psycopg2.connect(f"{SERVER}/postgres")
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(statement)
        answer = [row[0] for row in cursor.fetchall()] if cursor.description else []
    connection.close()
    return answer


def databases() -> list[str]:
    """The databases of the server."""
    return on_server("SELECT datname FROM pg_database")


def drop() -> None:
    """Remove what this script makes."""
    for size in SIZES:
        on_server(f"DROP DATABASE IF EXISTS bench_record_{size} WITH (FORCE)")


def start(size: int, folder: str) -> "subprocess.Popen[str]":
    """A process with a new database of its own, which fills it and then waits for rounds."""
    name = f"bench_record_{size}"
    if name not in databases():
        on_server(f"CREATE DATABASE {name}")
    more = {
        "DJANGO_SETTINGS_MODULE": "ta_portal.settings",
        "DATABASE_URL": f"{SERVER}/{name}",
        "SECRET_KEY": "only for this measurement",
        "ALLOWED_HOSTS": "testserver",
        "REDIS_URL": "",
        "VAR_DIR": str(Path(folder, name)),
        "LOG_LEVEL": "ERROR",
    }
    Path(folder, name).mkdir()
    command = [sys.executable, str(HERE / "pages.py"), str(size)]
    return subprocess.Popen(
        command, env={**os.environ, **more}, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def said(process: "subprocess.Popen[str]") -> Any:
    """The next line of a process. Raises SystemExit when it broke."""
    assert process.stdout is not None
    line = process.stdout.readline()
    if not line:
        raise SystemExit("a measuring process broke")
    return json.loads(line)


def round_of(process: "subprocess.Popen[str]") -> Any:
    """Every page once."""
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()
    return said(process)


def main(rounds: int, folder: str) -> None:
    processes = {size: start(size, folder) for size in SIZES}
    try:
        first = {size: said(process) for size, process in processes.items()}
        times: Times = {size: {name: [] for name in first[size]["pages"]} for size in SIZES}
        print("load before:", *(f"{load:.1f}" for load in os.getloadavg()), flush=True)
        for _round in range(rounds):
            for size, process in processes.items():
                for name, taken in round_of(process).items():
                    times[size][name].append(taken)
        print("load after:", *(f"{load:.1f}" for load in os.getloadavg()))
    finally:
        for process in processes.values():
            process.kill()
            process.wait()
    for size in SIZES:
        print(json.dumps(first[size]["counted"]))
    print_table(first, times)


def print_table(first: dict[int, Any], times: Times) -> None:
    """Both sizes side by side; the ratio is that of the medians."""
    small, large = SIZES
    print("| page | p50 ms | p95 ms | CPU: Python | CPU: PostgreSQL | queries | bytes, gzip | p50 ratio |")
    print("| --- |", " | ".join(["--:"] * 7), "|")
    for name in first[small]["pages"]:
        held = {
            size: {what: [one[what] for one in times[size][name]] for what in ("ms", "own", "db")} for size in SIZES
        }
        p50, own, database = (
            {size: statistics.median(held[size][what]) for size in SIZES} for what in ("ms", "own", "db")
        )
        p95 = {size: statistics.quantiles(held[size]["ms"], n=20)[18] for size in SIZES}
        found = {size: first[size]["pages"][name] for size in SIZES}
        cells = [
            f"{p50[small]:.0f} / {p50[large]:.0f}",
            f"{p95[small]:.0f} / {p95[large]:.0f}",
            f"{own[small]:.0f} / {own[large]:.0f}",
            f"{database[small]:.0f} / {database[large]:.0f}",
            f"{found[small]['queries']} / {found[large]['queries']}",
            f"{found[small]['bytes']:,} / {found[large]['bytes']:,}",
            f"{p50[large] / p50[small]:.2f}",
        ]
        print(f"| {name} |", " | ".join(cells), "|")


if __name__ == "__main__":
    KEEP = "keep" in sys.argv
    if not KEEP:
        drop()
    with tempfile.TemporaryDirectory(prefix="ta-portal-bench-") as made:
        try:
            main(int(next((word for word in sys.argv[1:] if word.isdecimal()), "40")), made)
        finally:
            if not KEEP:
                drop()
