"""Which way news goes to whom: a table, and what may never happen whatever else is true."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practices.rules.access import AccessNeed
from practices.rules.fates import Trouble
from practices.rules.ways import Contact, Way, manner_of, may_leave_voicemail

PHONE, LANDLINE, EMAIL = "+447700900123", "+441632960001", "zoe@example.com"
MOBILE = {"phone": PHONE, "is_mobile": True}
CONTACTS = st.builds(
    Contact,
    age=st.integers(0, 110),
    phone=st.sampled_from(["", PHONE, LANDLINE]),
    is_mobile=st.booleans(),
    email=st.sampled_from(["", EMAIL]),
    has_address=st.booleans(),
    needs=st.frozensets(st.sampled_from(list(AccessNeed))),
    is_confidential=st.booleans(),
    safe_to_text=st.booleans(),
)


@pytest.mark.parametrize(
    ("known", "needs", "way", "trouble"),
    [
        (MOBILE | {"email": EMAIL}, [], Way.TEXT, ""),
        (MOBILE | {"email": EMAIL}, ["no_text"], Way.EMAIL, ""),
        (MOBILE, ["no_text"], Way.VOICE, ""),
        (MOBILE | {"email": EMAIL}, ["large_print"], Way.LETTER, ""),
        (MOBILE, ["no_text", "large_print"], Way.LETTER, ""),
        ({"phone": LANDLINE, "email": EMAIL}, [], Way.EMAIL, ""),
        ({"phone": LANDLINE}, [], Way.VOICE, Trouble.NOT_MOBILE),
        ({"has_address": True}, [], Way.LETTER, Trouble.NO_PHONE),
        ({"phone": LANDLINE, "has_address": True}, [], Way.VOICE, Trouble.NOT_MOBILE),
        ({}, [], Way.VOICE, Trouble.NO_PHONE),
        (MOBILE | {"email": EMAIL, "safe_to_text": False}, [], Way.VOICE, ""),
        (MOBILE | {"email": EMAIL, "is_confidential": True}, ["large_print"], Way.VOICE, ""),
        ({"email": EMAIL, "has_address": True, "is_confidential": True}, [], Way.VOICE, "no_phone"),
    ],
)
def test_the_first_way_that_fits_is_taken(known, needs, way, trouble):
    found = manner_of(Contact(age=40, needs=frozenset(map(AccessNeed, needs)), **known))

    assert (found.way, found.trouble) == (way, trouble)


@pytest.mark.parametrize(
    ("age", "way"), [(10, "email"), (11, "voice"), (15, "voice"), (16, "email")]
)
def test_an_address_on_a_young_persons_record_may_be_a_parents(age, way):
    assert manner_of(Contact(age=age, phone=LANDLINE, email=EMAIL)).way == way


@given(CONTACTS)
def test_no_text_goes_to_who_wants_none_or_asks_in_confidence(who):
    way = manner_of(who).way

    barred = who.is_confidential or not who.safe_to_text or AccessNeed.NO_TEXT in who.needs
    assert not (barred and way is Way.TEXT)
    assert not ((who.is_confidential or not who.safe_to_text) and way is not Way.VOICE)
    assert way is not Way.TEXT or who.is_mobile
    assert way is not Way.EMAIL or who.email


@given(CONTACTS)
def test_easy_words_are_for_who_needs_them_whatever_the_way(who):
    assert manner_of(who).is_easy_read is (AccessNeed.EASY_READ in who.needs)


@pytest.mark.parametrize(
    ("allowed", "is_confidential", "may"),
    [(True, False, True), (True, True, False), (False, False, False)],
)
def test_a_recorder_hears_nothing_in_confidence(allowed, is_confidential, may):
    assert may_leave_voicemail(allowed=allowed, is_confidential=is_confidential) is may
