"""A clinician's own meter: sessions, what is counted apart, warnings, the forecast, never a lie."""

import random
import re
from datetime import timedelta

import pytest
from django.test import Client

from appointments.actions import (
    SessionWish,
    Wanted,
    book_slot,
    cancel,
    confirm,
    hold_slot,
    log_contact,
    mark_attended,
    mark_missed,
    publish_session,
    release_hold,
)
from appointments.actions.places import Terms
from appointments.models import Booking, ContactEvent
from appointments.queries import ledger_faults
from appointments.queries.own_day import own_day
from appointments.rules.codes import ContactKind
from practices import clock
from practices.clock import on
from practices.doors import everywhere, perform
from practices.models import Clinician
from practices.rules.refusals import Refused
from tests.cases import submitted
from tests.world import SETUP
from triage import actions
from triage.rules.codes import Need

DUTY = "/triage/duty/"


@pytest.fixture(autouse=True)
def monday(monkeypatch, now):
    reading = [now]
    monkeypatch.setattr(clock, "now", lambda: reading[0])
    return reading


@pytest.fixture
def page_of(world):
    def read(name, path=DUTY):
        client = Client()
        client.force_login(world.users[name])
        page = client.get(path).content.decode()
        return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))

    return read


def logged(world, name, kind, at):
    perform(
        log_contact,
        by=SETUP,
        at=at,
        clinician_id=world.clinicians[name].pk,
        organisation_id=world.oak.pk,
        kind=kind,
        contact_at=at,
    )


def wanted(world, who, points=10):
    patient = world.patients[who]
    return Wanted(
        patient.pk, patient.practice_id, patient.person_key, who, "other", points, is_urgent=False
    )


def booked(world, session, who, place, at, points=10):
    slot = world.slots(session)[place]
    wish = {"slot_id": slot.pk, "wanted": wanted(world, who, points), "terms": Terms()}
    return perform(book_slot, by=SETUP, at=at, **wish)


def published(world, name, hub, start, at):
    """One more session of three hours, for the hub or for Oak."""
    organisation = world.hub if hub else world.oak
    wish = SessionWish(
        clinician_id=world.clinicians[name].pk,
        site_id=world.sites[organisation.pk].pk,
        starts_at=start,
        ends_at=start + timedelta(hours=3),
        practice_id=None if hub else organisation.pk,
        hub_id=organisation.pk if hub else None,
    )
    world.sessions[f"{name} again"] = perform(publish_session, by=SETUP, at=at, wish=wish)


def test_a_session_has_half_the_limit_and_documents_stand_apart(world, now, page_of):
    booked(world, "gp_oak", "zoe", 0, now, points=25)
    for kind in (ContactKind.DOCUMENT, ContactKind.DOCUMENT, ContactKind.PRESCRIPTION):
        logged(world, "gp_oak", kind, now)

    page = page_of("gp_oak")

    assert "Session 10am to 1pm, Oak Surgery: 2.5 of 12.5 points" in page
    assert "Counted apart, not in points: documents 2, prescriptions 1" in page
    assert "1 contact counted, booked ones included." in page
    assert "2.5 of 25 points, room for 22.5" in page
    assert "Limit 25, from the safe working default" in page


def test_the_meter_counts_the_minutes_to_the_next_break(world, monday, page_of):
    """At half past nine nobody is here yet; the first two come at ten, the third at half past."""
    nobody = page_of("gp_oak")
    for place, who in ((0, "zoe"), (2, "tam")):
        booked(world, "gp_oak", who, place, monday[0])

    before = page_of("gp_oak")
    monday[0] += timedelta(minutes=40)
    between = page_of("gp_oak")
    monday[0] += timedelta(minutes=30)

    assert "break" not in nobody.split("My day")[1].split("Log a contact")[0]
    assert "Between your patients: no patient is booked until 10am." in before
    assert (
        "5 minutes to your next break, at 10:15am: no patient is booked until 10:30am." in between
    )
    assert "5 minutes to the end of your patients, at 10:45am." in page_of("gp_oak")


def test_a_session_over_half_the_limit_warns(world, now, page_of):
    for place, who in enumerate(("zoe", "tam", "child", "zoe_namesake", "ellen")):
        booked(world, "gp_oak", who, place, now, points=25)
    with everywhere(because="the test's set-up", at=now):
        Booking.objects.filter(case_ref="ellen").update(points=26)

    page = page_of("gp_oak")

    assert "Your session at 10am is over 12.5 points, half a day" in page


