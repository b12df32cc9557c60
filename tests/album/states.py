"""The states of pages that the tests drew: each is kept once, to be looked at afterwards.

Two pages are in the same state when the same template took the same branches for them and they
say at the same kinds of places what is wrong. Of the many states of a page as few are looked at
as show all that it can show.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

from tests.journeys.people import PICTURES

STATES = PICTURES / "states"
ERRORS = ("nhsuk-error-summary", "nhsuk-error-message")


@dataclass(frozen=True, slots=True)
class State:
    """A page as it was drawn, the branches taken for it, and the test that drew it."""

    template: str
    branches: list[str]
    page: str
    test: str

    @property
    def shows(self) -> frozenset[str]:
        """What is to be seen in it: the branches, and where it says what is wrong."""
        return frozenset([*self.branches, *(one for one in ERRORS if one in self.page)])

    @property
    def name(self) -> str:
        """The same for each page in this state."""
        key = json.dumps([self.template, sorted(self.shows)])
        page = self.template.removesuffix(".html").replace("/", "-")
        return f"{page}-{sha256(key.encode()).hexdigest()[:8]}"

    @property
    def is_whole(self) -> bool:
        """Whether it is a page, and not a part for a page that is open."""
        return self.page.lstrip().lower().startswith("<!doctype")


def keep(state: State, folder: Path = STATES) -> None:
    """The state is in the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(asdict(state))
    (folder / f"{state.name}.json").write_text(text, encoding="utf-8")


def kept(folder: Path = STATES) -> list[State]:
    """All that the tests drew."""
    paths = sorted(folder.glob("*.json"))
    return [State(**json.loads(path.read_text(encoding="utf-8"))) for path in paths]


def by_page(states: list[State]) -> dict[str, list[State]]:
    """The states to look at of each page: each shows the most of what those before it do not."""
    pages: defaultdict[str, list[State]] = defaultdict(list)
    for state in states:
        pages[state.template].append(state)
    return {template: list(_telling(found)) for template, found in sorted(pages.items())}


def _telling(states: list[State]) -> Iterator[State]:
    left = {state.name: state.shows for state in states}
    while any(left.values()):
        most = max(states, key=lambda state: len(left[state.name]))
        yield most
        seen = left[most.name]
        left = {name: shows - seen for name, shows in left.items()}
