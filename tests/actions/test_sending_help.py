"""A P0 or P1 whom nobody reaches on two numbers: a clinician decides who goes there."""

from datetime import timedelta

import pytest

from practices.doors import everywhere, perform
from practices.models import Message
from practices.rules.refusals import Refused
from tests.pages.clinic import at_desk, clock
from tests.pages.test_clinic_case import text_of
from triage import actions
from triage.actions.sending_help import send_help
from triage.rules.attempts import Met
from triage.rules.codes import Outcome, Urgency
from triage.rules.unreached import SentHelp

__all__ = ["at_desk", "clock"]
ASKS = "Nobody answers: decide now who goes there"


@pytest.fixture
def urgent(claimed, clinician, now):
    """A signed P1 that the clinician has."""
    wish = {"reference": claimed.reference, "urgency": Urgency.P1, "reason": "Worse"}
    return perform(actions.change_class, by=clinician, at=now, **wish)


def tries(case, by, at, *channels):
    for channel in channels:
        wish = {"reference": case.reference, "channel": channel, "met": Met.NOBODY}
        perform(actions.record_attempt, by=by, at=at, number="07700 900555", **wish)


def sends(case, by, at, words="Log 12, PC Hill", sent=SentHelp.WELFARE_CHECK):
    wish = {"sent": sent, "words": words}
    return perform(send_help, by=by, at=at, reference=case.reference, **wish)


def gives_up(case, by, at):
    wish = actions.OutcomeWish(Outcome.NO_CONTACT, safety_net="Ring us")
    return perform(actions.close, by=by, at=at, reference=case.reference, wish=wish)


@pytest.mark.parametrize(
    ("channels", "asks"),
    [(("phone",), False), (("phone", "phone"), False), (("phone", "phone_2"), True)],
)
def test_after_two_numbers_back_to_back_the_page_asks_who_goes(
    at_desk, urgent, clinician, now, channels, asks
):
    tries(urgent, clinician, now, *channels)

    page = text_of(at_desk("clinician").get(f"/triage/cases/{urgent.reference}/"))

    assert (ASKS in page) is asks


def test_what_is_decided_is_in_the_history_and_asked_no_more(at_desk, urgent, clinician, now):
    tries(urgent, clinician, now, "phone", "phone_2")
    client = at_desk("clinician", now + timedelta(minutes=1))
    address = f"/triage/cases/{urgent.reference}/"
    said = {"sent": "welfare_check", "words": "Log 12, PC Hill", "once": "s1"}

    client.post(f"{address}send-help/", said)

    page = text_of(client.get(address))
    assert "Nobody answers, decided: Welfare check asked for" in page
    assert "“Log 12, PC Hill”" in page
    assert ASKS not in page


def test_a_p1_is_not_given_up_before_it_is_decided(urgent, clinician, now):
    tries(urgent, clinician, now, "phone", "phone_2", "phone")

    with pytest.raises(Refused, match="Decide first who goes to the patient"):
        gives_up(urgent, clinician, now)
    sends(urgent, clinician, now)

    assert gives_up(urgent, clinician, now).state == "closed"


@pytest.mark.parametrize(
    ("channels", "words", "sentence"),
    [(("phone",), "Log 12", "Try two ways first"), (("phone", "phone_2"), " ", "Enter whom")],
)
def test_it_is_decided_after_two_numbers_and_says_whom_one_asked(
    urgent, clinician, now, channels, words, sentence
):
    tries(urgent, clinician, now, *channels)

    with pytest.raises(Refused, match=sentence):
        sends(urgent, clinician, now, words)


def test_our_text_that_arrived_is_the_second_way_for_every_rule(at_desk, urgent, clinician, now):
    """The only number, rung three times: it is asked who goes, decided, and only then ended."""
    tries(urgent, clinician, now, "phone", "phone", "phone")
    with pytest.raises(Refused, match="Try two ways first"):
        sends(urgent, clinician, now)
    with everywhere(because="the phone says it arrived", at=now):
        assert Message.objects.filter(kind="tried").update(state="delivered") == 1

    page = text_of(at_desk("clinician").get(f"/triage/cases/{urgent.reference}/"))
    sends(urgent, clinician, now)

    assert ASKS in page
    assert gives_up(urgent, clinician, now).state == "closed"


def test_to_keep_trying_sends_nobody_and_ends_nothing(at_desk, urgent, clinician, now):
    tries(urgent, clinician, now, "phone", "phone_2", "phone")
    sends(urgent, clinician, now, "Rings again at ten", SentHelp.KEEP_TRYING)

    page = text_of(at_desk("clinician").get(f"/triage/cases/{urgent.reference}/"))

    assert ASKS in page
    with pytest.raises(Refused, match="Decide first who goes to the patient"):
        gives_up(urgent, clinician, now)


def test_the_page_says_what_closing_says(at_desk, urgent, clinician, now):
    """Nothing may be closed beside a question that stands, and one answer is enough."""
    client, address = at_desk("clinician"), f"/triage/cases/{urgent.reference}/"
    tries(urgent, clinician, now, "phone", "phone_2", "phone")
    asked = text_of(client.get(address))
    sends(urgent, clinician, now)
    tries(urgent, clinician, now + timedelta(minutes=1), "phone")

    answered = text_of(at_desk("clinician", now + timedelta(minutes=1)).get(address))

    decide, close = "decide who goes to the patient before", "you may now close the case"
    assert [words in asked for words in (ASKS, decide, close)] == [True, True, False]
    assert [words in answered for words in (ASKS, decide, close)] == [False, False, True]
    assert gives_up(urgent, clinician, now + timedelta(minutes=1)).state == "closed"
