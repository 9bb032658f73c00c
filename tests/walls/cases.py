"""Who each row of the law's table is, made in a world (principals.py). The rows are in test_visibility_matrix.py."""

from collections.abc import Callable

from accounts.models import User
from requests_app.models import CoSignature, DraftShare, Request, Routing, Seminar, Situation
from requests_app.services import cosigning, filing, sharing, triage
from tests import factories as make
from tests.walls.principals import Case, World, also, case, ended, joined, left, lowered, unconfirmed
from tests.walls.told import ANSWER, Told, a_word, sent_on, tell, tell_draft

# Who is not concerned: the same people before a sent request, a draft, and a draft that was shown to the Office.
NOBODY = {
    "anonymous": lambda w: None,
    "account without any place": lambda w: make.a_person(w.mail("nowhere")),
    "another union of the same country": lambda w: w.member(name=f"Union {a_word()}"),
    "administrator of another union": lambda w: w.member("administrator", name=f"Union {a_word()}"),
    "employers of the same country": lambda w: w.member(kind="employers"),
    "ministry of the same country": lambda w: w.member("administrator", kind="government"),
    "ministry of another country": lambda w: w.member(kind="government", name=f"Ministry {a_word()}", country="SN"),
    "two organizations, neither filed": lambda w: joined(
        w.member(name=f"Union {a_word()}"), Told(w.of_government.request, {}), "writer"
    ),
    "former writer": lambda w: left(w.member()),
    "former administrator": lambda w: left(w.member("administrator")),
    "disabled writer": lambda w: disabled(w.member()),
    "superuser": lambda w: make.a_superuser(w.mail("admin")),
    "Branch, not yet confirmed": unconfirmed,
    "Branch, post ended": lambda w: left(w.officer("branch")),
    "Branch, account disabled": lambda w: disabled(w.officer("branch")),
    "ACTRAV, post ended": lambda w: left(w.officer("actrav")),
    "specialist, post ended": lambda w: left(w.officer("YAO")),
    "specialist of another station": lambda w: w.officer("DKR"),
    "ACT/EMP": lambda w: w.officer("actemp"),
    "ACT/EMP officer who is somebody else's member": lambda w: also(w.member(kind="government"), "actemp"),
}


def disabled(person: User) -> User:
    """The person with a switched-off account."""
    User.objects.filter(pk=person.pk).update(is_active=False)
    return User.objects.get(pk=person.pk)


def nobody(w: World, who: str) -> User | None:
    """The person of NOBODY, made once in a world."""
    if who not in w.persons:
        w.persons[who] = NOBODY[who](w)
    return w.persons[who]


for _who in NOBODY:
    case(f"sent · {_who}")(lambda w, who=_who: (nobody(w, who), w.sent))
    case(f"draft · {_who}")(lambda w, who=_who: (nobody(w, who), w.draft))
    case(f"shown · {_who}")(lambda w, who=_who: (nobody(w, who), w.shown_draft))


def plain(who: str, person: str, request: str, *how: str) -> None:
    """A row: `person` (a method of the world, with what it is given) before one of the world's requests."""
    case(who)(lambda w: (getattr(w, person)(*how), getattr(w, request)))


for _state, _request in (("draft", "draft"), ("shown", "shown_draft")):
    plain(f"{_state} · other writer of the organization", "member", _request, "writer")
    plain(f"{_state} · reader of the organization", "member", _request, "reader")
    plain(f"{_state} · administrator of the organization", "member", _request, "administrator")
    plain(f"{_state} · Branch", "officer", _request, "branch")
    plain(f"{_state} · ACTRAV", "officer", _request, "actrav")
    plain(f"{_state} · specialist of the station", "officer", _request, "YAO")
    case(f"{_state} · author")(lambda w, request=_request: (w.author, getattr(w, request)))

