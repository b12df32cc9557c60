"""What the desk reads of a message that will never leave."""

from datetime import UTC, datetime

import pytest

from practices.queries import MessageRow
from triage.presenters.told import OVERTAKEN, message_lines

NOW = datetime(2026, 11, 30, 9, 30, tzinfo=UTC)


def _message(kind, state="queued"):
    return MessageRow(
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
