"""The weights: everybody reads them, the clinical lead previews others and puts them in force."""

import html
import re
from dataclasses import replace
from datetime import timedelta

import pytest

from appointments.models import Slot
from practices import clock
from practices.doors import everywhere, perform
from tests.cases import submitted
from tests.pages.clinic import signed_in
from tests.pages.markup import text_of
from tests.walls.two_networks import FAR
from triage.actions.parameters import WeightWish, put_in_force
from triage.models import ParameterSet
from triage.queries.parameters import USUAL, weights_for
from triage.rules.codes import Need
from triage.rules.weights import WEIGHTS, values_of

READ, CHANGE = "/triage/rules/weights/", "/triage/rules/weights/change/"
TYPED = {
    **{name: str(value) for name, value in values_of(WEIGHTS).items()},
    "scarcity": "100",
    "name": "Spare the GPs",
    "basis": "Leads’ meeting in November",
    "seen_version": "0",
    "once": "",
    "restores": "",
    "previewed": "",
}


@pytest.fixture(autouse=True)
def monday(monkeypatch, now):
    monkeypatch.setattr(clock, "now", lambda: now)


@pytest.fixture
def lead(world):
    return signed_in(world, "clinical_lead")


@pytest.fixture
def two_ways(world, acting, now):
    """One open case; the hub's GP is free at ten, its nurse practitioner 45 minutes later."""
    with everywhere(because="the test's set-up", at=now):
        Slot.objects.filter(practice_id=world.oak.pk).update(status="withdrawn")
        session = world.sessions["clinician"]
        first = Slot.objects.filter(session=session)
        first.filter(starts_at__lt=session.starts_at + timedelta(minutes=45)).update(
            status="withdrawn"
        )
    return submitted(world, acting, "zoe", Need.SORE_THROAT, at=now, red_flags_asked=True)


@pytest.fixture
def later_but_nearer(world, acting, now):
    """One open case; its own practice has a place half an hour after the hub's first."""
    with everywhere(because="the test's set-up", at=now):
        later = world.sessions["clinician"].starts_at + timedelta(minutes=30)
        mine = Slot.objects.filter(practice_id=world.oak.pk, starts_at__lt=later)
        mine.update(status="withdrawn")
    return submitted(world, acting, "zoe", Need.SORE_THROAT, at=now, red_flags_asked=True)


def hidden(answer, name):
    found = re.search(rf'name="{name}"[^>]*value="([^"]*)"', answer.content.decode())
    return html.unescape(found[1]) if found else ""


def previewed(client, **typed):
    return client.post(CHANGE, TYPED | typed | {"step": "preview"})


def forced(client, seen, **typed):
    """As the form of the preview is sent on, with its hidden facts."""
    facts = {name: hidden(seen, name) for name in ("previewed", "seen_version")}
    return client.post(CHANGE, TYPED | facts | {"reason": "winter", "step": "force"} | typed)


def in_force(world, now):
    with everywhere(because="the test looks", at=now):
        return list(ParameterSet.objects.values_list("version", "reason", "restores"))


@pytest.mark.parametrize("name", ["receptionist", "clinician", "manager", "clinical_lead"])
def test_everybody_reads_each_weight_and_only_the_lead_may_change(world, name):
    page = text_of(signed_in(world, name).get(READ))

    assert "In force: The usual numbers" in page
    assert "Each minute of travel. Higher: nearer places, and the phone, stand first." in page
    assert "0 to 1,000" in page
    assert "Never: the usual number" in page
    assert ("Change the weights" in page) == (name == "clinical_lead")


@pytest.mark.parametrize("name", ["receptionist", "practice_manager", "manager", "supervisor"])
def test_others_neither_open_nor_send_the_form(world, now, name):
    client = signed_in(world, name)

    assert client.get(CHANGE).status_code == 403
    assert client.post(CHANGE, TYPED | {"step": "force"}).status_code == 403
    assert in_force(world, now) == []


def test_the_strict_goals_and_the_weights_of_plans_are_shown_with_why(world):
    page = text_of(signed_in(world, "receptionist").get(READ))

    assert "Urgent cases late or without a place" in page
    assert "Plans: each minute of travel. Higher: nearer places, and the phone" in page
    assert re.search(r"Always first by far.{0,90}2,000", page)
    assert "No number may buy a late place" in page


def test_a_preview_says_what_would_change_and_names_nobody(world, now, lead, two_ways):
    seen = previewed(lead)

    page = text_of(seen)
    assert "1 of 1 best places would change" in page
    assert (
        "Sore throat, P4: Riverside hub 10am → Riverside hub 10:45am,"
        " because sparing scarce skills counts more" in page
    )
    assert "Each step of a scarcer profession: 30 → 100" in page
    assert "O'Neil" not in page
    assert two_ways.reference not in page
    assert in_force(world, now) == []


def test_a_preview_of_what_plans_weigh_counts_who_would_be_placed_elsewhere(lead, later_but_nearer):
    seen = previewed(lead, scarcity="30", plan_travel_minute="0")

    page = text_of(seen)
    assert "No best place would change; 1 of 1 places of plans would" in page
    assert "Plans: of the 1 who wait or may be moved now, 1 would be placed elsewhere." in page
    assert "Plans: each minute of travel: 40 → 0" in page


