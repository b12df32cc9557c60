"""A real browser on pages that need no database: the gallery, drawn once, served as files."""

import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from django.contrib.staticfiles import finders
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.pages.official import PACKAGES

CHROMIUM = os.environ.get("CHROMIUM_PATH") or shutil.which("chromium") or ""
AXE = PACKAGES / "axe-core" / "axe.min.js"
FLAGS = [
    "--no-sandbox",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
# Milliseconds. What a browser waits for comes sooner or later; how soon is measured elsewhere.
PATIENCE = 60_000
WIDTH = "document.documentElement.scrollWidth"
READABLE = 4.5
# The contrast of an element's ink with the nearest ground behind it, as WCAG works it out.
CONTRAST = """(element) => {
  const channels = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = (colour) => channels(colour).slice(0, 3)
    .map((part) => part / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
    .reduce((sum, part, index) => sum + part * [0.2126, 0.7152, 0.0722][index], 0);
  let behind = element;
  while (channels(getComputedStyle(behind).backgroundColor)[3] === 0) behind = behind.parentElement;
  const pair = [
    light(getComputedStyle(element).color),
    light(getComputedStyle(behind).backgroundColor),
  ];
  return (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05);
}"""
POLICY = "default-src 'self'; img-src 'self' data:; object-src 'none'"


class Files(SimpleHTTPRequestHandler):
    """The drawn pages, and the static files where Django finds them, under our own policy."""

    extensions_map = {**SimpleHTTPRequestHandler.extensions_map, ".js": "text/javascript"}

    def translate_path(self, path: str) -> str:
        name = path.split("?", maxsplit=1)[0]
        if name.startswith("/static/"):
            return str(finders.find(name.removeprefix("/static/")) or "")
        return super().translate_path(name)

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Tests are quiet."""


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The address under which the folder's pages are served."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Files, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def browsing() -> Iterator[Browser]:
    """A browser of this machine."""
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS, timeout=PATIENCE)
        try:
            yield browser
        finally:
            browser.close()


def width_of(page: Page) -> int:
    """How wide the page is, once NHS.UK's script has folded the menu to the screen.

    The script comes after the load event; until then a menu of one line widens a narrow page.
    """
    unfolded = page.locator("[data-module=nhsuk-header]:not([data-nhsuk-header-init])")
    expect(unfolded).to_have_count(0)
    return int(page.evaluate(WIDTH))


def accessibility_faults(page: Page) -> list[str]:
    """What axe finds, one line each. Our policy stays on for the page itself."""
    session = page.context.new_cdp_session(page)
    script = f"(async () => {{{AXE.read_text(encoding='utf-8')}; {REPORT}}})()"
    answer = session.send(
        "Runtime.evaluate",
        {
            "expression": script,
            "awaitPromise": True,
            "returnByValue": True,
        },
    )
    return list(answer["result"]["value"])


REPORT = """
const found = await axe.run();
return found.violations.flatMap((fault) => fault.nodes.map((node) =>
  `${fault.id}: ${node.target.join(" ")}`));
"""
