"""The practice manager accepts a proposed move, by keyboard, and takes it back."""

import pytest

from practices import clock
from tests.full_day import overfill, rebalanced
from tests.journeys.people import barriers, keep_picture, sign_in


@pytest.fixture
def proposed(committed_world, acting, now, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: now)
    overfill(committed_world, acting)
    rebalanced(committed_world, acting)
    return committed_world


def press(page, name, *, says):
    """The button is reached and pressed without a mouse, and the next page says so."""
    page.get_by_role("button", name=name).first.focus()
    page.keyboard.press("Enter")
    page.get_by_text(says).first.wait_for()


def test_a_move_is_accepted_and_undone(proposed, page):
    sign_in(page, proposed, "practice_manager")
    keep_picture(page, "practice-manager-proposals")
    assert barriers(page) == []

    press(page, "The patient said yes: move", says="Moved. The patient will get a message")
    keep_picture(page, "practice-manager-accepted")
    assert barriers(page) == []

    press(page, "Undo", says="Undone. The patient is back")


def test_a_decline_without_a_reason_says_what_to_do(proposed, page):
    sign_in(page, proposed, "practice_manager")

    page.locator("summary", has_text="Decline this move").first.press("Enter")
    press(page, "Decline", says="Enter why this move is declined")

    assert page.get_by_role("button", name="Decline").count() == 1
