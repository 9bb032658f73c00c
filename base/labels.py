"""A label and what stands behind it, in the typography of the language."""

from django.utils.translation import gettext as _


def labelled(label: object, value: object) -> str:
    """“Label: value”; in French with the space before the colon."""
    return _("%(label)s: %(value)s") % {"label": label, "value": value}
