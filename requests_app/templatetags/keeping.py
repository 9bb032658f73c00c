"""What a form carries so that nothing typed into it is lost when the session ends."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from requests_app.views.keeping import BACK, FIELD, is_given_back, token

register = template.Library()


@register.simple_tag(takes_context=True)
def keeps_typed(context: template.Context) -> SafeString:
    """The hidden fields of a form of a signed-in person."""
    http = context["request"]
    hidden = [(FIELD, token(http)), *([(BACK, "yes")] if is_given_back(http) else [])]
    fields = format_html_join("", '<input type="hidden" name="{}" value="{}" autocomplete="off">', hidden)
    return format_html("{}", fields)
