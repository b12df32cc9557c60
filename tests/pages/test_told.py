"""What the desk reads of a message that will never leave."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from practices.queries import MessageRow
from triage.presenters.told import OVERTAKEN, message_line, message_lines

NOW = datetime(2026, 11, 30, 9, 30, tzinfo=UTC)


def _message(kind, state="queued", **changes):
    message = MessageRow(
        kind=kind,
        channel="text",
        send_to="+447700900123",
        email="",
        body="",
        state=state,
        is_to_tell=False,
        trouble="",
        queued_at=NOW,
        sent_at=None,
        settled_at=None,
        tried_at=None,
        told_by="",
        news_until=None,
    )
    return replace(message, **changes)


@pytest.mark.parametrize(
    ("newer", "is_overtaken"),
    [
        ([], False),
        ([_message("confirmed")], True),
        ([_message("confirmed", "superseded")], False),
        ([_message("cancelled"), _message("confirmed")], False),
        ([_message("late")], False),
    ],
)
def test_who_is_booked_is_not_told_that_we_have_the_request(newer, is_overtaken):
    lines = message_lines([*newer, _message("received")], now=NOW)

    assert (lines[-1].state == OVERTAKEN) is is_overtaken


TO_RING = {"channel": "voice", "is_to_tell": True}


@pytest.mark.parametrize(
    ("state", "changes", "to", "at"),
    [
        ("staff_tell", TO_RING, "To be rung: nobody has yet", "since 9:30am"),
        ("staff_tell", TO_RING | {"send_to": ""}, "To be told: nobody has yet", "since 9:30am"),
        ("staff_tell", TO_RING | {"news_until": NOW}, "Nobody has told them", "since 9:30am"),
        ("staff_tell", {"channel": "voice"}, "By voice", "9:30am"),
        ("told", {"channel": "voice", "told_by": "Jo"}, "By voice", "9:30am"),
    ],
    ids=["to ring", "no number", "too late", "heard on the line", "told"],
)
def test_nobody_was_told_by_voice_until_somebody_has_said_it(state, changes, to, at):
    line = message_line(_message("received", state, **changes), now=NOW)

    assert (line.to, line.at) == (to, at)
