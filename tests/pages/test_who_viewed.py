"""A practice's manager reads who has seen a patient of the practice, wherever (U40, T05)."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from practices.actions.finding import look_up_patients
from practices.actions.reading import log_seen, look_at_views
from practices.doors import everywhere, opened, perform
from practices.models import AuditEntry, Patient
from practices.queries.who_viewed import SHOWN
from practices.rules.nhs_number import spaced
from practices.rules.refusals import Forbidden
from practices.rules.search_box import read_search
from tests.pages.clinic import at_desk, clock
from tests.pages.test_clinic_case import text_of
from tests.walls.sources import python_files
from triage.presenters.who_viewed import PAGES

__all__ = ["at_desk", "clock"]
FIND = "/triage/who-viewed/"


@pytest.fixture
def seen(world, acting, now):
    """`seen("zoe", by="clinician", page="case")`: that page showed that patient."""

    def logged(*who, by, page, ago=timedelta(hours=1)):
        ids = [world.patients[one].pk for one in who]
        perform(log_seen, by=acting(world, by), at=now - ago, patient_ids=ids, page=page)

    return logged


@pytest.fixture
def views_of(world, at_desk):
    """The page about that patient, as the manager reads it."""
    desk = at_desk("practice_manager")

    def page(who, query=""):
        return desk.get(reverse("triage:views_of", args=[world.patients[who].public_id]) + query)

    return page


def rows(answer):
    """The cells of each row, without what only a phone shows."""
    return [[str(cell) for cell in row] for row in answer.context["rows"]]


def looks(world, now):
    with everywhere(because="the test looks", at=now):
        found = AuditEntry.objects.filter(verb="patient.viewed", facts__page="who_viewed")
        return [(one.by_id, one.facts["patients"]) for one in found.order_by("pk")]


def test_when_who_and_on_which_page_newest_first_the_hubs_people_too(seen, views_of):
    seen("zoe", by="clinician", page="case", ago=timedelta(hours=2))
    seen("zoe", "tam", "ellen", by="supervisor", page="queue")
    seen("zoe", by="receptionist", page="desk", ago=timedelta(days=3))
    seen("tam", by="receptionist", page="desk")

    assert rows(views_of("zoe")) == [
        ["8:30am", "Supervisor, Supervising GP, Riverside hub", "Queue, with 2 other patients"],
        ["7:30am", "Clinician, Hub clinician, Riverside hub", "The case, as a clinician sees it"],
        [
            "9:30am on Friday 27 November",
            "Receptionist, Receptionist, Oak Surgery",
            "The request at the desk",
        ],
    ]


def test_the_page_names_the_patient_and_shows_nothing_clinical(world, views_of):
    zoe = world.patients["zoe"]
    page = text_of(views_of("zoe"))

    assert "14 March 1985 (41 years)" in page
    assert spaced(zoe.nhs_number) in page
    assert "No page showed this patient in the last 90 days" in page
    assert zoe.phone not in page


def test_each_opening_is_one_view_and_the_next_reader_sees_it(world, now, views_of):
    views_of("zoe")

    me = world.users["practice_manager"].pk
    assert looks(world, now) == [(me, [world.patients["zoe"].pk])]
    ((_, who, page),) = rows(views_of("zoe"))
    assert (who, page) == ("Practice Manager, Practice manager, Oak Surgery", "Who viewed")


def test_what_is_older_than_90_days_is_left_out(seen, views_of):
    seen("zoe", by="receptionist", page="desk", ago=timedelta(days=90, minutes=1))
    seen("zoe", by="receptionist", page="tasks", ago=timedelta(days=90))

    assert [page for _, _, page in rows(views_of("zoe"))] == ["Tasks"]


def test_a_long_list_goes_on_without_a_gap_or_a_double(seen, views_of):
    """Two views an instant: the first page ends between two of the same."""
    for minute in range(SHOWN + 2):
        seen("zoe", by="receptionist", page="desk", ago=timedelta(minutes=(minute + 1) // 2))

    first = views_of("zoe")
    older = views_of("zoe", f"?older={first.context['older']}")

    assert f"Only {SHOWN} are shown here" in text_of(first)
    assert "These are the oldest of the last 90 days" in text_of(older)
    assert [len(rows(first)), len(rows(older))] == [SHOWN, 2]


@pytest.mark.parametrize("older", ["", "x", "-1", "²", "9" * 40, "9" * 18, "%00"])
def test_a_place_that_is_none_is_no_fault(views_of, older):
    assert views_of("zoe", f"?older={older}").status_code == 200


def test_an_exact_search_opens_the_list_and_is_a_view_itself(world, at_desk, views_of):
    zoe = world.patients["zoe"]

    answer = at_desk("practice_manager").post(FIND, {"sought": spaced(zoe.nhs_number)})

    assert answer["Location"] == reverse("triage:views_of", args=[zoe.public_id])
    assert [page for _, _, page in rows(views_of("zoe"))] == ["A search"]


def test_who_has_left_is_found_by_the_one_who_answers_for_the_record(
    world, now, at_desk, views_of, acting
):
    zoe = world.patients["zoe"]
    with everywhere(because="the test's set-up", at=now):
        Patient.objects.filter(pk=zoe.pk).update(left_on=now.date())
    sought = read_search(spaced(zoe.nhs_number), today=now.date(), training=True)

    answer = at_desk("practice_manager").post(FIND, {"sought": spaced(zoe.nhs_number)})

    assert answer["Location"] == reverse("triage:views_of", args=[zoe.public_id])
    assert "Left the practice on 30 November 2026" in text_of(views_of("zoe"))
    found = {"sought": sought, "page": "search", "at": now}
    assert perform(look_up_patients, by=acting(world, "receptionist"), **found) == []
    with pytest.raises(Forbidden):
        perform(look_up_patients, by=acting(world, "receptionist"), with_former=True, **found)


def test_a_name_that_two_have_is_a_choice(at_desk):
    page = text_of(at_desk("practice_manager").post(FIND, {"sought": "o'neil zoe"}))

    assert "Whose record?" in page
    assert "born 14 March 1985" in page
    assert "born 2 July 2001" in page


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Enter a name, a date of birth or an NHS number"),
        ("HR-BCDF-GHJK-LM", "not a case reference"),
        ("Brook", "Nobody on our list, or who has left it, fits that"),
        ("zz\0", "Null characters are not allowed"),
        ("999 000 0000", "NHS number"),
    ],
)
def test_what_finds_nobody_is_said_and_stays(at_desk, typed, said):
    answer = at_desk("practice_manager").post(FIND, {"sought": typed})

    assert answer.status_code == (400 if "\0" in typed else 200)
    assert said in text_of(answer)
    assert answer.context["form"]["sought"].value() == typed


@pytest.mark.parametrize(
    "who", ["receptionist", "duty", "clinician", "supervisor", "manager", "clinical_lead"]
)
def test_nobody_else_opens_it(world, at_desk, now, who):
    desk, zoe = at_desk(who), world.patients["zoe"]

    answers = [desk.get(FIND), desk.get(reverse("triage:views_of", args=[zoe.public_id]))]

    assert [one.status_code for one in answers] == [403, 403]
    assert looks(world, now) == []


def test_whichever_door_asks_only_the_manager_is_answered(world, acting, now):
    asked = {"public_id": world.patients["zoe"].public_id, "at": now}

    with pytest.raises(Forbidden):
        perform(look_at_views, by=acting(world, "receptionist"), **asked)

    assert looks(world, now) == []


def test_another_practices_patient_is_nowhere(world, now, views_of):
    assert views_of("ellen").status_code == 404
    assert looks(world, now) == []


def test_the_manager_finds_it_in_the_navigation(at_desk):
    assert f'href="{FIND}"' in at_desk("practice_manager").get("/triage/tasks/").content.decode()


@pytest.mark.parametrize("number", [1, 3, 60])
def test_it_costs_the_same_however_many_looked(
    world, acting, seen, now, number, django_assert_num_queries
):
    for minute in range(number):
        seen("zoe", "tam", by="clinician", page="queue", ago=timedelta(minutes=minute))
    by, zoe = acting(world, "practice_manager"), world.patients["zoe"]

    with opened(by.reach, at=now), django_assert_num_queries(3):
        found = look_at_views(public_id=zoe.public_id, by=by, at=now)

    assert len(found.views.rows) == number


def test_every_page_that_shows_a_patient_has_its_words():
    codes = {
        code
        for path in python_files()
        if "tests" not in path.parts
        for code in re.findall(r'\bpage="([a-z_:]+)"', path.read_text())
    }

    assert codes - set(PAGES) == set()
    assert "api:case" in codes