def test_a_preview_says_nothing_of_plans_that_weigh_the_same(lead, two_ways):
    assert "would be placed elsewhere" not in text_of(previewed(lead))


@pytest.mark.parametrize("step", ["preview", "force"])
def test_where_nothing_changed_nothing_is_put_in_force(world, now, lead, two_ways, step):
    usual = str(values_of(WEIGHTS)["scarcity"])

    answer = lead.post(CHANGE, TYPED | {"scarcity": usual, "reason": "winter", "step": step})

    page = text_of(answer)
    assert "Nothing changed. These are the numbers in force already." in page
    assert ("Put in force" in page, "best places" in page) == (False, False)
    assert in_force(world, now) == []


def test_nothing_is_put_in_force_unseen(world, now, lead, two_ways):
    unseen = lead.post(CHANGE, TYPED | {"reason": "winter", "step": "force"})
    moved = forced(lead, previewed(lead), scarcity="200")

    assert "Look at what would change before you put it in force" in text_of(unseen)
    assert "You changed a number after the preview" in text_of(moved)
    assert in_force(world, now) == []


def test_what_was_previewed_is_put_in_force_with_a_reason(world, now, lead, two_ways):
    answer = forced(lead, previewed(lead))

    page = text_of(lead.get(READ))
    assert (answer.status_code, answer.url) == (302, READ)
    assert in_force(world, now) == [(1, "winter", None)]
    assert "In force: Version 1: Spare the GPs" in page
    assert "Clinical Lead, 30 November 2026" in page
    assert "Each step of a scarcer profession: 30 → 100" in page


def test_a_reason_is_asked_for_beside_its_field(world, now, lead):
    answer = forced(lead, previewed(lead), reason=" - ")

    assert "Enter why it changes now" in text_of(answer)
    assert in_force(world, now) == []


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"travel_minute": "a lot"}, "Each minute of travel: enter a whole number from 0 to 1,000"),
        ({"travel_minute": "2000"}, "Each minute of travel: enter a whole number from 0 to 1,000"),
        ({"travel_minute": ""}, "Each minute of travel: enter a whole number from 0 to 1,000"),
        ({"plan_start_minute": "0"}, "Plans: each minute until it starts: enter a whole number"),
        ({"plan_disturbed": "0"}, "that changes: enter a whole number from 8,000 to 100,000"),
        ({"wait_minute": "0"}, "Each minute of waiting: enter a whole number from 1 to 100"),
        ({"continuity_red": "10000", "continuity_amber": "20000"}, "must cost at least as much"),
        ({"name": ""}, "Enter a name for this version"),
        ({"basis": ""}, "Enter what the change is based on"),
    ],
)
def test_bad_input_is_told_at_its_field_and_stays(lead, typed, sentence):
    answer = previewed(lead, **typed)

    page = answer.content.decode()
    (name,) = [name for name in typed if name != "continuity_amber"]
    assert sentence in html.unescape(page)
    assert f'id="id_{name}_error"' in page
    assert TYPED["basis"] in page or name == "basis"
    assert all(f'value="{value}"' in page for value in typed.values() if value)


def test_the_second_of_two_leads_is_told_and_keeps_what_was_typed(world, acting, now, lead):
    seen = previewed(lead)
    perform(
        put_in_force,
        by=acting(world, "clinical_lead"),
        at=now,
        wish=WeightWish(replace(WEIGHTS, borrowed=0), "Lend freely", "audit", "it works", 0),
    )

    answer = forced(lead, seen)

    page = text_of(answer)
    assert answer.status_code == 409
    assert "Clinical Lead put version 1 in force while you were writing." in page
    assert "A borrowed place of the hub: 200 → 0" in page
    assert 'value="100"' in answer.content.decode()
    assert hidden(answer, "seen_version") == "1"
    assert in_force(world, now) == [(1, "it works", None)]


def test_an_earlier_version_is_brought_back_as_a_new_one(world, now, lead):
    forced(lead, previewed(lead))
    start = lead.get(f"{CHANGE}?from=0")

    seen = previewed(lead, scarcity="30", restores="0", seen_version="1")
    forced(lead, seen, scarcity="30", restores="0")

    assert 'value="30"' in start.content.decode()
    assert in_force(world, now) == [(2, "winter", 0), (1, "winter", None)]
    assert "brings back version 0" in text_of(lead.get(READ))


def test_the_same_click_twice_makes_one_version(world, now, lead):
    seen = previewed(lead, once="a-key")

    answers = [forced(lead, seen, once="a-key") for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert len(in_force(world, now)) == 1


@pytest.mark.parametrize("versions", [1, 3])
def test_the_page_costs_the_same_however_many_versions(
    world, acting, now, lead, versions, django_assert_num_queries
):
    for number in range(versions):
        wish = WeightWish(replace(WEIGHTS, scarcity=40 + number), "n", "b", "r", number)
        perform(put_in_force, by=acting(world, "clinical_lead"), at=now, wish=wish)

    with django_assert_num_queries(17):
        lead.get(READ)


def test_another_networks_cases_do_not_follow_them(world, now, lead):
    forced(lead, previewed(lead))

    with everywhere(because="the test looks", at=now):
        ours, theirs = weights_for(world.hub.pk), weights_for(FAR)

    assert (ours.weights.scarcity, theirs) == (100, USUAL)
