"""The safety net reaches the patient: by when and whom to call, in words a text may say."""

import pytest

from practices.doors import everywhere, perform
from practices.models import Message
from practices.rules.access import AccessNeed
from practices.rules.refusals import Refused
from tests.cases import SPOKE, submitted
from triage import actions
from triage.actions.numbers import NumberWish, give_number
from triage.models import CaseOutcome
from triage.rules.codes import Need, Outcome
from triage.rules.safety_net import BetterBy, Where

WORDS = "The wheeze may last. Watch for blue lips"


@pytest.fixture
def closed(world, acting, now):
    """`closed(...)` ends a case by advice; the message it left and the net that is stored."""

    def ended(need=Need.COUGH_BREATHING, access=(), words=WORDS, **net):
        by = acting(world, "clinician")
        case = submitted(world, acting, "tam", need, at=now, access_needs=access)
        perform(actions.claim, by=by, at=now, reference=case.reference)
        wish = actions.OutcomeWish(
            Outcome.ADVICE, safety_net=words, record_viewed="summary", contact=SPOKE, **net
        )
        perform(actions.close, by=by, at=now, reference=case.reference, wish=wish)
        with everywhere(because="the test looks", at=now):
            message = Message.objects.get(case_ref=case.reference, kind="closed")
            kept = CaseOutcome.objects.select_related("safety_net").get(case=case)
        return message, kept.safety_net.text

    return ended


TOMORROW = {"better_by": BetterBy.TOMORROW, "where": Where.PRACTICE}


def test_a_text_says_by_when_and_whom_to_call_and_nothing_clinical(closed):
    message, stored = closed(**TOMORROW)

    assert message.channel == "text"
    assert (
        "If things get worse, or are no better by Tuesday 1 December, call your practice, or 111"
        " when it is closed. In an emergency call 999."
    ) in message.body
    assert "wheeze" not in message.body
    assert stored.startswith(f"{WORDS}\nIf it gets worse, or is no better by Tuesday 1 December")


def test_where_to_turn_is_the_clinicians_choice(closed):
    message, stored = closed(better_by=BetterBy.TODAY, where=Where.NHS111)

    assert "or are no better by Monday 30 November, call 111." in message.body
    assert "call 111." in stored


def test_a_letter_has_the_clinicians_own_words_too(closed):
    message, _ = closed(access=(AccessNeed.LARGE_PRINT,), **TOMORROW)

    assert message.channel == "letter"
    assert "no better by Tuesday 1 December" in message.body
    assert WORDS in message.body


def test_easy_words_ask_it_as_a_question(closed):
    message, _ = closed(access=(AccessNeed.EASY_READ,), **TOMORROW)

    assert "Are you no better by Tuesday 1 December?\nCall your practice" in message.body
    assert "wheeze" not in message.body


def test_a_planned_case_ends_with_a_safety_net_too(closed):
    with pytest.raises(Refused, match="Enter what to watch for"):
        closed(need=Need.FOLLOW_UP, words="")


def test_a_number_that_is_given_later_carries_no_clinicians_words(closed, world, acting, now):
    message, _ = closed(access=(AccessNeed.LARGE_PRINT,))
    by = acting(world, "receptionist")
    perform(actions.reopen, by=by, at=now, reference=message.case_ref, reason="Still ill")

    perform(
        give_number, by=by, at=now, reference=message.case_ref, wish=NumberWish("+447700900456")
    )

    with everywhere(because="the test looks", at=now):
        message.refresh_from_db()
    assert (message.state, message.channel) == ("superseded", "letter")
    assert WORDS in message.body
