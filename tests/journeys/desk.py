"""A receptionist at the keyboard: every press that means something is counted."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.people import barriers, keep_picture
from tests.pages.browser import width_of

TABS = 80
SENT_BACK = ("status of 422", "Autofocus processing was blocked")


class Desk:
    """Works a page by keyboard alone, and watches what the page costs."""

    def __init__(self, page: Page, *, scripts: bool = True) -> None:
        self.page = page
        self.scripts = scripts
        self.interactions = 0
        self.loads = 0
        self.looked = 0.0
        self.scrolled: list[str] = []
        self.barriers: list[str] = []
        self.complaints: list[str] = []
        page.on("load", lambda _: self._count_load())
        page.on("console", lambda said: self._note(said.text))
        page.on("pageerror", lambda trouble: self.complaints.append(str(trouble)))

    def _note(self, said: str) -> None:
        """A form that is sent back is no fault, nor that its summary has the focus."""
        if not any(one in said for one in SENT_BACK):
            self.complaints.append(said)

    def _count_load(self) -> None:
        self.loads += 1

    def starts_counting(self) -> None:
        """The patient is identified; what follows is counted."""
        self.interactions = self.loads = 0
        self.look()

    @contextmanager
    def _the_tests_own(self) -> Iterator[None]:
        """Time that nobody at a desk would spend."""
        started = time.perf_counter()
        yield
        self.looked += time.perf_counter() - started

    def look(self) -> None:
        """No barrier for anybody, and nothing below the edge of the screen that is needed.

        axe is a script itself: where scripts are off, the same page was looked at with them on.
        """
        with self._the_tests_own():
            if self.scripts:
                self.barriers += barriers(self.page)
        if self.page.evaluate("window.scrollY"):
            self.scrolled.append(self.page.url)

    def tab_to(self, name: str) -> None:
        """Goes on by Tab until the control of this name has the focus."""
        for _ in range(TABS):
            if name in self._focused():
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab never came to “{name}” on {self.page.url}")

    def _focused(self) -> str:
        return self.page.evaluate(
            """() => { const it = document.activeElement;
            if (it === document.body) return "";
            return [it.labels?.[0]?.textContent, it.getAttribute("aria-label"), it.textContent]
              .filter(Boolean).join(" ").trim(); }"""
        )

    def presses(self, key: str) -> None:
        """One press that does something."""
        self.page.keyboard.press(key)
        self.interactions += 1

    def follows(self, name: str, *, to: str = "**") -> None:
        """Reached by Tab and pressed; the page it leads to is open and looked at.

        A draft names itself in the address first, and is no other page.
        """
        self.tab_to(name)
        with self.page.expect_event("load"):
            self.presses("Enter")
        self.page.wait_for_url(to)
        self.look()

    def opens(self, address: str) -> None:
        """One press too: a bookmark, a link, or the page once more."""
        self.page.goto(address)
        self.interactions += 1

    def unfolds(self, name: str) -> None:
        self.tab_to(name)
        self.presses("Enter")

    def ticks(self, name: str) -> None:
        self.tab_to(name)
        self.presses("Space")

    def fills_in(self, name: str, words: str) -> None:
        """Typed into a box, or the first letters of an entry of a list."""
        self.tab_to(name)
        self.page.keyboard.type(words)
        self.interactions += 1

    def reads(self, words: str) -> None:
        expect(self.page.get_by_text(words).first).to_be_visible()

    def found_no_barrier(self) -> None:
        """Nothing that keeps anybody out on the pages looked at, nothing the browser refused."""
        if found := self.barriers + self.complaints:
            pytest.fail("\n".join(found))

    def finds(self, typed: str) -> None:
        """The patient's page is open."""
        self.page.goto("/triage/reception/")
        expect(self.page.get_by_label("Find the patient")).to_be_focused()
        self.page.keyboard.type(typed)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def says_none_was_said(self) -> None:
        self.tab_to("none of these said")
        self.presses("Space")

    def picks(self, need: str) -> None:
        """Arrows walk the choices of the group; the one that stays is one choice."""
        self.page.keyboard.press("Tab")
        self.page.keyboard.press("Space")
        for _ in range(TABS):
            if self._focused() == need:
                break
            self.page.keyboard.press("ArrowDown")
        expect(self.page.get_by_label(need, exact=True)).to_be_checked()
        self.interactions += 1

    def types(self, words: str) -> None:
        self.tab_to("own words")
        self.page.keyboard.type(words)
        self.interactions += 1

    def picks_by_hand(self, need: str) -> None:
        self.page.get_by_label(need, exact=True).press("Space")
        self.interactions += 1

    def sends(self, *, to: str = "**/options/") -> None:
        self.tab_to("Find a place")
        with self.page.expect_navigation(url=to):
            self.presses("Enter")
        self.look()

    def reaches_the_list(self, typed: str) -> None:
        """The patient has a sore throat that may be booked; the places are listed."""
        self.finds(typed)
        self.says_none_was_said()
        self.picks("Sore throat")
        self.types("Sore throat for four days")
        self.sends()

    def holds_the_best(self) -> None:
        self.tab_to("Hold ")
        self.presses("Enter")
        expect(self.page.locator(".app-hold")).to_be_visible()
        self.look()

    def confirms(self) -> None:
        expect(self.page.get_by_role("button", name="Book it")).to_be_focused()
        self.presses("Enter")
        self.page.wait_for_url("**/desk/**just=booked")
        self.look()

    def closes_with(self, outcome: str, *, record: str = "", spoke: str = "") -> None:
        """Three presses at most, on a case this clinician has: it is closed, off the desk.

        `spoke` is with whom, where the press says so too.
        """
        self.fills_in("Outcome", outcome)
        if record:
            self.fills_in("Record viewed", record)
        self.follows(spoke or "lose the case")
        self.reads("The case is closed")

    def runs_off(self) -> list[str]:
        """The page's address, if it can be pushed sideways."""
        screen = self.page.evaluate("document.documentElement.clientWidth")
        return [self.page.url] if width_of(self.page) > screen else []

    def keeps(self, name: str) -> None:
        with self._the_tests_own():
            keep_picture(self.page, name)
