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


def press(page, name):
    """The button is reached and pressed without a mouse."""
    page.get_by_role("button", name=name).first.focus()
    page.keyboard.press("Enter")
    page.wait_for_load_state()


def test_a_move_is_accepted_and_undone(proposed, page):
    sign_in(page, proposed, "practice_manager")
    keep_picture(page, "practice-manager-proposals")
    assert barriers(page) == []

    press(page, "The patient said yes: move")
    keep_picture(page, "practice-manager-accepted")
    assert page.get_by_text("Moved. The patient will get a message").is_visible()
    assert barriers(page) == []

    press(page, "Undo")
    assert page.get_by_text("Undone. The patient is back").is_visible()


def test_a_decline_without_a_reason_says_what_to_do(proposed, page):
    sign_in(page, proposed, "practice_manager")

    press(page, "Decline")

    assert page.get_by_text("Enter why this move is declined").is_visible()
