"""Rows of the target that only Oak may know of: a list that ended, a place that is offered."""

from appointments.actions import Terms, Wanted, book_slot, log_contact
from appointments.models import Booking, NamedCover
from appointments.rules.codes import ContactKind
from practices.clock import on
from practices.doors import everywhere
from practices.models import Patient
from tests.world import SETUP, World
from triage.models import Case, GoneHome, PlaceOffer, RebalanceRun, Rehoming


def offered(world: World, run: RebalanceRun, waiting: Case) -> str:
    """The waiting patient could have a place."""
    with everywhere(because="the test's set-up", at=world.at):
        offer = PlaceOffer.objects.create(
            run=run,
            practice=world.oak,
            case=waiting,
            case_version=waiting.version,
            to_slot=world.slots("clinician")[6],
            reasons=[{"code": "mutual_aid", "text": "mutual aid: Far network, 14 minutes"}],
            made_at=world.at,
        )
    return str(offer.public_id)


def ended_list(world: World, booking: Booking) -> str:
    """Dr Oak has gone home, and Oak's patient is one of the list."""
    with everywhere(because="the test's set-up", at=world.at):
        left = GoneHome.objects.create(
            organisation_id=world.oak.pk,
            clinician=world.clinicians["gp_oak"],
            from_at=world.at,
            reason="unwell",
            said_at=world.at,
        )
        Rehoming.objects.create(
            gone_home=left,
            practice=world.oak,
            organisation_id=world.oak.pk,
            case=Case.objects.get(reference=booking.case_ref),
            was=booking,
        )
    return str(left.public_id)


def planned(world: World, patient: Patient) -> str:
    """Oak's patient has an appointment that no case stands behind."""
    wanted = Wanted(
        patient_id=patient.pk,
        practice_id=patient.practice_id,
        person_key=patient.person_key,
        case_ref="",
        need="follow_up",
        points=10,
        is_urgent=False,
    )
    slot_id = world.slots("gp_oak")[-1].pk
    with everywhere(because="the test's set-up", at=world.at):
        booking = book_slot(slot_id=slot_id, wanted=wanted, terms=Terms(), by=SETUP, at=world.at)
    return str(booking.public_id)


def cover(world: World, phone: str) -> str:
    """Dr Oak is named to answer for Oak's patients over midday."""
    with everywhere(because="the test's set-up", at=world.at):
        named = NamedCover.objects.create(
            organisation_id=world.oak.pk,
            clinician=world.clinicians["gp_oak"],
            phone=phone,
            starts_at=on(world.at.date(), 13),
            ends_at=on(world.at.date(), 14),
            named_at=world.at,
        )
    return str(named.public_id)


def logged(world: World) -> int:
    """Dr Oak has a contact on their day."""
    who, oak = world.clinicians["gp_oak"].pk, world.oak.pk
    wish = {"clinician_id": who, "organisation_id": oak, "kind": ContactKind.PHONE}
    with everywhere(because="the test's set-up", at=world.at):
        return log_contact(contact_at=world.at, by=SETUP, at=world.at, **wish).pk
