"""A Chromium for the browser tests, brought here when the machine has none."""

import os
import shutil
import subprocess
from pathlib import Path

from config.dev.install import run_logged
from config.dev.node import npm
from config.dev.places import Places
from config.dev.trouble import Trouble

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PACKAGE = "@sparticuz/chromium@153.0.0"
UNPACK = (
    'import("@sparticuz/chromium")'
    ".then((found) => found.default.executablePath())"
    ".then((path) => console.log(path))"
)
DRAW = """
import sys
from playwright.sync_api import sync_playwright
with sync_playwright() as play:
    browser = play.chromium.launch(executable_path=sys.argv[1], args=["--no-sandbox"])
    page = browser.new_page()
    page.set_content("<h1>Headroom</h1>")
    sys.exit(page.inner_text("h1") != "Headroom")
"""


def find(places: Places) -> tuple[str, str]:
    """The browser that is here already, and where it comes from; empty where there is none."""
    if named := os.environ.get("CHROMIUM_PATH"):
        return named, "as CHROMIUM_PATH says"
    if not places.bare:
        for name in NAMES:
            if program := shutil.which(name):
                return program, "from this machine"
    unpacked = _unpacked(places)
    return (str(unpacked), "from npm") if unpacked.exists() else ("", "")


def bring(places: Places) -> str:
    """The path of a browser that starts, fetched if need be; empty, loudly, where none can be."""
    program, whence = find(places)
    if program and starts(places, program):
        print(f"Chromium {whence} ({program}).", flush=True)
        return program
    why = f"{program} does not start" if program else "no Chromium was found"
    for fetch in (_by_apt, _by_npm):
        try:
            fetched = fetch(places)
        except Trouble as trouble:
            why = str(trouble)
            continue
        if fetched and starts(places, fetched):
            print(f"Chromium was fetched ({fetched}).", flush=True)
            return fetched
    print(f"NO BROWSER: every browser test will be skipped, because {why}.", flush=True)
    return ""


def starts(places: Places, program: str) -> bool:
    """Whether Playwright, which the tests use, draws a page with this browser."""
    try:
        done = subprocess.run(
            [places.python, "-c", DRAW, program], capture_output=True, timeout=60, check=False
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


def _by_apt(places: Places) -> str:
    if places.bare or os.geteuid() != 0 or not shutil.which("apt-get"):
        return ""
    print("Fetching Chromium with apt …", flush=True)
    log = places.dev / "browser.log"
    # The pages ask for Arial; Liberation Sans has its widths.
    wanted = ["--no-install-recommends", "chromium", "fonts-liberation"]
    for words in (["update"], ["install", "--yes", *wanted]):
        run_logged(["apt-get", *words], log=log, what="installing Chromium with apt")
    return shutil.which("chromium") or ""


def _by_npm(places: Places) -> str:
    print("Fetching Chromium with npm …", flush=True)
    folder = places.tools / "browser"
    folder.mkdir(parents=True, exist_ok=True)
    log = places.dev / "browser.log"
    words, _ = npm(places)
    run_logged(
        [*words, "install", "--prefix", str(folder), "--no-audit", "--no-fund", PACKAGE],
        log=log,
        what="fetching Chromium with npm",
        cwd=folder,
    )
    node = places.tool("node") if places.bare or not shutil.which("node") else "node"
    # The package unpacks into the temporary folder of the process: it is kept beside it instead.
    env = ["env", f"TMPDIR={folder}"]
    run_logged([*env, node, "-e", UNPACK], log=log, what="unpacking Chromium", cwd=folder)
    return str(_unpacked(places))


def _unpacked(places: Places) -> Path:
    return places.tools / "browser" / "chromium"