plain("sent · writer", "member", "sent", "writer")
case("sent · author")(lambda w: (w.author, w.sent))
plain("sent · administrator", "member", "sent", "administrator")
plain("sent · reader", "member", "sent", "reader")
plain("sent · Branch", "officer", "sent", "branch")
plain("sent · ACTRAV", "officer", "sent", "actrav")
plain("sent · specialist of the station", "officer", "sent", "YAO")
plain("sent with employers (A9) · ACT/EMP", "officer", "with_employers", "actemp")
plain("sent with employers (A9) · ACTRAV", "officer", "with_employers", "actrav")
plain("sent with employers (A9) · employers of the same country", "member", "with_employers", "writer", "employers")
plain("government's request · Branch", "officer", "of_government", "branch")
plain("government's request · ACTRAV", "officer", "of_government", "actrav")
plain("government's request · ACT/EMP", "officer", "of_government", "actemp")
plain("government's request · union of the same country", "member", "of_government", "administrator")
plain("employers' request · Branch", "officer", "of_employers", "branch")
plain("employers' request · ACTRAV", "officer", "of_employers", "actrav")
plain("employers' request · ACT/EMP", "officer", "of_employers", "actemp")
plain("employers' request · specialist of the station", "officer", "of_employers", "YAO")
plain("employers' request · union of the same country", "member", "of_employers", "writer")


@case("sent, others may know (P3) · ministry of the same country")
def _p3_ministry(w: World) -> Case:
    return w.member(kind="government"), tell(w.author, people={"may_know": "others"})


@case("sent, others may know (P3) · employers of the same country")
def _p3_employers(w: World) -> Case:
    return w.member(kind="employers"), tell(w.author, people={"may_know": "others"})


@case("draft · author who is an administrator")
def _author_administrator(w: World) -> Case:
    person = w.member("administrator")
    return person, tell_draft(person)


@case("draft · author who became a reader")
def _author_reader(w: World) -> Case:
    person = w.member()
    told = tell_draft(person)
    return lowered(person), told


@case("draft · author who left")
def _author_left(w: World) -> Case:
    person = w.member()
    told = tell_draft(person)
    return left(person), told


@case("draft · author who left and now administers another union")
def _author_elsewhere(w: World) -> Case:
    person = w.member()
    told = tell_draft(person)
    left(person)
    return make.a_member(name=f"Union {a_word()}", role="administrator", email=person.email), told


@case("draft · shared to edit")
def _shared_edit(w: World) -> Case:
    person = w.member()
    return person, w.shared(person, may_edit=True)


@case("draft · shared to read")
def _shared_read(w: World) -> Case:
    person = w.member("reader")
    return person, w.shared(person, may_edit=False)


@case("draft · shared to edit with a reader of the organization")
def _shared_edit_reader(w: World) -> Case:
    person = w.member("reader")
    return person, w.shared(person, may_edit=True)


@case("draft · shared to read with a writer of the organization")
def _shared_read_writer(w: World) -> Case:
    person = w.member()
    return person, w.shared(person, may_edit=False)


@case("sent · writer with whom the draft was shared to edit")
def _shared_then_sent_writer(w: World) -> Case:
    person = w.member()
    told = tell(w.author)
    DraftShare.objects.create(request=told.request, user=person, may_edit=True, since=told.request.sent_at)
    return person, told


@case("draft whose author left · administrator")
def _heir(w: World) -> Case:
    return w.member("administrator"), w.abandoned


@case("draft whose author's account was closed · administrator")
def _heir_of_closed(w: World) -> Case:
    writer = w.member()
    told = tell_draft(writer)
    disabled(writer)
    return w.member("administrator"), told


@case("draft whose author left · other writer of the organization")
def _no_heir(w: World) -> Case:
    return w.member(), w.abandoned


@case("draft whose author left · administrator of another union")
def _foreign_heir(w: World) -> Case:
    return w.member("administrator", name=f"Union {a_word()}"), w.abandoned


@case("draft whose author left · administrator with whom it is shared")
def _heir_and_colleague(w: World) -> Case:
    writer, person = w.member(), w.member("administrator")
    told = tell_draft(writer)
    DraftShare.objects.create(request=told.request, user=person, may_edit=True, since=told.request.saved_at)
    left(writer)
    return person, told


