"""Reading a public page as its reader does."""

import re

from django.http import HttpResponse

from tests.pages.markup import faults

HOSTILE = [
    "%00",
    "%ff%fe",
    "%F0%9F%92%A5",
    "x" * 5000,
    "<script>alert(1)</script>",
    "' OR 1=1 --",
    "%E2%80%AE",
    "..%2F..%2Fetc",
    "İstanbul",
    "%20",
    "-1",
    "{{7*7}}%(x)s",
]


def text(answer: HttpResponse) -> str:
    """The words of the page in one line."""
    return " ".join(re.sub(r"<[^>]*>", " ", answer.content.decode()).split())


def rows(answer: HttpResponse) -> dict[str, list[str]]:
    """The cells of each line of the page's tables, by the words of its first one."""
    found = {}
    for body in re.findall(r"<tr>(.*?)</tr>", answer.content.decode(), re.DOTALL):
        cells = re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", body, re.DOTALL)
        words = [" ".join(re.sub(r"<[^>]*>", " ", cell).split()) for cell in cells]
        found[words[0]] = words[1:]
    return found


def ill_formed(answer: HttpResponse) -> list[str]:
    """What is wrong with the page's HTML; links to NORMLEX are meant."""
    return [fault for fault in faults(answer) if "from elsewhere: https://normlex.ilo.org/" not in fault]
