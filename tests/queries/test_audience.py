"""A session that is for others is refused in the list and again under its lock."""

from datetime import timedelta

import pytest
from django.db import transaction

from appointments.actions import Terms, Wanted, book_slot, confirm, hold_slot, move
from appointments.models import Session
from appointments.queries.slot_list import SlotQuestion, slot_list
from practices.doors import everywhere, opened, perform
from practices.queries.paging import Turn
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


def _wanted(world, *, practice="oak", asked_by="practice"):
    patient = world.patients["zoe"]
    return Wanted(
        patient_id=patient.pk,
        practice_id=getattr(world, practice).pk,
        person_key=patient.person_key,
        case_ref="HR-1",
        need="sore_throat",
        points=10,
        is_urgent=False,
        asked_by=asked_by,
    )


def _hold(world, acting, slot, at, **who):
    """The hold itself, whatever a list said a moment ago."""
    wish = {"slot_id": slot.pk, "wanted": _wanted(world, **who)}
    return perform(hold_slot, by=acting(world, "receptionist"), at=at, **wish)


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


def _listed(world, acting, at, asked_by="practice"):
    """The hub's slots as the API lists them for a patient of Oak."""
    reach = acting(world, "receptionist").reach
    asked = SlotQuestion(
        start=at,
        end=at + timedelta(hours=12),
        hub="HUB1",
        patient=world.patients["zoe"].public_id,
        asked_by=asked_by,
    )
    with opened(reach, at=at):
        found = slot_list(asked=asked, reach=reach, turn=Turn(size=100), at=at)
    return [row.slot.id for row in found.rows]


def _can_hold(world, acting, slot, at, **who):
    """Whether the place could be held; nothing stays held."""
    by = acting(world, "receptionist")
    try:
        with opened(by.reach, at=at), transaction.atomic():
            hold_slot(slot_id=slot.pk, wanted=_wanted(world, **who), by=by, at=at)
            transaction.set_rollback(True)
    except Refused:
        return False
    return True


@pytest.mark.parametrize("asked_by", ["practice", "nhs111"])
@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"audience": {"organisations": None, "types": ["nhs111"]}},
        {"audience": {"organisations": ["OAK1"], "types": None}},
        {"reserve": [{**ELMS, "places": 2}]},
        {"reserve": [{**ELMS, "organisation": "OAK1", "places": 1}, {**ELMS, "places": 2}]},
        {"reserve": [{**ELMS, "until": "2026-11-30T09:30:00+00:00"}]},
    ],
)
def test_the_api_lists_what_could_be_held(world, acting, now, facts, asked_by):
    _kept(world, now, **facts)
    slots = [one for one in world.slots("clinician") if one.starts_at > now]

    listed = _listed(world, acting, now, asked_by)

    can = [_can_hold(world, acting, one, now, asked_by=asked_by) for one in slots]
    assert [one.pk in listed for one in slots] == can


def test_a_move_is_refused_under_its_lock_by_who_asks(world, acting, now):
    other, first = world.slots("clinician")[3], world.slots("gp_oak")[3]
    desk, terms = acting(world, "receptionist"), Terms(state="booked")
    wish = {"slot_id": first.pk, "wanted": _wanted(world), "terms": terms}
    booking = perform(book_slot, by=desk, at=now, **wish)
    _kept(world, now, audience={"organisations": None, "types": ["nhs111"]})
    wish = {"booking_id": booking.pk, "to_slot_id": other.pk, "because": "x", "is_urgent": False}
    wish["overflow_reason"] = "own_full"

    with pytest.raises(Refused) as refusal:
        perform(move, by=desk, at=now, asked_by="practice", **wish)

    assert refusal.value.code == "audience"
    assert perform(move, by=desk, at=now, asked_by="nhs111", **wish).to_booking.slot_id == other.pk


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
