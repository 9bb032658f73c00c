#!/usr/bin/env python3
"""Closed-loop HTTP load client for A/B measurements on one small machine.

Standard library only.  Give it one plan file (JSON) with one or more targets
and a list of cases; it runs every case against every target, interleaved and
with the order of targets reversed every other round, so that a noisy machine
hits both sides alike.  It reports medians over rounds of throughput, p50, p95
and p99, the ratio of every target to the first one, the SQL statements per
request (from pg_stat_statements, when a DSN is given), and CPU time per request
and memory of the server processes (when pid files are given).

A response whose status, content type or text does not match what the case
expects counts as an error, never as a fast answer.  See README.md.
"""

import argparse
import http.cookiejar
import json
import os
import re
import socket
import statistics
import subprocess
import sys
import threading
import time
import urllib.parse
import urllib.request
import uuid

LOOPBACK = {"127.0.0.1", "localhost", "::1"}


# --------------------------------------------------------------------- HTTP
class Connection:
    """One keep-alive HTTP/1.1 connection with as little parsing as possible."""

    def __init__(self, host, port, timeout):
        self.addr, self.timeout, self.sock, self.buf = (host, port), timeout, None, b""

    def close(self):
        if self.sock is not None:
            try:
                self.sock.close()
            finally:
                self.sock, self.buf = None, b""

    def _open(self):
        self.sock = socket.create_connection(self.addr, self.timeout)
        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.buf = b""

    def _fill(self):
        chunk = self.sock.recv(262144)
        if not chunk:
            raise ConnectionError("closed by the server")
        self.buf += chunk

    def request(self, raw):
        """Send raw bytes, return (status, header bytes, body bytes)."""
        if self.sock is None:
            self._open()
            fresh = True
        else:
            fresh = False
        try:
            self.sock.sendall(raw)
            return self._response(raw[:5] == b"HEAD ")
        except (ConnectionError, BrokenPipeError):
            self.close()
            if fresh:
                raise
            # A kept-alive connection that the server closed meanwhile: this is
            # only safe to repeat because nothing of an answer was read.
            self._open()
            self.sock.sendall(raw)
            return self._response(raw[:5] == b"HEAD ")

    def _response(self, is_head):
        while True:
            end = self.buf.find(b"\r\n\r\n")
            if end >= 0:
                break
            self._fill()
        head, self.buf = self.buf[: end + 2], self.buf[end + 4 :]
        status = int(head[9:12])
        lower = head.lower()
        if is_head or status in (204, 304):
            body = b""
        elif b"\r\ntransfer-encoding: chunked" in lower:
            body = self._chunked()
        else:
            m = re.search(rb"\r\ncontent-length:\s*(\d+)", lower)
            if m:
                length = int(m.group(1))
                while len(self.buf) < length:
                    self._fill()
                body, self.buf = self.buf[:length], self.buf[length:]
            else:
                parts = [self.buf]
                while True:
                    chunk = self.sock.recv(262144)
                    if not chunk:
                        break
                    parts.append(chunk)
                body = b"".join(parts)
                self.close()
                return status, head, body
        if b"\r\nconnection: close" in lower:
            self.close()
        return status, head, body

    def _chunked(self):
        out = []
        while True:
            while b"\r\n" not in self.buf:
                self._fill()
            line, self.buf = self.buf.split(b"\r\n", 1)
            size = int(line.split(b";")[0], 16)
            while len(self.buf) < size + 2:
                self._fill()
            out.append(self.buf[:size])
            self.buf = self.buf[size + 2 :]
            if size == 0:
                return b"".join(out)


