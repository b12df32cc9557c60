"""Why a patient is where they are, for whoever sees to them: none of the planner's own names."""

import pytest

from appointments.rules.rebalancing import Reason, plainly, sentence

PLACED = {
    "slot": "8766.1",
    "from": None,
    "clinician": "1258",
    "site": "719",
    "limit": 25.0,
    "load_before": 0.0,
    "load_after": 3.0,
}
NEXT = {"goal": "urgent", "alternatives": 2, "next_best": "8767.1", "next_best_clinician": "1259"}
NEAREST = {"slots": 1, "clinicians": 1, "slot": "8766.1", "clinician": "1258", "points_over": 2.0}


def placed(minutes, travel=0, *, usual=False):
    timed = {"minutes_to_due": minutes, "travel_minutes": travel, "is_usual_clinician": usual}
    return Reason("placed", PLACED | timed)


REASONS = [
    (placed(285, 6), "Before it is due, 6 minutes to travel."),
    (placed(-20), "20 minutes after it is due."),
    (placed(0, usual=True), "Before it is due, with the usual clinician."),
    (Reason("decided_by", NEXT), "It is the best for urgent cases on time."),
    (
        Reason("own_practice_worse", {"goal": "excess", "slot": "8766.1"}),
        "The own practice's place is worse for safe limits.",
    ),
    (Reason("would_need_taken", NEAREST), "One more slot would do."),
    (Reason("would_need_limit", NEAREST), "Passing a limit would do."),
]


@pytest.mark.parametrize(("reason", "words"), REASONS)
def test_the_planners_own_names_are_left_out(reason, words):
    assert plainly(reason) == words
    # Control: they stand in the sentence for whoever checks the planner.
    assert "8766.1" in sentence(reason) or "8767.1" in sentence(reason)


def test_what_names_nothing_stays_as_it_is():
    only = Reason("only_place", {})

    assert plainly(only) == sentence(only) == "The only place that is left for it."