def test_a_second_session_elsewhere_warns_of_the_one_limit(world, now, page_of):
    published(world, "gp_oak", True, on(now.date(), 14), now)

    page = page_of("gp_oak")

    assert (
        "A second session: Oak Surgery from 10am, then Riverside hub from 2pm. One limit holds"
        in page
    )
    assert "1 hour between two sessions; 1 hour 10 minutes after each" in page
    assert "A second session" not in page_of("duty")


def test_triage_counts_as_time_and_not_as_contacts(world, acting, now, monday, page_of):
    case = submitted(world, acting, "zoe", Need.SKIN_RASH, at=now)
    by = acting(world, "duty")
    perform(actions.claim, by=by, at=now, reference=case.reference)
    perform(actions.release, by=by, at=now + timedelta(minutes=6), reference=case.reference)
    monday[0] = now + timedelta(minutes=10)

    page = page_of("duty")

    assert "Triage, counted as time: 1 case passed on in 6 minutes" in page
    assert "0 contacts counted" in page


def test_a_supervisor_sees_what_the_debriefs_will_cost(world, now, page_of):
    with everywhere(because="the test's set-up", at=now):
        Clinician.objects.filter(pk=world.clinicians["gp_oak"].pk).update(
            profession="registrar", supervisor=world.clinicians["duty"]
        )
    for place, who in enumerate(("zoe", "tam", "child")):
        booked(world, "gp_oak", who, place, now)

    page = page_of("duty")

    assert "Debriefs of 1 trainee: 3 patients to talk over, about 1.5 points and 30 minutes" in page


def test_the_meter_says_when_the_limit_is_probably_passed(world, now, monday, page_of):
    for minute in range(46):
        logged(world, "gp_oak", ContactKind.BRIEF_ADVICE, now + timedelta(minutes=minute))
    monday[0] = now + timedelta(minutes=46)

    page = page_of("gp_oak")

    assert "You will probably pass your limit at about" in page
    assert "Today stays within your limit" in page_of("duty")


def test_the_own_day_costs_ten_statements(world, now, django_assert_num_queries):
    pk = world.clinicians["gp_oak"].pk

    with everywhere(because="the test looks", at=now), django_assert_num_queries(10):
        own_day(pk, day=now.date(), at=now)


PEOPLE = ("zoe", "tam", "child", "zoe_namesake", "ellen")


def one_step(world, dice, at):
    """Something happens on Dr Oak's day, or is refused."""
    slots = [slot for slot in world.slots("gp_oak") if slot.starts_at > at]
    with everywhere(because="the test looks", at=at):
        live = list(Booking.objects.filter(state__in=("held", "booked")).order_by("pk"))
    what = dice.choice(("hold", "book", "end", "end", "log"))
    if what == "log":
        return logged(world, "gp_oak", dice.choice(list(ContactKind)), at)
    if what == "end" and live:
        one = dice.choice(live)
        if one.state == "held":
            done, more = dice.choice(((confirm, {"terms": Terms()}), (release_hold, {})))
        else:
            done, more = dice.choice(
                ((cancel, {"because": "patient"}), (mark_attended, {}), (mark_missed, {}))
            )
        return perform(done, by=SETUP, at=at, booking_id=one.pk, **more)
    if not slots:
        return None
    wish = wanted(world, dice.choice(PEOPLE), dice.choice((5, 10, 20, 25)))
    slot_id = dice.choice(slots).pk
    if what == "hold":
        return perform(hold_slot, by=SETUP, at=at, slot_id=slot_id, wanted=wish)
    return perform(book_slot, by=SETUP, at=at, slot_id=slot_id, wanted=wish, terms=Terms())


@pytest.mark.parametrize("seed", range(4))
def test_the_meter_never_lies(world, now, seed):
    """After every step the ledger, the meter and the sum of events say the same."""
    dice, done = random.Random(seed), 0
    pk = world.clinicians["gp_oak"].pk
    for minute in range(30):
        at = now + timedelta(minutes=5 * minute)
        try:
            one_step(world, dice, at)
            done += 1
        except Refused:
            pass
        with everywhere(because="the test looks", at=at):
            assert ledger_faults() == []
            day = own_day(pk, day=now.date(), at=at)
            live = Booking.objects.filter(state__in=("held", "booked", "arrived"))
            logged_points = sum(one.points for one in ContactEvent.objects.all())
            meter = day.meter.meter
            assert meter.used == logged_points + sum(one.points for one in live)
            outside = ContactEvent.objects.filter(booking=None).exclude(
                at__gte=day.sessions[0].stint.starts_at, at__lt=day.sessions[0].stint.ends_at
            )
            assert day.sessions[0].points + sum(one.points for one in outside) == meter.used
            apart = ContactEvent.objects.filter(kind__in=("document", "prescription")).count()
            assert sum(day.apart.values()) == apart

    assert done > 10
