"""The way of a request in a browser, from signing in to withdrawing: by a pointer, or by keys alone."""

from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page

from accounts.models import User
from requests_app.models import Request
from tests.factories import PASSWORD

TITLE = "Registration in the health sector"
HAPPENING = "Registration of three unions was refused in January."
# With organization, kind and country these are what sending needs, by the section in which each stands.
NEEDED = {
    "situation": {"#id_happening": HAPPENING},
    "people": {"#id_email": "ada@example.org", "#id_may_know_0": ""},
}
# Says of the element that has the focus whether it can be seen, when the page has scrolled; nothing when it can.
HIDDEN_FOCUS = """async () => {
  const fault = () => {
    const node = document.activeElement;
    const words = node.outerHTML.slice(0, 80);
    const box = node.getBoundingClientRect();
    if (box.width === 0 || box.height === 0) { return `hidden: ${words}`; }
    if (box.bottom <= 0 || box.top >= innerHeight) { return `outside: ${words}`; }
    const x = Math.min(Math.max(box.left + Math.min(box.width, 40) / 2, 0), innerWidth - 1);
    const y = Math.min(Math.max(box.top + Math.min(box.height, 20) / 2, 0), innerHeight - 1);
    const top = document.elementFromPoint(x, y);
    return top && (node.contains(top) || top.contains(node)) ? "" : `covered: ${words}`;
  };
  for (const end = performance.now() + 10_000; fault() && performance.now() < end;) {
    await new Promise(requestAnimationFrame);
  }
  return fault();
}"""


class Pointer:
    """Clicks and types."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, target: Locator) -> None:
        """Follow the link or press the button, and wait for the page that comes."""
        with self.page.expect_navigation():
            target.click()

    def tick(self, target: Locator) -> None:
        """Choose it."""
        target.check()

    def write(self, target: Locator, text: str) -> None:
        """Type into it."""
        target.fill(text)

    def choose(self, target: Locator, label: str) -> None:
        """Take the option with these words."""
        target.select_option(label=label)


class Keys(Pointer):
    """Uses the keyboard alone; at each stop the focus has to be seen."""

    STOPS = 250  # more than any page has

    def go(self, target: Locator) -> None:
        """Press Tab until `target` has the focus; fails where it is lost or hidden on the way."""
        target.wait_for(state="attached")
        for _stop in range(self.STOPS):
            if target.evaluate("node => node === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
            away = self.page.evaluate("() => !document.activeElement || document.activeElement === document.body")
            hidden = "" if away else self.page.evaluate(HIDDEN_FOCUS)
            assert hidden == "", f"{self.page.url}: {hidden}"
        raise AssertionError(f"{self.page.url}: the keyboard does not reach {target}")

    def press(self, target: Locator) -> None:
        self.go(target)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def tick(self, target: Locator) -> None:
        kind = target.get_attribute("type")
        if kind == "radio":
            self.go_to_group(target)
        else:
            self.go(target)
        if not target.is_checked():
            self.page.keyboard.press("Space")
        assert target.is_checked()

    def go_to_group(self, target: Locator) -> None:
        """A group of radio buttons is one stop; arrows go on inside it."""
        first = self.page.locator(f"input[name='{target.get_attribute('name')}']").first
        self.go(first)
        for _step in range(20):
            if target.evaluate("node => node === document.activeElement"):
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError("the arrows do not reach the choice")

    def write(self, target: Locator, text: str) -> None:
        self.go(target)
        self.page.keyboard.insert_text(text)

    def choose(self, target: Locator, label: str) -> None:
        """By the arrows: letters belong together only when they follow one another within a second."""
        self.go(target)
        for _option in range(target.locator("option").count()):
            if target.locator("option:checked").inner_text().strip() == label:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"the arrows do not reach {label}")


@dataclass
class Journey:
    """One person before one page; counts the pages that came and the buttons that were pressed."""

    page: Page
    hand: Pointer
    pages: int = 0
    presses: int = 0
    heard: list[str] = field(default_factory=list)

    def follow(self, words: str) -> None:
        """Follow the link with these words in the main part."""
        self.pages += 1
        self.hand.press(self.page.locator("main").get_by_role("link", name=words).first)

    def press(self, words: str) -> None:
        """Press the button with these words in the main part."""
        self.pages += 1
        self.presses += 1
        self.hand.press(self.page.locator("main").get_by_role("button", name=words).first)

    def sign_in(self, user: User) -> None:
        """From the page on which one is led to sign in."""
        self.hand.write(self.page.locator("#id_login"), user.email)
        self.hand.write(self.page.locator("#id_password"), PASSWORD)
        self.press("Sign in")

    def begin(self, kind: str) -> None:
        """From the page *New request* to the list of its sections."""
        self.hand.tick(self.page.locator(f"input[name=kind][value={kind}]"))
        self.hand.choose(self.page.locator("#id_country"), "Cameroon")
        self.hand.write(self.page.locator("#id_title"), TITLE)
        self.press("Create the draft")

    def through_the_sections(self) -> None:
        """Every section in its order, with what sending needs, until *Check and send*."""
        self.follow("Continue with")
        while not self.page.url.endswith("/check/"):
            slug = self.page.url.rstrip("/").rpartition("/")[2]
            for selector, text in NEEDED.get(slug, {}).items():
                target = self.page.locator(selector)
                if text:
                    self.empty(target)
                    self.hand.write(target, text)
                else:
                    self.hand.tick(target)
            self.press("Save and continue")

    def empty(self, target: Locator) -> None:
        """What the account had filled in goes."""
        if target.input_value():
            if isinstance(self.hand, Keys):
                self.hand.go(target)
                self.page.keyboard.press("Control+A")
                self.page.keyboard.press("Delete")
            else:
                target.fill("")

    def send(self) -> Request:
        """Declare and send; the request as it stands then."""
        self.hand.tick(self.page.locator("#id_declared"))
        self.press("Send the request")
        reference = self.page.url.rstrip("/").rpartition("/")[2]
        return Request.objects.get(reference=reference)

    def answer(self, text: str) -> None:
        """From the status page: answer what the Office asks."""
        self.follow("Answer")
        self.hand.write(self.page.locator("main form textarea[name=text]"), text)
        self.press("Send the answer")

    def withdraw(self) -> None:
        """From the status page."""
        self.follow("Withdraw the request")
        self.press("Withdraw")
