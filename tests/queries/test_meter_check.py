"""Ledgers that lie are found, figure by figure, and the command says so with its exit code."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from appointments.actions import Wanted, hold_slot, log_contact
from appointments.models import DayLoad, ShareUse
from appointments.queries import LedgerFault, ShareFault, ledger_faults, share_faults
from appointments.rules.codes import ContactKind
from practices.doors import everywhere, perform
from tests.invariants import broken
from tests.world import SETUP


@pytest.fixture
def used(world, now):
    """A place at the hub is held for Zoë, and Dr Oak has given brief advice."""
    patient = world.patients["zoe"]
    wanted = Wanted(
        patient.pk, world.oak.pk, patient.person_key, "HR-1", "sore_throat", 10, is_urgent=False
    )
    slot = world.slots("clinician")[0]
    perform(hold_slot, by=SETUP, at=now, slot_id=slot.pk, wanted=wanted)
    perform(
        log_contact,
        by=SETUP,
        at=now,
        clinician_id=world.clinicians["gp_oak"].pk,
        organisation_id=world.oak.pk,
        kind=ContactKind.BRIEF_ADVICE,
        contact_at=now,
    )
    return world


def _verified():
    told = StringIO()
    call_command("verify_meter", stdout=told)
    return told.getvalue()


def test_true_ledgers_have_no_fault(used, now):
    with everywhere(because="the test looks", at=now):
        assert (ledger_faults(), share_faults()) == ([], [])
    assert _verified() == "Every ledger is the sum of its bookings and contacts.\n"


def test_a_wrong_figure_is_named(used, now):
    clinician, day = used.clinicians["clinician"].pk, now.date()
    with everywhere(because="the test's fault", at=now):
        DayLoad.objects.filter(clinician_id=clinician).update(held=20, booked=5)

        assert ledger_faults() == [
            LedgerFault(clinician, day, "booked", stands=5, should_be=0),
            LedgerFault(clinician, day, "held", stands=20, should_be=10),
        ]
    assert len(broken(at=now)) == 2


def test_a_ledger_that_is_not_there_is_missed(used, now):
    with everywhere(because="the test's fault", at=now):
        DayLoad.objects.all().delete()

        assert [fault.stands for fault in ledger_faults()] == [0, 0]


def test_a_wrong_share_is_named(used, now):
    with everywhere(because="the test's fault", at=now):
        ShareUse.objects.update(borrowed=3)

        assert share_faults() == [
            ShareFault(used.oak.pk, used.hub.pk, now.date(), "borrowed", stands=3, should_be=0)
        ]


def test_the_command_names_each_fault_and_fails(used, now):
    with everywhere(because="the test's fault", at=now):
        ShareUse.objects.update(used=0)
    told = StringIO()

    with pytest.raises(CommandError, match="1 of the figures"):
        call_command("verify_meter", stdout=told)

    assert told.getvalue() == (
        f"practice {used.oak.pk} at hub {used.hub.pk} on {now.date()}: used stands at 0,"
        " bookings make 1\n"
    )
