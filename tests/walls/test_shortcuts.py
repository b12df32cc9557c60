"""No key does anything by itself: who speaks to a computer, or drops a book, books nobody (U02)."""

import re

from tests.walls.sources import ROOT

LISTENS = re.compile(r"key(?:down|press|up)|accesskey|hotkey", re.IGNORECASE)
# The search waits for a pause in the typing in its own box.
TYPING = 'hx-trigger="keyup changed delay:250ms from:#id_sought"'


def heard(folder: str, kind: str) -> list[str]:
    """The lines that listen to a key, with their file."""
    return [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in sorted((ROOT / folder).rglob(f"*.{kind}"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if LISTENS.search(line.replace(TYPING, ""))
    ]


def test_u02_no_page_listens_to_single_keys():
    assert heard("templates", "html") + heard("static", "js") == []


def test_u02_control_a_listener_would_be_found():
    assert LISTENS.search('document.addEventListener("keydown", go)')
    assert LISTENS.search('<a accesskey="n" href="/">')
