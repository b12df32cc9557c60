"""One state of a page, looked at in a browser: a picture of each width, and what is wrong with it.

U32: nothing off the side, nothing on top of another, nothing cut off, nothing too small to press.
U17: a page with an error says so first. What is folded away is open on the narrow picture.
"""

from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import ConsoleMessage, Page

from tests.album.states import STATES, State
from tests.journeys.conftest import DESK, PHONE
from tests.journeys.people import barriers
from tests.pages.browser import width_of

LOOKS = {"wide": DESK, "narrow": PHONE}
# The barriers whose answer is another one in each state.
BARRIERS = ["target-size", "color-contrast"]
SCREEN = "document.documentElement.clientWidth"
UNFOLD = "document.querySelectorAll('details').forEach((one) => { one.open = true; })"
SEEN = "const seen = (one) => one.checkVisibility({ visibilityProperty: true });"
CONTROLS = "a[href], button, summary, input:not([type=hidden]), select, textarea"
# A link that is broken over two lines has a box on each.
ON_TOP = f"""() => {{
  {SEEN}
  const boxes = [...document.querySelectorAll("{CONTROLS}")].filter(seen)
    .flatMap((one) => [...one.getClientRects()].map((box) => [one, box]));
  const over = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2
    && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 4;
  return boxes.flatMap(([one, box], index) => boxes.slice(index + 1)
    .filter(([other, its]) => other !== one && !one.contains(other) && over(box, its))
    .map(([other]) => `${{one.outerHTML.slice(0, 80)}} is on ${{other.outerHTML.slice(0, 80)}}`));
}}"""
# What only a screen reader reads is cut to a point on purpose; what scrolls can be scrolled to.
CUT_OFF = f"""() => {{
  {SEEN}
  const written = (one) => [...one.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
  const hides = (one) => ["hidden", "clip"].includes(getComputedStyle(one).overflowX);
  const cut = (one) => {{
    const box = one.getBoundingClientRect();
    if (box.width <= 1 || box.height <= 1 || one.closest(".nhsuk-u-visually-hidden")) return false;
    if (hides(one)) return one.scrollWidth > one.clientWidth + 1
      || one.scrollHeight > one.clientHeight + 4;
    return box.right < 1;
  }};
  return [...document.querySelectorAll("main *")].filter((one) => seen(one) && written(one))
    .filter(cut).map((one) => one.outerHTML.slice(0, 120));
}}"""
# axe leaves it to people where ink and ground are of the very same colour.
INVISIBLE = f"""() => {{
  {SEEN}
  const written = (one) => [...one.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
  const ground = (one) => {{
    const own = one ? getComputedStyle(one).backgroundColor : "rgb(255, 255, 255)";
    return own.endsWith(", 0)") ? ground(one.parentElement) : own;
  }};
  return [...document.querySelectorAll("main *")].filter((one) => seen(one) && written(one))
    .filter((one) => getComputedStyle(one).color === ground(one))
    .map((one) => one.outerHTML.slice(0, 120));
}}"""
NOT_FOUND = ("Failed to load resource", "Response Status Error Code 404")
# Not pages that anybody works on: the frame by itself, all components at once, a library's.
FOR_SHOW = {"base.html", "practices/gallery.html", "api_docs.html"}
SAYS_ERROR = "document.querySelectorAll('.nhsuk-error-summary, .nhsuk-error-message').length > 0"


def picture_of(state: State, look: str, folder: Path = STATES) -> Path:
    """Where the picture of the state is."""
    return folder / f"{state.name}-{look}.png"


def looked_at(page: Page, address: str, state: State) -> list[str]:
    """A line for each thing that is wrong with the state; its pictures are kept."""
    said: list[str] = []
    page.on("console", lambda one: said.append(one.text) if _of_ours(one) else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    faults = []
    for look, size in LOOKS.items():
        page.set_viewport_size(size)
        if look == "wide":
            page.goto(address)
        else:
            page.evaluate(UNFOLD)
        by = width_of(page) - page.evaluate(SCREEN)
        page.screenshot(path=picture_of(state, look), full_page=True, caret="initial")
        faults += [f"sideways by {by}"] if by > 0 else []
        faults += [f"{look}: {one}" for one in _crowded(page)]
    faults += barriers(page, only=BARRIERS)
    faults += list(_said_first(page)) if state.is_whole and state.template not in FOR_SHOW else []
    return faults + [f"console: {one}" for one in said]


def _of_ours(message: ConsoleMessage) -> bool:
    """Whether it is no complaint that the page's addresses are not served beside its picture."""
    asked = message.location["url"]
    return not message.text.startswith(NOT_FOUND) or "/static/" in asked


def _crowded(page: Page) -> list[str]:
    asked = {"": ON_TOP, "cut off: ": CUT_OFF, "invisible: ": INVISIBLE}
    return [says + one for says, ask in asked.items() for one in page.evaluate(ask)]


def _said_first(page: Page) -> Iterator[str]:
    headings = page.locator("h1").count()
    if headings != 1:
        yield f"{headings} main headings"
    if page.title().startswith("Error: ") != page.evaluate(SAYS_ERROR):
        yield f"errors on a page that is called {page.title()}"
