"""An appointment planned ahead of any case: moved only to a place that is like it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from practices.rules.refusals import Refused


@dataclass(frozen=True, slots=True)
class Where:
    """What tells places apart for somebody whom no case stands for; `hub` is 0 at a practice."""

    hub: int
    profession: str
    mode: str


def may_be_moved_to(was: Where, other: Where, *, need: str, takes: Collection[str]) -> bool:
    """Whether nobody has to ask a clinician first: same house, same profession, same way."""
    return was == other and (not takes or need in takes)


def check_may_be_moved_to(was: Where, other: Where, *, need: str, takes: Collection[str]) -> None:
    """The same as a refusal that says what to do instead."""
    if not may_be_moved_to(was, other, need=need, takes=takes):
        raise Refused(
            "Choose a time of the list. For another kind of appointment cancel this one,"
            " and write a new request",
            code="scope",
            field="slot",
        )
