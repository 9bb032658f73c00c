"""A browser without scripts: it reads a page, fills in what stands there, and posts what a browser would post."""

from collections.abc import Iterator, Mapping
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from django.http import HttpResponse
from django.test import Client

from tests.pages.markup import faults

TYPED = ("text", "email", "tel", "url", "hidden", "number")


class Shown:
    """A page as somebody reads it."""

    def __init__(self, response: HttpResponse) -> None:
        self.response = response
        self.root = html5lib.parse(response.content.decode(), namespaceHTMLElements=False)
        self.parents = {child: parent for parent in self.root.iter() for child in parent}
        self.by_id = {node.get("id"): node for node in self.root.iter() if node.get("id")}

    def all(self, tag: str, **having: str) -> list[Element]:
        """Every element with this tag and these attributes; `class_` asks for one class among others."""
        name = having.pop("class_", "")
        return [
            node
            for node in self.root.iter(tag)
            if all(node.get(key) == value for key, value in having.items())
            and (not name or name in (node.get("class") or "").split())
        ]

    @property
    def title(self) -> str:
        return words(self.all("title")[0])

    @property
    def text(self) -> str:
        """Every word in the main part of the page."""
        return words(self.all("main")[0])

    @property
    def links(self) -> dict[str, str]:
        """Where the links of the main part lead, by their words."""
        return {words(node): node.get("href") or "" for node in self.all("main")[0].iter("a")}

    @property
    def messages(self) -> list[str]:
        return [words(node) for node in self.all("div", class_="notice")]

    @property
    def summary(self) -> list[tuple[str, str]]:
        """The error summary: each sentence and the id to which it leads."""
        return [
            (words(link), (link.get("href") or "").partition("#")[2])
            for box in self.all("div", class_="errsum")
            for link in box.iter("a")
        ]

    @property
    def at_fields(self) -> list[str]:
        """The error sentences that stand at their fields."""
        return [words(node).removeprefix("Error: ") for node in self.all("p", class_="err")]

    def form(self) -> Element:
        """The first form of the main part."""
        return next(self.all("main")[0].iter("form"))

    def filled(self, form: Element | None = None) -> dict[str, Any]:
        """What a browser would post from the (first) form as it stands, without pressing a named button."""
        data: dict[str, list[str]] = {}
        for node in (self.form() if form is None else form).iter():
            name = node.get("name")
            value = None
            if node.tag == "textarea":
                value = (node.text or "").removeprefix("\n")
            elif node.tag == "select":
                options = list(node.iter("option"))
                chosen = [option for option in options if option.get("selected") is not None] or options[:1]
                value = chosen[0].get("value", "") if chosen else None
            elif node.tag == "input" and (node.get("type") in TYPED or node.get("checked") is not None):
                value = node.get("value", "")
            if name and value is not None and name != "csrfmiddlewaretoken":
                data.setdefault(name, []).append(value)
        return data

    def holder(self, anchor: str) -> Element:
        """The control with this id; of a radio button or tick box, the group that holds it."""
        node = self.by_id[anchor]
        if node.get("type") not in ("radio", "checkbox"):
            return node
        while node.tag != "fieldset" and node.get("role") != "group":
            node = self.parents[node]
        return node


def words(node: Element) -> str:
    """The words in an element, white space made single."""
    return " ".join("".join(node.itertext()).split())


def follow(client: Client, response: HttpResponse) -> HttpResponse:
    """The page to which an answer leads."""
    while response.status_code in (301, 302, 303):
        response = client.get(response["Location"])
    return response


def fill(client: Client, path: str, data: Mapping[str, Any], *, press: Mapping[str, str] | None = None) -> HttpResponse:
    """Open a page, change these fields of its form, post everything that stands in it."""
    shown = Shown(client.get(path))
    return client.post(path, {**shown.filled(), **data, **(press or {})})


def flaws(response: HttpResponse) -> list[str]:
    """What is wrong with a page for somebody who cannot see it; nothing for a good page."""
    shown = Shown(response)
    found = faults(response)
    labelled = {node.get("for") for node in shown.all("label")}
    found += [f"a label for nothing: {name}" for name in labelled - set(shown.by_id)]
    for node in shown.root.iter():
        for attribute in ("aria-describedby", "aria-labelledby"):
            for name in (node.get(attribute) or "").split():
                if name not in shown.by_id:
                    found.append(f"{attribute} names {name}, which is not there")
        if node.tag in ("input", "select", "textarea") and node.get("type") != "hidden":
            if node.get("id") not in labelled:
                found.append(f"a control without a label: {node.get('name')}")
        if node.tag == "a" and (node.get("href") or "").startswith("#") and (node.get("href") or "")[1:]:
            if (node.get("href") or "")[1:] not in shown.by_id:
                found.append(f"a link to nothing: {node.get('href')}")
        if node.tag in ("a", "button") and not words(node):
            found.append(f"a {node.tag} without words")
    found += [f"a group without a name: {name}" for name in _unnamed(shown)]
    return found


def _unnamed(shown: Shown) -> Iterator[str]:
    """The names of radio buttons and of tick boxes of one question that stand under no legend."""
    names = [node.get("name") or "" for node in shown.all("input") if node.get("type") in ("radio", "checkbox")]
    for name in {name for name in names if names.count(name) > 1}:
        node = next(node for node in shown.all("input") if node.get("name") == name)
        group = shown.holder(node.get("id") or "")
        legend = group.find("legend")
        title = shown.by_id.get(group.get("aria-labelledby")) if legend is None else legend
        if title is None or not words(title):
            yield name
