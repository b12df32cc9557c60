"""Paperwork stays with the practice, unless somebody's medicine or a raise makes it clinical."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.test_urgency import assessed
from triage.rules.codes import Need, Urgency
from triage.rules.critical_medicines import MEDICINES, named_in
from triage.rules.lanes import Lane, lane_of
from triage.rules.red_flags import fold
from triage.rules.request import Request

SAID = {
    "I have run out of my insulin": "insulin",
    "Repeat please: NovoRapid pens, two left": "insulin",
    "no epilepsy tablets since Sunday": "epilepsy medicine",
    "Keppra prescription": "epilepsy medicine",
    "Lost my steroid tablets on the bus": "steroid tablets",
    "prednisolone 5mg": "steroid tablets",
    "out of blood thinners": "blood-thinning tablets",
    "my blood-thinning tablets are finished": "blood-thinning tablets",
    "Warfarin repeat": "blood-thinning tablets",
}


@pytest.mark.parametrize(("words", "medicine"), SAID.items())
def test_a_medicine_nobody_may_run_out_of_is_clinical_and_for_today(words, medicine):
    found = assessed(Request(Need.ADMIN, words=words))

    assert named_in(fold(words)) == (medicine,)
    assert found.urgency.rank <= Urgency.P4.rank
    assert lane_of(Need.ADMIN, found.urgency) is Lane.HUB


@pytest.mark.parametrize(
    "words", ["Sick note to run on from Friday", "Repeat of my cetirizine", "Copy of a letter"]
)
def test_plain_paperwork_is_the_practice_s(words):
    found = assessed(Request(Need.ADMIN, words=words))

    assert found.urgency is Urgency.P6
    assert lane_of(Need.ADMIN, found.urgency) is Lane.PRACTICE


@given(st.text(max_size=200), st.sampled_from(sorted(MEDICINES)), st.sampled_from(list(Need)))
def test_naming_a_medicine_never_lowers_a_class(words, medicine, need):
    plain = assessed(Request(need, words=words))
    named = assessed(Request(need, words=f"{words} {MEDICINES[medicine][0].rstrip('*')}"))

    assert named.urgency.rank <= min(plain.urgency.rank, Urgency.P4.rank)
    assert named.due_at <= plain.due_at


@given(st.sampled_from(list(Need)), st.sampled_from(list(Urgency)))
def test_only_paperwork_that_nothing_raised_is_the_practice_s(need, urgency):
    is_ours = lane_of(need, urgency) is Lane.PRACTICE

    assert is_ours == (need is Need.ADMIN and urgency is Urgency.P6)
