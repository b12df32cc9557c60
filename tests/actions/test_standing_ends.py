"""An end that was undone counts nowhere; the ends before it stand, and are written down once."""

from datetime import timedelta

import pytest

from practices.doors import everywhere, opened, perform
from tests.cases import SPOKE, submitted
from tests.teams import joined
from triage import actions
from triage.actions.recording import write_in_record
from triage.models import Case, RecordEntry
from triage.presenters.record_note import record_note
from triage.queries.case_page import case_page
from triage.queries.done import done_page
from triage.queries.ends import standing
from triage.queries.to_sign import to_talk_over
from triage.rules.codes import Need, Outcome

HOUR = timedelta(hours=1)
SOON = timedelta(seconds=4)


class Day:
    """One case that one clinician opens and closes; each does what it says at its time."""

    def __init__(self, world, acting, who="clinician"):
        self.by, self.at = acting(world, who), world.at
        self.case = submitted(world, acting, "zoe", Need.SKIN_RASH, at=self.at)

    def does(self, action, **wish):
        return perform(action, by=self.by, at=self.at, reference=self.case.reference, **wish)

    def closes(self, note):
        self.does(actions.claim)
        wish = actions.OutcomeWish(
            Outcome.PHARMACY,
            safety_net="Ring if worse",
            record_viewed="summary",
            note=note,
            contact=SPOKE,
        )
        return self.does(actions.close, wish=wish)

    def slips(self, note):
        closed = self.closes(note)
        self.at += SOON
        self.does(actions.undo_step, version=closed.version)
        self.at += SOON

    def reopens(self):
        self.does(actions.reopen, reason="worse")

    def notes(self):
        with everywhere(because="the test looks", at=self.at):
            found = standing().filter(case=self.case).order_by("pk")
            return list(found.values_list("note__text", flat=True))

    def owed(self):
        with opened(self.by.reach, at=self.at):
            page = done_page(day=self.at.date(), is_mine=True, by=self.by, at=self.at)
        return [one.row.reference for one in page.owed]

    def page(self):
        with opened(self.by.reach, at=self.at):
            return case_page(self.case.reference, at=self.at)


@pytest.fixture
def day(world, acting):
    return Day(world, acting)


def test_an_undoing_hides_no_earlier_end(day):
    day.closes("first")
    day.at += HOUR
    day.reopens()
    day.slips("second")
    day.closes("third")

    assert day.notes() == ["first", "third"]


def test_not_even_one_of_the_same_seconds(day):
    day.closes("first")
    day.at += timedelta(seconds=1)
    day.reopens()
    day.slips("second")

    assert day.notes() == ["first"]


def test_two_slips_are_two(day):
    day.slips("first")
    day.slips("second")

    assert day.notes() == []


def test_every_end_is_copied_and_ticked_together(day):
    day.closes("first")
    day.at += HOUR
    day.reopens()
    open_again = day.owed()
    day.closes("second")
    note, closed = record_note(day.page()), day.owed()

    day.does(write_in_record)

    assert (open_again, closed, day.owed()) == ([], [day.case.reference] * 2, [])
    assert note.index("Findings and plan: first") < note.index("Findings and plan: second")
    with everywhere(because="the test looks", at=day.at):
        assert RecordEntry.objects.count() == 2


def test_what_is_written_down_is_not_copied_again(day):
    day.closes("first")
    day.does(write_in_record)
    day.at += HOUR
    day.reopens()
    day.closes("second")

    note = record_note(day.page())

    assert ("first" in note, "second" in note) == (False, True)


def test_the_words_of_an_undone_closing_stay_and_are_no_end(day):
    day.slips("thought better of it")

    page = day.page()

    assert page.outcomes == ()
    assert "thought better of it" in [step.reason for step in page.history]


def test_a_case_open_again_is_not_shown_as_ended(day, world, acting):
    day.closes("first")
    day.reopens()
    other = submitted(world, acting, "zoe", Need.SORE_THROAT, at=day.at)

    with opened(day.by.reach, at=day.at):
        (earlier,) = case_page(other.reference, at=day.at).earlier

    assert (earlier.state, earlier.outcome) == ("waiting", "")


def test_an_earlier_end_of_a_trainee_is_still_talked_over(world, acting):
    joined(world, "registrar", role="clinician", profession="registrar", stage="st3")
    day = Day(world, acting, "registrar")
    day.closes("first")
    day.at += HOUR
    day.reopens()
    day.slips("second")

    with everywhere(because="the test looks", at=day.at):
        found = to_talk_over([world.clinicians["registrar"].pk], at=day.at)
        assert Case.objects.get(pk=day.case.pk).state == "claimed"

    assert [one.at for one in found] == [world.at]