# ------------------------------------------------------------------ set-up
def login(target):
    """Log in through an HTML form with a CSRF token; return a cookie header."""
    spec = target.get("login")
    if not spec:
        return {}
    jar = http.cookiejar.CookieJar()
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    url = target["base"].rstrip("/") + spec["path"]
    page = opener.open(url, timeout=60).read().decode("utf-8", "replace")
    m = re.search(r'name="csrfmiddlewaretoken"\s+value="([^"]+)"', page)
    form = dict(spec["form"])
    if m:
        form["csrfmiddlewaretoken"] = m.group(1)
    req = urllib.request.Request(url, urllib.parse.urlencode(form).encode(), {"Referer": url})
    opener.open(req, timeout=60).read()
    cookies = {c.name: c.value for c in jar}
    if spec.get("cookie", "sessionid") not in cookies:
        raise SystemExit(f"{target['name']}: login gave no session cookie")
    out = {"Cookie": "; ".join(f"{k}={v}" for k, v in cookies.items())}
    if "csrftoken" in cookies:
        out["X-CSRFToken"] = cookies["csrftoken"]
        out["Referer"] = url
    return out


def merge_cookie(headers, extra):
    for k, v in extra.items():
        if k == "Cookie" and headers.get("Cookie"):
            headers["Cookie"] += "; " + v
        else:
            headers[k] = v


class Case:
    """A request template.  {{n}} is a counter, {{uuid}} a fresh UUID; {{csrf}}
    is the token of a form page fetched once per target ("form_page")."""

    counter_lock = threading.Lock()
    counter = 0

    def __init__(self, spec, target, auth):
        over = (spec.get("targets") or {}).get(target["name"], {})
        spec = {**spec, **over}
        self.skip = spec.get("skip", False) or (spec.get("only") and target["name"] not in spec["only"])
        if self.skip:
            return
        self.spec = spec
        self.name = spec["name"]
        base = urllib.parse.urlsplit(target["base"])
        if base.hostname not in LOOPBACK:
            raise SystemExit(f"only loopback targets are allowed, not {base.hostname}")
        self.host, self.port = base.hostname, base.port or 80
        self.prefix = base.path.rstrip("/")
        self.expect = spec.get("expect", 200)
        if isinstance(self.expect, int):
            self.expect = [self.expect]
        self.contains = spec.get("contains", "").encode()
        self.method = spec.get("method", "GET")
        headers = {"Host": f"{self.host}:{self.port}", "Accept": "*/*"}
        headers.update(target.get("headers", {}))
        if not spec.get("anonymous"):
            merge_cookie(headers, auth)
        headers.update(spec.get("headers", {}))
        self.csrf = ""
        if spec.get("form_page"):
            self._fetch_csrf(headers)
        if "json" in spec:
            self.body = json.dumps(spec["json"])
            headers["Content-Type"] = "application/json"
        elif "form" in spec:
            self.body = urllib.parse.urlencode(spec["form"], safe="{}")
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        elif "body" in spec:
            self.body = spec["body"]
        else:
            self.body = ""
        self.headers = headers
        self.path = spec["path"]
        self.dynamic = any("{{" in s for s in (self.path, self.body, json.dumps(headers)))
        self.static = None if self.dynamic else self._encode(self.path, self.body, "")

    def _fetch_csrf(self, headers):
        conn = Connection(self.host, self.port, 60)
        raw = f"GET {self.prefix}{self.spec['form_page']} HTTP/1.1\r\n" + "".join(
            f"{k}: {v}\r\n" for k, v in headers.items()
        )
        _, head, body = conn.request(raw.encode() + b"\r\n")
        conn.close()
        m = re.search(rb'name="csrfmiddlewaretoken"\s+value="([^"]+)"', body)
        self.csrf = m.group(1).decode() if m else ""
        m = re.search(rb"(?i)\r\nset-cookie:\s*csrftoken=([^;\r\n]+)", head)
        if m and "csrftoken=" not in headers.get("Cookie", ""):
            merge_cookie(headers, {"Cookie": "csrftoken=" + m.group(1).decode()})
        headers.setdefault("Referer", f"http://{self.host}:{self.port}{self.prefix}{self.spec['form_page']}")

    def _encode(self, path, body, _):
        data = body.encode()
        lines = [f"{self.method} {self.prefix}{path} HTTP/1.1"]
        lines += [f"{k}: {v}" for k, v in self.headers.items()]
        if data or self.method in ("POST", "PUT", "PATCH"):
            lines.append(f"Content-Length: {len(data)}")
        return ("\r\n".join(lines) + "\r\n\r\n").encode() + data

    def raw(self):
        if self.static is not None:
            return self.static
        with Case.counter_lock:
            Case.counter += 1
            n = Case.counter

        def fill(text):
            return (
                text.replace("{{n}}", str(n))
                .replace("{{uuid}}", str(uuid.uuid4()) if "{{uuid}}" in text else "")
                .replace("{{csrf}}", self.csrf)
            )

        raw = self._encode(fill(self.path), fill(self.body), "")
        if b"{{" in raw:
            raw = fill(raw.decode()).encode()
        return raw

    def check(self, status, body):
        if status not in self.expect:
            return f"status {status}"
        if self.contains and self.contains not in body:
            return f"body lacks {self.contains!r}"
        return None


