"""What is looked at on every page: axe in light and dark, sideways scroll, and what axe cannot see."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

NARROW = {"width": 320, "height": 256}
WIDE = {"width": 1280, "height": 1024}
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# No page has frames, or sounds and style sheets from elsewhere, for which axe would wait.
ASKED = {"resultTypes": ["violations", "incomplete"], "iframes": False, "preload": False}
AXE = {**ASKED, "runOnly": {"type": "tag", "values": TAGS}}
COLOURS = {**ASKED, "runOnly": {"type": "rule", "values": ["color-contrast"]}}
SCRIPTS = Path(__file__).parent.joinpath("page_scripts.js").read_text(encoding="utf-8")


@dataclass
class Seen:
    """What was found on one page in one language."""

    place: str
    language: str
    violations: list[str] = field(default_factory=list)
    incomplete: list[str] = field(default_factory=list)
    width: int = 0
    faults: list[str] = field(default_factory=list)
    html: str = ""


def axe(page: Page, options: dict[str, Any]) -> tuple[list[str], list[str]]:
    """Run axe: each violation and each thing that it could not decide, as rule and element."""
    found = page.evaluate(f"axe.run({json.dumps(options)})")
    return flat(found["violations"]), flat(found["incomplete"])


def colours(page: Page, scheme: Literal["light", "dark"]) -> None:
    """Change to this scheme; no colour is on its way to another."""
    page.emulate_media(color_scheme=scheme)
    page.evaluate("document.getAnimations().forEach((one) => one.finish())")


def flat(results: list[dict[str, Any]]) -> list[str]:
    """One line an element."""
    return [f"{one['id']}: {' '.join(map(str, node['target']))}" for one in results for node in one["nodes"]]


def look(page: Page, seen: Seen) -> Seen:
    """Look at the page as it stands: wide, light and dark, then narrow. It stays wide and light."""
    page.evaluate(AXE_SCRIPT)
    seen.violations, seen.incomplete = axe(page, AXE)
    seen.faults = page.evaluate(SCRIPTS)
    colours(page, "dark")
    dark, undecided = axe(page, COLOURS)
    seen.violations += [f"dark {line}" for line in dark]
    seen.incomplete += [f"dark {line}" for line in undecided]
    colours(page, "light")
    page.set_viewport_size(NARROW)
    seen.width = page.evaluate("document.documentElement.scrollWidth")
    page.set_viewport_size(WIDE)
    return seen