@case("draft whose author left · administrator who took it over")
def _took_over(w: World) -> Case:
    writer, person = w.member(), w.member("administrator")
    told = tell_draft(writer)
    left(writer)
    sharing.take_over(told.request, by=person)
    return person, told


@case("sent, then its author left · administrator")
def _sent_heir(w: World) -> Case:
    writer = w.member()
    told = tell(writer)
    left(writer)
    return w.member("administrator"), told


@case("draft · share taken back")
def _unshared(w: World) -> Case:
    person = w.member()
    told = w.shared(person, may_edit=True)
    ended(DraftShare.objects.get(request=told.request))
    return person, told


@case("draft · shared with somebody who left")
def _shared_left(w: World) -> Case:
    person = w.member()
    told = w.shared(person, may_edit=True)
    return left(person), told


@case("draft · shared with an officer who is no member")
def _shared_officer(w: World) -> Case:
    person = w.officer("branch")
    return person, w.shared(person, may_edit=False)


@case("draft · reader beside whom it is shared with a colleague")
def _shared_beside(w: World) -> Case:
    told = w.shared(w.member(), may_edit=True)
    return w.member("reader"), told


@case("draft · writer beside whom it is shared with a colleague")
def _shared_beside_writer(w: World) -> Case:
    told = w.shared(w.member(), may_edit=True)
    return w.member(), told


@case("shown · Branch after it was taken back")
def _taken_back(w: World) -> Case:
    told = tell_draft(w.author)
    filing.show_to_office(told.request, True, by=w.author)
    filing.show_to_office(told.request, False, by=w.author)
    return w.officer("branch"), told


@case("sent · colleague with whom the draft was shared to edit, a reader")
def _shared_then_sent(w: World) -> Case:
    person = w.member("reader")
    told = tell(w.author)
    DraftShare.objects.create(request=told.request, user=person, may_edit=True, since=told.request.sent_at)
    return person, told


@case("sent · author who became a reader")
def _sent_author_reader(w: World) -> Case:
    person = w.member()
    told = tell(person)
    return lowered(person), told


@case("sent · author who left")
def _sent_author_left(w: World) -> Case:
    person = w.member()
    told = tell(person)
    return left(person), told


@case("sent · reader of it, writer of another union")
def _two(w: World) -> Case:
    person = w.member(name=f"Union {a_word()}")
    return joined(person, w.sent, "reader"), w.sent


@case("sent · writer and specialist of the station")
def _both(w: World) -> Case:
    return also(w.member(), "YAO"), w.sent


@case("sent · reader and specialist of another station")
def _reader_and_officer(w: World) -> Case:
    return also(w.member("reader"), "DKR"), w.sent


@case("sent · superuser with a Branch post")
def _superuser_branch(w: World) -> Case:
    return also(make.a_superuser(w.mail("admin")), "branch"), w.sent


@case("sent, A9 left from another kind of help · ACT/EMP")
def _a9_of_another_kind(w: World) -> Case:
    told = tell(w.author, kind="visit")
    Seminar.objects.create(request=told.request, taking_part=["employers"])
    return w.officer("actemp"), told


@case("routing of the Bureau ended · ACTRAV")
def _bureau_ended(w: World) -> Case:
    told = tell(w.author)
    ended(Routing.objects.get(request=told.request, unit__kind="actrav"))
    return w.officer("actrav"), told


@case("information of the Bureau ended · ACT/EMP")
def _information_ended(w: World) -> Case:
    told = tell(w.author, seminar={"taking_part": ["employers"]})
    ended(Routing.objects.get(request=told.request, unit__kind="actemp"))
    return w.officer("actemp"), told


@case("station routed as informed · specialist")
def _station_informed(w: World) -> Case:
    told = tell(w.author)
    Routing.objects.filter(request=told.request, unit__kind="station").update(level="informed")
    return w.officer("YAO"), told


