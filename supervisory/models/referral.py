"""What an item says of assistance."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from standards.models.trust import TEXT
from supervisory.models.item import SupervisoryItem
from supervisory.models.words import Mission, Topic, Way


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
        return f"{self.get_topic_display()}: {self.get_way_display()}"
