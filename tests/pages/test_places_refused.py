"""Places that are not to be had, and why: the words of safety.md section 5, by their ids."""

from datetime import datetime, time

from appointments.models import Booking
from hubs.models import HubClosing
from practices.actions import set_limit
from practices.doors import everywhere, perform
from practices.rules.london import LONDON, instant
from tests.cases import submitted
from tests.pages.clinic import at_desk, clock
from tests.pages.markup import words
from tests.world import SETUP
from triage import actions
from triage.rules.codes import Need

__all__ = ["at_desk", "clock"]


def full(world, name, now):
    """The clinician's limit is one contact."""
    with everywhere(because="the test's set-up", at=now):
        set_limit(
            layer="person",
            points=10,
            from_on=now.date(),
            basis="the test",
            clinician_id=world.clinicians[name].pk,
            by=SETUP,
            at=now,
        )


def test_i47_a_limit_that_is_reached_names_who_has_room(world, acting, at_desk, now):
    full(world, "gp_oak", now)
    first, second = (
        submitted(world, acting, who, Need.SORE_THROAT, at=now, red_flags_asked=True)
        for who in ("tam", "zoe")
    )
    slots = world.slots("gp_oak")
    wish = {"reference": first.reference, "slot_id": slots[0].pk}
    perform(actions.book, by=acting(world, "receptionist"), at=now, **wish)

    hold = f"/triage/desk/{second.reference}/hold/"
    page = at_desk("receptionist").post(hold, {"slot": slots[1].pk})

    page = page.content.decode()
    assert "Gp Oak has 1 of 1. Next: Clinician 25 left." in words(page)
    assert "<title>Error: Find a place" in page


def test_i33_a_place_that_has_begun(world, acting, at_desk, now):
    case = submitted(world, acting, "zoe", Need.SORE_THROAT, at=now, red_flags_asked=True)
    at = instant(now.date(), time(10, 1))

    hold = f"/triage/desk/{case.reference}/hold/"
    page = at_desk("receptionist", at).post(hold, {"slot": world.slots("gp_oak")[0].pk})

    page = page.content.decode()
    assert "This appointment has already started. Next free: 10:15am" in words(page)
    assert "<title>Error: Find a place" in page


def test_i34_i35_a_hub_that_is_closed_says_which_day_and_which_holiday(world, acting, at_desk):
    boxing_day = datetime(2026, 12, 28, 9, 30, tzinfo=LONDON)
    case = submitted(world, acting, "zoe", Need.SORE_THROAT, at=boxing_day, red_flags_asked=True)

    page = at_desk("receptionist", boxing_day).get(f"/triage/desk/{case.reference}/options/")

    sentence = "Riverside hub is closed on Monday 28 December: Boxing Day"
    assert sentence in words(page.content.decode())


def test_i34_a_hub_that_somebody_closed_for_the_day_is_had_no_more(world, acting, at_desk, now):
    case = submitted(world, acting, "zoe", Need.SORE_THROAT, at=now, red_flags_asked=True)
    by = world.users["supervisor"]
    with everywhere(because="the test's set-up", at=now):
        HubClosing.objects.create(hub=world.hub, day=now.date(), closed_at=now, closed_by=by)
    desk, address = at_desk("receptionist"), f"/triage/desk/{case.reference}"

    listed = words(desk.get(f"{address}/options/").content.decode())
    held = desk.post(f"{address}/hold/", {"slot": world.slots("clinician")[0].pk})

    sentence = "Riverside hub is closed on Monday 30 November"
    assert sentence in listed
    assert words(held.content.decode()).count(sentence) >= 2
    with everywhere(because="the test looks", at=now):
        assert not Booking.objects.exists()


def test_i37_an_agreement_that_ended_says_when(world, at_desk, now):
    with everywhere(because="the test's set-up", at=now):
        world.oak.agreements.update(until_on=now.date())
    asked = {"none_said": "on", "need": "sore_throat", "words": "Sore", "channel": "phone"}
    address = f"/triage/patients/{world.patients['zoe'].public_id}/new/"

    page = at_desk("receptionist").post(address, asked).content.decode()

    assert "Oak Surgery’s agreement with the hub ended on Monday 30 November" in words(page)


def test_i38_who_lacks_the_skill_reads_who_has_it(world, acting, at_desk, now):
    case = submitted(world, acting, "tam", Need.HEADACHE, at=now, red_flags_asked=True)

    page = at_desk("physio").get(f"/triage/cases/{case.reference}/").content.decode()

    assert (
        "First contact physiotherapist: headache is outside their scope. "
        "It is in scope for: GP, GP registrar, Advanced nurse practitioner"
    ) in words(page)
