"""How sure a row is."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Trust(models.TextChoices):
    """High: stated in the source of the row. Medium: follows from it. Low: a best guess."""

    HIGH = "high", _("Stated in the source")
    MEDIUM = "medium", _("Follows from the source")
    LOW = "low", _("Not certain")


TEXT = 500  # characters of a free text; the reader of the files refuses longer ones
