"""What an item says of assistance, and what the item keeps of that in short.

Every way to write referrals, one or many, ends in `note_spoken` within the same transaction: the two cannot differ.
"""

import uuid
from collections.abc import Iterable
from typing import Any

from django.db import models, transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from base.labels import labelled
from standards.models.trust import TEXT
from supervisory.models.item import SupervisoryItem
from supervisory.models.record_version import lock
from supervisory.models.words import POINTING, Mission, Topic, Way


class ReferralQuerySet(models.QuerySet):
    """Writes many referrals, and what their items keep of them."""

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        rows = list(objs)
        with transaction.atomic():
            lock()
            made = super().bulk_create(rows, *args, **kwargs)
            note_spoken({row.item_id for row in rows})
        return made

    def update(self, **kwargs: Any) -> int:
        if {"item", "item_id"} & kwargs.keys():
            raise ValueError("a referral stays with its item: delete it, and write another")
        with transaction.atomic():
            lock()
            keys = set(self.order_by().values_list("item_id", flat=True))
            changed = super().update(**kwargs)
            note_spoken(keys)
        return changed

    def delete(self) -> tuple[int, dict[str, int]]:
        with transaction.atomic():
            lock()
            keys = set(self.order_by().values_list("item_id", flat=True))
            deleted = super().delete()
            note_spoken(keys)
        return deleted

    delete.queryset_only = True  # type: ignore[attr-defined]  # as Django's: not "all referrals" by mistake


class Referral(models.Model):
    """One way in which an item speaks of assistance, or of cooperation. The item is its origin."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    item = models.ForeignKey(
        SupervisoryItem, on_delete=models.CASCADE, related_name="referrals", db_index=False, verbose_name=_("Item")
    )
    topic = models.CharField(_("Of what"), max_length=12, choices=Topic, default=Topic.ASSISTANCE)
    way = models.CharField(_("How"), max_length=25, choices=Way)
    mission = models.CharField(_("Mission"), max_length=20, choices=Mission, blank=True)
    note = models.CharField(_("Note"), max_length=TEXT, blank=True)

    objects = ReferralQuerySet.as_manager()

    class Meta:
        ordering = ["topic", "way"]
        verbose_name = _("referral")
        verbose_name_plural = _("referrals")
        indexes = [models.Index(fields=["topic", "way"], name="supervisory_referral_by_way")]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "topic", "way"],
                name="one_referral_per_item_topic_and_way",
                violation_error_message=_("This is there already."),
            ),
            models.CheckConstraint(condition=models.Q(topic__in=Topic.values), name="referral_topic_is_known"),
            models.CheckConstraint(condition=models.Q(way__in=Way.values), name="referral_way_is_known"),
            models.CheckConstraint(
                condition=models.Q(mission__in=["", *Mission.values]), name="referral_mission_is_known"
            ),
        ]

    def __str__(self) -> str:
        return labelled(self.get_topic_display(), self.get_way_display())

    def save(self, *args: Any, **kwargs: Any) -> None:
        with transaction.atomic():
            lock()
            before = set(Referral.objects.filter(pk=self.pk).values_list("item_id", flat=True))
            super().save(*args, **kwargs)
            note_spoken({self.item_id, *before})

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        with transaction.atomic():
            lock()
            deleted = super().delete(*args, **kwargs)
            note_spoken({self.item_id})
        return deleted


def note_spoken(keys: Iterable[str]) -> None:
    """Make these items keep what their referrals say. One statement; inside a transaction that holds the lock."""
    said = Referral.objects.filter(item=OuterRef("key"))
    of_assistance = said.filter(topic=Topic.ASSISTANCE)
    SupervisoryItem.objects.filter(pk__in=keys).update(
        speaks_of_assistance=Exists(of_assistance),
        speaks_of_cooperation=Exists(said.filter(topic=Topic.COOPERATION)),
        points_to_assistance=Exists(of_assistance.filter(way__in=POINTING)),
    )
