"""The request itself: who asks, for which country, which kind of help, and where it stands."""

import uuid
from collections.abc import Collection, Mapping
from functools import reduce
from operator import or_
from typing import Any, TypeVar, cast

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import BooleanField, Exists, ExpressionWrapper, Q
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.standing import Standing, standing_of
from base.references import new_reference
from requests_app import states
from requests_app.kinds import KINDS
from requests_app.models.access import Sight, counting, probing, relations_of, sight_of, sources_of
from requests_app.models.document import ERASED, KEPT, Document
from requests_app.models.fields import CountryKey, Line, Needed
from requests_app.models.question import Question
from requests_app.models.sections.base import Answered, Section
from requests_app.models.sections.registry import ALL_SECTIONS, sections_of

_RELATION = "relation_"
ALSO = "also_"
RAW = "raw"  # no question has a field of this name: it is the section's own
S = TypeVar("S", bound=Section)


class RequestQuerySet(models.QuerySet["Request"]):
    """Every query for a person begins with `visible_to` or `readable_by`."""

    def visible_to(self, user: User | AnonymousUser) -> "RequestQuerySet":
        """The requests of whose existence `user` may know; each then knows its `sight`."""
        return self.known(standing_of(user))

    def readable_by(self, user: User | AnonymousUser) -> "RequestQuerySet":
        """The requests that `user` may read in full; each then knows its `sight`."""
        return self.known(standing_of(user), full=True)

    def known(
        self, who: Standing, *, full: bool = False, told: bool = False, desk: bool = False, probed: bool = False
    ) -> "RequestQuerySet":
        """What `who` may know of (with `told` at least the summary, with `full` all, with `desk` at the desk).

        `probed` where few rows are read of many, such as a page.
        """
        conditions = _conditions(who, probed)
        return self._marked(conditions, counting(conditions, full=full, told=told, desk=desk))

    def by_source(self, who: Standing, *, full: bool = False, told: bool = False) -> "list[RequestQuerySet]":
        """A page of what `who` may know of is found by one query for each source.

        A request can be in several of them; each row has the marks of all relations, so that its sight is whole. Rows
        of the first tell of each other source, in the same order, whether it holds anything (ALSO and its name).
        """
        conditions = _conditions(who, True)
        sources = sources_of(counting(conditions, full=full, told=told))
        found = [self.filter(source.holds(who))._marked(conditions, names) for source, names in sources.items()]
        others = list(sources)[1:]
        beside = {ALSO + source.name: Exists(Request.objects.filter(source.holds(who))) for source in others}
        return [rows if number else rows.annotate(**beside) for number, rows in enumerate(found)]

    def with_sections(self) -> "RequestQuerySet":
        """Loads the sections of every kind in the same query."""
        return self.select_related(*(section.accessor() for section in ALL_SECTIONS))

    def open(self) -> "RequestQuerySet":
        """Sent and neither given nor ended."""
        return self.filter(status__in=states.OPEN)

    def _marked(self, conditions: Mapping[str, Q], wanted: Collection[str]) -> "RequestQuerySet":
        """Those that stand in a relation of `wanted`, with a mark for each of `conditions`."""
        if not wanted:
            return self.none()
        # The filter names the marks: each condition is worked out once, for both.
        marks = {
            _RELATION + name: ExpressionWrapper(condition, output_field=BooleanField())
            for name, condition in conditions.items()
        }
        return self.annotate(**marks).filter(reduce(or_, (Q(**{_RELATION + name: True}) for name in wanted)))


def _conditions(who: Standing, probed: bool) -> dict[str, Q]:
    conditions = relations_of(who)
    return {name: probing(condition) for name, condition in conditions.items()} if probed else conditions


