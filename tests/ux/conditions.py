"""States of pages that no route names: empty, filled, with errors, in each status, refused, broken."""

from collections.abc import Iterator
from contextlib import contextmanager

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client, override_settings
from django.urls import reverse

from accounts import address, invitations, joining, links
from accounts.models import AddressChange, JoinRequest, Membership, Organization, User
from requests_app import states
from requests_app.kinds import KINDS
from requests_app.models import People, Request, Situation
from requests_app.models.sections.registry import sections_of
from requests_app.services import cosigning, filing
from tests import factories as make
from tests.ux.place import SENT, Place
from tests.walls.cast import Cast
from webhooks import endpoints

DESK_ACTIONS = {
    states.SENT: ("take", "assign", "note"),
    states.IN_EXAMINATION: ("ask", "accept", "decline"),
    states.ACCEPTED: ("prepare", "no_means"),
    states.IN_PREPARATION: ("give",),
    states.GIVEN: ("close",),
    states.DECLINED: ("reopen",),
}
ADDED = "const field = document.createElement('textarea'); field.name = 'more'; field.hidden = true;"
APPENDED = "document.querySelector('main form').append(field);"
TOO_LARGE = f"{ADDED} field.value = 'x'.repeat(1_100_000); {APPENDED} {SENT}"
TOO_MANY = f"for (let one = 0; one < 501; one++) {{ {ADDED} {APPENDED} }} {SENT}"
UNKNOWN_FORM = f"document.querySelector('main form [name=csrfmiddlewaretoken]').value = 'unknown'; {SENT}"
NO_LINK = "A" * 22
OTHERS = {People: {"may_know": "others"}}


def nothing_more(cast: Cast) -> Iterator[Place]:
    """The routes say it all."""
    yield from ()


def not_answered(cast: Cast) -> Iterator[Place]:
    """What is not found, not allowed, not understood, too large, too often, or broken."""
    sign_in = reverse("account_login")
    yield Place("choose_language", "/", "anonymous", reads="de")
    yield Place("404", "/en/nothing-here/", "writer", status=404)
    yield Place("403", reverse("admin:requests_request_changelist"), "superuser", status=403)
    yield Place("400", sign_in, "anonymous", TOO_MANY, status=400)
    yield Place("413", sign_in, "anonymous", TOO_LARGE, status=413)
    yield Place("a form that is not known", sign_in, "anonymous", UNKNOWN_FORM, status=403)
    yield Place("429", reverse("account_invitation", args=[NO_LINK]), "anonymous", status=429, world=asked_too_often)
    yield Place("500", "/broken", "anonymous", status=500, world=broken)


@contextmanager
def asked_too_often() -> Iterator[None]:
    """This machine has opened links until it may not for a while."""
    client = Client()
    while client.get(reverse("account_invitation", args=[NO_LINK])).status_code != 429:
        pass
    yield


@contextmanager
def broken() -> Iterator[None]:
    """Something has gone wrong in the portal itself."""
    with override_settings(ROOT_URLCONF="tests.machine.test_answers"):
        yield


def of_accounts(cast: Cast) -> Iterator[Place]:
    """Forms with errors; links that still open something; the pages of an administrator and of the second step."""
    yield Place("sign-in with errors", reverse("account_login"), "anonymous", SENT)
    yield Place("join with errors", reverse("account_signup"), "anonymous", SENT)
    yield from by_links(cast)
    yield from of_an_organization(cast)
    for role, names in {
        "writer": ("account_email", "mfa_activate_totp"),
        "reader": ("mfa_index", "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_deactivate_totp"),
    }.items():
        for name in names:
            yield Place(f"{name} after the password", reverse(name), role, world=just_confirmed)
    reader = cast.people["reader"]
    assert reader is not None
    secure(reader)
    signed_in = f"id_login.value = '{reader.email}'; id_password.value = '{make.PASSWORD}'; {SENT}"
    yield Place("code of the second step", reverse("account_login"), "anonymous", signed_in)


@contextmanager
def just_confirmed() -> Iterator[None]:
    """The password that a session was opened with counts, however long the crawl has taken to get here."""
    with override_settings(ACCOUNT_REAUTHENTICATION_TIMEOUT=86_400):
        yield


def secure(person: User) -> None:
    """Turn the second step on."""
    TOTP.activate(person, generate_totp_secret())
    RecoveryCodes.activate(person)


def by_links(cast: Cast) -> Iterator[Place]:
    """What the links in mails open while they are new."""
    writer, boss = cast.people["writer"], administrator(cast)
    invitation = invitations.invite(make.organization_of(boss), "new@example.org", "reader", by=boss)
    word = links.word_of("invitation", invitation.pk, invitation.turn)
    for role in ("anonymous", "stranger"):
        yield Place(f"invitation for {role}", reverse("account_invitation", args=[word]), role)
    word = links.word_of("join", asked_to_join("newcomer@example.org").pk)
    yield Place("join, confirmed", reverse("account_join_confirm", args=[word]), "anonymous")
    address.ask(writer, "later@example.org")
    word = links.word_of("address", AddressChange.objects.get(user=writer).pk)
    yield Place("address, confirmed", reverse("account_confirm_email", args=[word]), "writer")


