"""What has to hold on every page of an area in every language. Each file of pages takes these tests."""

import json
from pathlib import Path

from django.http import HttpResponse

from tests.public.looks import ill_formed
from tests.ux.crawl import Crawl
from tests.ux.figures import write
from tests.ux.look import NARROW, Seen

# What axe could not decide, by rule: looked at by a person, and none added unseen.
UNDECIDED = json.loads(Path(__file__).with_name("axe_incomplete.json").read_text(encoding="utf-8"))
# Faults of the forms that Django makes for a model, known and left: on pages of that kind only.
DJANGOS_OWN = ("empty-table-header:", "label-title-only:", "unnamed: fieldset")


class Measures:
    """Nothing that axe finds, nothing wider than a telephone, good HTML, no complaint in the console."""

    def test_axe_finds_nothing_in_light_and_dark(self, crawl: Crawl) -> None:
        found = {one.place: left for one in crawl.seen if (left := without_djangos(one, one.violations))}
        write("axe", {crawl.name: {"pages": len(crawl.seen), "violations": sum(map(len, found.values()))}})
        assert found == {}

    def test_what_axe_cannot_decide_is_known(self, crawl: Crawl) -> None:
        rules = sorted({line.removeprefix("dark ").partition(":")[0] for one in crawl.seen for line in one.incomplete})
        write("axe, undecided", {crawl.name: {"rules": rules}})
        assert set(rules) <= set(UNDECIDED)

    def test_no_page_scrolls_sideways_on_the_narrowest_screen(self, crawl: Crawl) -> None:
        wide = {one.place: one.width for one in crawl.seen if one.width > NARROW["width"]}
        write("narrow", {crawl.name: {"pages": len(crawl.seen), "too wide": len(wide)}})
        assert wide == {}

    def test_borders_targets_rings_names_and_spacing_hold(self, crawl: Crawl) -> None:
        found = {one.place: left for one in crawl.seen if (left := without_djangos(one, one.faults))}
        write("page scripts", {crawl.name: {"pages": len(crawl.seen), "faults": sum(map(len, found.values()))}})
        assert found == {}

    def test_no_console_complains(self, crawl: Crawl) -> None:
        write("console", {crawl.name: {"pages": len(crawl.seen), "complaints": len(crawl.complaints)}})
        assert crawl.complaints == []

    def test_every_page_is_well_formed(self, crawl: Crawl) -> None:
        found = {one.place: ill for one in crawl.seen if (ill := ill_formed(HttpResponse(one.html)))}
        write("html", {crawl.name: {"pages": len(crawl.seen), "faulty": len(found)}})
        assert found == {}


def without_djangos(seen: Seen, faults: list[str]) -> list[str]:
    """The faults that are ours."""
    forms = seen.place.startswith("admin:")
    return [fault for fault in faults if not (forms and fault.removeprefix("dark ").startswith(DJANGOS_OWN))]
