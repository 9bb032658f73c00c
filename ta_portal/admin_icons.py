"""The admin's icons of yes and no, with a text in the reader's language.

Django's own say True, False and None to everybody, and it has no setting for them.
"""

from django.contrib.admin.templatetags import admin_list
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _


def icon(value: bool | None) -> SafeString:
    """The icon of a yes, a no, or what is not known."""
    name, words = {True: ("yes", _("Yes")), False: ("no", _("No")), None: ("unknown", _("not known"))}[value]
    return format_html('<img src="{}" alt="{}">', static(f"admin/img/icon-{name}.svg"), words)


def use() -> None:
    """From now on every list and page of the admin shows these."""
    admin_list._boolean_icon = icon  # type: ignore[attr-defined]
