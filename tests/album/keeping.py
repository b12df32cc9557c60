"""A fixture for whole folders of tests: what they draw is kept with --album, each state once."""

import pytest
from django.template.base import Template

from tests.album.branches import Watch, branches
from tests.album.states import State, keep


@pytest.fixture(scope="session")
def kept_before() -> set[str]:
    """The states this process has kept; from now on each branch knows what it is called."""
    branches()
    return set()


@pytest.fixture(autouse=True)
def _kept(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if not request.config.getoption("--album"):
        return
    kept_before = request.getfixturevalue("kept_before")

    def once(template: Template, page: str, taken: set[str]) -> None:
        state = State(str(template.name), sorted(taken), page, request.node.nodeid)
        if state.name not in kept_before:
            kept_before.add(state.name)
            keep(state)

    Watch(monkeypatch, once)
