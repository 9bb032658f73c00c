"""The record: events that are only ever added, and the revisions that hold what was said when."""

import uuid

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from requests_app import states

# What the clock does.
EXAMINED_ANEW = "examined_anew"
DOCUMENT_REFUSED = "document_refused"
RESULT_ASKED = "result_asked"
# Joint filing, beside the life of a request.
CO_INVITED = "co_invited"
CO_TAKEN_BACK = "co_taken_back"
CO_SIGNED = "co_signed"
CO_DECLINED = "co_declined"
CO_WITHDRAWN = "co_withdrawn"
CO_VOIDED = "co_voided"
CO_SHARED = "co_shared"
CO_SIGNING = (CO_INVITED, CO_TAKEN_BACK, CO_SIGNED, CO_DECLINED, CO_WITHDRAWN, CO_VOIDED, CO_SHARED)
ACTIONS = (*sorted(states.BY_ACTION), EXAMINED_ANEW, DOCUMENT_REFUSED, RESULT_ASKED, *CO_SIGNING)


class Event(models.Model):
    """What happened: action, actor, status before and after, names of changed fields. Never a typed text.

    The database refuses to change or delete a row (requests_app/append_only.py). No actor: the clock.
    """

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    request = models.ForeignKey("requests.Request", models.PROTECT, related_name="events")
    action = models.CharField(max_length=20)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    status_before = models.CharField(max_length=20)
    status_after = models.CharField(max_length=20)
    fields = models.JSONField(default=list)
    version = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(action__in=ACTIONS), name="event_action_known"),
            models.CheckConstraint(condition=Q(status_before__in=sorted(states.STATUSES)), name="event_before_known"),
            models.CheckConstraint(condition=Q(status_after__in=sorted(states.STATUSES)), name="event_after_known"),
            models.UniqueConstraint(fields=["request", "version"], name="event_version_once"),
        ]
        # The gap map asks of all requests when assistance was given.
        indexes = [models.Index(fields=["request", "at"], condition=Q(action="give"), name="event_of_giving")]

    def __str__(self) -> str:
        return str(self.request)


class Revision(models.Model):
    """All answers as they stood after an event. Erasure blanks `answers`; the row stays."""

    request = models.ForeignKey("requests.Request", models.PROTECT, related_name="revisions")
    event = models.OneToOneField(Event, models.PROTECT, related_name="revision")
    answers = models.JSONField(default=dict, encoder=DjangoJSONEncoder)

    def __str__(self) -> str:
        return str(self.request)


class Access(models.Model):
    """An officer read a request in full: who and when, for the data-protection officer. Only ever added."""

    request = models.ForeignKey("requests.Request", models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["request", "at"], name="access_by_request")]

    def __str__(self) -> str:
        return str(self.request)
