"""The downtime pack: made once a quarter of an hour, opened without a network, for its house."""

import re
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils.html import escape

from appointments.actions import SessionWish, publish_session
from appointments.models import NamedCover
from hubs.models import Agreement
from networks.tasks import make_packs
from practices import clock
from practices.clock import on
from practices.doors import everywhere
from practices.models import AuditEntry, Membership
from tests.cases import submitted
from tests.full_day import planned_ahead
from tests.pages import browser as real
from tests.pages.clinic import signed_in
from tests.world import SETUP
from triage.models import DowntimePack
from triage.rules.codes import Need
from triage.rules.paper import KEPT

HOUSES = ("HUB1", "OAK1", "ELM1")


@pytest.fixture
def reading(monkeypatch, now):
    """What the clock reads; a test may put it on."""
    told = [now]
    monkeypatch.setattr(clock, "now", lambda: told[0])
    return told


def packs(world, at, house):
    with everywhere(because="the test looks", at=at):
        return list(DowntimePack.objects.filter(organisation_id=house.pk).order_by("as_of"))


def test_each_house_has_one_pack_a_quarter_of_an_hour(world, reading, now):
    made = [make_packs(), make_packs()]
    reading[0] = now + timedelta(minutes=14, seconds=59)
    made.append(make_packs())
    reading[0] = now + timedelta(minutes=15)
    made.append(make_packs())

    assert made == [len(HOUSES), 0, 0, len(HOUSES)]


def test_only_the_last_few_are_kept(world, reading, now):
    for quarter in range(KEPT + 2):
        reading[0] = now + quarter * timedelta(minutes=15)
        make_packs()

    kept = [one.as_of for one in packs(world, reading[0], world.oak)]

    assert kept == [now + quarter * timedelta(minutes=15) for quarter in range(2, KEPT + 2)]


def test_a_house_that_is_shut_gets_none(world, reading, now):
    reading[0] = now.replace(hour=22)

    assert make_packs() == 0


def test_a_pack_is_there_before_the_doors_open(world, reading, now):
    reading[0] = now.replace(hour=7, minute=0)

    assert make_packs() == len(HOUSES)


def test_a_pack_names_its_own_patients_and_no_others(world, acting, reading, now):
    submitted(world, acting, "tam", Need.SKIN_RASH, at=now, words="itchy arm")
    submitted(world, acting, "ellen", Need.SKIN_RASH, at=now)

    make_packs()

    texts = {
        name: packs(world, now, getattr(world, name))[0].text for name in ("oak", "elm", "hub")
    }
    who = {name: ("Nguyễn" in text, "Brook" in text) for name, text in texts.items()}
    assert who == {"oak": (True, False), "elm": (False, True), "hub": (True, True)}
    assert "“itchy arm”" in texts["hub"]
    assert packs(world, now, world.oak)[0].patient_ids == [world.patients["tam"].pk]


def test_a_hubs_pack_leaves_out_a_practice_that_has_left(world, acting, reading, now):
    stays = submitted(world, acting, "zoe", Need.EYE, at=now)
    leaves = submitted(world, acting, "ellen", Need.EYE, at=now)
    with everywhere(because="the test ends it", at=now):
        Agreement.objects.filter(practice=world.elm).update(until_on=now.date())
    make_packs()

    (hub,) = packs(world, now, world.hub)
    assert (stays.reference in hub.text, leaves.reference in hub.text) == (True, False)


def test_a_pack_fetches_nothing(world, reading):
    make_packs()

    text = packs(world, reading[0], world.hub)[0].text

    assert re.findall(r"(?:src|href)=\"(?!#)[^\"]*|url\(|@import|<script|https?:", text) == []


def test_i23_a_pack_shows_literally_what_was_said(world, acting, reading, now):
    typed = "😀 <script>alert(1)</script>{{7*7}}"
    submitted(world, acting, "tam", Need.SKIN_RASH, at=now, words=typed)

    make_packs()

    text = packs(world, now, world.hub)[0].text
    assert escape(typed) in text
    assert "<script>alert" not in text


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("receptionist", 200),
        ("practice_manager", 200),
        ("supervisor", 200),
        ("duty", 404),
        ("clinician", 404),
        ("manager", 404),
        ("clinical_lead", 404),
        ("client", 404),
    ],
)
def test_the_pack_is_handed_to_those_whose_desk_it_lies_on(world, reading, name, status):
    make_packs()

    assert signed_in(world, name).get("/triage/paper/pack/").status_code == status


def test_each_practice_is_handed_its_own_and_it_is_on_record(world, acting, reading, now):
    case = submitted(world, acting, "tam", Need.SKIN_RASH, at=now)
    make_packs()

    answer = signed_in(world, "receptionist").get("/triage/paper/pack/")

    assert "Downtime pack, Oak Surgery" in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"
    assert answer["Content-Disposition"] == (
        'attachment; filename="downtime-OAK1-2026-11-30-0930.html"'
    )
    with everywhere(because="the test looks", at=now):
        assert AuditEntry.objects.filter(verb="pack.handed_out").count() == 1
        seen = AuditEntry.objects.get(verb="patient.viewed", facts__page="pack")
    assert seen.facts["patients"] == [case.patient_id]


