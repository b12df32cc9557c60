"""A session that is for others is refused in the list and again under its lock."""

from datetime import timedelta

import pytest

from appointments.actions import Terms, Wanted, confirm, hold_slot
from appointments.models import Session
from practices.doors import everywhere, opened, perform
from practices.rules.refusals import Refused
from tests.cases import submitted
from triage.queries.options import options
from triage.rules.codes import Channel, Need

ELMS = {"organisation": "ELM1", "places": 9, "until": "2026-11-30T12:00:00+00:00"}


@pytest.mark.parametrize(("code", "refused"), [("OAK1", False), ("ELM1", True)])
def test_a_hub_session_is_for_those_it_names(world, acting, now, code, refused):
    with everywhere(because="the test's set-up", at=now):
        Session.objects.filter(hub=world.hub).update(
            audience={"organisations": [code], "types": None}
        )
    case = submitted(world, acting, "zoe", Need.SORE_THROAT, at=now, red_flags_asked=True)

    with opened(acting(world, "receptionist").reach, at=now):
        choices = options(case.reference, at=now)

    at_hub = {no.code for no in choices.refused if no.candidate.site == "Riverside hub"}
    assert ("audience" in at_hub) is refused


def _kept(world, now, **facts):
    with everywhere(because="the test's set-up", at=now):
        Session.objects.filter(hub=world.hub).update(**facts)


def _refused_at_hub(world, acting, case, at):
    with opened(acting(world, "receptionist").reach, at=at):
        choices = options(case.reference, at=at)
    return [no.code for no in choices.refused if no.candidate.site == "Riverside hub"]


def _hold(world, acting, slot, at, *, practice="oak", asked_by="practice"):
    """The hold itself, whatever a list said a moment ago."""
    patient = world.patients["zoe"]
    wanted = Wanted(
        patient_id=patient.pk,
        practice_id=getattr(world, practice).pk,
        person_key=patient.person_key,
        case_ref="HR-1",
        need="sore_throat",
        points=10,
        is_urgent=False,
        asked_by=asked_by,
    )
    return perform(
        hold_slot, by=acting(world, "receptionist"), at=at, slot_id=slot.pk, wanted=wanted
    )


@pytest.mark.parametrize(("channel", "refused"), [(Channel.PHONE, True), (Channel.NHS111, False)])
def test_a_session_for_nhs_111_is_for_who_comes_from_there(world, acting, now, channel, refused):
    _kept(world, now, audience={"organisations": None, "types": ["nhs111"]})
    how = {"channel": channel, "red_flags_asked": True}
    case = submitted(world, acting, "zoe", Need.SORE_THROAT, at=now, **how)

    assert ("audience" in _refused_at_hub(world, acting, case, now)) is refused


def test_a_session_that_is_for_others_is_refused_under_its_lock(world, acting, now):
    _kept(world, now, audience={"organisations": ["ELM1"], "types": None})
    with pytest.raises(Refused) as refusal:
        _hold(world, acting, world.slots("clinician")[0], now)

    assert refusal.value.code == "audience"


def test_kept_places_are_the_first_ones_until_their_time(world, acting, now):
    until = now + timedelta(minutes=20)
    line = {"organisation": "ELM1", "places": 2, "until": until.isoformat()}
    case = submitted(world, acting, "zoe", Need.SORE_THROAT, at=now, red_flags_asked=True)
    slots = world.slots("clinician")
    second = slots[1]
    _kept(world, now, reserve=[line])

    listed = _refused_at_hub(world, acting, case, now).count("embargo")
    with pytest.raises(Refused) as refusal:
        _hold(world, acting, second, now)

    assert listed > 0
    assert "embargo" not in _refused_at_hub(world, acting, case, until)
    assert refusal.value.code == "embargo"
    assert _hold(world, acting, slots[2], now).state == "held"
    assert _hold(world, acting, second, until).state == "held"


@pytest.mark.parametrize(
    ("given_away", "code"),
    [
        ({"audience": {"organisations": ["ELM1"]}}, "audience"),
        ({"reserve": [ELMS]}, "embargo"),
    ],
)
def test_a_hold_is_no_booking_once_the_session_is_for_others(world, acting, now, given_away, code):
    held = _hold(world, acting, world.slots("clinician")[0], now)
    _kept(world, now, **given_away)
    wish = {"booking_id": held.pk, "terms": Terms()}

    with pytest.raises(Refused) as refusal:
        perform(confirm, by=acting(world, "receptionist"), at=now, **wish)

    assert refusal.value.code == code
