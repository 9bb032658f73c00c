"""Colours of text and controls are far enough from their ground, in light and dark (WCAG 2.2: 4.5 and 3)."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

GROUNDS = ["page", "panel", "tint"]
TEXTS = ["text", "head", "soft", "link", "seen"]
PORTAL = [
    *((text, ground, 4.5) for text in TEXTS for ground in GROUNDS),
    *((ink, f"{ink}-bg", 4.5) for ink in ("bad", "warn", "good", "note")),
    *(("text", f"{ground}-bg", 4.5) for ground in ("bad", "warn", "good", "note")),
    ("bad", "page", 4.5),
    ("on-act", "act", 4.5),
    ("on-act", "act-over", 4.5),
    ("edge", "page", 3),
    ("edge", "panel", 3),
    ("act", "page", 3),
]
DESK = [
    *((text, ground, 4.5) for text in ("body-fg", "link-fg") for ground in ("body-bg", "darkened-bg", "selected-bg")),
    *(("body-fg", f"message-{kind}-bg", 4.5) for kind in ("success", "warning", "error")),
    *((f"body-{kind}-color", "body-bg", 4.5) for kind in ("quiet", "medium", "loud")),
    *(("button-fg", f"{kind}-bg", 4.5) for kind in ("button", "default-button", "delete-button", "object-tools")),
    *(("button-fg", f"{kind}-hover-bg", 4.5) for kind in ("button", "default-button", "delete-button", "object-tools")),
    ("body-fg", "selected-row", 4.5),
    ("link-fg", "selected-row", 4.5),
    ("link-fg", "desk-tint", 4.5),
    ("body-medium-color", "desk-tint", 4.5),
    ("desk-warn", "desk-warn-bg", 4.5),
    ("desk-good", "desk-good-bg", 4.5),
    ("desk-bad", "message-error-bg", 4.5),
    ("desk-bad", "body-bg", 4.5),
    ("desk-warn", "body-bg", 4.5),
    ("error-fg", "body-bg", 4.5),
    ("header-link-color", "header-bg", 4.5),
    ("breadcrumbs-fg", "breadcrumbs-bg", 4.5),
    ("border-color", "body-bg", 3),
]


def blocks(sheet: str) -> list[dict[str, str]]:
    """The colours of each block of tokens in their order: light, dark, then what else there is."""
    text = Path(finders.find(sheet)).read_text(encoding="utf-8")
    found = re.findall(r"(?::root|html\[data-theme=\"dark\"\]) \{([^}]*)\}", text)
    return [dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", block)) for block in found]


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_black_on_white_is_the_greatest_contrast() -> None:
    assert contrast("#000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize(("sheet", "pairs"), [("portal.css", PORTAL), ("desk.css", DESK)])
@pytest.mark.parametrize("dark", [False, True])
def test_text_and_controls_stand_out_from_their_ground(
    sheet: str, pairs: list[tuple[str, str, float]], dark: bool
) -> None:
    light, night, *_ = blocks(sheet)
    tokens = {**light, **night} if dark else light
    too_low = [
        f"{ink} on {ground}: {contrast(tokens[ink], tokens[ground]):.2f}"
        for ink, ground, least in pairs
        if contrast(tokens[ink], tokens[ground]) < least
    ]
    assert too_low == []


def test_dark_by_the_system_and_dark_by_the_switch_are_the_same() -> None:
    _, by_system, by_switch = blocks("desk.css")
    assert by_system == by_switch
