"""Each figure of a simulated day, on days so small that the answer is known."""

import pytest

from hubs.rules.needs import Urgency
from networks.rules.simulation.desks import hub_first_come, no_hub
from networks.rules.simulation.facts import Kind
from networks.rules.simulation.headroom import Headroom
from networks.rules.simulation.intervals import change, interval, paired, t_quantile
from networks.rules.simulation.living import live
from networks.rules.simulation.outcomes import left_for_tomorrow, outcome_of
from practices.rules.professions import Profession
from tests.rules.simulated import case, clinician, day, slot, solved

GP = clinician()


def lived(arrivals, slots, *, make=no_hub, people=(GP,), booked=None):
    return live(day(people, slots, arrivals, booked), make)


def test_the_wait_runs_from_asking_until_the_patient_is_met():
    found = outcome_of(lived([case("a", 500)], [slot(525)]))

    assert found.mean_wait(Urgency.P4) == 25
    assert found.median_wait() == 25


def test_a_clinic_that_runs_late_makes_the_next_patient_wait():
    slow, next_one = case("a", 490, minutes=20.0), case("b", 491)
    found = lived([slow, next_one], [slot(510), slot(525)])

    assert found.met == {"a": 510, "b": 530}


def test_points_past_the_limit_are_excess_and_an_over_limit_day():
    heavy = [case(f"c{number}", 480 + number, points=25) for number in range(6)]
    found = outcome_of(lived(heavy, [slot(510 + 15 * number) for number in range(6)]))

    assert (found.over_limit, found.excess) == (1, 2.5)


def test_who_does_not_come_is_no_contact_and_no_breach():
    away = case("a", 500, points=25, comes=False, urgency=Urgency.P1, due=560)
    diary = lived([away], [slot(525)])
    found = outcome_of(diary)

    assert diary.load["gp"] == 0
    assert (found.missed, found.all_breaches) == (1, 0)


def test_urgent_and_met_after_due_is_an_urgent_breach():
    late = case("a", 500, urgency=Urgency.P1, due=560)
    found = outcome_of(lived([late], [slot(600)]))

    assert (found.urgent_breaches, found.breaches[Urgency.P1]) == (1, 1)


def test_same_day_and_never_met_is_a_breach_that_waits_until_the_close():
    found = outcome_of(lived([case("a", 1000)], []))

    assert found.breaches[Urgency.P4] == 1
    assert found.mean_wait() == 110


def test_next_day_cases_come_back_in_the_morning_once():
    diary = lived([case("a", 1050, urgency=Urgency.P5, due=2550)], [])
    (back,) = left_for_tomorrow(diary)

    assert outcome_of(diary).all_breaches == 0
    assert (back.arrives, back.earliest, back.due) == (420, 480, 1110)
    again = lived([back], [])
    assert outcome_of(again).breaches[Urgency.P5] == 1
    assert left_for_tomorrow(again) == []


def test_routine_without_a_place_is_deferred():
    found = outcome_of(lived([case("a", 500, urgency=Urgency.P6, due=9999)], []))

    assert found.another_day == {"a"}
    assert (found.deferred, found.all_breaches) == (1, 0)


def test_continuity_counts_who_wished_for_somebody_at_work():
    other = clinician("other")
    slots = [slot(525), slot(510, who="other")]
    wishes = [case("a", 490, usual="gp"), case("b", 491, usual="gp"), case("c", 492)]
    found = outcome_of(lived(wishes, slots, people=(GP, other)))

    assert found.continuity == 50


def test_the_hub_takes_what_the_practice_cannot_in_time_and_costs_a_journey():
    anp = clinician("anp", site="H", profession=Profession.ANP)
    gp = clinician("hub-gp", site="H")
    slots = [slot(540, who="anp", site="H"), slot(540, who="hub-gp", site="H")]
    found = outcome_of(lived([case("a", 500)], slots, make=hub_first_come, people=(GP, anp, gp)))

    assert (found.at_hub, found.travel) == (1, 10)


def test_who_watches_over_nobody_keeps_the_hubs_other_places_shut():
    anp = clinician("anp", site="H", profession=Profession.ANP)
    slots = [slot(540, who="anp", site="H")]
    found = outcome_of(lived([case("a", 500)], slots, make=hub_first_come, people=(GP, anp)))

    assert (found.at_hub, found.unseen) == (0, 1)


def test_what_is_urgent_is_squeezed_in_before_it_is_late():
    urgent = case("a", 500, urgency=Urgency.P1, due=560)
    diary = lived([urgent], [slot(600), slot(555, kind=Kind.SQUEEZE)])

    assert diary.met == {"a": 555}


def test_a_cancelled_place_is_free_for_whoever_asks_next():
    place = slot(600)
    gone = case("b", None, urgency=Urgency.P6, cancels_at=500)
    diary = lived([case("a", 520)], [place], booked={place.id: gone})

    assert diary.cancelled == {"b"}
    assert diary.met == {"a": 600}


@pytest.mark.parametrize(("refusal", "moves"), [({}, 1), ({"declines_move": True}, 0)])
def test_a_move_off_a_full_list_needs_a_yes(refusal, moves):
    """The GP is past the limit at eight; one patient may go to the colleague, if they will."""
    places = [slot(600 + 15 * number) for number in range(6)]
    booked = {
        place.id: case(place.id, None, urgency=Urgency.P6, points=25, **refusal) for place in places
    }
    free = [slot(960 + 15 * number, who="other") for number in range(4)]
    world = day((GP, clinician("other")), [*places, *free], (), booked)
    found = outcome_of(live(world, lambda diary: Headroom(diary, solved)))

    assert (found.moves, found.most_moves) == (moves, moves)


def test_intervals_are_students():
    found = interval([1.0, 2.0, 3.0, 4.0, 5.0])

    assert found.mean == 3
    assert found.half == pytest.approx(2.776 * (2.5 / 5) ** 0.5, rel=1e-3)
    assert t_quantile(29) == pytest.approx(2.0452, abs=1e-4)
    assert paired([2, 3, 5], [1, 2, 4]).half == 0


def test_a_change_is_in_per_cent_of_the_other():
    found = change([1.0, 2.0, 3.0], [2.0, 4.0, 6.0])

    assert (found.mean, found.half) == (-50, 0)
    assert change([1.0], [0.0]) is None
