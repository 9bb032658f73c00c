"""Every route of the portal, and what it answers to whom. A route without a row fails, and so does a row without route.

Outcomes: a status, or the page to which an answer leads: `in` the sign-in page, `door` the desk's sign-in, `dossier`,
`detail`, `list`, `documents`, `queue` (the desk's), `desk` its home, `home`, `root`, `confirm` and `password` of the
own account, `page` and `rows` the form and the list of the same model at the desk, `static` a file.
"""

from dataclasses import dataclass

ALIASES = {
    "account_login": "in",
    "admin:login": "door",
    "admin:requests_request_change": "dossier",
    "admin:requests_request_changelist": "queue",
    "admin:index": "desk",
    "requests:detail": "detail",
    "requests:list": "list",
    "requests:copy_html": "copy_html",
    "requests:documents": "documents",
    "account_reauthenticate": "confirm",
    "account_change_password": "password",
    "choose_language": "root",
}
WIDTH = 15


@dataclass(frozen=True)
class Outcome:
    """What a route (`*` stands for any name) answers about the union's request that was sent, its draft, or neither."""

    route: str
    about: str
    get: str
    post: str


def everybody(route: str, get: str, post: str) -> Outcome:
    """The same for all."""
    return Outcome(route, "", " ".join([get] * WIDTH), " ".join([post] * WIDTH))


def signed_in(route: str, get: str, post: str) -> Outcome:
    """The same for whoever is signed in; the others are led to sign in."""
    return Outcome(route, "", f"in {' '.join([get] * 13)} in", f"in {' '.join([post] * 13)} in")


def desk(route: str, get: str, post: str, about: str = "", *, others: str = "door") -> Outcome:
    """For Branch, ACTRAV, ACT/EMP, specialist, other specialist, superuser; the others are led to sign in."""
    gets, posts = (codes if " " in codes else " ".join([codes] * 6) for codes in (get, post))
    sides = [f"{' '.join([others] * 7)} {codes} {others} {others}" for codes in (gets, posts)]
    return Outcome(route, about, *sides)


def act(route: str, post: str) -> Outcome:
    """An act at the desk: only a POST, for the six at the desk."""
    return Outcome(route, "", " ".join(["405"] * WIDTH), f"{' '.join(['door'] * 7)} {post} door door")


def about(route: str, request: str, get: str, post: str) -> Outcome:
    """A page of one request: the columns in full."""
    posts = post if " " in post else f"in {' '.join([post] * 13)} in"
    return Outcome(route, request, get, posts)


PUBLIC = (
    Outcome("choose_language", "", f"200 {'home ' * 13}200", " ".join(["405"] * WIDTH)),
    everybody("set_language", "405", "root"),
    everybody("healthz", "200", "405"),
    everybody("readyz", "200", "405"),
    everybody("favicon", "static", "static"),
    *(
        everybody(name, "200", "405")
        for name in ("home", "before", "help", "privacy", "accessibility", "contact", "sitemap", "api_page")
    ),
    everybody("help_topic", "200", "405"),
    *(
        everybody(name, "200", "405")
        for name in ("countries", "country", "instruments", "specialists", "rules", "rule")
    ),
    *(
        everybody(name, "200", "405")
        for name in ("statistics", "published_csv", "referrals", "referrals_csv", "asked", "asked_csv")
    ),
    *(everybody(name, "404", "405") for name in ("instrument", "ratifications_csv")),  # the cast has no instruments
    everybody("api_problem", "404", "405"),
    Outcome("try_out_mail", "", f"in {'200 ' * 13}in", " ".join(["405"] * WIDTH)),
)

