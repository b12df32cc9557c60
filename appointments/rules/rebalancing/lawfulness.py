"""An independent re-check of a finished plan, rule by rule; the solver's word is not taken."""

from collections import Counter
from collections.abc import Iterator

from appointments.rules.rebalancing.facts import EMERGENCY
from appointments.rules.rebalancing.survey import Places, Survey


def broken_rules(survey: Survey, places: Places) -> list[str]:
    """A sentence for each rule `places` breaks; empty when the plan is lawful."""
    return [
        *_unlawful_places(survey, places),
        *_disturbed_bookings(survey, places),
        *_shared_slots(places),
        *_passed_limits(survey, places),
        *_passed_shares(survey, places),
        *_passed_supervision(survey, places),
    ]


def _unlawful_places(survey: Survey, places: Places) -> Iterator[str]:
    for case_id, slot_id in places.items():
        case = survey.cases[case_id]
        if not survey.may_use(case, survey.slots[slot_id]):
            yield f"Case {case_id} may not use slot {slot_id}."
        if case.urgency == EMERGENCY and case.slot is None:
            yield f"Case {case_id} is an emergency and waits for no slot."


def _disturbed_bookings(survey: Survey, places: Places) -> Iterator[str]:
    for case_id, slot_id in survey.booked().items():
        if case_id not in places:
            yield f"Case {case_id} was booked and has lost its place."
        elif places[case_id] != slot_id and case_id not in survey.movable:
            yield f"Case {case_id} may not move from slot {slot_id}."


def _shared_slots(places: Places) -> Iterator[str]:
    for slot_id, cases in Counter(places.values()).items():
        if cases > 1:
            yield f"Slot {slot_id} holds {cases} cases."


def _passed_limits(survey: Survey, places: Places) -> Iterator[str]:
    load = Counter({c.id: c.fixed_points for c in survey.instance.clinicians})
    for case_id, slot_id in places.items():
        load[survey.slots[slot_id].clinician] += survey.cases[case_id].points
    for clinician in survey.instance.clinicians:
        ceiling = survey.load_ceiling(clinician)
        if ceiling is not None and load[clinician.id] > ceiling:
            yield f"{clinician.id} would carry {load[clinician.id] / 10:g} points."


def _passed_shares(survey: Survey, places: Places) -> Iterator[str]:
    used = Counter(
        survey.share_of(survey.cases[case_id], survey.slots[slot_id])
        for case_id, slot_id in places.items()
    )
    for (practice, site), ceiling in survey.share_ceilings.items():
        if used[practice, site] > ceiling:
            yield f"{practice} would use {used[practice, site]} slots at {site}."


def _passed_supervision(survey: Survey, places: Places) -> Iterator[str]:
    used = Counter(survey.supervised_hour(survey.slots[slot_id]) for slot_id in places.values())
    for hour, ceiling in survey.hour_ceilings.items():
        if used[hour] > ceiling:
            yield f"{hour[0]} would use {used[hour]} supervised slots from {hour[1]:%H:%M}."
