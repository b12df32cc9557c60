"""The front desk of a hub and of a practice: who came, who did not, who came without."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from appointments.models import Booking
from hubs.models import WalkUp
from practices import clock
from practices.doors import everywhere, opened, perform
from practices.models import Membership, Message, Patient, User
from practices.rules.refusals import Refused
from practices.rules.roles import Role
from tests.cases import submitted
from tests.pages.clinic import signed_in
from tests.world import LONG_AGO
from triage import actions
from triage.models import Case, Emergency
from triage.presenters.arrivals import arrivals_page
from triage.queries.arrivals import Arrivals, Expected
from triage.rules.codes import Need, Urgency


@pytest.fixture
def reading(monkeypatch, now):
    """What the application's clock reads; a test may put it on."""
    told = [now]
    monkeypatch.setattr(clock, "now", lambda: told[0])
    return told


@pytest.fixture
def hub_desk(world, reading, now):
    """The receptionist of the hub itself."""
    with everywhere(because="the test's set-up", at=now):
        user = User.objects.create(username="hub_desk", name="Hub Desk")
        Membership.objects.create(
            user=user, role=Role.RECEPTIONIST, organisation_id=world.hub.pk, from_on=LONG_AGO
        )
    world.users["hub_desk"] = user
    return signed_in(world, "hub_desk")


def booked_at_hub(world, acting, who, now):
    """A signed case of the patient with a place at the hub."""
    case = submitted(world, acting, who, Need.SKIN_RASH, at=now)
    sign = {"reference": case.reference, "urgency": Urgency.P4, "reason": "seen"}
    perform(actions.change_class, by=acting(world, "clinician"), at=now, **sign)
    wish = {"reference": case.reference, "slot_id": world.slots("clinician")[0].pk}
    desk = acting(world, "receptionist")
    return case, perform(actions.book, by=desk, at=now, overflow_reason="patient_choice", **wish)


def read(case, now):
    with everywhere(because="the test looks", at=now):
        return Case.objects.get(pk=case.pk)


def test_the_hub_s_desk_sees_who_comes_and_says_that_they_are_here(
    hub_desk, world, acting, reading, now
):
    _, booking = booked_at_hub(world, acting, "zoe", now)

    listed = hub_desk.get("/triage/arrivals/").content.decode()
    answer = hub_desk.post(f"/triage/arrivals/{booking.public_id}/", {"step": "arrived"})
    after = hub_desk.get("/triage/arrivals/").content.decode()

    line = f"arrival-{booking.public_id}"
    assert answer["Location"] == f"/triage/arrivals/?just={booking.public_id}#{line}"
    assert (f'id="{line}"' in listed, f'id="{line}"' in after) == (True, True)
    assert "O&#x27;Neil, Zoë" in listed
    assert "Oak Surgery" in listed
    assert "Did not come" not in listed
    assert "Arrived" in after
    assert hub_desk.get("/triage/reception/")["Location"] == "/triage/arrivals/"
    assert ">All clear</a>" not in listed


@pytest.mark.parametrize("waits", [True, False])
def test_who_was_never_told_is_not_simply_somebody_who_did_not_come(
    hub_desk, world, acting, reading, now, waits
):
    _, booking = booked_at_hub(world, acting, "zoe", now)
    with everywhere(because="nobody has rung yet", at=now):
        since = now if waits else None
        Message.objects.filter(kind="confirmed").update(to_tell_since=since)
    reading[0] = now + timedelta(hours=1)

    before = hub_desk.get("/triage/arrivals/").content.decode()
    hub_desk.post(f"/triage/arrivals/{booking.public_id}/", {"step": "missed"})
    after = hub_desk.get("/triage/arrivals/").content.decode()

    found = ["Nobody has told them of this time." in page for page in (before, after)]
    assert found == [waits, waits]


def test_a_grown_up_who_did_not_come_may_be_booked_again(hub_desk, world, acting, reading, now):
    case, booking = booked_at_hub(world, acting, "zoe", now)
    reading[0] = now + timedelta(hours=1)

    page = hub_desk.get("/triage/arrivals/").content.decode()
    hub_desk.post(f"/triage/arrivals/{booking.public_id}/", {"step": "missed"})

    assert "Did not come" in page
    assert (read(case, now).state, read(case, now).bookable_now) == ("waiting", True)


@pytest.mark.parametrize(("who", "needs"), [("child", []), ("zoe", ["carer_present"])])
def test_who_was_not_brought_is_looked_at_by_a_clinician_first(
    hub_desk, world, acting, reading, now, who, needs
):
    with everywhere(because="the test's set-up", at=now):
        Patient.objects.filter(pk=world.patients[who].pk).update(access_needs=needs)
    case, booking = booked_at_hub(world, acting, who, now)
    reading[0] = now + timedelta(hours=1)

    page = hub_desk.get("/triage/arrivals/").content.decode()
    hub_desk.post(f"/triage/arrivals/{booking.public_id}/", {"step": "missed"})

    assert "Was not brought" in page
    assert "Did not come" not in page
    row = read(case, now)
    assert (row.state, row.bookable_now) == ("waiting", False)
    assert row.bookable_because == "Was not brought: a clinician looks first"
    wish = {"reference": case.reference, "slot_id": world.slots("gp_oak")[6].pk}
    with pytest.raises(Refused, match="Was not brought"):
        perform(actions.hold, by=acting(world, "receptionist"), at=reading[0], **wish)


