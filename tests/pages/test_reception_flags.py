"""Words that may mean a red flag: the desk asks again, and can raise the case at once."""

import pytest
from django.test import Client

from practices import clock
from practices.doors import everywhere, perform
from tests.cases import submitted
from triage import actions
from triage.models import Case, CaseStep
from triage.rules.codes import Need, Urgency
from triage.rules.red_flags import BY_CODE

CHEST = BY_CODE["heart_attack"]


@pytest.fixture
def desk(world, now, monkeypatch):
    """A signed-in receptionist of Oak Surgery."""
    monkeypatch.setattr(clock, "now", lambda: now)
    client = Client()
    client.force_login(world.users["receptionist"])
    return client


@pytest.fixture
def case(world, acting, now):
    """Nobody ticked anything, but the words speak of the chest."""
    words = "Cough, and some chest pain"
    return submitted(world, acting, "zoe", Need.OTHER, at=now, words=words, red_flags_asked=True)


def page_of(desk, case, part=""):
    return desk.get(f"/triage/desk/{case.reference}/{part}").content.decode()


@pytest.mark.parametrize("part", ["", "options/"])
def test_words_that_may_mean_a_flag_are_asked_about_again(desk, case, part):
    page = page_of(desk, case, part)

    assert f"Ask again about: {CHEST.question}" in page
    assert "A clinician reads these words by 9:35am." in page
    assert f"Say: “{CHEST.say}”" in page


@pytest.mark.parametrize("part", ["", "options/"])
def test_other_words_show_no_box_and_promise_nothing(desk, world, acting, now, part):
    case = submitted(world, acting, "zoe", Need.OTHER, at=now, words="Since Friday")

    page = page_of(desk, case, part)

    assert "Ask again" not in page
    assert "no flag" not in page.lower()
    assert "no red flag" not in page.lower()


@pytest.mark.parametrize("part", ["", "options/"])
@pytest.mark.parametrize(
    ("answer", "follows"),
    [
        ("no", "They said no at 9:30am. It lowers nothing."),
        ("unreached", "They could not be asked at 9:30am. Ring them back now, and ask."),
    ],
)
def test_anything_but_a_yes_is_kept_and_lowers_nothing(desk, case, now, part, answer, follows):
    before = page_of(desk, case, part)
    said = {"code": "heart_attack", "answer": answer}

    desk.post(f"/triage/desk/{case.reference}/flag/", said)

    after = page_of(desk, case, part)
    assert ("They say no" in before, "I could not ask them" in before) == (True, True)
    assert f"{follows} A clinician reads these words by 9:35am." in after
    assert ("They say no" in after, "They say yes: raise it now" in after) == (False, True)
    with everywhere(because="the test looks", at=now):
        kept = Case.objects.get(pk=case.pk)
        step = CaseStep.objects.select_related("note").get(case=case, step="asked_again")
    assert (step.code, step.note.text, step.role) == (answer, CHEST.question, "receptionist")
    assert (kept.urgency, kept.read_due_at) == (case.urgency, case.read_due_at)
    assert kept.scan_hits == case.scan_hits


def test_a_flag_said_now_makes_an_emergency_of_the_case(desk, case, now):
    assert "2 Invented Street, ZZ99 3VZ" not in page_of(desk, case)

    answer = desk.post(f"/triage/desk/{case.reference}/flag/", {"code": "heart_attack"})
    again = desk.post(f"/triage/desk/{case.reference}/flag/", {"code": "heart_attack"})

    page = desk.get(answer["Location"]).content.decode()
    assert answer["Location"] == again["Location"] == f"/triage/desk/{case.reference}/"
    assert "Emergency: act now" in page
    assert "2 Invented Street, ZZ99 3VZ" in page  # What whoever rings 999 for them says first.
    assert CHEST.say in page
    assert "Ask again" not in page
    with everywhere(because="the test looks", at=now):
        found = Case.objects.get()
        assert (found.urgency, found.red_flags) == (0, ["heart_attack"])
        assert CaseStep.objects.filter(step="raise_class").count() == 1


def test_a_flag_that_is_on_no_card_is_refused(desk, case, now):
    answer = desk.post(f"/triage/desk/{case.reference}/flag/", {"code": "made_up"})

    assert answer.status_code == 422
    with everywhere(because="the test looks", at=now):
        assert Case.objects.get().urgency == 1


def test_a_case_of_another_practice_cannot_be_flagged(desk, world, acting, now):
    case = submitted(world, acting, "ellen", Need.OTHER, at=now, words="chest pain")

    answer = desk.post(f"/triage/desk/{case.reference}/flag/", {"code": "heart_attack"})

    assert answer.status_code == 404


def test_once_a_clinician_signed_nobody_is_asked_again(desk, case, world, acting, now):
    perform(
        actions.change_class,
        by=acting(world, "clinician"),
        at=now,
        reference=case.reference,
        urgency=Urgency.P4,
        reason="Called: muscle strain",
    )

    assert "Ask again" not in page_of(desk, case)


def test_an_eye_emergency_says_eye_casualty_and_not_999_now(desk, world, acting, now):
    code = next(code for code, flag in BY_CODE.items() if flag.endpoint == "eye_casualty")
    case = submitted(world, acting, "zoe", Need.EYE, at=now, red_flags=(code,))

    page = page_of(desk, case)

    assert "Eye casualty: now" in page
    assert "999 now" not in page
