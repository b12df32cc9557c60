"""The practice's page of proposed moves: one by one, one clinician at a time, and undone."""

import re
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from networks.queries.shadow_days import shadow_report
from practices import clock
from practices.doors import everywhere, opened
from practices.models import AuditEntry
from tests.crowded import chain, crowd, proposed
from tests.full_day import overfill, rebalanced
from tests.pages.markup import elements
from triage.models import Case, Proposal


@pytest.fixture
def crowded(world, acting):
    return crowd(world, acting)


@pytest.fixture
def desk(crowded, now, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: now)
    client = Client()
    client.force_login(crowded.users["practice_manager"])
    return client


def _states(world):
    with everywhere(because="the test looks", at=world.at):
        return sorted(Proposal.objects.values_list("state", flat=True))


def test_moves_of_one_clinician_are_read_out_and_made_together(desk, crowded):
    made, _ = proposed(crowded, **chain(crowded))
    page = desk.get(reverse("triage:proposals")).content.decode()
    address = reverse("triage:read_out", args=[made["zoe"]])
    read_out = desk.get(address).content.decode()

    answer = desk.post(address, {"yes": [made["zoe"], made["tam"]]}, follow=True)

    assert page.count("Read out all 2 moves from Gp Oak") == 1
    assert read_out.count('name="yes"') == 2
    assert "checked" not in read_out
    assert "2 patients moved. Each will get a message" in answer.content.decode()
    assert _states(crowded) == ["accepted", "accepted", "open"]


def test_who_asks_in_confidence_is_rung_on_the_number_of_the_case(desk, crowded):
    made, _ = proposed(crowded, **chain(crowded))
    with everywhere(because="the test's set-up", at=crowded.at):
        zoe = Case.objects.filter(patient=crowded.patients["zoe"])
        zoe.update(phone="07700 900555", is_confidential=True)

    pages = [
        desk.get(address).content.decode()
        for address in (
            reverse("triage:proposals"),
            reverse("triage:read_out", args=[made["zoe"]]),
        )
    ]

    with everywhere(because="the test looks", at=crowded.at):
        lines = AuditEntry.objects.filter(verb="patient.viewed").order_by("id")
        assert [line.facts["page"] for line in lines] == ["proposals", "read_out"]
        assert all(crowded.patients["zoe"].pk in line.facts["patients"] for line in lines)
    assert [page.count("07700 900555") for page in pages] == [1, 1]
    assert [page.count("Confidential: the young person asks alone") for page in pages] == [1, 1]


def test_nobody_is_moved_without_a_tick(desk, crowded):
    """U39: nothing moves before it is confirmed."""
    made, _ = proposed(crowded, **chain(crowded))

    answer = desk.post(reverse("triage:read_out", args=[made["zoe"]]), follow=True)

    assert "Tick each patient who said yes" in answer.content.decode()
    assert set(_states(crowded)) == {"open"}


def test_a_forged_tick_is_of_nothing(desk, crowded):
    made, _ = proposed(crowded, **chain(crowded))

    answer = desk.post(reverse("triage:read_out", args=[made["zoe"]]), {"yes": "1' OR 1"})

    assert answer.status_code == 404


def test_a_whole_plan_is_undone_by_one_button(desk, crowded):
    made, run = proposed(crowded, **chain(crowded))
    desk.post(reverse("triage:read_out", args=[made["zoe"]]), {"yes": list(made.values())})
    page = desk.get(reverse("triage:proposals")).content.decode()

    answer = desk.post(reverse("triage:undo_run", args=[run.public_id]), follow=True)

    assert "Undo all 3 moves of one plan" in page
    assert "3 patients moved back." in answer.content.decode()
    assert set(_states(crowded)) == {"undone"}
    assert "Nobody is moved twice" in answer.content.decode()


