"""The pages of an organization's webhooks in a browser: naming an address, its secret, what became of the events."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.factories import a_member, a_request, organization_of
from tests.ux.look import NARROW, Seen, look
from tests.webhooks.receiver import a_receiver
from webhooks.delivery import sweep


def test_an_administrator_names_an_address_and_sees_what_came_of_it(open_tab: Callable[..., Page], settings) -> None:
    settings.WEBHOOK_LOCAL_HOSTS = frozenset({"127.0.0.1"})
    administrator = a_member(role="administrator", email="administrator@example.org")
    page, found = open_tab(administrator, viewport=NARROW), []

    def looked(place: str) -> None:
        found.append(look(page, Seen(place, "en", html=page.content())))

    with a_receiver() as receiver:
        page.goto(f"/en/organizations/{organization_of(administrator).pk}/webhooks/")
        looked("list")
        page.get_by_role("link", name="Add an address").click()
        page.get_by_role("button", name="Add").click()
        looked("errors")
        page.get_by_label("Address").fill(f"{receiver.url}/{'a-long-path-' * 8}")
        page.get_by_role("button", name="Add").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("The secret of this address")
        looked("secret")
        page.get_by_role("link", name="I have copied it").click()
        page.get_by_role("button", name="Send a test event").click()
        a_request(status="accepted", by=administrator)
        receiver.status = 503
        sweep()
        page.reload()
        expect(page.get_by_role("row")).to_have_count(5)
        looked("address")
        page.get_by_role("link", name="Make another secret").click()
        looked("rotate")
    assert [seen.place for seen in found] == ["list", "errors", "secret", "address", "rotate"]
    assert {seen.place: wrong for seen in found if (wrong := [*seen.violations, *seen.faults])} == {}
    assert {seen.width for seen in found} == {NARROW["width"]}
