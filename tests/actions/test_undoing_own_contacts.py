"""A contact that was logged with one press is taken back by who pressed, within ten seconds."""

from datetime import timedelta

import pytest

from appointments.actions import log_contact, mark_attended
from appointments.models import Booking, ContactEvent, UndoneContact
from appointments.rules.codes import ContactKind
from practices.doors import everywhere, perform
from practices.models import AuditEntry
from practices.rules.refusals import Absent, Conflict
from tests.actions.test_supervising import ended
from tests.cases import submitted
from tests.full_day import booked
from tests.invariants import broken
from tests.teams import joined, supervised
from triage.actions.paper_entry import Line, enter_contact
from triage.actions.supervising import review
from triage.actions.undoing_contacts import undo_contact
from triage.rules.codes import Need

SOON = timedelta(seconds=4)


@pytest.fixture
def me(world, acting):
    return acting(world, "gp_oak")


@pytest.fixture
def logs(world, now):
    def log(by, at=now, kind=ContactKind.PHONE):
        wish = {"clinician_id": by.clinician_id, "organisation_id": by.organisation_id}
        return perform(log_contact, by=by, at=at, kind=kind, contact_at=at, **wish)

    return log


def undoes(by, contact, at):
    return perform(undo_contact, by=by, at=at, contact_id=contact.pk)


def entries(now):
    with everywhere(because="the test looks", at=now):
        return UndoneContact.objects.count()


def test_who_took_it_back_and_when_is_on_record(me, logs, now):
    undoes(me, logs(me), now + SOON)

    with everywhere(because="the test looks", at=now):
        verbs = AuditEntry.objects.filter(entity="clinician", entity_id=str(me.clinician_id))
        said = list(verbs.order_by("pk").values_list("verb", "at", "by_id"))
    assert said == [
        ("contact.logged", now, me.user_id),
        ("contact.undone", now + SOON, me.user_id),
    ]


@pytest.mark.parametrize(("seconds", "number"), [(10, 1), (11, 0)])
def test_ten_seconds_by_the_applications_clock(me, logs, now, seconds, number):
    contact = logs(me)
    at = now + timedelta(seconds=seconds)

    if number:
        undoes(me, contact, at)
    else:
        with pytest.raises(Conflict, match="10 seconds to undo this have passed"):
            undoes(me, contact, at)

    assert entries(now) == number
    assert broken(at=at) == []


def test_nobody_takes_back_anothers_contact(world, acting, me, logs, now):
    contact = logs(me)

    with pytest.raises(Conflict, match="Only who logged"):
        undoes(acting(world, "duty"), contact, now)
    with pytest.raises(Absent):
        undoes(acting(world, "gp_elm"), contact, now)
    assert entries(now) == 0


def test_it_is_taken_back_once(me, logs, now):
    contact = logs(me)
    undoes(me, contact, now)

    with pytest.raises(Conflict, match="taken back already"):
        undoes(me, contact, now)
    assert entries(now) == 1


def test_what_an_appointment_became_is_not_taken_back_alone(world, acting, now):
    booked(world, acting, "zoe", world.slots("clinician")[0], overflow_reason="patient_choice")
    by = acting(world, "clinician")
    with everywhere(because="the test looks", at=now):
        booking = Booking.objects.get()
    perform(mark_attended, by=by, at=now, booking_id=booking.pk)

    with pytest.raises(Conflict, match="Only who logged"):
        undoes(by, the_contact(now), now)


def test_a_debrief_stands_while_its_review_does(world, acting, now):
    joined(world, "learner", role="clinician", profession="registrar", stage="st1")
    supervised(world, "learner")
    case = submitted(world, acting, "zoe", Need.SORE_THROAT, at=now)
    ended(world, acting, "learner", case, now)
    by = acting(world, "supervisor")
    perform(review, by=by, at=now, reference=case.reference)

    with pytest.raises(Conflict, match="with something else"):
        undoes(by, the_contact(now), now)


def test_what_was_on_a_sheet_stands_with_it(me, now):
    line = Line("K7M-3QX", now)
    contact = perform(enter_contact, by=me, at=now, line=line, kind=ContactKind.PHONE)

    with pytest.raises(Conflict, match="with something else"):
        undoes(me, contact, now)


def the_contact(now):
    with everywhere(because="the test looks", at=now):
        return ContactEvent.objects.get()