ACCOUNT = (
    signed_in("account", "200", "200"),
    everybody("account_signup", "200", "200"),
    everybody("account_join_sent", "200", "405"),
    everybody("account_join_confirm", "200", "200"),
    Outcome("account_login", "", f"200 {'home ' * 13}200", f"200 {'home ' * 13}200"),
    everybody("account_invitation", "200", "200"),
    everybody("account_invitation_again", "405", "200"),
    signed_in("mfa_authenticate", "home", "home"),
    everybody("account_logout", "405", "home"),
    signed_in("account_reauthenticate", "200", "200"),
    signed_in("mfa_reauthenticate", "confirm", "confirm"),
    signed_in("account_change_password", "200", "200"),
    signed_in("account_set_password", "password", "password"),
    everybody("account_reset_password", "200", "200"),
    everybody("account_reset_password_done", "200", "405"),
    everybody("account_reset_password_from_key_done", "200", "405"),
    everybody("account_reset_password_from_key", "200", "200"),
    signed_in("mfa_index", "200", "405"),
    signed_in("account_notices", "200", "account_notices"),
    signed_in("account_keys", "200", "405"),
    signed_in("account_key_new", "confirm", "confirm"),
    signed_in("account_key_end", "405", "account_keys"),
    signed_in("account_devices", "200", "405"),
    signed_in("account_devices_end_others", "405", "account_devices"),
    signed_in("account_device_end", "405", "account_devices"),
    signed_in("mfa_activate_totp", "confirm", "confirm"),
    signed_in("mfa_deactivate_totp", "404", "404"),
    signed_in("mfa_view_recovery_codes", "404", "405"),
    signed_in("mfa_generate_recovery_codes", "confirm", "confirm"),
    signed_in("mfa_download_recovery_codes", "404", "404"),
    signed_in("account_email", "confirm", "confirm"),
    everybody("account_email_verification_sent", "in", "in"),
    signed_in("account_confirm_email", "200", "200"),
    everybody("account_confirm_login_code", "in", "in"),
    everybody("account_inactive", "in", "in"),
)

# Columns: anonymous · writer, reader of the union · other union, employers, ministry, stranger ·
# Branch, ACTRAV, ACT/EMP, specialist, other specialist, superuser · former member, disabled.
LED = "in detail detail 404 404 404 404 detail detail 404 detail 404 404 404 in"
READ = "in 200 200 404 404 404 404 200 200 404 200 404 404 404 in"
WRITER_ONLY = "in 200 404 404 404 404 404 404 404 404 404 404 404 404 in"
NOBODY = "in 404 404 404 404 404 404 404 404 404 404 404 404 404 in"
AS_REQUESTER = "in detail detail 404 404 404 404 200 200 404 200 404 404 404 in"
TO_DETAIL = WRITER_ONLY.replace("200", "detail")
DOSSIER = "in 200 200 404 404 404 404 dossier dossier 404 dossier 404 404 404 in"

ORGANIZATIONS = (
    Outcome("organization", "", "in 200 200 404 404 404 404 404 404 404 404 404 404 404 in", f"in {'405 ' * 13}in"),
    Outcome("organization_invite", "", NOBODY, NOBODY),  # the cast's administrators are of other organizations
    Outcome("organization_invitation", "", f"in {'405 ' * 13}in", NOBODY),
    Outcome("organization_join", "", NOBODY, NOBODY),
    Outcome("organization_member", "", WRITER_ONLY, WRITER_ONLY),  # the writer's own membership
    # Its administrators' alone, like inviting: tests/webhooks.
    Outcome("organization_webhooks", "", NOBODY, f"in {'405 ' * 13}in"),
    Outcome("organization_webhook_add", "", NOBODY, NOBODY),
    Outcome("organization_webhook", "", NOBODY, f"in {'405 ' * 13}in"),
    Outcome("organization_webhook_secret", "", NOBODY, NOBODY),
    Outcome("organization_webhook_act", "", f"in {'405 ' * 13}in", NOBODY),
)

# Who may not add a document is led back to the list of them.
POSTED = READ.replace("200", "documents").replace("documents", "200", 1)

