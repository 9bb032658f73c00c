"""What a page's HTML must be, whoever made it: for the tests of any page."""

import re
from html.parser import HTMLParser

import html5lib
from django.http import HttpResponse


class Page(HTMLParser):
    """The tags of a page in their order, its links, headings, title and language."""

    def __init__(self, response: HttpResponse) -> None:
        super().__init__()
        self.text = response.content.decode()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.feed(self.text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    @property
    def title(self) -> str:
        """The words in <title>."""
        found = re.search(r"<title>(.*?)</title>", self.text, re.DOTALL)
        return found.group(1).strip() if found else ""

    @property
    def headings(self) -> list[int]:
        """The levels of the headings in their order."""
        return [int(tag[1]) for tag, _ in self.tags if re.fullmatch("h[1-6]", tag)]

    @property
    def ids(self) -> list[str]:
        """Every id, doubles included."""
        return [attrs["id"] for _, attrs in self.tags if "id" in attrs]

    @property
    def links(self) -> list[str]:
        """Where the page leads to or fetches from."""
        return [attrs[name] for _, attrs in self.tags for name in ("href", "src", "action") if name in attrs]


def faults(response: HttpResponse) -> list[str]:
    """Name everything that is wrong with the HTML of `response`; nothing for a good page."""
    page = Page(response)
    found = []
    parser = html5lib.HTMLParser(strict=False)
    parser.parse(page.text)
    found += [f"{html5lib.constants.E[code] % data} at {place}" for place, code, data in parser.errors]
    if page.headings.count(1) != 1:
        found.append(f"{page.headings.count(1)} main headings")
    if any(below > above + 1 for above, below in zip([0, *page.headings], page.headings, strict=False)):
        found.append(f"a skipped level of headings: {page.headings}")
    if not page.title.removesuffix("– Freedom of association assistance").strip():
        found.append("no title")
    if len(page.ids) != len(set(page.ids)):
        found.append("an id twice")
    html = dict(page.tags)["html"]
    if not html.get("lang") or html.get("dir") not in {"ltr", "rtl"}:
        found.append("no language or direction")
    for tag, attrs in page.tags:
        if tag == "style" or "style" in attrs or any(name.startswith("on") for name in attrs):
            found.append(f"inline style or script in {tag}")
        if tag == "script" and "src" not in attrs:
            found.append("inline script")
    found += [f"from elsewhere: {link}" for link in page.links if re.match("(https?:)?//|data:|javascript:", link)]
    return found
