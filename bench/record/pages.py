"""One database: fill it, then measure every page once for each line that comes in. Started by run.py.

The pages are asked for inside this process, through the whole middleware as in production (sessions in the database,
second factor, compression), one after the other.
"""

import gzip
import json
import sys
import time
from functools import partial
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

import django  # noqa: E402

django.setup()

from allauth.mfa.models import Authenticator  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.models import Count  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from accounts.models import Organization, Post, Unit, User  # noqa: E402
from accounts.units import sync_units  # noqa: E402
from bench.record.asking import make_requests  # noqa: E402
from bench.record.items import make_items  # noqa: E402
from requests_app.models import Request, SupervisoryLink  # noqa: E402
from supervisory import figures  # noqa: E402
from supervisory.models import ItemInstrument, Referral, SupervisoryItem  # noqa: E402
from supervisory.shipped import OWN_DATA  # noqa: E402
from ta_portal.public.referrals import counts_at  # noqa: E402

SEED = 20_261_121
FIRST_COUNT = ", first count"  # nothing kept, as after a change of the record


def fill(count: int) -> None:
    """Make everything that the pages read; nothing where it was made before."""
    call_command("migrate", verbosity=0)
    if User.objects.exists():
        return
    call_command("load_reference", verbosity=0)
    figures.store_figures(figures.read_figures((OWN_DATA / figures.FILE).read_bytes()))
    sync_units()
    officer = User.objects.create_user("officer@example.org", name="Officer (fictional)")
    Post.objects.create(user=officer, unit=Unit.objects.get(kind="branch"), confirmed_at=timezone.now())
    Authenticator.objects.create(user=officer, type=Authenticator.Type.TOTP, data={})
    random = Random(SEED)
    make_requests(make_items(count, random), count // 5, officer, random)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def counted() -> dict[str, int]:
    """What is in the database."""
    rows = {
        "items": SupervisoryItem,
        "instruments of items": ItemInstrument,
        "referrals": Referral,
        "links of requests": SupervisoryLink,
        "requests": Request,
        "organizations": Organization,
    }
    return {name: model.objects.count() for name, model in rows.items()}


def largest() -> tuple[str, int]:
    """The country with the most items, and how many."""
    rows = SupervisoryItem.objects.order_by().values_list("country").annotate(count=Count("key"))
    return max(rows, key=lambda row: row[1])


def addresses(country: str) -> dict[str, tuple[str, bool]]:
    """Each page, and whether an officer asks for it."""
    return {
        "gap map, worldwide": (reverse("admin:gap_map"), True),
        "gap map, the largest country": (reverse("admin:gap_map_country", args=[country]), True),
        "public page of the largest country": (reverse("country", args=[country]), False),
        "statistics": (reverse("statistics"), False),
        "referrals": (reverse("referrals"), False),
        "referrals, the largest country": (f"{reverse('referrals')}?country={country}", False),
        f"referrals{FIRST_COUNT}": (reverse("referrals"), False),
        f"referrals, the largest country{FIRST_COUNT}": (f"{reverse('referrals')}?country={country}", False),
    }


def in_database() -> float:
    """Milliseconds of processor time that this connection's process has used in PostgreSQL; its helpers not counted."""
    used = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat").read_text().split()[0]
    return int(used) / 1e6


def measure(client: Client, address: str, *, first_count: bool) -> dict[str, float]:
    """Milliseconds of one page until it was there (`ms`), and of a processor here (`own`) and in PostgreSQL (`db`)."""
    if first_count:
        counts_at.cache_clear()
    else:
        client.get(address, secure=True)  # what is kept is there
    connection.ensure_connection()
    begin, own, database = time.perf_counter(), time.process_time(), in_database()
    response = client.get(address, secure=True, headers={"accept-encoding": "gzip"})
    taken = {
        "ms": (time.perf_counter() - begin) * 1000,
        "own": (time.process_time() - own) * 1000,
        "db": in_database() - database,
    }
    assert response.status_code == 200, (address, response.status_code)
    return {**taken, "bytes": len(response.content), "plain": len(gzip.decompress(response.content))}


def main(count: int) -> None:
    fill(count)
    officer, (country, most) = User.objects.get(email="officer@example.org"), largest()
    call_command("collectstatic", interactive=False, verbosity=0)
    at_desk, outside = Client(), Client()
    at_desk.force_login(officer)
    pages = {
        name: partial(measure, at_desk if desk else outside, address, first_count=name.endswith(FIRST_COUNT))
        for name, (address, desk) in addresses(country).items()
    }
    first = {}
    for name, page in pages.items():
        page()  # templates and the session's clock
        if name.endswith(FIRST_COUNT):
            counts_at.cache_clear()
        with CaptureQueriesContext(connection) as asked:
            page.args[0].get(page.args[1], secure=True)
        queries = len(asked)  # the next page clears the list
        first[name] = {**page(), "queries": queries}
    print(json.dumps({"counted": {**counted(), "of the largest country": most}, "pages": first}), flush=True)
    for _line in sys.stdin:
        print(json.dumps({name: page() for name, page in pages.items()}), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]))
