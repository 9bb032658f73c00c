"""The figures that the measures write down: one JSON file beside everything else that running writes.

`.venv/bin/python -m tests.ux.figures` prints docs/ux-figures.md from it, after a run of `manage.py test -m ux`.
"""

import fcntl
import json
from datetime import UTC, datetime
from functools import reduce
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "var" / "ux-figures.json"
PAGE = ROOT / "docs" / "ux-figures.md"
# What each measure says, in the order of the page.
MEASURES = {
    "axe": "Violations that axe finds (WCAG 2.2 A and AA, best practice), on every page, light and dark: none allowed",
    "axe, undecided": "Rules on which axe could not decide somewhere; each stands on a list that a person keeps",
    "page scripts": "Faults of borders, size of targets, rings of focus, names of groups, spaced text: none allowed",
    "narrow": "Pages wider than a screen of 320 × 256 pixels: none allowed",
    "console": "Complaints in the browser’s console, those of the content security policy included: none allowed",
    "html": "Pages that are not well formed: none allowed",
    "first load": "A first visit with an empty cache, as it travels; at most 30 KB, pages of figures 60 KB, "
    "3 requests and the form’s script",
    "first screen": "First paint on a slow line (measured, not asserted)",
    "steps": "From “New request” to the confirmation, without scripts: at most 12 pages and 11 presses",
    "answers": "Questions that expect an answer, at most 22; of these block sending",
    "keyboard": "The same way, with the answer to the Office and the withdrawal, by the keyboard alone",
    "nothing lost": "Ways to lose a text, tried with and without the script",
    "upload on a slow line": "Documents one after the other at 240 kbit/s, one of them broken on the way "
    "and sent again; times are measured, not asserted",
    "errors": "Errors of every question in French and Spanish",
    "preview equals triage": "Findings shown before sending against those of the officer",
    "officer's speed": "From the queue to the letter sent, by keys: at most 4 pages and 6 presses",
    "print": "On paper: the copy holds every text, the dossier takes at most 3 sheets",
    "modes": "Forced colours, right to left, letters of 32 pixels: nothing overlaps or sticks out",
}
HEAD = """# Measured in a browser

Debian's Chromium on the machine of the tests, which other work shares: times say little, counts are exact. Made by
`manage.py test -m ux` and printed by `python -m tests.ux.figures`; the tests fail beyond the limits named here.
"""


def write(measure: str, figures: dict[str, Any]) -> None:
    """Put these figures of a measure into the file; other measures, and its other figures, stay."""
    FILE.parent.mkdir(exist_ok=True)
    with FILE.open("a+", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        text = file.read()
        held = json.loads(text) if text else {}
        today = f"{datetime.now(UTC):%Y-%m-%d}"
        held[measure] = {**held.get(measure, {}), **figures, "date": today}
        file.seek(0)
        file.truncate()
        json.dump(held, file, indent=1, sort_keys=True)


def page(held: dict[str, dict[str, Any]]) -> str:
    """The page of all figures."""
    parts = [HEAD]
    for measure, words in MEASURES.items():
        figures = whole({name: one for name, one in held.get(measure, {}).items() if name != "date"})
        if figures:
            parts.append(f"## {measure.capitalize()}\n\n{words}. Measured on {held[measure]['date']}.\n")
            parts.append("\n".join(f"- {name}: {line(one)}" for name, one in figures.items()) + "\n")
        else:
            parts.append(f"## {measure.capitalize()}\n\n{words}. Not measured yet.\n")
    return "\n".join(parts)


def whole(figures: dict[str, Any]) -> dict[str, Any]:
    """What was measured in parts ("fr, public", "fr, desk") as one figure of the whole ("fr")."""
    parts: dict[str, list[Any]] = {}
    for name, one in figures.items():
        parts.setdefault(name.partition(", ")[0], []).append(one)
    return {name: reduce(added, ones) for name, ones in parts.items()}


def added(one: Any, other: Any) -> Any:
    """Counts become their sum, names each stand once."""
    if isinstance(one, dict):
        return {what: added(one[what], other[what]) for what in one}
    return sorted({*one, *other}) if isinstance(one, list) else one + other


def line(figure: Any) -> str:
    """One figure in words."""
    if not isinstance(figure, dict):
        return str(figure)
    return ", ".join(f"{what} {', '.join(n) if isinstance(n, list) else n}" for what, n in figure.items())


if __name__ == "__main__":
    PAGE.write_text(page(json.loads(FILE.read_text(encoding="utf-8"))), encoding="utf-8")
