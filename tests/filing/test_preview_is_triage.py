"""What the form shows its writer before sending is what the officer finds afterwards, whatever was answered."""

import random
from typing import Any

import pytest
from django.core.management import call_command
from django.urls import reverse

from requests_app.models import Request
from requests_app.models.fields import One, Some
from requests_app.models.sections.registry import sections_of
from requests_app.services import filing
from tests import factories as make
from tests.complete_answers import COMPLETE
from tests.filing.conftest import at_the_browser
from tests.ux.figures import write

pytestmark = [pytest.mark.django_db, pytest.mark.ux]
GENERATED = 200


def answers_of(kind: str, chance: random.Random) -> dict[type, dict[str, Any]]:
    """Some of the complete answers left out, and any option of the choices."""
    made: dict[type, dict[str, Any]] = {}
    for section in sections_of(kind):
        made[section] = {name: value for name, value in COMPLETE.get(section, {}).items() if chance.random() < 0.6}
        for field in section._meta.get_fields():
            codes = [code for code, _label in getattr(field, "options", ())]
            if codes and chance.random() < 0.5 and isinstance(field, One | Some) and field.name != "may_know":
                made[section][field.name] = chance.choice(codes) if isinstance(field, One) else [chance.choice(codes)]
    return made


def test_two_hundred_generated_requests_are_found_the_same_before_and_after_sending() -> None:
    call_command("load_reference", verbosity=0)
    call_command("sync_units", verbosity=0)
    writer, officer = make.a_union(), make.an_officer()
    requester, desk = at_the_browser(writer), at_the_browser(officer)
    chance, different = random.Random(4), {}  # noqa: S311 - the same requests each time
    for number in range(GENERATED):
        kind = chance.choice(make.KINDS)
        draft = make.a_draft(kind, by=writer, filled=False, answers=answers_of(kind, chance))
        needed(draft, writer)
        before = requester.get(reverse("requests:preview", args=[draft.reference])).context["findings"]
        filing.send(make.seen_by(writer, draft), by=writer, declared=True)
        after = desk.get(reverse("admin:requests_request_change", args=[draft.reference])).context["findings"]
        shown, found = ([(line.rule, line.word, line.sentence) for line in lines] for lines in (before, after))
        if sorted(map(str, shown)) != sorted(map(str, found)):
            different[number] = (shown, found)
    write("preview equals triage", {"requests": {"generated": GENERATED, "different": len(different)}})
    assert different == {}


def needed(draft: Request, writer: Any) -> None:
    """What sending needs stands, whatever was left out."""
    for section in sections_of(draft.kind):
        kept = {
            name: value
            for name, value in COMPLETE.get(section, {}).items()
            if name in ("happening", "email", "may_know", "name")
        }
        if kept:
            filing.save_answers(make.seen_by(writer, draft).section(section), kept, {}, by=writer)
