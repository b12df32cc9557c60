"""The duty clinician's page in words."""

from dataclasses import dataclass
from datetime import datetime

from triage.presenters.handovers import OwedLine, owed_line
from triage.presenters.last_call import Decide, decide_box
from triage.presenters.own_meter import OwnMeter, my_meter
from triage.presenters.urgency import CaseLine, case_line, moment_words
from triage.queries.duty_page import DutyPage


@dataclass(frozen=True, slots=True)
class BackLine:
    """A case the hub hands back: who asks, why, and whom it names."""

    line: CaseLine
    asked: str
    reason: str


@dataclass(frozen=True, slots=True)
class Page:
    """All that the duty page shows."""

    backs: tuple[BackLine, ...]
    decide: Decide
    calls: tuple[CaseLine, ...]
    owed: tuple[OwedLine, ...]
    meter: OwnMeter | None


def page(found: DutyPage, *, now: datetime, clinician_id: int | None) -> Page:
    """What falls to me, in words."""
    return Page(
        backs=tuple(
            BackLine(
                line=case_line(one.row, now=now, clinician_id=clinician_id),
                asked=f"{one.by} asked at {moment_words(one.at, now=now)}"
                + (f", for {one.named}" if one.named else ""),
                reason=one.reason or "The reason was erased.",
            )
            for one in found.handed_back
        ),
        decide=decide_box(found.decide, now=now, clinician_id=clinician_id),
        calls=tuple(case_line(row, now=now, clinician_id=clinician_id) for row in found.calls),
        owed=tuple(owed_line(one, now=now) for one in found.owed),
        meter=my_meter(found.meter) if found.meter else None,
    )
