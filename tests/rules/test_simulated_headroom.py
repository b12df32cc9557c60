"""Who is placed at once, who waits for something better, and who is squeezed in."""

import pytest

from hubs.rules.needs import Urgency
from networks.rules.simulation.facts import Kind
from networks.rules.simulation.headroom import Headroom
from networks.rules.simulation.living import live
from networks.rules.simulation.outcomes import PROMISED
from networks.rules.simulation.unavoidable import unavoidable
from practices.rules.professions import Profession
from tests.rules.simulated import case, clinician, day, slot, solved

TEAM = [clinician(), clinician("hub_gp", site="H", profession=Profession.GP)]


def at_hub(start):
    return slot(start, who="hub_gp", site="H")


def squeeze(start):
    return slot(start, kind=Kind.SQUEEZE)


def starts(slots, asking):
    """Where and when Headroom has the only patient seen; None for nowhere."""
    diary = live(day(TEAM, slots, [asking]), lambda diary: Headroom(diary, solved))
    place = diary.place.get(asking.id)
    return place and (place.site, place.start)


@pytest.mark.parametrize(
    ("slots", "place"),
    [
        ([at_hub(585), squeeze(570)], ("H", 585)),  # in good time: nobody is squeezed in
        ([at_hub(600), squeeze(585)], ("P1", 585)),
        ([at_hub(600), squeeze(600)], ("H", 600)),
        ([at_hub(600), squeeze(645)], ("H", 600)),
        ([at_hub(615), squeeze(645)], ("P1", 645)),  # the hub's is late: the duty clinician's
    ],
)
def test_an_urgent_patient_is_squeezed_in_only_where_that_is_sooner(slots, place):
    asking = case("urgent", 540, urgency=Urgency.P1, due=600)

    assert starts(slots, asking) == place


@pytest.mark.parametrize(
    ("slots", "place"),
    [
        ([at_hub(840), squeeze(705)], ("H", 840)),
        ([at_hub(870), squeeze(705)], ("P1", 705)),  # asked about at half the time, not told late
        ([at_hub(870)], ("H", 870)),  # better than nothing
        ([], None),
    ],
)
def test_nobody_is_told_a_late_place_before_the_duty_clinician_was_asked(slots, place):
    asking = case("today", 500, urgency=Urgency.P3, due=860)

    assert starts(slots, asking) == place


def test_who_asks_when_no_place_is_left_breaches_under_every_policy():
    """Two ask for the last place: one of them is nobody's fault."""
    last, people = at_hub(1095), [case(name, 1060) for name in ("one", "other")]

    assert unavoidable(day(TEAM, [last], people), PROMISED) == 1
    assert unavoidable(day(TEAM, [last, squeeze(1095)], people), PROMISED) == 0
    assert unavoidable(day(TEAM, [at_hub(1080), squeeze(1095)], people), PROMISED) == 1