REQUESTS = (
    everybody("requests:result_by_link", "404", "404"),
    everybody("requests:all_questions", "200", "405"),
    everybody("requests:all_questions_text", "200", "405"),
    signed_in("requests:list", "200", "405"),
    signed_in("requests:new", "200", "200"),
    about("requests:detail", "sent", DOSSIER, "405"),
    about("requests:detail", "draft", WRITER_ONLY, "405"),
    about("requests:check", "sent", LED, LED),
    about("requests:check", "draft", WRITER_ONLY, WRITER_ONLY),
    about("requests:preview", "sent", LED, "405"),
    about("requests:preview", "draft", WRITER_ONLY, "405"),
    about("requests:answers", "sent", READ, "405"),
    about("requests:answers", "draft", WRITER_ONLY, "405"),
    about("requests:answer", "sent", WRITER_ONLY, WRITER_ONLY),
    about("requests:answer", "draft", NOBODY, NOBODY),
    about("requests:letters", "sent", READ, READ),
    about("requests:letters", "draft", TO_DETAIL, TO_DETAIL),
    about("requests:documents", "sent", READ, POSTED),
    about("requests:documents", "draft", WRITER_ONLY, WRITER_ONLY),
    about("requests:document", "sent", READ, "405"),
    about("requests:document", "draft", NOBODY, "405"),
    about("requests:publishing", "sent", LED, LED),
    about("requests:publishing", "draft", TO_DETAIL, TO_DETAIL),
    about("requests:withdraw", "sent", WRITER_ONLY, TO_DETAIL),
    about("requests:withdraw", "draft", NOBODY, NOBODY),
    about("requests:delete", "sent", LED, LED),
    about("requests:delete", "draft", WRITER_ONLY, WRITER_ONLY.replace("200", "list")),
    about("requests:show_to_office", "sent", LED, LED),
    about("requests:show_to_office", "draft", TO_DETAIL, TO_DETAIL),
    about("requests:copy_html", "sent", READ, "405"),
    about("requests:copy_html", "draft", WRITER_ONLY, "405"),
    about("requests:copy_pdf", "sent", READ.replace("200", "copy_html"), "405"),
    about("requests:copy_pdf", "draft", WRITER_ONLY.replace("200", "copy_html"), "405"),
    about("requests:sent_html", "sent", READ, "405"),
    about("requests:sent_html", "draft", TO_DETAIL, "405"),
    about("requests:start_again", "sent", LED, LED),
    about("requests:start_again", "draft", TO_DETAIL, TO_DETAIL),
    about("requests:result", "sent", LED, LED),
    about("requests:result", "draft", TO_DETAIL, TO_DETAIL),
    about("requests:as_requester", "sent", AS_REQUESTER, "405"),
    about("requests:as_requester", "draft", TO_DETAIL, "405"),
    about("requests:share", "sent", LED, LED),
    about("requests:share", "draft", WRITER_ONLY, WRITER_ONLY),
    about("requests:co_signers", "sent", LED.replace("detail", "200", 1), LED.replace("detail", "200", 1)),
    about("requests:co_signers", "draft", WRITER_ONLY, WRITER_ONLY),
    # Nobody of the cast is asked to sign: who is, tests/joint.
    *(about("requests:co_sign", kind, NOBODY, NOBODY) for kind in ("sent", "draft")),
    *(about("requests:co_document", kind, NOBODY, "405") for kind in ("sent", "draft")),
    about("requests:take_over", "sent", LED, LED),
    about("requests:take_over", "draft", TO_DETAIL, TO_DETAIL),
    about("requests:section", "sent", LED, LED),
    about("requests:section", "draft", WRITER_ONLY, WRITER_ONLY),
    # A script's own address: it says in words, never by leading on, that somebody is signed out.
    about("requests:autosave", "sent", " ".join(["405"] * WIDTH), READ.replace("in", "200")),
    about("requests:autosave", "draft", " ".join(["405"] * WIDTH), WRITER_ONLY.replace("in", "200")),
    # Branch, ACTRAV, ACT/EMP, specialist, other specialist, superuser; so everywhere below.
    desk("admin:requests_request_changelist", "queue queue queue queue queue 403", "queue queue queue queue queue 403"),
    desk("admin:requests_request_change", "200 200 404 200 404 404", "405", "sent"),
    desk("admin:requests_request_change", "404", "405", "draft"),
    desk("admin:requests_request_act", "200 403 404 403 404 404", "dossier 403 404 403 404 404", "sent"),
    desk("admin:requests_request_act", "404", "404", "draft"),
    desk("admin:requests_request_links", "200 403 404 403 404 404", "200 403 404 403 404 404", "sent"),
    desk("admin:requests_request_links", "404", "404", "draft"),
    desk("admin:requests_request_document", "200 200 404 200 404 404", "405", "sent"),
    desk("admin:requests_request_document", "404", "405", "draft"),
)

