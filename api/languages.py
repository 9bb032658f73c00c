"""The language of an answer: that of Accept-Language, whatever the account or a cookie says."""

from django.conf import settings
from django.utils.translation import get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header


def asked_for(header: str) -> str:
    """The first of the accepted languages that the portal speaks; English without one."""
    for code, _weight in parse_accept_lang_header(header):
        try:
            return get_supported_language_variant(code)
        except LookupError:
            continue
    return settings.LANGUAGE_CODE
