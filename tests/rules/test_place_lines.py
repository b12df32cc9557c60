"""The reason beside a group of times is true of all of them, or says of whom it is true."""

from datetime import UTC, datetime, timedelta

from appointments.rules.codes import Mode, OverflowReason
from triage.presenters.place_lines import why_of
from triage.rules.candidates import Candidate, CaseFacts, Where
from triage.rules.codes import Need, Urgency
from triage.rules.routing import Option

NOW = datetime(2026, 11, 30, 9, 30, tzinfo=UTC)
DUE = datetime(2026, 11, 30, 18, 30, tzinfo=UTC)
CASE = CaseFacts(need=Need.SORE_THROAT, urgency=Urgency.P4, due_at=DUE, age=34)
IN_TIME, ROOM = "Before it is due at 6:30pm", "12 of 25 points after this"


def _option(who, points_after):
    candidate = Candidate(
        key=who,
        where=Where.HUB,
        site="Riverside hub",
        who=who,
        mode=Mode.FACE_TO_FACE,
        starts_at=NOW + timedelta(hours=1),
        points_after=points_after,
        limit=250,
    )
    return Option(CASE, candidate, cost=0, overflow=OverflowReason.OWN_FULL)


def test_what_is_one_clinicians_is_said_of_that_one():
    said = why_of([_option("Dr Oak", 120), _option("Dr Elm", 30)], now=NOW)

    assert (said[0], said[-1]) == (IN_TIME, f"Dr Oak at 10:30am today: {ROOM}")
    assert ROOM not in said


def test_what_all_share_stands_alone():
    said = why_of([_option("Dr Oak", 120), _option("Dr Elm", 120)], now=NOW)

    assert (said[0], said[-1]) == (IN_TIME, ROOM)
