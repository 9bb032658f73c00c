"""What items keep of their referrals in short: three fields, filled from the referrals that are there."""

from typing import Any

from django.db import migrations, models
from django.db.models import Exists, OuterRef, Q


def fill(apps: Any, schema_editor: Any) -> None:
    """As `note_spoken` does from now on."""
    said = apps.get_model("supervisory", "Referral").objects.filter(item=OuterRef("key"))
    of_assistance = said.filter(topic="assistance")
    apps.get_model("supervisory", "SupervisoryItem").objects.update(
        speaks_of_assistance=Exists(of_assistance),
        speaks_of_cooperation=Exists(said.filter(topic="cooperation")),
        points_to_assistance=Exists(of_assistance.exclude(way="received")),
    )


class Migration(migrations.Migration):
    dependencies = [("supervisory", "0001_the_record")]

    operations = [
        *(
            migrations.AddField("supervisoryitem", name, models.BooleanField(default=False, editable=False))
            for name in ("speaks_of_assistance", "speaks_of_cooperation", "points_to_assistance")
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddIndex(
            "supervisoryitem",
            models.Index(
                fields=["country", "body", "year"],
                include=["key"],
                condition=Q(points_to_assistance=True),
                name="supervisory_item_pointing",
            ),
        ),
        migrations.AddConstraint(
            "supervisoryitem",
            models.CheckConstraint(
                condition=Q(points_to_assistance=False) | Q(speaks_of_assistance=True),
                name="who_points_to_assistance_speaks_of_it",
            ),
        ),
    ]
