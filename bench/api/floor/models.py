"""One table of tickets beside one of organizations."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models


class Organization(models.Model):
    """Who asks."""

    name = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.name


class Ticket(models.Model):
    """What is asked."""

    reference = models.CharField(max_length=40, unique=True)
    organization = models.ForeignKey(Organization, models.PROTECT)
    status = models.CharField(max_length=20)
    kind = models.CharField(max_length=20)
    country = models.CharField(max_length=2)
    title = models.CharField(max_length=120)
    text = models.TextField()
    created_at = models.DateTimeField()
    words = SearchVectorField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="floor_order"),
            models.Index(fields=["status", "-created_at", "-id"], name="floor_status"),
            GinIndex(fields=["words"], name="floor_words"),
        ]

    def __str__(self) -> str:
        return self.reference