def test_the_page_says_how_old_the_pack_is_and_warns_of_an_old_one(world, reading, now):
    make_packs()
    desk = signed_in(world, "receptionist")
    said = []
    for minutes in (4, 20, 21):
        reading[0] = now + timedelta(minutes=minutes)
        said.append(desk.get("/triage/paper/").content.decode())

    assert "Pack of 9:30am, 4 minutes old" in said[0]
    assert ["older than it should be" in page for page in said] == [False, False, True]


def test_a_machine_that_keeps_packs_writes_them_to_a_folder(world, reading, tmp_path):
    call_command("downtime_pack", organisation="OAK1", to=tmp_path)

    (path,) = tmp_path.iterdir()
    assert path.name == "downtime-OAK1-2026-11-30-0930.html"
    assert oct(path.stat().st_mode & 0o777) == "0o600"
    assert "Downtime pack, Oak Surgery" in path.read_text(encoding="utf-8")
    with pytest.raises(CommandError, match="no practice or hub"):
        call_command("downtime_pack", organisation="NET1", to=tmp_path)


@pytest.mark.browser
def test_it_opens_from_a_disk_without_a_network(world, acting, reading, now, chromium, tmp_path):
    submitted(world, acting, "tam", Need.SKIN_RASH, at=now)
    call_command("downtime_pack", organisation="HUB1", to=tmp_path)
    (path,) = tmp_path.iterdir()

    with chromium.new_context(offline=True, viewport={"width": 320, "height": 640}) as context:
        page = context.new_page()
        page.goto(path.as_uri())
        faults = real.accessibility_faults(page)
        body = page.locator("body").inner_text()
        over = page.evaluate("document.documentElement.scrollWidth - innerWidth")

    assert "Nguyễn, Tâm" in body
    assert faults == []
    assert over <= 0


def test_a_pack_says_who_answers_by_name_and_when_nobody_does(world, reading, now):
    with everywhere(because="the test's set-up", at=now):
        NamedCover.objects.create(
            organisation_id=world.oak.pk,
            clinician=world.clinicians["gp_oak"],
            phone="07700900111",
            starts_at=on(now.date(), 13),
            ends_at=on(now.date(), 18, 30),
            named_at=now,
        )

    make_packs()

    own, other = (packs(world, now, house)[0].text for house in (world.oak, world.elm))
    assert "Gp Oak, answers for Oak Surgery 1pm to 6:30pm" in own
    assert "07700 900111" in own
    assert "Nobody answers for Oak Surgery from" in own
    assert "from 1pm" not in own.split("Nobody answers for Oak Surgery", 1)[1].split("</li>")[0]
    assert "answers for Oak Surgery" not in other


def _hub_session_at_oak(world, now):
    """The hub's nurse sits in Oak's building this afternoon."""
    wish = SessionWish(
        clinician_id=world.clinicians["clinician"].pk,
        site_id=world.sites[world.oak.pk].pk,
        starts_at=on(now.date(), 14),
        ends_at=on(now.date(), 16),
        hub_id=world.hub.pk,
    )
    with everywhere(because="the test's set-up", at=now):
        world.sessions["at_oak"] = publish_session(wish=wish, by=SETUP, at=now)


def test_a_hubs_session_in_a_practices_building_is_the_hubs(world, reading, now):
    _hub_session_at_oak(world, now)
    planned_ahead(world, "ellen", world.slots("at_oak")[0], Need.FOLLOW_UP)

    make_packs()

    named = {
        name: "Brook" in packs(world, now, getattr(world, name))[0].text
        for name in ("hub", "oak", "elm")
    }
    assert named == {"hub": True, "oak": False, "elm": True}


def test_who_left_the_hub_takes_a_place_without_a_name(world, reading, now):
    planned_ahead(world, "ellen", world.slots("clinician")[0], Need.FOLLOW_UP)
    make_packs()
    with everywhere(because="the test ends it", at=now):
        Agreement.objects.filter(practice=world.elm).update(until_on=now.date())
    reading[0] = now + timedelta(minutes=15)

    make_packs()

    named = ["Brook" in one.text for one in packs(world, reading[0], world.hub)]
    assert named == [True, False]


def test_a_practice_without_an_agreement_has_its_own_pack(world, reading, now):
    planned_ahead(world, "ellen", world.slots("gp_elm")[0], Need.FOLLOW_UP)
    with everywhere(because="the test ends it", at=now):
        Agreement.objects.filter(practice=world.elm).update(until_on=now.date())

    made = make_packs()

    (elm,) = packs(world, now, world.elm)
    assert (made, "Brook" in elm.text) == (len(HOUSES), True)


def test_a_practice_where_nobody_works_has_none(world, reading, now):
    with everywhere(because="the test ends it", at=now):
        Agreement.objects.filter(practice=world.elm).update(until_on=now.date())
        Membership.objects.filter(organisation_id=world.elm.pk).update(until_on=now.date())

    assert make_packs() == len(HOUSES) - 1