# --------------------------------------------------------------- measuring
def drive(case, concurrency, duration, requests, timeout):
    lat, errors, sizes = [], {}, []
    lock = threading.Lock()
    stop_at = time.perf_counter() + duration
    left = [requests if requests else -1]

    def worker():
        conn = Connection(case.host, case.port, timeout)
        mine, bad, size = [], {}, 0
        while True:
            with lock:
                if left[0] == 0:
                    break
                if left[0] > 0:
                    left[0] -= 1
            if time.perf_counter() >= stop_at:
                break
            raw = case.raw()
            t0 = time.perf_counter()
            try:
                status, _, body = conn.request(raw)
            except (OSError, ValueError) as exc:
                conn.close()
                bad[type(exc).__name__] = bad.get(type(exc).__name__, 0) + 1
                continue
            dt = time.perf_counter() - t0
            why = case.check(status, body)
            if why:
                bad[why] = bad.get(why, 0) + 1
            else:
                mine.append(dt)
                size = len(body)
        conn.close()
        with lock:
            lat.extend(mine)
            sizes.append(size)
            for k, v in bad.items():
                errors[k] = errors.get(k, 0) + v

    t0 = time.perf_counter()
    threads = [threading.Thread(target=worker) for _ in range(concurrency)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    wall = time.perf_counter() - t0
    return lat, errors, wall, max(sizes or [0])


def pct(sorted_values, q):
    if not sorted_values:
        return None
    k = max(0, min(len(sorted_values) - 1, int(round(q * len(sorted_values) + 0.5)) - 1))
    return sorted_values[k]


SQL_COUNT = (
    "select coalesce(sum(calls),0) from pg_stat_statements s join pg_database d "
    "on d.oid=s.dbid where d.datname=current_database() and query !~* "
    "'^(begin|commit|rollback|savepoint|release|set |show |deallocate)' "
    "and query !~ 'pg_stat_statements'"
)


def sql_calls(dsn):
    out = subprocess.run(["psql", dsn, "-XAtc", SQL_COUNT], capture_output=True, text=True)
    return int(out.stdout.strip()) if out.returncode == 0 else None


def queries_per_request(dsn, case, n, timeout):
    conn = Connection(case.host, case.port, timeout)
    conn.request(case.raw())
    before = sql_calls(dsn)
    for _ in range(n):
        conn.request(case.raw())
    after = sql_calls(dsn)
    conn.close()
    if before is None or after is None:
        return None
    return round((after - before) / n, 1)


def tree_memory(pidfile):
    """RSS and PSS in MiB of a server and all its descendants."""
    try:
        root = int(open(pidfile).read().split()[0])
    except (OSError, ValueError, IndexError):
        return None
    children = {}
    for d in os.listdir("/proc"):
        if d.isdigit():
            try:
                stat = open(f"/proc/{d}/stat").read()
                ppid = int(stat[stat.rindex(")") + 2 :].split()[1])
                children.setdefault(ppid, []).append(int(d))
            except OSError:
                pass
    todo, rss, pss, n = [root], 0, 0, 0
    while todo:
        pid = todo.pop()
        todo += children.get(pid, [])
        try:
            text = open(f"/proc/{pid}/smaps_rollup").read()
        except OSError:
            continue
        n += 1
        rss += int(re.search(r"^Rss:\s+(\d+)", text, re.M).group(1))
        pss += int(re.search(r"^Pss:\s+(\d+)", text, re.M).group(1))
    return {"processes": n, "rss_mib": round(rss / 1024, 1), "pss_mib": round(pss / 1024, 1)}


def tree_cpu(pidfile):
    """CPU seconds used so far by a server and all its descendants.  Per request
    this is far steadier than wall time on a machine that others use too."""
    try:
        root = int(open(pidfile).read().split()[0])
    except (OSError, ValueError, IndexError, TypeError):
        return None
    children, cpu = {}, {}
    for d in os.listdir("/proc"):
        if d.isdigit():
            try:
                stat = open(f"/proc/{d}/stat").read()
            except OSError:
                continue
            f = stat[stat.rindex(")") + 2 :].split()
            children.setdefault(int(f[1]), []).append(int(d))
            cpu[int(d)] = sum(int(x) for x in f[11:15])
    todo, total = [root], 0
    while todo:
        pid = todo.pop()
        todo += children.get(pid, [])
        total += cpu.get(pid, 0)
    return total / os.sysconf("SC_CLK_TCK")


def steal():
    f = open("/proc/stat").readline().split()[1:]
    v = [int(x) for x in f]
    return sum(v), v[7] if len(v) > 7 else 0, v[3] + v[4]


def main():
    ap = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ap.add_argument("plan", help="JSON plan file")
    ap.add_argument("-c", "--concurrency", type=int, default=None)
    ap.add_argument("-d", "--duration", type=float, default=None, help="seconds per case and round")
    ap.add_argument("-n", "--requests", type=int, default=None, help="at most this many requests per case and round")
    ap.add_argument("-r", "--rounds", type=int, default=None)
    ap.add_argument("--only", help="comma-separated case names")
    ap.add_argument("--targets", help="comma-separated target names")
    ap.add_argument("--json", help="write full results here")
    ap.add_argument("--timeout", type=float, default=None)
    a = ap.parse_args()

    plan = json.load(open(a.plan))
    opt = {"concurrency": 4, "duration": 5, "requests": 0, "rounds": 3, "timeout": 60, "warmup": 5}
    opt.update(plan.get("options", {}))
    for k in ("concurrency", "duration", "requests", "rounds", "timeout"):
        if getattr(a, k) is not None:
            opt[k] = getattr(a, k)

    targets = plan["targets"]
    if a.targets:
        names = a.targets.split(",")
        targets = [t for t in targets if t["name"] in names]
    auth = {t["name"]: login(t) for t in targets}
    by_name = {t["name"]: t for t in targets}
    wanted = a.only.split(",") if a.only else None
    rows = []
    for spec in plan["cases"]:
        if wanted and spec["name"] not in wanted:
            continue
        cases = {}
        for t in targets:
            c = Case(spec, t, auth[t["name"]])
            if not c.skip:
                cases[t["name"]] = c
        o = {**opt, **{k: spec[k] for k in opt if k in spec}}
        for k in ("rounds",):
            if getattr(a, k) is not None:
                o[k] = getattr(a, k)
        runs = {n: [] for n in cases}
        for name, c in cases.items():
            drive(c, 1, 30, o["warmup"], o["timeout"])
        for rnd in range(o["rounds"]):
            order = list(cases) if rnd % 2 == 0 else list(reversed(list(cases)))
            for name in order:
                s0 = steal()
                t = by_name[name]
                c0, d0 = tree_cpu(t.get("pidfile")), tree_cpu(t.get("pg_pidfile"))
                lat, errors, wall, size = drive(
                    cases[name], o["concurrency"], o["duration"], o["requests"], o["timeout"]
                )
                s1 = steal()
                c1, d1 = tree_cpu(t.get("pidfile")), tree_cpu(t.get("pg_pidfile"))
                done = len(lat) + sum(errors.values())
                lat.sort()
                tot = max(1, s1[0] - s0[0])
                runs[name].append(
                    {
                        "ok": len(lat),
                        "errors": errors,
                        "rps": round(len(lat) / wall, 2),
                        "p50_ms": round(1000 * pct(lat, 0.50), 2) if lat else None,
                        "p95_ms": round(1000 * pct(lat, 0.95), 2) if lat else None,
                        "p99_ms": round(1000 * pct(lat, 0.99), 2) if lat else None,
                        "body_bytes": size,
                        "app_cpu_ms": round(1000 * (c1 - c0) / done, 3) if done and c0 is not None else None,
                        "db_cpu_ms": round(1000 * (d1 - d0) / done, 3) if done and d0 is not None else None,
                        "cpu_busy_pct": round(100 * (1 - (s1[2] - s0[2]) / tot), 1),
                        "steal_pct": round(100 * (s1[1] - s0[1]) / tot, 1),
                    }
                )
        first = None
        for t in targets:
            name = t["name"]
            if name not in runs:
                continue
            rs = runs[name]

            def med(key):
                v = [r[key] for r in rs if r[key] is not None]
                return round(statistics.median(v), 2) if v else None

            row = {
                "case": spec["name"],
                "target": name,
                "concurrency": o["concurrency"],
                "rounds": len(rs),
                "rps": med("rps"),
                "p50_ms": med("p50_ms"),
                "p95_ms": med("p95_ms"),
                "p99_ms": med("p99_ms"),
                "body_bytes": med("body_bytes"),
                "cpu_busy_pct": med("cpu_busy_pct"),
                "app_cpu_ms": med("app_cpu_ms"),
                "db_cpu_ms": med("db_cpu_ms"),
                "errors": sum(sum(r["errors"].values()) for r in rs),
                "error_kinds": sorted({k for r in rs for k in r["errors"]}),
                "runs": rs,
            }
            if rs and row["rps"]:
                lo, hi = min(r["rps"] for r in rs), max(r["rps"] for r in rs)
                row["spread_pct"] = round(100 * (hi - lo) / row["rps"], 1)
            if t.get("pg_dsn"):
                row["sql_per_request"] = queries_per_request(
                    t["pg_dsn"], cases[name], o.get("sql_samples", spec.get("sql_samples", 5)), o["timeout"]
                )
            if t.get("pidfile"):
                row["memory"] = tree_memory(t["pidfile"])
            if first is None:
                first = row
            row["ratio_rps"] = round(row["rps"] / first["rps"], 3) if first["rps"] else None
            rows.append(row)
            mem = row.get("memory") or {}
            print(
                f"{row['case']:<28}{name:<18}c={row['concurrency']:<3}"
                f"{row['rps']!s:>9} r/s  p50 {row['p50_ms']!s:>8}  p95 {row['p95_ms']!s:>8} ms"
                f"  x{row['ratio_rps']!s:<7} cpu app {row['app_cpu_ms']!s:>7} db {row['db_cpu_ms']!s:>7} ms  spread {row.get('spread_pct', '-')!s:>5}%"
                f"  sql {row.get('sql_per_request', '-')!s:>6}  {int(row['body_bytes'] or 0):>7} B"
                f"  pss {mem.get('pss_mib', '-')} MiB  err {row['errors']} {row['error_kinds'] or ''}",
                flush=True,
            )
    if a.json:
        json.dump({"options": opt, "rows": rows}, open(a.json, "w"), indent=1)
    return 1 if any(r["errors"] for r in rows) else 0


if __name__ == "__main__":
    sys.exit(main())