class Request(Answered):
    """A request for technical assistance.

    A draft has no events and can be deleted; from sending on nothing of it is deleted, and every change is an event.
    """

    slug = "request"
    heading = _("Kind and title")
    questions = (
        Question(
            "N2",
            _("What kind of help do you ask for?"),
            ("kind",),
            hint=_("You can change this later"),
            errors={"empty": _("Choose a kind of help, or “We are not sure”")},
        ),
        Question(
            "N3",
            _("Which country is it about?"),
            ("country",),
            hint=_("Filled in from your organization"),
            errors={"empty": _("Choose the country"), "not_listed": _("Choose the country")},
        ),
        Question(
            "N4",
            _("Give the request a short title"),
            ("title",),
            hint=_("For example “Registration of unions in the health sector”"),
            blocks=("title",),
            left_open=_("Write a title of 5 to 120 characters"),
        ),
    )

    reference = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    # Minted with the form: a double click makes one draft.
    form_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    organization = models.ForeignKey("accounts.Organization", models.PROTECT, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    kind = Needed(tuple((kind.slug, kind.label) for kind in KINDS.values()))
    country = CountryKey("standards.Country", models.PROTECT, related_name="+")
    title = Line(limit=120, minimum=5)
    language = models.CharField(max_length=7, default="en")

    status = models.CharField(max_length=20, default=states.DRAFT, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    # Version and time of the last step that the requester sees: officers' notes do not show in them.
    seen_version = models.PositiveIntegerField(default=0, editable=False)
    seen_at = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(editable=False)
    saved_at = models.DateTimeField(editable=False)
    shown_to_office_at = models.DateTimeField(null=True, editable=False)
    sent_at = models.DateTimeField(null=True, editable=False)
    # Since when it waits for whoever must act next.
    waiting_since = models.DateTimeField(null=True, editable=False)
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False)
    examination = models.ForeignKey("requests.Examination", models.PROTECT, null=True, related_name="+", editable=False)

    objects = RequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request")
        verbose_name_plural = _("requests")
        constraints = [
            models.CheckConstraint(condition=Q(status__in=sorted(states.STATUSES)), name="request_status_known"),
            models.CheckConstraint(condition=Q(kind__in=sorted(KINDS)), name="request_kind_known"),
            models.CheckConstraint(
                condition=Q(status=states.DRAFT, sent_at=None) | (~Q(status=states.DRAFT) & Q(sent_at__isnull=False)),
                name="request_sent_unless_draft",
            ),
            models.CheckConstraint(
                condition=Q(status=states.DRAFT) | Q(examination__isnull=False), name="request_examined_unless_draft"
            ),
            models.CheckConstraint(
                condition=Q(status__in=[states.DRAFT, states.SENT, states.WITHDRAWN]) | Q(officer__isnull=False),
                name="request_taken_has_an_officer",
            ),
        ]
        indexes = [
            # In the order of the lists, each for one source and its usual filters.
            models.Index(fields=["-created_at", "-reference"], name="request_in_order"),
            models.Index(fields=["organization", "-created_at", "-reference"], name="request_by_organization"),
            models.Index(
                fields=["organization", "status", "kind", "country", "-created_at", "-reference"],
                name="request_organization_filtered",
            ),
            models.Index(fields=["status", "kind", "country", "-created_at", "-reference"], name="request_filtered"),
            models.Index(
                fields=["-created_at", "-reference"],
                name="request_shown_to_office",
                condition=Q(shown_to_office_at__isnull=False),
            ),
            models.Index(fields=["status", "waiting_since", "id"], name="request_by_status_waiting"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def sight(self) -> Sight:
        """What the person for whom it was loaded sees of it. Raises LookupError if it was loaded for nobody."""
        marks = {name: value for name, value in vars(self).items() if name.startswith(_RELATION)}
        if not marks:
            raise LookupError("load requests through visible_to or readable_by")
        return sight_of(name.removeprefix(_RELATION) for name, value in marks.items() if value)

    @property
    def is_draft(self) -> bool:
        return self.status == states.DRAFT

    @property
    def is_open(self) -> bool:
        return self.status in states.OPEN

    @property
    def kind_word(self) -> Promise:
        """What the kind of help is called."""
        return KINDS[self.kind].label

    @property
    def state(self) -> states.Status:
        """The status with its words."""
        return states.STATUSES[self.status]

    @property
    def public_word(self) -> Promise:
        """The status in the requester's words; of what is closed, whether its result was recorded."""
        result = getattr(self, "result", None) if self.status == states.CLOSED else None
        if result and result.asked_at:
            return states.CLOSED_WITH_RESULT if result.recorded_at else states.CLOSED_WITHOUT
        return self.state.public

    def stored(self, model: type[S]) -> S | None:
        """The row of the section of that model, if it was ever saved."""
        try:
            return cast(S, getattr(self, model.accessor()))
        except model.DoesNotExist:
            return None

    def section(self, model: type[S]) -> S:
        """The section of that model: its row, or an empty one that is not saved."""
        return self.stored(model) or model(request=self)

    def part(self, model: "type[Request | Section]") -> "Request | Section":
        """The request itself, or its section of that model."""
        return self if issubclass(model, Request) else self.section(model)

    def sections(self) -> list[Section]:
        """The sections that its kind of help asks for, in order."""
        return [self.section(model) for model in sections_of(self.kind)]

    def answered(self) -> "list[Request | Section]":
        """The request itself and its sections: everything that has answers."""
        return [self, *self.sections()]

    @cached_property
    def documents_there(self) -> list[Document]:
        """Its documents but those that were erased, oldest first, as they were when this was first asked."""
        return list(self.documents.exclude(state=ERASED).select_related("author")) if self.pk else []

    @property
    def has_documents(self) -> bool:
        """Whether at least one document is there. One query, shared with the list of them."""
        return any(document.state == KEPT for document in self.documents_there)

    def snapshot(self) -> dict[str, dict[str, Any]]:
        """Every answer by section and field; under RAW what could not be understood, as it was typed."""
        return {part.slug: {**part.answers(), **({RAW: part.raw} if part.raw else {})} for part in self.answered()}
