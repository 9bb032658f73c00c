"""Figures about requests by API: those of the public page, and not one more."""

import pytest

from requests_app.models import Snapshot
from requests_app.services.snapshot import make_due
from tests.api.calls import caller_for
from tests.api.test_description import fits
from tests.factories import a_request, a_union
from tests.statistics.test_make_snapshot import AFTER_2026, OPINION, sent

pytestmark = pytest.mark.django_db


def test_before_the_first_quarter_there_is_nothing_to_tell():
    a_request()
    told = fits(caller_for(a_union()), "request-figures/", "request-figures/")
    assert told["quarter"] is None and told["years"] == []


def test_the_latest_quarter_is_told_as_it_was_stored_with_small_cells_hidden():
    sent(7)
    sent(2, OPINION)
    stored = make_due(AFTER_2026)
    caller = caller_for(a_union())
    told = fits(caller, "request-figures/", "request-figures/")
    assert told["quarter"] == stored.quarter
    assert told["years"] == stored.figures["years"] and told["years"][0]["tables"]["kind"]["opinion"] == "few"
    a_request()
    assert caller.get("request-figures/").json() == told


def test_figures_that_were_stored_before_a_table_was_added_have_the_shape_too():
    Snapshot.objects.create(
        quarter="2026Q4",
        made_at=AFTER_2026,
        figures={"years": [{"year": 2026, "total": "few", "tables": {}}], "times": {}},
    )
    told = caller_for(a_union()).get("request-figures/").json()
    assert told["years"][0]["crossed"] is None and told["results"] == []
