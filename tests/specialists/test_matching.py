"""The ranked list: the order of its grounds, and that every place says why it is there. No database."""

import dataclasses

import pytest

from accounts.models import Duty
from requests_app.kinds import DIRECT_CONTACTS, DRAFT_LAW, KINDS, NOT_SURE, OPINION, SEMINAR, VISIT
from requests_app.matching import BUSY, FREE, FULL, Candidate, Claim, Need, duties_of, load_of, rank

NEED = Need(DRAFT_LAW, "workers", "Africa", ("fr",), claims=(Claim("YAO", True, "high"),))
ONE = Candidate("1", "One", "Yaoundé", "YAO", "Africa", "standards", frozenset({"draft_laws"}), ("fr", "en"))


def another(**changes: object) -> Candidate:
    return dataclasses.replace(ONE, key="2", name="Another", **changes)


def said(need: Need, one: Candidate) -> str:
    return " ".join(f"{reason.look}: {reason.sentence}" for reason in rank(need, [one])[0].reasons)


@pytest.mark.parametrize(
    "weaker",
    [
        {"absent_until": "1 May"},
        {"kind": "workers"},
        {"place": "Dakar", "station": "DKR"},
        {"place": "Lima", "station": "LIM", "region": "Americas"},
        {"place": "Headquarters", "station": "", "region": ""},
        {"duties": frozenset({"meetings"})},
        {"languages": ("en",)},
        {"load": BUSY},
        {"load": FULL},
    ],
)
def test_each_ground_alone_decides_the_order_and_is_said(weaker):
    second = another(**weaker)
    for given in ([ONE, second], [second, ONE]):
        assert [place.candidate.name for place in rank(NEED, given)] == ["One", "Another"]
    assert said(NEED, second) != said(NEED, ONE)


def test_nearness_goes_before_duty_duty_before_language_and_language_before_room():
    far = another(place="Dakar", station="DKR")
    unfit = another(duties=frozenset())
    mute = another(languages=("en",))
    full = another(load=FULL)
    grounds = [full, mute, unfit, far]
    assert [place.candidate for place in rank(NEED, reversed(grounds))] == grounds


def test_every_place_has_a_ground_of_each_kind():
    looks = {reason.look for reason in rank(NEED, [ONE])[0].reasons}
    assert looks == {"helps"}
    text = said(NEED, ONE)
    assert "Yaoundé serves the country." in text
    assert "Reading draft laws" in text
    assert "French" in text


@pytest.mark.parametrize(
    ("claims", "sentence"),
    [
        ((Claim("YAO", True, "low"),), "doubt: Yaoundé probably serves the country; this is not certain."),
        ((Claim("YAO", True, "medium"),), "helps: Yaoundé serves the country; this follows"),
        ((Claim("YAO", True, "high"), Claim("DKR", False, "low")), "doubt: Yaoundé serves the country; another"),
        ((Claim("DKR", True, "high"), Claim("YAO", False, "low")), "doubt: Yaoundé is named for the country too"),
        ((Claim("DKR", True, "high"),), "doubt: Yaoundé serves other countries of the region."),
    ],
)
def test_doubt_about_the_station_is_said(claims, sentence):
    assert sentence in said(dataclasses.replace(NEED, claims=claims), ONE)


def test_where_no_station_is_named_headquarters_comes_first():
    geneva = another(place="Headquarters", station="", region="")
    places = rank(dataclasses.replace(NEED, claims=()), [ONE, geneva])
    assert places[0].candidate == geneva
    assert "headquarters serves it" in places[0].reasons[0].sentence


@pytest.mark.parametrize(("group", "hidden"), [("workers", "employers"), ("employers", "workers"), ("government", "")])
def test_a_teams_specialist_for_one_group_is_not_offered_for_the_other(group, hidden):
    kinds = [another(kind=kind) for kind in ("standards", "employers", "workers")]
    shown = {place.candidate.kind for place in rank(dataclasses.replace(NEED, group=group), kinds)}
    assert shown == {"standards", "employers", "workers"} - {hidden}


@pytest.mark.parametrize(
    ("kind", "duties"),
    [
        (SEMINAR, (Duty.MEETINGS,)),
        (DRAFT_LAW, (Duty.DRAFT_LAWS,)),
        (DIRECT_CONTACTS, (Duty.PROBLEMS_RAISED,)),
        (VISIT, (Duty.MEETINGS,)),
        (OPINION, ()),
        (NOT_SURE, ()),
    ],
)
def test_the_duty_follows_from_the_kind_of_help(kind, duties):
    assert duties_of(dataclasses.replace(NEED, kind=kind)) == duties


def test_every_kind_of_help_can_be_matched():
    for kind in KINDS:
        assert rank(dataclasses.replace(NEED, kind=kind), [ONE])[0].reasons


def test_what_was_commented_and_what_is_not_ratified_call_for_their_duties_once():
    need = dataclasses.replace(NEED, kind=DIRECT_CONTACTS, commented=True, not_ratified=True)
    assert duties_of(need) == (Duty.PROBLEMS_RAISED, Duty.NEW_RATIFICATIONS)


@pytest.mark.parametrize(("held", "word"), [(0, FREE), (3, FREE), (4, BUSY), (7, BUSY), (8, FULL), (90, FULL)])
def test_a_number_of_requests_becomes_one_of_three_words(held, word):
    assert load_of(held, 4, 8) == word