DESK = (
    desk("admin:requests_snapshot_changelist", "200 403 403 403 403 403", "200 403 403 403 403 403"),
    desk("admin:requests_snapshot_add", "403", "403"),
    desk("admin:requests_snapshot_history", "desk", "desk"),
    desk("admin:requests_snapshot_change", "desk 403 403 403 403 403", "403"),
    desk("admin:requests_snapshot_delete", "403", "403"),
    desk("admin:gap_map", "200 200 200 200 200 403", "405"),
    desk("admin:gap_map_country", "200 200 200 200 200 403", "405"),
    desk("admin:index", "200", "200"),
    Outcome("admin:login", "", f"in {'home ' * 13}in", f"in {'home ' * 13}in"),
    desk("admin:logout", "405", "home", others="desk"),
    desk("admin:password_change", "200", "200"),
    desk("admin:password_change_done", "200", "405"),
    desk("admin:autocomplete", "403", "405"),
    desk("admin:jsi18n", "200", "405"),
    desk("admin:view_on_site", "404", "404"),
    desk("admin:app_list", "200 200 200 200 200 404", "200 200 200 200 200 404"),
    desk("admin/(?P<url>.*)$", "404", "404"),
    desk("admin/*/<path:object_id>/", "page", "page"),
)

# What does not exist for somebody is answered like an unknown id: `desk`, with one sentence.
THEIRS = "200 200 desk 403 403 200"
PLACES = "200 desk desk desk desk 200"
PEOPLE = (
    act("admin:accounts_user_act", "404 404 404 404 404 404"),
    act("admin:accounts_unit_act", "404 404 404 404 404 404"),
    act("admin:accounts_organization_act", "page page 404 404 404 page"),
    act("admin:accounts_membership_act", "page page 404 404 404 page"),
    act("admin:accounts_post_act", "page 404 404 404 404 page"),
    desk("admin:accounts_user_changelist", "403 403 403 403 403 200", "403 403 403 403 403 200"),
    desk("admin:accounts_user_add", "403 403 403 403 403 200", "403 403 403 403 403 200"),
    desk("admin:accounts_user_history", "403 403 403 403 403 200", "403 403 403 403 403 200"),
    desk("admin:accounts_user_change", "403 403 403 403 403 200", "403 403 403 403 403 200"),
    *(
        line
        for model in ("organization", "membership")
        for line in (
            desk(f"admin:accounts_{model}_changelist", "200 200 200 403 403 200", "200 200 200 403 403 200"),
            desk(f"admin:accounts_{model}_add", "403 403 403 403 403 200", "403 403 403 403 403 200"),
            desk(f"admin:accounts_{model}_history", "200 200 desk desk desk 200", "200 200 desk desk desk 200"),
            desk(f"admin:accounts_{model}_change", THEIRS, "403"),
        )
    ),
    desk("admin:accounts_joinrequest_changelist", "200 200 200 403 403 200", "200 200 200 403 403 200"),
    desk("admin:accounts_joinrequest_add", "403", "403"),
    desk("admin:accounts_joinrequest_history", "200 200 desk desk desk 200", "200 200 desk desk desk 200"),
    desk("admin:accounts_joinrequest_change", THEIRS, "403"),
    desk("admin:accounts_joinrequest_act", "200 404 404 404 404 404", "200 404 404 404 404 404"),
    desk("admin:accounts_unit_changelist", "200 403 403 403 403 200", "200 403 403 403 403 200"),
    desk("admin:accounts_unit_add", "403", "403"),
    desk("admin:accounts_unit_history", "200 403 403 403 403 200", "200 403 403 403 403 200"),
    desk("admin:accounts_unit_change", "200 403 403 403 403 200", "403 403 403 403 403 rows"),
    desk("admin:accounts_post_changelist", "200", "200"),
    desk("admin:accounts_post_add", "200 200 200 200 200 403", "200 200 200 200 200 403"),
    desk("admin:accounts_post_history", PLACES, PLACES),
    desk("admin:accounts_post_change", PLACES, "403"),
    desk("admin:accounts_specialist_changelist", "200 403 403 403 403 200", "200 403 403 403 403 200"),
    desk("admin:accounts_specialist_add", "200 403 403 403 403 200", "200 403 403 403 403 200"),
    desk("admin:accounts_specialist_history", "200 403 403 403 403 200", "200 403 403 403 403 200"),
    desk("admin:accounts_specialist_change", "200 403 403 403 403 200", "200 403 403 403 403 200"),
    desk("admin:accounts_*_delete", "403", "403"),
)