@case("re-routed · specialist of the station before")
def _before(w: World) -> Case:
    told, before, _after = w.rerouted()
    return before, told


@case("re-routed · specialist of the station now")
def _after(w: World) -> Case:
    told, _before_it, after = w.rerouted()
    return after, told


@case("assigned by name · officer of another station")
def _assigned(w: World) -> Case:
    person = w.officer("DKR")
    return person, w.assigned_to(person)


@case("assigned by name · once another has it")
def _reassigned(w: World) -> Case:
    person = w.officer("DKR")
    told = w.assigned_to(person)
    Request.objects.filter(pk=told.request.pk).update(officer=w.officer("branch"))
    return person, told


@case("assigned by name · once the post ended")
def _assigned_left(w: World) -> Case:
    person = w.officer("DKR")
    told = w.assigned_to(person)
    return left(person), told


@case("headquarters serves the country · specialist")
def _headquarters(w: World) -> Case:
    make.a_country("CH", "Switzerland", "Europe and Central Asia")
    told = tell(w.member(name=f"Union {a_word()}", country="CH"), country="CH")
    return w.officer("YAO"), told


OTHERS = {"may_know": "others"}


def asked(w: World, told: Told, name: str) -> tuple[User, CoSignature]:
    """A writer of the organization of this name, which `told`'s author has asked to sign."""
    person = w.member(name=name)
    cosigning.invite(told.request, person.email, by=w.author)
    return person, told.request.cosignatures.get(user=person)


def signed(w: World, told: Told, name: str) -> tuple[User, CoSignature]:
    """The same, once he has signed."""
    person, row = asked(w, told, name)
    return person, cosigning.sign(told.request, row.uid, by=person, declared=True)


def joint(who: str, person: Callable[[World, str], User] | None, how: Callable, *, sent: bool = False) -> None:
    """A row: `person`, or for None the writer who was asked, before a request that is filed together."""

    @case(who)
    def build(w: World) -> Case:
        told = (tell if sent else tell_draft)(w.author, people=OTHERS)
        name = f"Union {a_word()}"
        writer, _row = how(w, told, name)
        return (person(w, name) if person else User.objects.get(pk=writer.pk)), told


def then(how: Callable, what: Callable[[World, Told, User, CoSignature], object]) -> Callable:
    """What `how` makes, and then something happens to it."""

    def both(w: World, told: Told, name: str) -> tuple[User, CoSignature]:
        writer, row = how(w, told, name)
        what(w, told, writer, row)
        return writer, row

    return both


def _expired(row: CoSignature) -> None:
    CoSignature.objects.filter(pk=row.pk).update(expires_at=row.since)


def _changed(w: World, told: Told) -> None:
    answers = {"happening": f"It has changed: {told.words['answers']}."}
    filing.save_answers(told.request.section(Situation), answers, {}, by=w.author)


joint("joint draft · writer of the invited organization", None, asked)
joint(
    "joint draft · administrator of the invited organization",
    lambda w, name: w.member("administrator", name=name),
    asked,
)
joint("joint draft · reader of the invited organization", lambda w, name: w.member("reader", name=name), asked)
joint("joint draft · who left the invited organization", lambda w, name: left(w.member(name=name)), asked)
joint("joint draft · another union of the same country", lambda w, name: w.member(name=f"Union {a_word()}"), asked)
joint(
    "joint draft · ACT/EMP officer who writes for the invited organization",
    lambda w, name: also(w.member(name=name), "actemp"),
    asked,
)
joint("joint draft, signed · writer of the other organization", None, signed)
joint("joint draft, signed · reader of the other organization", lambda w, name: w.member("reader", name=name), signed)
joint(
    "joint draft, signed · another union of the same country",
    lambda w, name: w.member(name=f"Union {a_word()}"),
    signed,
)
joint(
    "joint draft, declined · writer of the other organization",
    None,
    then(asked, lambda w, told, writer, row: cosigning.decline(told.request, row.uid, by=writer)),
)
joint(
    "joint draft, expired · writer of the other organization",
    None,
    then(asked, lambda w, told, writer, row: _expired(row)),
)
joint(
    "joint draft, taken back · writer of the other organization",
    None,
    then(asked, lambda w, told, writer, row: cosigning.take_back(told.request, row.uid, by=w.author)),
)
joint(
    "joint draft, signature withdrawn · writer of the other organization",
    None,
    then(signed, lambda w, told, writer, row: cosigning.withdraw_signature(told.request, row.uid, by=writer)),
)
joint(
    "joint draft, changed since it was signed · writer of the other organization",
    None,
    then(signed, lambda w, told, writer, row: _changed(w, told)),
)
joint("joint, sent · writer of the invited organization", None, asked, sent=True)
joint("joint, sent and signed · writer of the other organization", None, signed, sent=True)
joint(
    "joint, sent and signed · ministry of the same country",
    lambda w, name: w.member(kind="government"),
    signed,
    sent=True,
)
joint("joint, sent and signed · writer", lambda w, name: w.member(), signed, sent=True)
joint("joint, sent and signed · Branch", lambda w, name: w.officer("branch"), signed, sent=True)


