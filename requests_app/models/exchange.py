"""Letters between the Office and the requester, and the officers' notes among themselves."""

import uuid
from collections.abc import Collection
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from requests_app.models.cosignature import CoSignature

QUESTION = "question"
ANSWER = "answer"
DECISION = "decision"
LETTER = "letter"
KINDS = (QUESTION, ANSWER, DECISION, LETTER)


class LetterQuerySet(models.QuerySet["Letter"]):
    """Letters."""

    def addressed_too(self, organizations: Collection[UUID]) -> "LetterQuerySet":
        """Those that went to one of these organizations beside the one that files, while its signature holds."""
        holding = CoSignature.objects.signed().filter(
            request=OuterRef("letter__request"), organization=OuterRef("organization")
        )
        copies = Letter.also_to.through.objects.filter(letter=OuterRef("pk"), organization__in=organizations)
        return self.filter(Exists(copies.filter(Exists(holding))))


class Letter(models.Model):
    """A letter that was sent. It is never changed; erasure alone blanks its text."""

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    request = models.ForeignKey("requests.Request", models.PROTECT, related_name="letters")
    kind = models.CharField(max_length=10)
    from_office = models.BooleanField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    language = models.CharField(max_length=7)
    text = models.TextField()
    # The questions that the letter opens for answering, by id (Q4, M3 …).
    questions = models.JSONField(default=list)
    sent_at = models.DateTimeField()
    answers = models.ForeignKey("self", models.PROTECT, null=True, related_name="answered_by")
    # The organizations whose signature held when the Office addressed the letter to them too. Each reads it while its
    # signature holds, also one that it gave anew.
    also_to = models.ManyToManyField("accounts.Organization", related_name="+")

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ["sent_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="letter_kind_known"),
            models.CheckConstraint(
                condition=Q(kind=ANSWER, answers__isnull=False) | (~Q(kind=ANSWER) & Q(answers=None)),
                name="letter_answers_a_letter",
            ),
            models.UniqueConstraint(fields=["answers"], condition=Q(kind=ANSWER), name="letter_answered_once"),
        ]

    def __str__(self) -> str:
        return str(self.request)


class Note(models.Model):
    """An internal note: officers with notes in sight read it, nobody else."""

    uid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    request = models.ForeignKey("requests.Request", models.PROTECT, related_name="notes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    text = models.TextField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return str(self.request)
