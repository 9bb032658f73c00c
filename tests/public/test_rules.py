"""The page of each rule: what it says, where it comes from, and nothing that counts."""

import pytest
from django.test import Client
from django.urls import reverse

from requests_app.rules.registry import RULES
from requests_app.rules.sources import cite
from tests.public.looks import HOSTILE, ill_formed, text


@pytest.mark.parametrize("rule_id", list(RULES))
def test_a_rule_shows_its_words_its_source_and_its_version(client: Client, rule_id: str) -> None:
    answer = client.get(reverse("rule", args=[rule_id]))
    assert answer.status_code == 200
    assert ill_formed(answer) == []
    rule, shown = RULES[rule_id], text(answer)
    assert cite(rule.source) in shown
    assert f"{rule.version}, in effect since" in shown
    assert "%(" not in shown
    assert rule.question in shown
    assert len(answer.context["rule"].sentences) == len(rule.sentences)


def test_the_list_names_every_rule_and_leads_to_it(client: Client) -> None:
    answer = client.get(reverse("rules"))
    assert ill_formed(answer) == []
    markup = answer.content.decode()
    assert [rule_id for rule_id in RULES if reverse("rule", args=[rule_id]) not in markup] == []


@pytest.mark.parametrize("rule_id", ["RAT-99", "rat-1", "x", "1"])
def test_what_is_no_rule_is_not_found(client: Client, rule_id: str) -> None:
    assert client.get(reverse("rule", args=[rule_id])).status_code == 404


@pytest.mark.parametrize("typed", HOSTILE)
def test_no_words_of_the_address_break_the_pages(client: Client, typed: str) -> None:
    assert client.get(f"{reverse('rules')}?q={typed}&{typed}").status_code == 200
    assert client.get(f"{reverse('rule', args=['RAT-1'])}?q={typed}").status_code == 200
