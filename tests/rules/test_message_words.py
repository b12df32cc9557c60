"""What patients read: plain, short, and nothing that says why somebody is seen (threat T27)."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hubs.rules.needs import Need
from practices.rules.fates import Fate, Trouble, best
from practices.rules.message_forms import SUBJECT, email_text, sentences_of
from practices.rules.message_words import EASY_READ, LONGEST_TEXT, PLAIN, News, words_of
from practices.rules.postcodes import LONGEST_PLACE, site_words
from practices.rules.professions import Profession
from practices.rules.roles import Role
from triage.rules.red_flag_list import RED_FLAGS

THREE_PARTS = 459
WITH_A_LINK = (News.CONFIRMED, News.REMINDER, News.CHANGED)
AT = datetime(2026, 11, 30, 9, 30, tzinfo=UTC)
TOMORROW = datetime(2026, 12, 1, 17, 30, tzinfo=UTC)
# A hub's and a site's longest names are longer than any real one.
PLACE = site_words(
    "Saint Bartholomew and Riverside Primary Care Hub, Upper Floor", "Market Street 14", "ZZ99 9ZZ"
)
# Words of forms and clinics that no phone should show on a locked screen.
CLINICAL = """
symptom symptoms diagnosis treatment prescription medicine medication blood test results pain fever
pregnancy mental sexual cancer urgent triage urgency priority referral condition disease infection
nurse doctor physio paramedic pharmacist clinician gp anp
"""
# In the questions of the red-flag card too, and say nothing of anybody.
EVERYDAY = {"practice", "cannot", "contact", "another"}


def _said(news, *, is_easy_read=False, link=""):
    return words_of(
        news,
        case="HR-7K3M-9QXT-2C",
        at=AT,
        due_at=TOMORROW,
        read_from=TOMORROW,
        starts_at=TOMORROW,
        place=PLACE,
        link=link,
        better_by=TOMORROW.date(),
        where="your practice, or 111 when it is closed",
        is_still_open=True,
        tried_at=TOMORROW,
        is_easy_read=is_easy_read,
    )


def _words(text):
    return set(re.findall(r"[a-z]+", text.lower()))


def _given_away():
    """Every word of a need, a role, a profession or a red flag that is not everyday English."""
    labels = [code.label for kind in (Need, Role, Profession) for code in kind]
    labels += [flag.question for flag in RED_FLAGS]
    return {word for label in labels for word in _words(label) if len(word) > 5} - EVERYDAY


@pytest.mark.parametrize("is_easy_read", [False, True], ids=["plain", "easy read"])
@pytest.mark.parametrize("news", News)
def test_every_message_fits_two_parts_and_says_its_times_as_the_nhs_does(news, is_easy_read):
    said = _said(news, is_easy_read=is_easy_read)

    assert len(said) <= LONGEST_TEXT
    assert "{" not in said
    assert "  " not in said
    assert re.search(r"\d:\d\d(?!am|pm)", said) is None
    assert "Tuesday 1 December" in said
    if news is not News.CLOSED:
        assert "5:30pm" in said


LINK = f"https://patients.example.nhs.uk/triage/appointment/{'a' * 36}:{'b' * 43}/"


@pytest.mark.parametrize("is_easy_read", [False, True], ids=["plain", "easy read"])
@pytest.mark.parametrize("news", WITH_A_LINK)
def test_a_link_to_cancel_stands_last_and_whole(news, is_easy_read):
    said = _said(news, is_easy_read=is_easy_read, link=LINK)

    assert said.endswith(f"You can cancel here: {LINK}")
    assert sentences_of(said)[-1] == f"You can cancel here: {LINK}"
    assert said.removesuffix(f"You can cancel here: {LINK}").strip() == _said(
        news, is_easy_read=is_easy_read
    )
    assert len(said) <= THREE_PARTS


@pytest.mark.parametrize("news", [news for news in News if news not in WITH_A_LINK])
def test_other_news_has_no_link(news):
    assert LINK not in _said(news, link=LINK)


@pytest.mark.parametrize("templates", [PLAIN, EASY_READ], ids=["plain", "easy read"])
def test_no_message_gives_away_why_somebody_is_seen_or_by_whom(templates):
    used = set().union(*(_words(text) for text in templates.values()))

    assert set(templates) == set(News)
    assert used & (_words(CLINICAL) | _given_away()) == set()
    assert _words(CLINICAL) & _words("Your blood test results are ready. Call the nurse.") != set()


def test_a_place_is_named_with_its_address_and_its_postcode_always():
    long = "Unit 4, The Old Corn Exchange, Market Street, " * 3

    assert site_words("Hub", "1 Mill Lane", "ZZ99 9ZZ") == "Hub, 1 Mill Lane, ZZ99 9ZZ"
    assert site_words("Hub", "", "") == "Hub"
    assert site_words("Hub", long, "ZZ99 9ZZ") == "Hub, ZZ99 9ZZ"
    assert len(PLACE) <= LONGEST_PLACE


@pytest.mark.parametrize("news", News)
def test_easy_words_come_in_short_sentences(news):
    lines = _said(news, is_easy_read=True).split("\n")

    assert len(lines) >= 4
    assert max(len(line.split()) for line in lines) <= 13
    assert all(re.search(r"[.?] ", line) is None for line in lines)


@pytest.mark.parametrize("is_easy_read", [False, True], ids=["plain", "easy read"])
@pytest.mark.parametrize("news", News)
def test_an_email_and_a_letter_say_the_same_a_sentence_a_line(news, is_easy_read):
    said = _said(news, is_easy_read=is_easy_read)
    email = email_text(said, practice="Oak Surgery")

    assert " ".join(sentences_of(said)) == said.replace("\n", " ")
    assert email.split("\n\n")[:-2] == list(sentences_of(said))
    assert email.split("\n\n")[-2] == "Oak Surgery"
    assert len(email) <= LONGEST_TEXT + 150
    assert _words(f"{SUBJECT} {email}") & (_words(CLINICAL) | _given_away()) == set()


def test_a_saints_name_ends_no_sentence():
    said = words_of(News.CHANGED, case="HR-1", at=AT, starts_at=AT, place="St. Anne Surgery")

    assert sentences_of(said)[1].endswith("St. Anne Surgery.")


def test_without_a_case_no_empty_reference_is_left():
    said = words_of(News.CHANGED, case="", at=AT, starts_at=TOMORROW, place="Oak Surgery")

    assert said.endswith("Oak Surgery. If you cannot come, call your practice.")


@pytest.mark.parametrize("is_easy_read", [False, True], ids=["plain", "easy read"])
@pytest.mark.parametrize("is_open", [False, True])
def test_whose_request_is_still_with_us_is_told_so_when_the_appointment_is_off(
    is_easy_read, is_open
):
    how = {"starts_at": TOMORROW, "is_easy_read": is_easy_read, "is_still_open": is_open}

    said = words_of(News.CANCELLED, case="HR-1", at=AT, **how)

    found = [words in said for words in ("We still have your request", "contact you", "999")]
    assert found == [is_open] * 3
    assert said.rstrip(".").endswith("call 999" if is_open and not is_easy_read else "HR-1")


def test_a_day_is_named_only_when_it_is_another_one():
    today = words_of(News.RECEIVED, case="HR-1", at=AT, due_at=AT + timedelta(hours=2))

    assert "by 11:30am." in today
    assert "Monday" not in today


@given(st.lists(st.sampled_from(list(Fate)), min_size=1))
def test_the_best_fate_is_delivered_if_any_is(fates):
    found = best(fates)

    assert (found is Fate.DELIVERED) == (Fate.DELIVERED in fates)
    assert found in fates


def test_every_trouble_follows_could_not_be_sent():
    assert all(trouble.label[0].islower() for trouble in Trouble)
    assert all(not trouble.label.endswith(".") for trouble in Trouble)
