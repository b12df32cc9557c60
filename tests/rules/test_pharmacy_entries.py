"""The line of a need that pharmacies treat is kept whole, and has to make sense."""

import pytest

from triage.rules.codes import Need, Sex
from triage.rules.pharmacy_entries import (
    USUAL_ENTRIES,
    entry_of_line,
    faults_of,
    for_whom,
    line_of_entry,
    lines_of,
)
from triage.rules.pharmacy_first import PHARMACY_FIRST, Criterion, criterion_of

EAR = entry_of_line(Need.EAR_PAIN, PHARMACY_FIRST[Need.EAR_PAIN])


def test_the_usual_lines_are_kept_whole_and_have_no_fault():
    assert lines_of(USUAL_ENTRIES) == PHARMACY_FIRST
    assert [faults_of(one) for one in USUAL_ENTRIES] == [{}] * len(PHARMACY_FIRST)


@pytest.mark.parametrize(
    ("change", "field", "says"),
    [
        ({"min_age": -1}, "min_age", "0 to 130"),
        ({"max_age": 131}, "max_age", "0 to 130"),
        ({"min_age": 18}, "max_age", "must not be younger"),
        ({"sex": "unknown"}, "sex", "Choose for whom"),
        ({"excludes": ["?"]}, "excludes", "says nothing"),
        ({"excludes": ["x" * 61]}, "excludes", "longer than 60"),
        ({"excludes": ["fever"] * 13}, "excludes", "12 lines or fewer"),
    ],
)
def test_what_a_line_must_be_is_said_beside_its_field(change, field, says):
    found = faults_of(EAR | change)

    assert list(found) == [field]
    assert says in found[field]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (Criterion(5), "Anyone aged 5 or over"),
        (Criterion(), "Anyone of any age"),
        (Criterion(16, 64, Sex.FEMALE), "Women aged 16 to 64"),
    ],
)
def test_for_whom_is_a_phrase(line, says):
    assert for_whom(line) == says


def test_a_hub_s_own_line_counts_before_the_network_s():
    network = {Need.EAR_PAIN: line_of_entry(EAR | {"min_age": 3, "excludes": ["grommets"]})}

    found = criterion_of(Need.EAR_PAIN, {"ear_pain": {"min_age": 2}}, network)

    assert (found.min_age, found.max_age, found.excludes) == (2, 17, ("grommets",))
    assert criterion_of(Need.EAR_PAIN, {}, network).min_age == 3
