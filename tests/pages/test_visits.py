"""Home visits on a phone: mine alone, one tap to call, done or not done (U33)."""

import gzip
import re
from datetime import timedelta
from html import unescape
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from appointments.actions import SessionWish, publish_session
from appointments.models import Booking
from appointments.rules.codes import Mode
from practices.clock import on
from practices.doors import everywhere, perform
from practices.models import AuditEntry, Patient
from practices.rules.access import AccessNeed
from tests.cases import submitted
from tests.pages.clinic import at_desk, clock
from tests.pages.markup import elements, words
from tests.world import SETUP
from triage import actions
from triage.models import Case
from triage.rules.codes import Need

__all__ = ["at_desk", "clock"]
VISITS = "/triage/visits/"
MOST_BYTES = 100 * 1024


@pytest.fixture
def visit(world, acting, now):
    """Dr Oak visits Zoë, who cannot leave her home, at 2pm."""
    with everywhere(because="the test's set-up", at=now):
        Patient.objects.filter(pk=world.patients["zoe"].pk).update(
            access_needs=["home_only"], access_detail="Key with the neighbour"
        )
        wish = SessionWish(
            clinician_id=world.clinicians["gp_oak"].pk,
            site_id=world.sites[world.oak.pk].pk,
            starts_at=on(now.date(), 14),
            ends_at=on(now.date(), 14) + timedelta(hours=1),
            practice_id=world.oak.pk,
            mode=Mode.HOME_VISIT,
        )
        world.sessions["rounds"] = publish_session(wish=wish, by=SETUP, at=now)
    case = submitted(
        world,
        acting,
        "zoe",
        Need.SORE_THROAT,
        at=now,
        red_flags_asked=True,
        access_needs=(AccessNeed.HOME_ONLY,),
        phone="07700 900123",
    )
    wish = {"reference": case.reference, "slot_id": world.slots("rounds")[0].pk}
    return perform(actions.book, by=acting(world, "receptionist"), at=now, **wish)


def stands(visit, now):
    with everywhere(because="the test looks", at=now):
        return Booking.objects.get(pk=visit.pk).state, Case.objects.get().state


def end(client, visit, how):
    return client.post(f"{VISITS}{visit.public_id}/", {"how": how, "once": how}, follow=True)


def test_the_card_says_who_where_and_what_to_heed(visit, at_desk):
    page = at_desk("gp_oak").get(VISITS).content.decode()
    said = unescape(words(page))

    assert "2pm O'Neil, Zoë" in said
    assert "born 14 March 1985 (41 years), 999 000 0018, Oak Surgery" in said
    assert "2 Invented Street, ZZ99 3VZ" in said
    assert "Key with the neighbour" in said
    assert "tel:+447700900123" in [link.get("href") for link in elements(page, "a")]


def test_a_number_that_is_not_safe_is_not_dialled(visit, at_desk, now):
    with everywhere(because="the test's set-up", at=now):
        Case.objects.update(safe_to_call=False)

    page = at_desk("gp_oak").get(VISITS).content.decode()

    assert "tel:" not in page
    assert "Not safe to call" in words(page)


@pytest.mark.parametrize(
    ("how", "said", "booking", "case"),
    [
        ("done", "The visit is done.", "attended", "booked"),
        ("not_done", "Not done. The request waits for a clinician.", "missed", "waiting"),
    ],
)
def test_one_press_ends_it_and_twice_does_no_more(visit, at_desk, now, how, said, booking, case):
    client = at_desk("gp_oak", now.replace(hour=14, minute=5))

    page = words(end(client, visit, how).content.decode())
    end(client, visit, how)

    assert said in page
    assert "You have no home visit left today." in page
    assert stands(visit, now) == (booking, case)


@pytest.mark.parametrize("who", ["duty", "supervisor", "clinician", "gp_elm"])
def test_somebody_elses_visit_is_nowhere(visit, at_desk, now, who):
    client = at_desk(who)

    assert "Zoë" not in client.get(VISITS).content.decode()
    assert end(client, visit, "done").status_code == 404
    assert stands(visit, now) == ("booked", "booked")


def test_a_receptionist_has_no_visits(visit, at_desk):
    assert at_desk("receptionist").get(VISITS).status_code == 403


def test_an_unknown_end_is_nowhere(visit, at_desk, now):
    assert end(at_desk("gp_oak"), visit, "away").status_code == 404
    assert stands(visit, now) == ("booked", "booked")


def test_what_was_sent_is_read_before_it_is_known_as_sent_before(visit, at_desk):
    seat, address = at_desk("gp_oak"), f"{VISITS}{visit.public_id}/"
    seat.post(address, {"how": "done", "once": "v1"})

    assert seat.post(address, {"how": "away", "once": "v1"}).status_code == 404


def test_t05_looking_leaves_exactly_one_line(visit, world, at_desk, now):
    at_desk("gp_oak").get(VISITS)

    with everywhere(because="the test looks", at=now):
        (line,) = AuditEntry.objects.filter(verb="patient.viewed", facts__page="visits")
    assert line.facts["patients"] == [world.patients["zoe"].pk]


def loaded(markup):
    """Bytes on the wire: the page as it is, and each of its files as a live system packs it."""
    wanted = [one["src"] for one in elements(markup, "script") if one.get("src")]
    wanted += [
        one["href"] for one in elements(markup, "link") if one["rel"] == "stylesheet"
        and one.get("media") != "print"
    ]  # fmt: skip
    wanted += [one["content"] for one in elements(markup, "meta") if "nhsuk" in one.get("name", "")]
    seen: dict[str, int] = {}
    while wanted:
        name = wanted.pop().removeprefix("/static/")
        if name in seen:
            continue
        content = Path(finders.find(name)).read_bytes()
        seen[name] = len(gzip.compress(content, 9))
        if name.endswith(".js"):
            folder = name.rpartition("/")[0]
            imported = re.findall(rb'(?:from|import)\s*\(?\s*"\./([\w.-]+\.js)"', content)
            wanted += [f"{folder}/{one.decode()}".lstrip("/") for one in imported]
    return len(markup.encode()) + sum(seen.values()), seen


def test_u33_the_first_page_is_below_100_kb(visit, at_desk):
    page = at_desk("gp_oak").get(VISITS).content.decode()

    total, files = loaded(page)

    assert "headroom-voice.js" in files
    assert total <= MOST_BYTES, files
