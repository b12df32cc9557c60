"""Whom a pharmacy may treat: each age at its edge, sex, urgency, and what a hub says itself."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.queries.facts import service_candidate
from triage.rules.candidates import CaseFacts
from triage.rules.codes import Need, OptionKind, Sex, Urgency
from triage.rules.judging import impossible
from triage.rules.pharmacy_first import PHARMACY_FIRST, criterion_of
from triage.rules.routing import rank

NOW = datetime(2026, 11, 30, 9, 30, tzinfo=UTC)
CASE = CaseFacts(
    need=Need.EAR_PAIN,
    urgency=Urgency.P4,
    due_at=NOW + timedelta(hours=8),
    age=8,
    sex=Sex.FEMALE,
)
EVERY = tuple(need.value for need in Need)


def pharmacy(need, **own):
    return service_candidate("pharmacy", "p", "Riverside pharmacy", EVERY, need=need, criteria=own)


@pytest.mark.parametrize(
    ("need", "age", "fits"),
    [
        (Need.SORE_THROAT, 4, False),
        (Need.SORE_THROAT, 5, True),
        (Need.EAR_PAIN, 0, False),
        (Need.EAR_PAIN, 1, True),
        (Need.EAR_PAIN, 17, True),
        (Need.EAR_PAIN, 18, False),
        (Need.URINARY, 15, False),
        (Need.URINARY, 16, True),
        (Need.URINARY, 64, True),
        (Need.URINARY, 65, False),
        (Need.SKIN_RASH, 0, False),
        (Need.SKIN_RASH, 1, True),
    ],
)
def test_each_age_at_its_edge(need, age, fits):
    case = replace(CASE, need=need, age=age)

    assert (impossible(case, pharmacy(need), NOW) is None) is fits


@pytest.mark.parametrize("sex", [Sex.MALE, Sex.OTHER, Sex.UNKNOWN])
def test_waterworks_are_for_women_only_and_say_so(sex):
    case = replace(CASE, need=Need.URINARY, age=30, sex=sex)

    no = impossible(case, pharmacy(Need.URINARY), NOW)

    assert no.text == "Pharmacy: for this need it treats women only"


@given(st.sampled_from([Urgency.P0, Urgency.P1, Urgency.P2, Urgency.P3]), st.sampled_from(EVERY))
def test_nobody_urgent_is_sent_to_a_pharmacy(urgency, code):
    need = Need(code)
    case = replace(CASE, need=need, urgency=urgency)

    assert impossible(case, pharmacy(need), NOW).text.startswith("Too urgent for a pharmacy")


@pytest.mark.parametrize("need", PHARMACY_FIRST)
def test_every_exclusion_stands_on_the_line_as_a_question(need):
    case = replace(CASE, need=need, age=16, sex=Sex.FEMALE)

    (option,) = rank(case, [pharmacy(need)], NOW).options

    asked = option.reasons[-1].text
    assert asked.startswith("Ask first, not if: ")
    assert all(one in asked for one in PHARMACY_FIRST[need].excludes)


def test_a_hub_s_own_line_counts_and_leaves_the_rest():
    own = {"min_age": 3}
    found = criterion_of(Need.EAR_PAIN, {"ear_pain": own})

    assert (found.min_age, found.max_age) == (3, 17)
    assert found.excludes == PHARMACY_FIRST[Need.EAR_PAIN].excludes
    assert impossible(replace(CASE, age=2), pharmacy(Need.EAR_PAIN, ear_pain=own), NOW) is not None


def test_an_urgent_treatment_centre_is_a_way_of_its_own():
    place = service_candidate("urgent_treatment", "u", "Quayside", EVERY, need=Need.EAR_PAIN)

    (option,) = rank(CASE, [place], NOW).options

    assert option.candidate.kind is OptionKind.URGENT_TREATMENT
    assert option.reasons[0].text == "Sees people today without an appointment"