def test_a_child_who_missed_a_call_was_brought_by_nobody_and_a_clinician_looks_first(
    hub_desk, world, acting, reading, now
):
    case, booking = booked_at_hub(world, acting, "child", now)
    with everywhere(because="the test's set-up", at=now):
        Booking.objects.filter(pk=booking.pk).update(mode="phone")
    reading[0] = now + timedelta(hours=1)

    hub_desk.post(f"/triage/arrivals/{booking.public_id}/", {"step": "missed"})

    row = read(case, now)
    assert (row.state, row.bookable_now) == ("waiting", False)
    assert row.bookable_because == "Did not answer: a clinician looks first"


CAME = {"words": "Cough since Sunday", "sent_to": "practice", "name": "Ana", "once": "w1"}


def test_a_patient_of_a_practice_we_serve_is_theirs_until_they_have_called(
    hub_desk, world, now, reading
):
    said = CAME | {"practice": world.oak.pk, "phone": "07700 900123"}

    answer = hub_desk.post("/triage/arrivals/", said)
    told = hub_desk.get(answer["Location"]).content.decode()
    oak = signed_in(world, "receptionist")
    at_oak = oak.get("/triage/arrivals/").content.decode()
    at_elm = signed_in(world, "receptionist_elm").get("/triage/arrivals/").content.decode()
    with everywhere(because="the test looks", at=now):
        row = WalkUp.objects.get()
    oak.post(f"/triage/arrivals/called/{row.public_id}/")

    assert "I have told your practice that you came, and they call you today." in told
    assert "Cough since Sunday" in at_oak
    assert "We have called them" in at_oak
    assert "Cough since Sunday" not in at_elm
    assert "called by Receptionist" in oak.get("/triage/arrivals/").content.decode()


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [
        ("practice", "Choose their practice"),
        ("phone", "Enter a number the practice can call"),
        ("name", "Enter their name"),
        ("words", "Enter what they said"),
    ],
)
def test_whoever_is_sent_to_their_practice_can_be_called(hub_desk, world, now, missing, sentence):
    said = CAME | {"practice": world.oak.pk, "phone": "07700 900123"} | {missing: ""}

    page = hub_desk.post("/triage/arrivals/", said).content.decode()

    assert page.count(sentence) == 2
    with everywhere(because="the test looks", at=now):
        assert WalkUp.objects.count() == 0


def test_an_emergency_at_the_desk_needs_no_name(hub_desk, world, now):
    said = {"words": "Collapsed", "sent_to": "emergency", "once": "w2"}

    answer = hub_desk.post("/triage/arrivals/", said)

    assert "I have called a clinician to you." in hub_desk.get(answer["Location"]).content.decode()
    with everywhere(because="the test looks", at=now):
        called = Emergency.objects.get()
    assert (called.hub_id, called.practice_id, called.is_here) == (world.hub.pk, None, True)


def test_the_hub_s_desk_reaches_those_it_serves_and_no_list(hub_desk, world, acting, now):
    by = acting(world, "hub_desk")
    submitted(world, acting, "tam", Need.SKIN_RASH, at=now)

    with opened(by.reach, at=now):
        assert Case.objects.count() == 1
    assert (by.reach.own, by.reach.providers) == ((), (world.hub.pk,))
    address = f"/triage/patients/{world.patients['zoe'].public_id}/new/"
    assert hub_desk.get(address).status_code == 404


@pytest.mark.parametrize(
    ("minutes", "state", "heading"),
    [
        (-90, "booked", "Now"),
        (-90, "attended", "Earlier today"),
        (-15, "attended", "Earlier today"),
        (-30, "arrived", "Now"),
        (30, "booked", "Now"),
        (31, "booked", "Next 2 hours"),
        (121, "booked", "Later"),
    ],
)
def test_the_list_begins_with_who_is_expected_now(now, minutes, state, heading):
    row = Expected(
        public_id=UUID(int=1),
        patient_id=1,
        family_name="Ashdown",
        given_name="Ada",
        born_on=date(1980, 2, 29),
        practice="Oak Surgery",
        starts_at=now + timedelta(minutes=minutes),
        clinician="Dr Oak",
        session=UUID(int=2),
        slot_id=3,
        mode="face_to_face",
        state=state,
        needs=(),
    )

    page = arrivals_page(Arrivals(expected=(row,), came=(), practices=()), now=now)

    assert [stretch.heading for stretch in page.expected] == [heading]


@pytest.mark.parametrize(
    ("mode", "may_arrive", "missed"),
    [("face_to_face", True, "Did not come"), ("phone", False, "Did not answer")],
)
def test_nobody_arrives_for_a_call(now, mode, may_arrive, missed):
    row = Expected(
        public_id=UUID(int=1),
        patient_id=1,
        family_name="Ray",
        given_name="Bo",
        born_on=date(1980, 2, 29),
        practice="Oak Surgery",
        starts_at=now,
        clinician="Dr Oak",
        session=UUID(int=2),
        slot_id=3,
        mode=mode,
        state="booked",
        needs=(),
    )

    (stretch,) = arrivals_page(Arrivals(expected=(row,), came=(), practices=()), now=now).expected

    assert [(line.may_arrive, line.missed) for line in stretch.lines] == [(may_arrive, missed)]
