"""The clinics: every quarter of an hour, whoever's time is over was seen or did not come."""

from datetime import datetime, timedelta
from functools import partial

from django.db.models import QuerySet

from appointments import actions as appointments
from appointments.actions import log_contact
from appointments.models import Booking
from appointments.rules.codes import ContactKind
from networks.actions.invented.requests import SAFETY_NET
from networks.actions.simulated.agenda import Day
from networks.actions.simulated.stage import House
from networks.actions.simulated.triaging import wake
from networks.rules.behaviour import BRIEF_CONTACTS, CANCELS, how_many, stays_away
from networks.rules.demand import CLOSES, OPENS
from practices.clock import local_day
from practices.doors import opened
from practices.rules.london import midnight
from practices.rules.reach import Actor
from triage.actions import OutcomeWish, close
from triage.actions.attending import attend, miss
from triage.models import Case
from triage.rules.closing import Record, must_be_brought
from triage.rules.codes import Outcome
from triage.rules.states import State

EVERY = 15.0
BRIEF = (ContactKind.BRIEF_ADVICE, ContactKind.RESULTS_CALL, ContactKind.DOCUMENT)


def expect_brief_contacts(day: Day) -> None:
    """Each GP at work logs what no appointment stands for, at odd minutes of the day."""
    start = midnight(day.stage.day)
    for house in day.stage.houses:
        for gp in house.gps:
            for _ in range(how_many(BRIEF_CONTACTS, day.dice())):
                minute = day.rng.uniform(OPENS + 30, CLOSES)
                assert gp.clinician_id is not None
                at = start + timedelta(minutes=minute)
                day.agenda.put(at, partial(_log_brief, day, house, gp.clinician_id))


def expect_cancellations(day: Day) -> None:
    """A few of today's planned patients call in the morning and give their place back."""
    with opened(day.clockwork.reach, at=day.stage.begins_at):
        planned = list(_of_today(day).filter(case_ref="").order_by("starts_at", "pk"))
    opens = midnight(day.stage.day) + timedelta(minutes=OPENS)
    for booking in planned:
        if day.dice() < CANCELS and booking.starts_at > opens:
            at = opens + (booking.starts_at - opens) * day.dice()
            day.agenda.put(at, partial(_cancel_planned, day, booking))


def hold_clinics(day: Day, at: datetime) -> None:
    """Everybody whose appointment has ended by now is attended, or missed and looked after."""
    with opened(day.clockwork.reach, at=at):
        over = list(_of_today(day).filter(ends_at__lte=at).order_by("ends_at", "pk"))
        refs = [booking.case_ref for booking in over if booking.case_ref]
        cases = {case.reference: case for case in Case.objects.filter(reference__in=refs)}
    for booking in over:
        _end(day, booking, cases.get(booking.case_ref), at)
    if at < day.stage.begins_at + timedelta(hours=14, minutes=15):
        day.later(at, EVERY, partial(hold_clinics, day))


def _of_today(day: Day) -> QuerySet[Booking]:
    return Booking.objects.filter(
        day=day.stage.day,
        state__in=("booked", "arrived"),
        practice_id__in=[house.id for house in day.stage.houses],
    ).select_related("slot", "patient")


def _end(day: Day, booking: Booking, case: Case | None, at: datetime) -> None:
    """One appointment that is over."""
    by = _who(day, booking)
    ahead = (booking.day - local_day(booking.booked_at or booking.held_at)).days
    if stays_away(ahead, day.dice()):
        day.counted["stayed_away"] += 1
        who = booking.patient
        brought = must_be_brought(who.born_on, who.access_needs, on=booking.day)
        is_new = case is None and brought
        reference = day.new_reference() if is_new else ""
        day.wish(miss, public_id=str(booking.public_id), reference=reference, by=by, at=at)
        if case is not None or is_new:
            wake(day, booking.practice_id, at)
        return
    day.counted["attended"] += 1
    is_its_case = case is not None and case.state == State.BOOKED and case.booking_id == booking.pk
    if case is None or not is_its_case:
        day.wish(attend, public_id=str(booking.public_id), by=by, at=at)
        return
    outcome = Outcome.BOOKED_HUB if booking.hub_id else Outcome.BOOKED_PRACTICE
    wish = OutcomeWish(outcome, note="Seen.", safety_net=SAFETY_NET, record_viewed=Record.PRACTICE)
    day.wish(close, reference=case.reference, wish=wish, by=by, at=at)


def _who(day: Day, booking: Booking) -> Actor:
    """The clinician themselves; at a practice its duty clinician for those without a role."""
    if booking.clinician_id in day.clinicians:
        return day.clinicians[booking.clinician_id]
    duty = day.house(booking.practice_id).triagers[0].clinician_id
    assert duty is not None
    return day.clinicians[duty]


def _log_brief(day: Day, house: House, clinician_id: int, at: datetime) -> None:
    day.wish(
        log_contact,
        clinician_id=clinician_id,
        organisation_id=house.id,
        kind=day.rng.choice(BRIEF),
        contact_at=at,
        by=day.clinicians[clinician_id],
        at=at,
    )


def _cancel_planned(day: Day, booking: Booking, at: datetime) -> None:
    done = day.wish(
        appointments.cancel,
        booking_id=booking.pk,
        because="patient",
        by=day.desks[booking.practice_id],
        at=at,
    )
    day.counted["cancelled"] += done is not None
