"""The reason beside a group of times is true of all of them, or says of whom it is true."""

from datetime import UTC, datetime, timedelta

from appointments.rules.codes import Mode
from triage.presenters.place_lines import why_of
from triage.rules.candidates import Candidate, Where
from triage.rules.request import Reason
from triage.rules.routing import Option

NOW = datetime(2026, 11, 30, 9, 30, tzinfo=UTC)
IN_TIME = Reason("in_time", "Before it is due at 6:30pm")
OF_OAK = Reason("room", "12 of 25 points after this")
OF_ELM = Reason("room", "3 of 25 points after this")


def _option(who, reason):
    candidate = Candidate(
        key=who,
        where=Where.HUB,
        site="Riverside hub",
        who=who,
        mode=Mode.FACE_TO_FACE,
        starts_at=NOW + timedelta(hours=1),
    )
    return Option(candidate, (IN_TIME, reason), cost=0)


def test_what_is_one_clinicians_is_said_of_that_one():
    group = [_option("Dr Oak", OF_OAK), _option("Dr Elm", OF_ELM)]

    assert why_of(group, now=NOW) == (
        "Before it is due at 6:30pm",
        "Dr Oak at 10:30am today: 12 of 25 points after this",
    )


def test_what_all_share_stands_alone():
    group = [_option("Dr Oak", OF_OAK), _option("Dr Elm", OF_OAK)]

    assert why_of(group, now=NOW) == (IN_TIME.text, OF_OAK.text)
