"""An offer to undo is read by the release before, and reads what that release kept."""

import json
from datetime import UTC, datetime

import pytest

from practices.rules.undo_offer import UndoOffer, unpacked

UNTIL = datetime(2026, 11, 30, 9, 30, 10, tzinfo=UTC)
USUAL = UndoOffer("/undo/1/", UNTIL, "To give it back, release it", "/case/1/")
OTHER = UndoOffer("/undo/1/", UNTIL, "Say it again", "/arrivals/", "open the day")


@pytest.mark.parametrize("offer", [USUAL, OTHER])
def test_what_is_kept_is_read_as_it_was(offer):
    assert unpacked(offer.packed()) == offer


def test_a_worker_of_the_release_before_reads_the_usual_offer():
    """It takes the four values it knows apart, and no more."""
    address, until, instead, href = json.loads(USUAL.packed())

    assert (address, until) == (USUAL.address, UNTIL.isoformat())
    assert (instead, href) == (USUAL.instead, USUAL.href)
    assert unpacked(json.dumps([address, until, instead, href])) == USUAL


def test_nothing_kept_is_nothing_offered():
    assert unpacked("") is None
