"""Pressing the button of a language on a page with a form, as a browser without scripts does."""

from django.http import HttpResponse
from django.test import Client
from django.urls import translate_url

from tests.filing.browser import Shown, follow


def switch(client: Client, path: str, code: str, **typed: str) -> HttpResponse:
    """Fill the form to which the button belongs with what is typed, press, and go where one is sent."""
    shown = Shown(client.get(path))
    button = next(node for node in shown.all("button") if node.get("value") == code and node.get("name") == "switch_to")
    form = shown.by_id[button.get("form")]
    assert form in list(shown.all("main")[0].iter("form"))
    first = next(node for node in shown.all("button") if node.get("form") == button.get("form"))
    assert first.get("name") is None, "the Enter key would switch the language"
    path = form.get("action") or path
    data = {**shown.filled(form), **typed, "switch_to": code}
    response = client.post(path, data)
    assert (response.status_code, response["Location"]) == (307, translate_url(path, code))
    return follow(client, client.post(response["Location"], data))
