"""The page of limits: who may set which, where each comes from, and what a bad one is told."""

import pytest
from django.test import Client

from practices import clock
from practices.actions import set_limit
from practices.doors import everywhere
from practices.models import Clinician, WorkingLimit
from tests.pages.markup import text_of
from tests.world import SETUP

LIMITS = "/practices/limits/"
TYPED = {
    "limit": "20",
    "cause": "phased_return",
    "from_on_day": "30",
    "from_on_month": "11",
    "from_on_year": "2026",
    "until_on_day": "14",
    "until_on_month": "12",
    "until_on_year": "2026",
    "reason": "Back after an operation",
    "basis": "Occupational health letter",
}


@pytest.fixture(autouse=True)
def monday(monkeypatch, now):
    monkeypatch.setattr(clock, "now", lambda: now)


@pytest.fixture
def signed_in(world):
    def client_of(name):
        client = Client()
        client.force_login(world.users[name])
        return client

    return client_of


def of(world, name):
    return f"{LIMITS}people/{world.clinicians[name].pk}/"


def standing(now):
    with everywhere(because="the test looks", at=now):
        return list(WorkingLimit.objects.order_by("pk").values_list("layer", "points", "cause"))


def test_a_manager_sets_a_dated_limit_and_reads_where_it_comes_from(world, now, signed_in):
    manager = signed_in("practice_manager")

    answer = manager.post(of(world, "gp_oak"), TYPED)

    assert (answer.status_code, answer.url) == (302, LIMITS)
    assert standing(now) == [("person", 200, "phased_return")]
    page = text_of(manager.get(LIMITS))
    assert (
        "20 points a day , from: The person’s own since 30 November 2026 until 14 December 2026,"
        " set by Practice Manager" in page
    )
    for words in ("Back after an operation", "Occupational health letter", "Phased return to work"):
        assert words in page


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"limit": "12.5"}, "Limit must be a whole number from 1 to 60"),
        ({"limit": ""}, "Limit must be a whole number from 1 to 60"),
        ({"from_on_day": "31"}, "The first day must be a real date"),
        ({"from_on_year": "2025"}, "A limit starts today or later"),
        ({"until_on_day": "30", "until_on_month": "11"}, "The limit must end after it starts"),
        (
            {"until_on_day": "", "until_on_month": "", "until_on_year": ""},
            "A phased return must say when it ends",
        ),
        ({"reason": "  "}, "Enter why the limit changes"),
        ({"basis": "—"}, "Enter what the limit is based on"),
        ({"cause": "whim"}, "Choose what kind of limit it is"),
    ],
)
def test_bad_input_is_told_in_a_sentence_and_what_was_typed_stays(
    world, now, signed_in, wrong, sentence
):
    page = signed_in("practice_manager").post(of(world, "gp_oak"), TYPED | wrong)

    assert page.status_code == 200
    assert sentence in text_of(page)
    kept = (TYPED | wrong)["basis"] if "basis" not in wrong else TYPED["reason"]
    assert kept in page.content.decode()
    assert standing(now) == []


def test_the_whole_practice_gets_a_limit_and_it_ends_today(world, now, signed_in):
    manager = signed_in("practice_manager")
    manager.post(f"{LIMITS}practice/", TYPED | {"cause": "agreed"})
    before = text_of(manager.get(LIMITS))
    with everywhere(because="the test looks", at=now):
        limit = WorkingLimit.objects.get()

    manager.post(f"{LIMITS}end/", {"limit": limit.pk})

    assert "Everybody at Oak Surgery: 20 points a day" in before
    assert "from: The practice since 30 November 2026" in before
    assert "Nobody has set one" in text_of(manager.get(LIMITS))


def test_a_clinician_reads_and_lowers_only_their_own(world, now, signed_in):
    doctor = signed_in("gp_oak")

    page = text_of(doctor.get(LIMITS))
    lowered = doctor.post(of(world, "gp_oak"), TYPED)
    raised = doctor.post(of(world, "gp_oak"), TYPED | {"limit": "30"})

    assert ("Gp Oak" in page, "Duty" in page.split("Today")[1]) == (True, False)
    assert lowered.status_code == 302
    assert "Raising it needs the practice" in text_of(raised)
    assert doctor.get(of(world, "duty")).status_code == 404
    assert standing(now) == [("person", 200, "phased_return")]


