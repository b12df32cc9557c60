"""Two people type in the same sheet at once: it is in once, whoever was quicker."""

import threading
from datetime import timedelta

import pytest

from practices.doors import everywhere, perform
from tests.races.conftest import at_once, codes, won
from triage.actions import paper_entry
from triage.actions.requests import RequestWish
from triage.models import Case, PaperLine
from triage.rules.codes import Channel, Need

pytestmark = pytest.mark.race
WHO = ("zoe", "tam")


@pytest.fixture
def both_have_looked(monkeypatch):
    """Each goes on only when both have seen that nobody entered the line yet."""
    seen, look = threading.Barrier(len(WHO)), paper_entry.entered_before

    def looked(organisation_id, number):
        found = look(organisation_id, number)
        seen.wait(30)
        return found

    monkeypatch.setattr(paper_entry, "entered_before", looked)


def _race(world, acting):
    desk = acting(world, "receptionist")
    line = paper_entry.Line("K7M3QX", world.at - timedelta(minutes=5))

    def enter(index):
        wish = RequestWish(
            need=Need.SORE_THROAT,
            channel=Channel.PHONE,
            patient=world.patients[WHO[index]].public_id,
            words="sore",
            red_flags_asked=True,
        )
        return perform(paper_entry.enter_request, by=desk, at=world.at, line=line, wish=wish)

    answers = at_once(len(WHO), enter)
    with everywhere(because="the test looks", at=world.at):
        return answers, Case.objects.count(), PaperLine.objects.count()


@pytest.mark.usefixtures("both_have_looked")
def test_a_line_is_in_once_and_the_other_case_was_never_made(committed_world, acting):
    answers, cases, lines = _race(committed_world, acting)

    assert (won(answers), cases, lines) == (1, 1, 1)
    assert codes(answers) == {"entered"}


@pytest.mark.usefixtures("both_have_looked")
def test_control_without_the_constraint_it_is_in_twice(committed_world, acting, without):
    with without(
        "ALTER TABLE triage_paperline DROP CONSTRAINT sheet_entered_once",
        "ALTER TABLE triage_paperline ADD CONSTRAINT sheet_entered_once"
        " UNIQUE (organisation_id, number)",
    ):
        answers, cases, lines = _race(committed_world, acting)

    assert (won(answers), cases, lines) == (2, 2, 2)
