"""Ends that stand in no record yet, for whoever answers for the house."""

from collections.abc import Iterable
from datetime import datetime

from practices.presenters import date_words
from triage.presenters.signs import name_words
from triage.presenters.urgency import moment_words
from triage.queries.done import DoneRow


def unwritten_lines(rows: Iterable[DoneRow], *, now: datetime) -> tuple[str, ...]:
    """ "Zoë O'Neil, born 14 March 1985: Advice given, by Ann Lee at 9:30am"."""
    return tuple(
        f"{name_words(one.row.family_name, one.row.given_name)}, born"
        f" {date_words(one.row.born_on)}: {one.outcome.label}, by {one.by or 'Headroom'}"
        f" at {moment_words(one.at, now=now)} ({one.row.reference})"
        for one in rows
    )
