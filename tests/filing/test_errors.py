"""Every field of every section × every error that it can give, read from the questions themselves."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from requests_app.kinds import SEMINAR
from requests_app.models import Request
from requests_app.models.sections.base import Answered
from requests_app.models.sections.registry import ALL_SECTIONS, BY_KIND
from tests.factories import a_draft
from tests.filing.bad_answers import bad_answers, codes_of
from tests.filing.browser import Shown, flaws, words
from tests.gapmap.record import an_item

pytestmark = pytest.mark.django_db
SECTIONS = (Request, *ALL_SECTIONS)


def kind_with(section: type[Answered]) -> str:
    """A kind of help that asks for `section`, and of two the one that asks all its questions."""
    kinds = [kind for kind, sections in BY_KIND.items() if section in sections]
    return kinds[-1] if kinds else SEMINAR


def questions(section: type[Answered], kind: str) -> list[Any]:
    """Those that stand on the page when no Convention is chosen."""
    return [q for q in section.questions if q.id != "Q6" and (not q.kinds or kind in q.kinds)]


def waves(section: type[Answered], kind: str) -> list[dict[str, tuple[Any, str]]]:
    """What to type into all fields at once, and the sentence that must come back, until every error has been met."""
    met: list[dict[str, tuple[Any, str]]] = []
    for question in questions(section, kind):
        for name in question.fields:
            field = section.answer(name).answer_field(question.errors)
            bad = bad_answers(field)
            assert set(bad) == codes_of(field), f"{section.slug}.{name}"
            for number, typed in enumerate(bad.values()):
                while len(met) <= number:
                    met.append({})
                with pytest.raises(ValidationError) as refused:
                    field.clean(typed)
                met[number][name] = (typed, refused.value.messages[0])
    return met


def check_errors(shown: Shown, wave: dict[str, tuple[Any, str]]) -> None:
    """Each error once in the summary and once at its field, linked both ways; what was typed stands there again."""
    assert shown.title.startswith("Error: ")
    anchors = [anchor for _sentence, anchor in shown.summary]
    assert len(anchors) == len(set(anchors)) == len(wave) == len(shown.at_fields)
    assert len({sentence for sentence, _anchor in shown.summary}) == len(anchors)
    for sentence, anchor in shown.summary:
        name = shown.by_id[anchor].get("name") or ""
        assert wave.pop(name)[1] == sentence.partition(" (")[0]
        holder = shown.holder(anchor)
        assert holder.get("aria-invalid") == "true"
        described = [words(shown.by_id[other]) for other in (holder.get("aria-describedby") or "").split()]
        assert described.count(f"Error: {sentence.partition(' (')[0]}") == 1
    assert wave == {}


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.slug)
def test_each_error_is_told_at_its_field_and_in_the_summary_and_the_text_is_kept(
    client: Client, union, section: type[Answered]
) -> None:
    kind = kind_with(section)
    an_item()
    draft = a_draft(kind, by=union, filled=False)
    path = reverse("requests:section", args=[draft.reference, section.slug])
    untouched = Shown(client.get(path)).filled()
    for wave in waves(section, kind):
        typed = {name: text for name, (text, _sentence) in wave.items()}
        version = Shown(client.get(path)).filled()["version"]
        response = client.post(path, {**untouched, **typed, "version": version})
        assert response.status_code == 200
        assert flaws(response) == []
        shown = Shown(response)
        check_errors(shown, dict(wave))
        again = Shown(client.get(path)) if section is not Request else shown
        for page in (shown, again):
            texts = {name: text for name, text in typed.items() if page.by_id.get(f"id_{name}") is not None}
            for name, text in texts.items():
                if page.by_id[f"id_{name}"].tag in ("input", "textarea"):
                    assert page.filled()[name] == [text]
        assert [sentence for sentence, _anchor in again.summary] == [sentence for sentence, _anchor in shown.summary]
    if section is not Request:
        tasks = Shown(client.get(reverse("requests:detail", args=[draft.reference])))
        assert "There is a problem" in tasks.text


def test_each_error_of_a_new_request_is_told_and_nothing_is_made(client: Client) -> None:
    path = reverse("requests:new")
    for wave in waves(Request, SEMINAR):
        typed = {name: text for name, (text, _sentence) in wave.items()}
        right = {"kind": SEMINAR, "country": "CM", "title": "A title", **typed}
        response = client.post(path, {**Shown(client.get(path)).filled(), **right})
        assert flaws(response) == []
        check_errors(Shown(response), dict(wave))
    assert not Request.objects.exists()


def test_what_was_understood_is_stored_beside_what_was_not(client: Client, union) -> None:
    draft = a_draft(by=union, filled=False)
    path = reverse("requests:section", args=[draft.reference, "situation"])
    client.post(path, {**Shown(client.get(path)).filled(), "happening": "Three refusals.", "since": "soon"})
    stored = Request.objects.get().situation_section
    assert (stored.happening, stored.since, stored.raw) == ("Three refusals.", None, {"since": "soon"})


def test_a_page_seen_for_the_first_time_finds_fault_with_nothing(client: Client, union) -> None:
    draft = a_draft(by=union, filled=False)
    assert Shown(client.get(reverse("requests:new"))).at_fields == []
    for slug in ("request", "situation", "people"):
        shown = Shown(client.get(reverse("requests:section", args=[draft.reference, slug])))
        assert (shown.at_fields, shown.summary, shown.title.startswith("Error")) == ([], [], False)
