"""The description: committed, complete, and true of the answers that are given."""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from django.conf import settings
from django.core.management import call_command

from tests.api.calls import Caller, caller_for
from tests.factories import a_draft, a_request, a_union, an_officer

COMMITTED = Path(settings.BASE_DIR, "docs", "api", "openapi.yaml")


@lru_cache(maxsize=1)
def committed() -> dict[str, Any]:
    return yaml.safe_load(COMMITTED.read_text(encoding="utf-8"))


def test_the_committed_description_is_that_of_the_views(tmp_path):
    made = tmp_path / "openapi.yaml"
    call_command("spectacular", file=str(made), validate=True, fail_on_warn=True)
    again = "manage.py spectacular --validate --fail-on-warn --file docs/api/openapi.yaml"
    assert made.read_text(encoding="utf-8") == COMMITTED.read_text(encoding="utf-8"), again


@pytest.mark.django_db
def test_everybody_can_read_it(client):
    answer = client.get("/api/v1/schema/")
    assert answer.status_code == 200
    assert answer.json()["paths"].keys() == committed()["paths"].keys()


def operations():
    for path, methods in committed()["paths"].items():
        for method, operation in methods.items():
            yield f"{method} {path}", operation


def test_every_operation_names_its_refusals():
    for name, operation in operations():
        statuses = set(operation["responses"])
        assert {"400", "406", "429", "500"} <= statuses, name
        assert ("404" in statuses) == ("{" in name or name.endswith("/iati-activities.xml")), name
        assert operation["description"], name


def test_it_names_no_person_and_no_organization():
    text = COMMITTED.read_text(encoding="utf-8")
    assert "example.org" not in text
    assert "(fictional)" not in text


def fits(caller: Caller, path: str, address: str) -> Any:
    """The answer at an address, which has the shape that the description names."""
    answer = caller.get(address)
    assert answer.status_code == 200, answer.content
    content = committed()["paths"][f"/api/v1/{path}"]["get"]["responses"]["200"]["content"]
    schema = {**content["application/json"]["schema"], "components": committed()["components"]}
    jsonschema.Draft202012Validator(schema).validate(answer.json())
    return answer.json()


ONE = "requests/{reference}/"


@pytest.mark.django_db
def test_what_is_answered_has_the_shape_that_is_described():
    union, officer = a_union(), an_officer()
    draft, sent = a_draft(by=union), a_request(by=union, status="question_out")
    for caller in (caller_for(union), caller_for(officer)):
        fits(caller, "requests/", "requests/")
        fits(caller, "rules/", "rules/")
        for request in (draft, sent) if caller.get(f"requests/{draft.reference}/").status_code == 200 else (sent,):
            at = f"requests/{request.reference}/"
            fits(caller, ONE, at)
            for part in ("letters/", "events/", "findings/", "links/", "documents/"):
                fits(caller, ONE + part, at + part)
            for section in request.answered():
                fits(caller, f"{ONE}sections/{section.slug}/", f"{at}sections/{section.slug}/")


@pytest.mark.django_db
def test_a_shape_names_every_member_of_what_is_answered():
    found = caller_for(a_union()).get(f"requests/{a_request().reference}/").json()
    shape = committed()["components"]["schemas"]["WholeRequest"]
    assert set(found) == set(shape["properties"])
    assert json.dumps(found)