# Reference data, asked for by an id that does not exist: officers read them, the administrator corrects.
EDITED = ("standards_country", "standards_instrument", "standards_ratification", "standards_ratificationlist")
EDITED += ("standards_station", "standards_coverage", "standards_course")
REFERENCE_DATA = (
    *(desk(f"admin:{model}_add", "403 403 403 403 403 200", "403 403 403 403 403 200") for model in EDITED),
    *(desk(f"admin:{model}_change", "desk", "403 403 403 403 403 desk") for model in EDITED),
    desk("admin:standards_datafile_add", "403", "403"),
    desk("admin:standards_datafile_change", "desk", "403"),
    desk("admin:standards_*_changelist", "200", "200"),
    desk("admin:standards_*_history", "desk", "desk"),
    desk("admin:standards_*_delete", "403", "403"),
)

# The supervisory record: items by the technical administrator, the rest by an import that he starts.
IMPORTED = ("supervisory_referral", "supervisory_statistic")
SUPERVISORY = (
    desk("admin:supervisory_*_changelist", "200", "200"),
    desk("admin:supervisory_*_history", "desk", "desk"),
    desk("admin:supervisory_*_delete", "403", "403"),
    desk("admin:supervisory_supervisoryitem_add", "403 403 403 403 403 200", "403 403 403 403 403 200"),
    desk("admin:supervisory_supervisoryitem_change", "desk", "403 403 403 403 403 desk"),
    *(desk(f"admin:{model}_add", "403", "403") for model in IMPORTED),
    *(desk(f"admin:{model}_change", "desk", "403") for model in IMPORTED),
    desk("admin:supervisory_importrun_add", "403 403 403 403 403 200", "403 403 403 403 403 200"),
    desk("admin:supervisory_importrun_change", "404", "404"),
    desk("admin:supervisory_importrun_apply", "403 403 403 403 403 405", "403 403 403 403 403 404"),
    desk("admin:supervisory_importrun_drop", "403 403 403 403 403 405", "403 403 403 403 403 page"),
)

# Parked notices and webhooks, by id, for the technical administrator.
NOTICES = tuple(
    line
    for model in ("outbox_notice", "webhooks_webhookdelivery")
    for line in (
        desk(f"admin:{model}_changelist", "403 403 403 403 403 200", "403 403 403 403 403 200"),
        desk(f"admin:{model}_add", "403", "403"),
        desk(f"admin:{model}_history", "403 403 403 403 403 200", "403 403 403 403 403 200"),
        desk(f"admin:{model}_change", "403 403 403 403 403 200", "403"),
        desk(f"admin:{model}_delete", "403", "403"),
    )
)

TABLE = (*PUBLIC, *ACCOUNT, *ORGANIZATIONS, *REQUESTS, *DESK, *PEOPLE, *REFERENCE_DATA, *SUPERVISORY, *NOTICES)

# Who is asked at a route that names no request: one of each kind whom such a route tells apart.
SOME = ("anonymous", "writer", "ministry", "branch", "actrav", "actemp", "specialist", "superuser")
FEW = ("anonymous", "writer", "specialist", "superuser")


def asked(route: str, roles: tuple[str, ...]) -> tuple[str, ...]:
    """Who is tried at this route: everybody at those about requests, few at the reference data."""
    if "request" in route or route.startswith("organization") or route in ("try_out_mail", "admin:index"):
        return roles
    return FEW if route.startswith(("admin:standards", "admin:supervisory", "admin/", "mfa_")) else SOME
