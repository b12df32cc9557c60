"""The card asks each patient what two leads say it asks of them, and all of it where in doubt."""

from datetime import date

import pytest

from practices.doors import everywhere
from practices.models import Patient
from tests.leads import monday, released, usual
from tests.pages.clinic import signed_in
from triage.models import Case
from triage.rules.red_flag_list import RED_FLAGS
from triage.rules.red_flags import BY_CODE

__all__ = ["monday"]
PREGNANT = BY_CODE["reduced_movements"].question
TESTICLE = BY_CODE["testicular_torsion"].question
CARD = "/triage/rules/red-flags/"
SAID = {
    "none_said": "on",
    "asked_version": "1",
    "need": "sore_throat",
    "words": "Sore throat",
    "channel": "phone",
    "phone": "07700 900123",
    "identity": "stated",
}


@pytest.fixture(autouse=True)
def narrowed(world, acting, now):
    """Asked of women of 12 to 60 only: one lead drafted it, the other released it."""
    limits = {"min_age": 12, "max_age": 60, "sex": "female"}
    released(world, acting, usual("reduced_movements", **limits), at=now)


@pytest.fixture
def page_of(world, now):
    """`page_of(sex, born_on)` is the new request of such a patient."""

    def shown(sex, born_on, **known):
        with everywhere(because="the test's set-up", at=now):
            found = Patient.objects.filter(pk=world.patients["zoe"].pk)
            found.update(sex=sex, born_on=born_on, **known)
        return signed_in(world, "receptionist").get(new(world)).content.decode()

    return shown


def new(world):
    return f"/triage/patients/{world.patients['zoe'].public_id}/new/"


def cases(now):
    with everywhere(because="the test looks", at=now):
        return list(Case.objects.select_related("card"))


@pytest.mark.parametrize(
    ("sex", "born_on", "is_asked"),
    [
        ("male", date(1946, 3, 1), False),
        ("male", date(1990, 3, 1), False),
        ("female", date(1990, 3, 1), True),
        ("female", date(1946, 3, 1), False),
        ("female", date(2014, 11, 30), True),  # 12 today.
        ("female", date(2014, 12, 1), False),
        ("female", date(1965, 12, 1), True),  # 60 until tomorrow.
        ("unknown", date(1990, 3, 1), True),
        ("other", date(1990, 3, 1), True),
    ],
)
def test_a_question_is_asked_of_whom_the_card_says(page_of, sex, born_on, is_asked):
    page = page_of(sex, born_on)

    assert (PREGNANT in page, TESTICLE in page) == (is_asked, True)
    assert f"I asked about all {len(RED_FLAGS) - (not is_asked)}: none of these said" in page


def test_of_whom_only_an_age_as_it_sounds_is_known_everything_is_asked(page_of):
    assert PREGNANT in page_of("male", date(1946, 3, 1), born_estimated=True)


def test_a_caller_for_the_patient_hears_the_patients_questions(page_of, world, now):
    page_of("male", date(1946, 3, 1))
    daughter = {"for_whom": "other", "caller_name": "Jo", "caller_relation": "relative"}
    said = SAID | daughter | {"caller_authority": "consent"}

    assert signed_in(world, "receptionist").post(new(world), said).status_code == 302
    (case,) = cases(now)
    assert (case.red_flags, case.red_flags_asked, case.card.version) == ([], True, 1)


def test_once_nobody_knows_who_it_is_the_whole_card_is_asked_first(page_of, world, now):
    page_of("male", date(1946, 3, 1))
    desk, unknown = signed_in(world, "receptionist"), SAID | {"identity": "unknown"}

    refused = desk.post(new(world), unknown).content.decode()

    assert f"Nobody knows who it is: ask about “{PREGNANT}” too" in refused.replace("&#x27;", "'")
    assert f"I asked about all {len(RED_FLAGS)}" in refused
    assert 'name="asked_all" value="yes"' in refused
    assert cases(now) == []
    assert desk.post(new(world), unknown | {"asked_all": "yes"}).status_code == 302
    assert len(cases(now)) == 1


def test_a_flag_that_was_not_asked_is_taken_all_the_same(page_of, world, now):
    page_of("male", date(1946, 3, 1))
    flagged = SAID | {"none_said": "", "red_flags": "reduced_movements"}

    signed_in(world, "receptionist").post(new(world), flagged)

    (case,) = cases(now)
    assert (case.urgency, case.red_flags) == (0, ["reduced_movements"])


def test_his_words_are_looked_through_for_all_of_the_card(page_of, world, now):
    page_of("male", date(1946, 3, 1))

    signed_in(world, "receptionist").post(new(world), SAID | {"words": "baby not moving"})

    assert "reduced_movements" in cases(now)[0].scan_hits


def test_a_card_that_changed_misses_nothing_that_is_not_asked_of_them(page_of, world, acting, now):
    page_of("male", date(1946, 3, 1))
    words = usual("reduced_movements", question="Is the baby quiet?", sex="female")
    released(world, acting, words, at=now)

    assert signed_in(world, "receptionist").post(new(world), SAID).status_code == 302


def test_a_question_that_is_asked_of_them_now_is_missed(page_of, world, acting, now):
    page_of("male", date(1946, 3, 1))
    released(world, acting, usual("reduced_movements"), at=now)

    page = signed_in(world, "receptionist").post(new(world), SAID).content.decode()

    assert f"Ask about “{PREGNANT}” too" in page


def test_the_card_says_of_whom_each_question_is_asked(world):
    page = signed_in(world, "receptionist").get(CARD).content.decode()

    assert "Women aged 12 to 60" in page
    assert "Anyone of any age" in page
