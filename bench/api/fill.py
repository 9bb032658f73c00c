"""Fills one database for the portal and one for the floor with the same number of requests, from a seed.

    python bench/api/fill.py COUNT

One confederation has three of ten requests, so that it has a page 1,000; the others belong to 560 organizations. The
statuses, kinds and countries are spread; nine of ten titles hold a common word, one in ten thousand a rare one. The
rows are those that sending leaves, without answers: the request, its words, its examination, the event, the Branch's
routing.
"""

import csv
import io
import json
import sys
import uuid
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, models, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from accounts import api_keys  # noqa: E402
from accounts.models import Membership, Organization, Post, Unit, User  # noqa: E402
from accounts.units import sync_units  # noqa: E402
from base.references import ALPHABET, check_sign  # noqa: E402
from requests_app import states  # noqa: E402
from requests_app.kinds import KINDS  # noqa: E402
from requests_app.models import Event, Examination, Request, RequestWords, Routing  # noqa: E402
from requests_app.models.examination import SENT as CAUSE  # noqa: E402
from requests_app.models.routing import FULL  # noqa: E402
from requests_app.models.search import as_indexed  # noqa: E402
from standards.models import Country  # noqa: E402

SEED = 20_261_122
STATUSES = (states.SENT, states.IN_EXAMINATION, states.QUESTION_OUT, states.ACCEPTED, states.CLOSED, states.WITHDRAWN)
FIRST = datetime(2016, 1, 1, tzinfo=UTC)
COMMON, RARE = "registration", "lighthouse"


def reference(number: int) -> str:
    """A reference of its own for each number."""
    signs = "".join(ALPHABET[number * 7_919 % 32**7 >> 5 * place & 31] for place in range(7))
    signs += check_sign(signs)
    return f"FA-{signs[:4]}-{signs[4:]}"


def copy(model: type[models.Model], rows: Iterable[Mapping[str, Any]], usual: models.Model) -> None:
    """Write rows: the columns that are named, the others as in `usual`."""
    fields = list(model._meta.concrete_fields)
    plain = {field.column: getattr(usual, field.attname) for field in fields}
    text = io.StringIO()
    writer = csv.writer(text)
    for row in rows:
        held = {**plain, **row}
        writer.writerow([_cell(held[field.column]) for field in fields])
    text.seek(0)
    names = ", ".join(f'"{field.column}"' for field in fields)
    with connection.cursor() as cursor:
        cursor.copy_expert(f"COPY \"{model._meta.db_table}\" ({names}) FROM STDIN WITH (FORMAT csv, NULL '\\N')", text)


def _cell(value: Any) -> str:
    if value is None:
        return "\\N"
    if isinstance(value, dict | list):
        return json.dumps(value)
    return value.isoformat() if isinstance(value, datetime) else str(value)


def fill(count: int) -> dict[str, str]:
    """Make everything; the keys of a writer of the confederation and of an officer, and a reference of each kind."""
    call_command("migrate", verbosity=0)
    call_command("load_reference", verbosity=0)
    sync_units()
    random, now = Random(SEED), timezone.now()
    officer = User.objects.create_user("officer@bench.invalid", name="Officer (fictional)")
    branch = Unit.objects.get(kind="branch")
    Post.objects.create(user=officer, unit=branch, confirmed_at=now)
    writer = User.objects.create_user("writer@bench.invalid", name="Writer (fictional)")
    countries = sorted(Country.objects.values_list("pk", flat=True))
    organizations = Organization.objects.bulk_create(
        Organization(
            name=f"Union {number} (fictional)" if number else "Confederation (fictional)",
            kind="workers",
            country_id=countries[number % len(countries)],
            verified_at=now,
            verified_by=officer,
            agreed_at=now,
            agreed_by=officer,
        )
        for number in range(561)
    )
    Membership.objects.create(user=writer, organization=organizations[0], role="writer")
    made = [_row(number, count, organizations, countries, random) for number in range(1, count + 1)]
    with transaction.atomic():
        usual = Request(author=writer, officer=officer, version=1)
        copy(Request, ({**row, "form_key": uuid.uuid4(), "examination_id": row["id"]} for row in made), usual)
        examined = Examination(cause=CAUSE, at=now, basis="bench")
        copy(Examination, ({"id": row["id"], "request_id": row["id"], "uid": uuid.uuid4()} for row in made), examined)
        sent = Event(action="send", actor=writer, status_before=states.DRAFT, status_after=states.SENT, version=1)
        copy(
            Event,
            ({"id": row["id"], "request_id": row["id"], "uid": uuid.uuid4(), "at": row["sent_at"]} for row in made),
            sent,
        )
        named = {organization.pk: organization.name for organization in organizations}
        words = (
            {"request_id": row["id"], "text": as_indexed(row["title"], named[row["organization_id"]])} for row in made
        )
        copy(RequestWords, words, RequestWords())
        routed = Routing(unit=branch, level=FULL, since=now)
        copy(Routing, ({"id": row["id"], "request_id": row["id"]} for row in made), routed)
    with connection.cursor() as cursor:
        for table in (Request, Examination, Event, Routing):  # the words have the number of their request
            name = table._meta.db_table
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), {count + 1})")
        cursor.execute("VACUUM ANALYZE")
    keys = {}
    for name, user, scopes in (("writer", writer, ["read", "write"]), ("officer", officer, ["read", "officer"])):
        user = User.objects.get(pk=user.pk)
        keys[name] = api_keys.issue(user, api_keys.places_of(user)[0], scopes, name="bench")[1]
    mine = next(row["reference"] for row in made if row["organization_id"] == organizations[0].pk)
    return {**keys, "one": mine, "of": organizations[0].country_id}


def _row(
    number: int, count: int, organizations: list[Organization], countries: list[str], random: Random
) -> dict[str, Any]:
    whose = organizations[0] if random.random() < 0.3 else random.choice(organizations)
    at = FIRST + timedelta(seconds=number * 315_360_000 // count)
    words = [RARE] if number % 10_000 == 1 else []
    words += [COMMON] if random.random() < 0.9 else ["bargaining"]
    return {
        "id": number,
        "reference": reference(number),
        "organization_id": whose.pk,
        "kind": random.choice(list(KINDS)),
        "country_id": random.choice(countries[:20]),
        "title": f"{' '.join(words)} in sector {number % 997}",
        "status": random.choice(STATUSES),
        "created_at": at,
        "saved_at": at,
        "sent_at": at,
        "seen_version": 1,
        "seen_at": at,
        "waiting_since": at,
    }


if __name__ == "__main__":
    print(json.dumps(fill(int(sys.argv[1]))))
