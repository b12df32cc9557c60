"""Two people type in the same sheet at once: it is in once, whoever was quicker."""

from datetime import timedelta

import pytest

from practices.doors import everywhere, perform
from tests.races.conftest import UNTIL_ALL, at_once, codes, won
from triage.actions import paper_entry
from triage.actions.requests import RequestWish
from triage.models import Case, PaperLine
from triage.rules.codes import Channel, Need

pytestmark = pytest.mark.race
WHO = ("zoe", "tam")
LOOK = [(paper_entry, "entered_before")]


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


def test_a_line_is_in_once_and_the_other_case_was_never_made(committed_world, acting, meet):
    meet(2, UNTIL_ALL, after=LOOK)

    answers, cases, lines = _race(committed_world, acting)

    assert (won(answers), cases, lines) == (1, 1, 1)
    assert codes(answers) == {"entered"}


def test_control_without_the_constraint_it_is_in_twice(committed_world, acting, meet, without):
    meet(2, UNTIL_ALL, after=LOOK)
    with without(
        "ALTER TABLE triage_paperline DROP CONSTRAINT sheet_entered_once",
        "ALTER TABLE triage_paperline ADD CONSTRAINT sheet_entered_once"
        " UNIQUE (organisation_id, number)",
    ):
        answers, cases, lines = _race(committed_world, acting)

    assert (won(answers), cases, lines) == (2, 2, 2)
