"""A request that is to be read sooner, as the desk sees it."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from triage.presenters.desk import case_banner
from triage.presenters.signs import Banner, left
from triage.queries.reception import DeskCase


@dataclass(frozen=True, slots=True)
class RaisePage:
    """How urgent it is now, and how long that leaves."""

    banner: Banner
    words: str
    back: str


def raise_page(found: DeskCase, *, now: datetime) -> RaisePage:
    """The request in words."""
    row = found.case.row
    due = left(row.due_at, now=now)
    return RaisePage(
        banner=case_banner(found.case, now=now),
        words=f"{row.need.label}: now it is “{row.urgency.label}”, {due.words}",
        back=reverse("triage:desk", args=[row.reference]),
    )