def of_an_organization(cast: Cast) -> Iterator[Place]:
    """Its pages for who looks after it: members, an open invitation, somebody who asks to join."""
    boss = administrator(cast)
    own = make.organization_of(boss)
    join = asked_to_join("colleague@example.org")
    joining.confirm_as_new(join, make.PASSWORD)
    joining.pass_on(JoinRequest.objects.get(pk=join.pk), own, by=cast.people["branch"])
    writers = Membership.objects.get(user=cast.people["writer"])
    for name, more in {
        "organization": [],
        "organization_invite": [],
        "organization_join": [join.pk],
        "organization_member": [writers.pk],
    }.items():
        yield Place(f"{name} for its administrator", reverse(name, args=[own.pk, *more]), "administrator")
    invite = reverse("organization_invite", args=[own.pk])
    yield Place("organization_invite with errors", invite, "administrator", SENT)
    yield from of_webhooks(own, boss)


def of_webhooks(own: Organization, boss: User) -> Iterator[Place]:
    """The addresses that an organization has named; its secret is shown once."""
    with override_settings(WEBHOOK_LOCAL_HOSTS=frozenset({"127.0.0.1"})):
        endpoint, _secret = endpoints.add(own, "https://127.0.0.1:9/", "Case system", by=boss)
    for name, form, more in (
        ("organization_webhooks", "", []),
        ("organization_webhook_add", "", []),
        ("organization_webhook_add", SENT, []),
        ("organization_webhook", "", [endpoint.pk]),
        ("organization_webhook_secret", "", [endpoint.pk]),
        ("organization_webhook_secret", SENT, [endpoint.pk]),
    ):
        path = reverse(name, args=[own.pk, *more])
        yield Place(f"{name} {'sent' if form else ''}", path, "administrator", form, world=just_confirmed)


def asked_to_join(mail: str) -> JoinRequest:
    """What somebody wrote who wants to join."""
    typed = dict.fromkeys(("name", "function", "organization_name", "proof"), "Somebody")
    joining.ask({**typed, "address": mail, "country_id": "CM", "kind": Organization.Kind.WORKERS}, language="en")
    return JoinRequest.objects.get(address=mail)


def administrator(cast: Cast) -> User:
    """Who looks after the writer's organization."""
    if "administrator" not in cast.people:
        boss = make.a_person("boss@example.org")
        own = make.organization_of(cast.people["writer"])
        Membership.objects.create(user=boss, organization=own, role=Membership.Role.ADMINISTRATOR)
        cast.people["administrator"] = boss
    return User.objects.get(email="boss@example.org")


def of_requests(cast: Cast) -> Iterator[Place]:
    """Drafts, requests in each status, lists, joint filing."""
    yield from of_drafts(cast)
    writer, officer = cast.people["writer"], cast.people["branch"]
    for status in states.STATUSES:
        if status != states.DRAFT:
            request = make.a_request(status=status, by=writer, officer=officer)
            yield Place(f"status {status}", at("detail", request), "writer")
    yield Place("empty list", reverse("requests:list"), "ministry")
    yield Place("search without result", reverse("requests:list") + "?q=zzzz", "writer")
    yield Place("new request with errors", reverse("requests:new"), "writer", SENT)
    yield from of_joint_filing(cast)


def of_drafts(cast: Cast) -> Iterator[Place]:
    """Every section of every kind, once empty, once filled; one with errors; what stands before sending."""
    writer = cast.people["writer"]
    seen = set()
    for kind in (*KINDS, make.NOT_SURE):
        draft = make.a_draft(kind, by=writer, filled=kind in (make.SEMINAR, make.VISIT))
        for section in sections_of(kind):
            if section not in seen:
                seen.add(section)
                yield Place(f"section {section.slug}", at("section", draft, section.slug), "writer")
        yield Place(f"tasks of {kind}", at("detail", draft), "writer")
    yield Place("check, all answered", at("check", make.a_draft(by=writer)), "writer")
    wrong = make.a_draft(by=writer, filled=False)
    filing.save_answers(wrong.section(Situation), {}, {"since": "soon", "happening": "x" * 9000}, by=writer)
    yield Place("section with errors", at("section", wrong, "situation"), "writer")


def of_joint_filing(cast: Cast) -> Iterator[Place]:
    """Another organization is asked to sign, and has signed."""
    writer, other = cast.people["writer"], cast.people["employers"]
    for condition in ("asked", "signed"):
        draft = make.a_draft(by=writer, answers=OTHERS)
        cosigning.invite(draft, other.email, by=writer)
        if condition == "signed":
            cosigning.sign(draft, draft.cosignatures.get().uid, by=other, declared=True)
        yield Place(f"co-signers, {condition}", at("co_signers", draft), "writer")
        yield Place(f"co-signing, {condition}", at("co_sign", draft), "employers")
    yield Place("list with what one is asked to sign", reverse("requests:list"), "employers")


def of_dossiers(cast: Cast) -> Iterator[Place]:
    """The dossier of a request in each status, and the desk's pages that act on it."""
    writer, officer = cast.people["writer"], cast.people["branch"]
    for status in states.STATUSES:
        if status == states.DRAFT:
            continue
        request = make.a_request(status=status, by=writer, officer=officer)
        yield Place(f"dossier {status}", reverse("admin:requests_request_change", args=[request.reference]), "branch")
        for action in DESK_ACTIONS.get(status, ()):
            path = reverse("admin:requests_request_act", args=[request.reference, action])
            yield Place(f"action {action}", path, "branch")


def at(name: str, request: Request, *more: str) -> str:
    """The address of a page of this request."""
    return reverse(f"requests:{name}", args=[request.reference, *more])
