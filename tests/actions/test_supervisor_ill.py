"""A supervisor who is not there: somebody says so, or the rota does."""

import pytest

from appointments.actions import SessionWish, publish_session
from appointments.models import PausedList, Session
from practices.clock import on
from practices.doors import everywhere, perform
from tests.actions.test_supervisor_gone import swept
from tests.cases import submitted
from tests.pages.clinic import clock
from tests.teams import joined, unsupervised
from tests.world import SETUP
from triage import actions
from triage.actions import supervising
from triage.actions.coming_back import take_list_back
from triage.actions.gone_home import go_home, preview_list
from triage.models import Case
from triage.queries.gone_home import clinicians_today
from triage.rules.codes import Need
from triage.tasks import pause_unsupervised

__all__ = ["clock"]


@pytest.fixture
def day(now):
    return now.date()


@pytest.fixture
def colleague(world, acting, now):
    """A second supervisor, who hears of it; the clinician has a case in hand."""
    unsupervised(world, "physio")
    joined(world, "second", role="supervisor", profession="gp")
    case = submitted(world, acting, "tam", Need.COUGH_BREATHING, at=now)
    perform(actions.claim, by=acting(world, "clinician"), at=now, reference=case.reference)
    return acting(world, "second")


def _gone(world, by, at, *, from_at=None, who="supervisor"):
    wish = {"clinician_id": world.clinicians[who].pk, "from_at": from_at or at}
    shown = perform(preview_list, by=by, at=at, **wish)
    return shown, perform(go_home, by=by, at=at, reason="unwell", **wish)


def _paused(world):
    with everywhere(because="the test looks", at=world.at):
        found = PausedList.objects.filter(until_at=None).order_by("pk")
        cases = Case.objects.order_by("pk").values_list("state", flat=True)
        return set(found.values_list("clinician_id", flat=True)), list(cases)


def _works(world, name, starts_at, ends_at):
    with everywhere(because="the test's set-up", at=world.at):
        wish = SessionWish(
            clinician_id=world.clinicians[name].pk,
            site_id=world.sites[world.hub.pk].pk,
            starts_at=starts_at,
            ends_at=ends_at,
            hub_id=world.hub.pk,
        )
        return publish_session(wish=wish, by=SETUP, at=world.at)


def test_the_lists_pause_with_the_word_before_the_session_has_begun(world, colleague, now):
    people = {world.clinicians["clinician"].pk}

    shown, left = _gone(world, colleague, now)

    assert shown.pauses == ("Clinician",)
    assert _paused(world) == (people, ["waiting"])
    perform(take_list_back, by=colleague, at=now, public_id=left.public_id)
    assert _paused(world) == (set(), ["claimed"])


def test_who_has_no_session_today_is_said_to_have_gone_all_the_same(world, colleague, now):
    with everywhere(because="the test's set-up", at=now):
        mine = {"clinician": world.clinicians["supervisor"], "hub_id": world.hub.pk}
        Session.objects.filter(**mine).update(status="cancelled")
        names = [row.name for row in clinicians_today(organisation_id=world.hub.pk, at=now)]

    _, left = _gone(world, colleague, now)

    assert names == ["Clinician", "Supervisor"]
    assert _paused(world) == ({world.clinicians["clinician"].pk}, ["waiting"])
    assert left.ended["sessions"] == []


def test_who_goes_later_supervises_until_then(world, colleague, clock, day, now):
    shown, _ = _gone(world, colleague, now, from_at=on(day, 11))

    assert (shown.pauses, _paused(world)[0]) == ((), set())
    clock(on(day, 11, 10))
    assert pause_unsupervised() == 1


def test_who_would_have_come_only_later_leaves_at_once(world, colleague, day, now):
    shown, _ = _gone(world, colleague, now, from_at=on(day, 9, 45))

    assert shown.pauses == ("Clinician",)
    assert _paused(world)[0] == {world.clinicians["clinician"].pk}


def test_between_two_sessions_of_the_supervisor_nobody_works_on(world, acting, clock, day):
    _works(world, "clinician", on(day, 13), on(day, 15))
    _works(world, "supervisor", on(day, 15), on(day, 17))

    assert swept(clock, day, 9, 10, 11) == [0, 1, 0]


def test_who_comes_later_than_their_people_is_not_there_yet(world, acting, clock, day):
    helped = joined(world, "helped", role="clinician", profession="nurse")
    unsupervised(world, "clinician", "physio")
    _works(world, "helped", on(day, 13), on(day, 17))
    with everywhere(because="the test's set-up", at=world.at):
        late = Session.objects.get(pk=world.sessions["supervisor"].pk)
        late.status = "cancelled"
        late.save()
    _works(world, "supervisor", on(day, 14), on(day, 17))

    assert swept(clock, day, 9, 10) == [0, 1]
    assert _paused(world)[0] == {helped.pk}
    perform(supervising.come_back, by=acting(world, "supervisor"), at=on(day, 13, 11))
    assert swept(clock, day, 12, 59) == [0, 0]


def test_who_is_there_is_left_in_peace(world, acting, clock, day):
    clock(on(day, 10, 30))
    assert pause_unsupervised() == 0
