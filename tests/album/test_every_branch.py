"""Each branch of each of our templates is in a state that is looked at, or is named here.

This runs once all tests of the pages are done. A branch that nothing draws is one nobody has seen:
draw it in a test of its page, or delete it. NEVER_DRAWN only ever becomes shorter.
"""

import re

from tests.album.branches import branches
from tests.album.never_drawn import NEVER_DRAWN
from tests.album.states import State, by_page, kept


def looked_at() -> list[State]:
    """The states of which there is a picture."""
    return [state for states in by_page(kept()).values() for state in states]


def without_picture(states: list[State]) -> list[str]:
    """The branches that no picture shows."""
    drawn = {branch for state in states for branch in state.branches}
    return [branch for branch in branches() if branch not in drawn]


def plain(branch: str) -> str:
    """The branch without the number of its line, which changes whenever the template does."""
    return re.sub(r":\d+ ", ": ", branch, count=1)


def test_every_branch_of_every_template_is_in_a_picture():
    missing = [one for one in without_picture(looked_at()) if plain(one) not in NEVER_DRAWN]

    assert not missing, "\n".join(missing)


def test_what_is_named_as_never_drawn_is_a_branch():
    assert sorted(NEVER_DRAWN - {plain(one) for one in branches()}) == []


def test_control_a_branch_that_was_never_drawn_is_named():
    branch = next(one for one in branches() if one.startswith("triage/clinic/queue.html:"))
    states = [state for state in looked_at() if branch not in state.branches]

    assert branch in without_picture(states)
    assert branch not in without_picture(looked_at())