def _to_both(w: World, told: Told, *_who: object) -> None:
    sent_on(told, w.author, both=True)
    told.request.refresh_from_db()


def _answered(w: World, told: Told, *_who: object) -> None:
    """The answer to the letter changes what was signed."""
    letter = told.request.letters.get(from_office=True)
    changed = {Situation: ({"happening": f"It has changed: {told.words[ANSWER]}."}, {})}
    filing.answer(told.request, letter, "See above.", changed, by=w.author)
    told.request.refresh_from_db()


def _signed_anew(w: World, told: Told, writer: User, _row: CoSignature) -> None:
    _answered(w, told)
    cosigning.sign(told.request, told.request.cosignatures.waiting().get().uid, by=writer, declared=True)


def _signed_later(w: World, told: Told, name: str) -> tuple[User, CoSignature]:
    """The letter went to another union that had signed before."""
    signed(w, told, f"Union {a_word()}")
    _to_both(w, told)
    return signed(w, told, name)


to_both = then(signed, _to_both)
joint("joint, letter to both · writer of the other organization", None, to_both)
joint(
    "joint, letter to both · administrator of the other organization",
    lambda w, name: w.member("administrator", name=name),
    to_both,
)
joint(
    "joint, letter to both · reader of the other organization", lambda w, name: w.member("reader", name=name), to_both
)
joint("joint, letter to both · who left the other organization", lambda w, name: left(w.member(name=name)), to_both)
joint("joint, letter to both · ministry of the same country", lambda w, name: w.member(kind="government"), to_both)
joint("joint, letter to both · writer", lambda w, name: w.member(), to_both)
joint("joint, letter to both · another organization that signed after it", None, _signed_later)
joint(
    "joint, letter to both, signature withdrawn · writer of the other organization",
    None,
    then(to_both, lambda w, told, writer, row: cosigning.withdraw_signature(told.request, row.uid, by=writer)),
)
joint(
    "joint, letter to both, changed since it was signed · writer of the other organization",
    None,
    then(to_both, _answered),
)
joint("joint, letter to both, signed anew · its writer", None, then(to_both, _signed_anew))


def _office_declines(w: World, told: Told) -> None:
    triage.decide(told.request, "decline", "Not possible.", by=make.an_officer(email="taker@example.org"))
    told.request.refresh_from_db()


joint(
    "joint, declined by the Office · writer of the invited organization",
    None,
    then(asked, lambda w, told, writer, row: _office_declines(w, told)),
    sent=True,
)
joint(
    "joint, signed, declined by the Office · writer of the other one",
    None,
    then(signed, lambda w, told, writer, row: _office_declines(w, told)),
    sent=True,
)
joint(
    "joint, signed, withdrawn · writer of the other organization",
    None,
    then(signed, lambda w, told, writer, row: filing.withdraw(told.request, "", by=w.author)),
    sent=True,
)
