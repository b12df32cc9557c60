"""What was taken back before an undoing named its step counts nowhere after the migration."""

from datetime import timedelta
from importlib import import_module

import pytest

from practices.doors import everywhere
from tests.actions.test_undone_contacts import advises, undoes
from tests.calm import as_owner_run
from tests.cases import SPOKE
from triage.models import CaseOutcome, CaseStep
from triage.queries.ends import standing

FILL = import_module("triage.migrations.0025_undone_before").FILL
AS_BEFORE = """
ALTER TABLE triage_casestep DISABLE TRIGGER USER;
ALTER TABLE triage_caseoutcome DISABLE TRIGGER USER;
UPDATE triage_caseoutcome SET step_id = NULL;
UPDATE triage_casestep SET undoes_id = NULL;
ALTER TABLE triage_casestep ENABLE TRIGGER USER;
ALTER TABLE triage_caseoutcome ENABLE TRIGGER USER;
"""


@pytest.fixture
def world(committed_world):
    """The owner's hand changes what is committed."""
    return committed_world


def ends(at):
    with everywhere(because="the test looks", at=at):
        links = list(CaseOutcome.objects.order_by("id").values_list("id", "step_id"))
        undone = list(CaseStep.objects.exclude(undoes=None).values_list("id", "undoes_id"))
        return list(standing().values_list("id", flat=True)), links, undone


def test_an_undone_end_is_undone_and_the_next_one_stands(claimed, clinician, now):
    closed = advises(clinician, claimed, now, contact=SPOKE)
    mine = undoes(clinician, closed, now + timedelta(seconds=4))
    advises(clinician, mine, now + timedelta(seconds=20), contact=SPOKE)
    today = ends(now)

    as_owner_run(AS_BEFORE)
    without = ends(now)
    as_owner_run(FILL)

    assert len(today[0]) == 1
    assert len(without[0]) == 2
    assert ends(now) == (today[0], today[1], [pair for pair in today[2] if pair in ends(now)[2]])
    assert ends(now)[2]
