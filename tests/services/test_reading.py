"""A request as it is read: nothing that was typed is hidden, nothing that does not count is called open."""

import pytest

from requests_app.facts import gather
from requests_app.models import Funding, PoliticalWill
from requests_app.reading import AnswerLine, section_lines
from requests_app.states import SENT
from tests.factories import a_request, a_union, an_officer, seen_by

pytestmark = pytest.mark.django_db


def lines(answers: dict, reader=None) -> dict[str, AnswerLine]:
    """The lines of a sent request by question."""
    union = a_union()
    request = seen_by(reader or union, a_request(status=SENT, by=union, answers=answers))
    sections = section_lines(request, gather(request).unasked)
    return {line.question.id: line for section in sections for line in section.lines}


def test_a_follow_up_that_does_not_count_any_more_is_still_read() -> None:
    read = lines({PoliticalWill: {"signs": ["nothing"], "described": "A promise was made in March."}})
    assert read["Q11"].pieces[0].text == "A promise was made in March."
    assert not read["Q11"].open


def test_a_follow_up_that_does_not_count_and_is_empty_is_left_out() -> None:
    assert "K2" not in lines({Funding: {"costs": ["time_only"]}})


def test_a_follow_up_that_counts_and_is_empty_is_open() -> None:
    assert lines({Funding: {"costs": ["lodging"]}})["K2"].open


def test_q12_and_contacts_are_read_by_who_reads_in_full() -> None:
    answers = {PoliticalWill: {"objections": "The registrar."}}
    for reader in (None, an_officer(), an_officer("actrav"), an_officer("YAO")):
        assert {"Q12", "P1"} <= set(lines(answers, reader))