def test_a_decline_says_how_to_undo_it(desk, crowded):
    made, _ = proposed(crowded, **chain(crowded))
    declined = desk.post(
        reverse("triage:decline", args=[made["tam"]]), {"reason": "wrong line"}, follow=True
    )

    answer = desk.post(reverse("triage:undo_decline", args=[made["tam"]]), follow=True)

    assert "stays: wrong line" in declined.content.decode()
    assert "may be proposed again" in answer.content.decode()
    assert set(_states(crowded)) == {"open"}


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        pytest.param(". ", "Enter why this move is declined", id="I54"),
        pytest.param(
            "x" * 201, "The reason must be 200 characters or fewer. You entered 201", id="I53"
        ),
    ],
)
def test_a_decline_that_says_nothing_or_too_much_is_told_beside_its_move(
    desk, crowded, typed, sentence
):
    made, _ = proposed(crowded, **chain(crowded))

    answer = desk.post(reverse("triage:decline", args=[made["tam"]]), {"reason": typed})

    page = answer.content.decode()
    assert (answer.status_code, page.count(sentence)) == (422, 2)
    assert "<title>Error: Proposed moves" in page
    boxes = [one for one in elements(page, "input") if one["name"] == "reason"]
    assert [one.get("value", "") for one in boxes if made["tam"] in one["id"]] == [typed]
    assert [one.get("value", "") for one in boxes if made["tam"] not in one["id"]] == ["", ""]
    assert set(_states(crowded)) == {"open"}


def test_who_is_moved_back_is_proposed_no_move_again_and_the_page_says_so(
    world, acting, now, monkeypatch
):
    monkeypatch.setattr(clock, "now", lambda: now)
    rebalanced(overfill(world, acting), acting)
    client = Client()
    client.force_login(world.users["practice_manager"])
    with everywhere(because="the test looks", at=now):
        (made,) = Proposal.objects.all()
    client.post(reverse("triage:accept", args=[made.public_id]))

    answer = client.post(reverse("triage:undo", args=[made.public_id]), follow=True)
    rebalanced(world, acting)

    assert "Nobody is moved twice" in answer.content.decode()
    with everywhere(because="the test looks", at=now):
        again = Proposal.objects.filter(state="open")
        assert made.booking.patient_id not in again.values_list("booking__patient", flat=True)


def test_each_clinicians_day_is_shown_before_and_after(world, acting, now, monkeypatch):
    """U39: before and after."""
    monkeypatch.setattr(clock, "now", lambda: now)
    rebalanced(overfill(world, acting), acting)
    client = Client()
    client.force_login(world.users["practice_manager"])

    answer = client.get(reverse("triage:proposals"))

    shown = answer.context["picture"]
    effects = re.findall(r"Gp Oak: ([^<]+)<br>", answer.content.decode())
    day = "Without these moves the day has 3 points of work, and the safe limit is 2"
    assert effects == [f"1 point less. {day}"]
    assert f"<li>Gp Oak is over the safe limit today. {day}.</li>" in answer.content.decode()
    days = list(zip(shown.names, *(one["values"] for one in shown.series), strict=True))
    assert days[0] == ("Gp Oak", 3.0, 2.0, 2.0)
    assert [(before, after) for _, before, after, _ in days[1:]] == [(0.0, 1.0)]
    assert shown.title == "Over the safe limit: 1 before these moves, 0 after"
    assert "Show the numbers" in answer.content.decode()


def test_where_nothing_is_proposed_there_is_no_picture(desk):
    assert desk.get(reverse("triage:proposals")).context["picture"] is None


def test_a_booking_proposed_again_after_a_replan_counts_once(desk, crowded, acting, now):
    proposed(crowded, **chain(crowded))
    with everywhere(because="the test's set-up", at=now):
        Proposal.objects.update(state="stale")
        for one in Proposal.objects.order_by("pk"):
            one.pk, one.public_id, one.state = None, uuid4(), "open"
            one.save(force_insert=True)
        rows = Proposal.objects.count()

    with opened(acting(crowded, "practice_manager").reach, at=now):
        (day,) = shadow_report(crowded.oak.pk, until=now.date()).days

    assert (rows, day.proposed, day.accepted) == (6, 3, 0)


def test_what_is_ours_is_told_apart_from_the_whole_network(desk, crowded):
    made, _ = proposed(crowded, **chain(crowded))
    desk.post(reverse("triage:decline", args=[made["tam"]]), {"reason": "wrong line"})

    page = desk.get(reverse("triage:proposals")).content.decode()

    assert "At your practice today: 2 moves wait for your answer, 0 accepted." in page
    assert page.index("At your practice today") < page.index("How good is the network’s plan?")
