"""How often no red flag was said, and who was raised later: own counts plain, others hidden."""

from datetime import date, timedelta

import pytest

from networks.actions.none_said import Answers, look_at_answers
from networks.presenters.none_said import answers_page
from networks.rules.none_said import Week, as_counted, mondays
from practices import clock
from practices.doors import perform
from tests.cases import submitted
from tests.pages.clinic import signed_in
from tests.pages.markup import text_of
from triage import actions
from triage.actions.flagging import tick_flag
from triage.actions.undoing import undo_step
from triage.rules.codes import Need, Urgency

PAGE = "/networks/red-flag-answers/"


@pytest.fixture(autouse=True)
def monday(monkeypatch, now):
    monkeypatch.setattr(clock, "now", lambda: now)


@pytest.fixture
def morning(world, acting, now):
    """Four of Oak's were asked, one had a flag; of three with none said one is raised later."""
    asked = {"red_flags_asked": True}
    raised = submitted(world, acting, "zoe", Need.SORE_THROAT, at=now, **asked)
    submitted(world, acting, "tam", Need.SORE_THROAT, at=now, red_flags=("stroke",), **asked)
    submitted(world, acting, "child", Need.EAR_PAIN, at=now, **asked)
    later = submitted(world, acting, "zoe_namesake", Need.SKIN_RASH, at=now, **asked)
    submitted(world, acting, "zoe", Need.BACK_JOINT, at=now)
    submitted(world, acting, "ellen", Need.SORE_THROAT, at=now, **asked)
    desk = acting(world, "receptionist")
    perform(tick_flag, by=desk, at=now, reference=later.reference, code="sepsis")
    given_class(world, acting, raised, Urgency.P1, at=now + timedelta(minutes=5))
    return raised


def given_class(world, acting, case, urgency, *, at):
    return perform(
        actions.change_class,
        by=acting(world, "clinician"),
        at=at,
        reference=case.reference,
        urgency=urgency,
        reason="Worse than it sounded",
    )


def counted(world, acting, name, at):
    """Asked, none said and raised later, of the running week."""
    week = perform(look_at_answers, by=acting(world, name), at=at).weeks[-1]
    return str(week.asked), str(week.none_said), str(week.raised)


def test_a_practice_sees_its_own_counts_as_they_are(world, acting, now, morning):
    later = now + timedelta(minutes=10)

    assert counted(world, acting, "practice_manager", later) == ("4", "3", "1")


def test_a_lead_sees_small_counts_of_practices_hidden(world, acting, now, morning):
    found = perform(look_at_answers, by=acting(world, "clinical_lead"), at=now)

    assert counted(world, acting, "clinical_lead", now) == ("*", "*", "*")
    assert {name: str(row.asked) for name, row in found.practices.items()} == {
        "Elm Surgery": "*",
        "Oak Surgery": "*",
    }


def test_a_lower_class_or_one_that_was_undone_is_no_upgrade(world, acting, now, morning):
    at, asked = now + timedelta(minutes=6), {"red_flags_asked": True}
    mistake = submitted(world, acting, "tam", Need.COUGH_BREATHING, at=now, **asked)
    lowered = submitted(world, acting, "child", Need.HEADACHE, at=now, **asked)
    given_class(world, acting, lowered, Urgency.P4, at=at)
    made = given_class(world, acting, mistake, Urgency.P1, at=at)
    raised_twice = counted(world, acting, "practice_manager", at)

    by = acting(world, "clinician")
    perform(undo_step, by=by, at=at, reference=mistake.reference, version=made.version)

    assert raised_twice == ("6", "5", "2")
    assert counted(world, acting, "practice_manager", at) == ("6", "5", "1")


def test_a_request_of_last_week_is_in_its_own_week(world, acting, now, morning):
    week = timedelta(weeks=1)

    found = perform(look_at_answers, by=acting(world, "practice_manager"), at=now + week)

    assert [str(one.asked) for one in found.weeks[-2:]] == ["4", "0"]


def test_the_page_says_it_in_a_sentence_a_picture_and_a_table(world, now, morning):
    page = signed_in(world, "practice_manager").get(PAGE)

    assert (
        "In eight weeks 4 requests were asked the red-flag questions, and with 3 (75 in 100)"
        in (text_of(page))
    )
    assert "app-chart" in page.content.decode()
    assert "No week stands out: none was said as often as chance makes likely" in text_of(page)
    assert "Usual, in 100" in text_of(page)
    assert "By week Week from" in text_of(page)


def counts(asked, none_said):
    return as_counted(Week(date(2026, 11, 30), asked, none_said))


@pytest.mark.parametrize(
    ("last", "title"),
    [
        (counts(100, 95), "None was said more often than usual in the week from 30 November 2026"),
        (counts(100, 40), "None was said less often than usual in the week from 30 November 2026"),
        (counts(100, 80), "No week stands out: none was said as often as chance makes likely"),
    ],
)
def test_u36_the_title_of_the_trend_states_the_finding(last, title):
    days = mondays(date(2026, 12, 2))
    weeks = (counts(100, 75),) * (len(days) - 1)

    page = answers_page(Answers(is_own=True, mondays=days, weeks=(*weeks, last), practices={}))

    assert page.title == title


def test_a_lead_s_page_has_both_tables_and_no_picture_of_hidden_numbers(world, now, morning):
    """U37: small numbers as *, and one line why."""
    page = signed_in(world, "clinical_lead").get(PAGE)

    assert "Counts of 1 to 7 are shown as *" in text_of(page)
    assert "By practice, all eight weeks" in text_of(page)
    assert "app-chart__drawing" not in page.content.decode()


def test_without_a_case_it_says_so(world):
    page = text_of(signed_in(world, "practice_manager").get(PAGE))

    assert "Our practice asked nobody the red-flag questions in the last eight weeks." in page


@pytest.mark.parametrize("name", ["receptionist", "clinician", "manager", "duty"])
def test_nobody_else_sees_it(world, name):
    assert signed_in(world, name).get(PAGE).status_code == 403


@pytest.mark.parametrize("number", [1, 3])
def test_it_costs_the_same_for_one_case_and_for_three(
    world, acting, now, number, django_assert_num_queries
):
    for who in ("zoe", "tam", "ellen")[:number]:
        submitted(world, acting, who, Need.SORE_THROAT, at=now, red_flags_asked=True)
    lead = acting(world, "clinical_lead")

    with django_assert_num_queries(12):
        perform(look_at_answers, by=lead, at=now)
