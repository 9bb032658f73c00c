"""What looks at the pages finds what is wrong with a page that is."""

from collections.abc import Callable

from playwright.sync_api import Page

from tests.ux.look import Seen, look

GOOD = (
    "<!doctype html><html lang='en'><title>Good</title><main><h1>Good</h1><label for='a'>Name</label>"
    "<input id='a' style='border: 1px solid #555; height: 44px'></main>"
)
BAD = """<!doctype html><html lang="en"><title>Bad</title><style>*:focus { outline: none; }</style><main><h1>Bad</h1>
<p style="color: #ccc">faint</p>
<input style="border: 1px solid #ddd; height: 44px" aria-label="Name">
<form><button style="width: 10px; height: 10px; padding: 0" aria-label="Tiny"></button></form>
<fieldset><input type="radio" name="a" aria-label="Yes"><input type="radio" name="a" aria-label="No"></fieldset>
<p style="width: 60px; height: 20px; overflow: hidden">A longer text that is cut off.</p>
<p style="white-space: nowrap">A line that fits as long as its letters stand as close as they are drawn, and
which says nothing more than that it is longer than most others, so that it ends</p>
<pre>A line that is far longer than any telephone is wide, and that nobody can make to break anywhere</pre></main>"""


def seen(page: Page, html: str) -> Seen:
    page.set_content(html)
    return look(page, Seen("page", "en"))


def test_each_kind_of_fault_is_found_and_a_good_page_has_none(open_tab: Callable[..., Page]) -> None:
    page = open_tab(viewport={"width": 320, "height": 256})
    bad = seen(page, BAD)
    kinds = {fault.split(" ")[0] for fault in bad.faults} | {fault.partition(":")[0] for fault in bad.faults}
    assert {"border", "low", "no ring", "unnamed", "cut off when spaced", "sideways when spaced"} <= kinds
    assert bad.width > 320
    assert any(line.startswith("color-contrast") for line in bad.violations)
    good = seen(page, GOOD)
    assert (good.faults, good.violations) == ([], [])
    assert good.width <= 320
