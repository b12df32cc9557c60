"""Simulated days: whoever contacted us ends in an owned outcome; none is lost in between."""

from collections.abc import Iterable
from dataclasses import replace

import pytest

from hubs.models import Agreement
from practices.doors import opened
from tests.actions.test_simulate_day import BY, DEMAND, lived_day, populated
from tests.calm import as_owner_run
from tests.invariants import broken
from triage.models import Case, CaseOutcome
from triage.rules.states import State

# About twenty cases over the two practices.
FEW = replace(DEMAND, calls={"OAK1": 10, "ELM1": 8}, online={"OAK1": 2, "ELM1": 2})
LIVE = {"booked", "arrived", "attended"}


def lost(references: Iterable[str]) -> set[str]:
    """Why somebody who asked has no owned outcome: a word for each way to be lost."""
    rows = Case.objects.filter(reference__in=references).select_related("patient", "booking")
    cases = {case.reference: case for case in rows}
    ended = set(CaseOutcome.objects.filter(by__isnull=False).values_list("case_id", flat=True))
    serves = set(Agreement.objects.values_list("practice_id", "provider_id"))
    return {"no case" for reference in references if reference not in cases} | {
        why for case in cases.values() for why in _lost(case, ended, serves)
    }


def _lost(case: Case, ended: set[int], serves: set[tuple[int, int]]) -> Iterable[str]:
    if case.practice_id != case.patient.practice_id:
        yield "at a practice that is not the patient's"
    if (case.practice_id, case.hub_id) not in serves:
        yield "at a hub that does not serve the practice"
    if case.state == State.CLOSED and case.pk not in ended:
        yield "closed by nobody"
    if case.state == State.BOOKED and (case.booking is None or case.booking.state not in LIVE):
        yield "booked nowhere"
    if case.state not in {State.CLOSED, State.BOOKED} and case.due_at <= case.submitted_at:
        yield "open and never due"


# As the schema's owner, who may do what no page, task or program can.
WAYS_TO_BE_LOST = {
    "closed by nobody": "ALTER TABLE triage_caseoutcome DISABLE TRIGGER USER;"
    " DELETE FROM triage_caseoutcome; ALTER TABLE triage_caseoutcome ENABLE TRIGGER USER",
    "at a practice that is not the patient's": "UPDATE triage_case SET practice_id ="
    " (SELECT max(practice_id) FROM triage_case)",
    "at a hub that does not serve the practice": "DELETE FROM hubs_agreement",
}


@pytest.mark.parametrize("seed", [2, 3, 4])
def test_nobody_who_asked_is_lost(committed, seed):
    populated(150)
    lived = lived_day(seed, demand=FEW)

    with opened(BY.reach, at=lived.ended_at):
        assert lost(lived.references) == set()
        assert set(lived.references) == set(Case.objects.values_list("reference", flat=True))
        assert len({case.practice_id for case in Case.objects.all()}) == 2
    assert broken(at=lived.ended_at) == []

    # The control: each way to be lost is seen.
    with opened(BY.reach, at=lived.ended_at):
        assert lost([*lived.references, "HR-NONE-NONE-NO"]) == {"no case"}
    for why, how in WAYS_TO_BE_LOST.items():
        for statement in how.split(";"):
            as_owner_run(statement)
        with opened(BY.reach, at=lived.ended_at):
            assert why in lost(lived.references)