@pytest.mark.parametrize("whose", ["people", "practice"])
def test_the_header_names_who_is_signed_in_not_whose_limit_it_is(world, signed_in, whose):
    where = of(world, "gp_oak") if whose == "people" else f"{LIMITS}practice/"

    page = signed_in("practice_manager").get(where).content.decode()

    header = page[page.index("<header") : page.index("</header>")]
    assert world.users["practice_manager"].name in header
    assert world.users["gp_oak"].name not in header
    assert "Emergency now" in header


@pytest.mark.parametrize("name", ["gp_elm", "clinician", "supervisor"])
def test_nobody_elsewhere_knows_of_the_persons_page(world, now, signed_in, name):
    somebody = signed_in(name)

    assert somebody.get(of(world, "gp_oak")).status_code == 404
    assert somebody.post(of(world, "gp_oak"), TYPED).status_code == 404
    assert standing(now) == []


def test_the_reason_of_a_colleagues_limit_stays_with_them_and_the_manager(world, now, signed_in):
    with everywhere(because="the test's set-up", at=now):
        set_limit(
            layer="person",
            clinician_id=world.clinicians["gp_oak"].pk,
            points=120,
            from_on=now.date(),
            basis="Letter of the clinic",
            reason="Chemotherapy",
            by=SETUP,
            at=now,
        )

    seen = {
        name: "Chemotherapy" in text_of(signed_in(name).get(LIMITS))
        for name in ("gp_oak", "practice_manager", "duty", "gp_elm", "supervisor")
    }

    assert seen == {
        "gp_oak": True,
        "practice_manager": True,
        "duty": False,
        "gp_elm": False,
        "supervisor": False,
    }


def test_the_practice_itself_says_how_strictly_limits_bind(world, now, signed_in):
    manager = signed_in("practice_manager")

    wrong = manager.post(LIMITS, {"mode": "lax"})
    manager.post(LIMITS, {"mode": "warn"})

    assert "Choose how strictly limits bind" in text_of(wrong)
    assert "Now: Warned of" in text_of(manager.get(LIMITS))
    assert signed_in("duty").post(LIMITS, {"mode": "shadow"}).status_code == 403


@pytest.mark.parametrize("name", ["receptionist", "manager"])
def test_the_page_is_not_for_everybody(signed_in, name):
    assert signed_in(name).get(LIMITS).status_code == 403


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_however_many_limits_stand(
    world, now, signed_in, rows, django_assert_num_queries
):
    with everywhere(because="the test's set-up", at=now):
        for name in ("gp_oak", "duty", "gp_oak")[:rows]:
            set_limit(
                layer="person",
                clinician_id=world.clinicians[name].pk,
                points=200,
                from_on=now.date(),
                basis="agreed",
                by=SETUP,
                at=now,
            )
    manager = signed_in("practice_manager")
    manager.get(LIMITS)

    # Two of them tell a manager of an emergency that nobody has.
    with django_assert_num_queries(28):
        manager.get(LIMITS)


def test_a_registrars_limit_starts_from_the_stage_the_manager_sets(world, now, signed_in):
    with everywhere(because="the test's set-up", at=now):
        Clinician.objects.filter(pk=world.clinicians["gp_oak"].pk).update(profession="registrar")
    manager = signed_in("practice_manager")
    stage = f"{of(world, 'gp_oak')}stage/"

    asked = text_of(manager.get(of(world, "gp_oak")))
    wrong = manager.post(stage, {"stage": "st9"})
    manager.post(stage, {"stage": "st2"})

    page = text_of(manager.get(LIMITS))
    assert ("Stage of training" in asked, wrong.status_code) == (True, 422)
    assert "GP registrar, second year (ST2) 15 points a day" in page
    assert "20 minutes a patient" in page


@pytest.mark.parametrize(("name", "status"), [("gp_oak", 403), ("supervisor", 404)])
def test_nobody_else_sets_a_stage(world, now, signed_in, name, status):
    stage = f"{of(world, 'gp_oak')}stage/"

    assert signed_in(name).post(stage, {"stage": "st1"}).status_code == status


def test_who_is_no_registrar_has_no_stage(world, now, signed_in):
    manager = signed_in("practice_manager")

    answer = manager.post(f"{of(world, 'gp_oak')}stage/", {"stage": "st1"})

    assert answer.status_code == 422
    assert (
        '<h2 class="nhsuk-heading-m">Stage' not in manager.get(of(world, "gp_oak")).content.decode()
    )
