"""Who could not be reached reads once that we tried, where they may be written to."""

from datetime import timedelta

import pytest

from practices.actions import settle
from practices.doors import everywhere, opened, perform
from practices.models import Message
from practices.rules.access import AccessNeed
from practices.rules.fates import Fate
from practices.rules.reach import clockwork
from practices.rules.refusals import Conflict, Refused
from tests.cases import SPOKE, submitted
from triage import actions
from triage.actions.numbers import NumberWish, give_number
from triage.models import Case
from triage.presenters.case import page as in_words
from triage.queries.case_page import case_page
from triage.rules.attempts import Met
from triage.rules.codes import Need, Outcome, Urgency

SOON = timedelta(seconds=4)


@pytest.fixture
def asks(world, acting, clinician, now):
    """A case that the clinician has, with a number that takes texts."""

    def asked(**wish):
        said = {"phone": "07700 900123"} | wish
        case = submitted(world, acting, "tam", Need.COUGH_BREATHING, at=now, **said)
        return perform(actions.claim, by=clinician, at=now, reference=case.reference)

    return asked


def tries(case, by, at, met=Met.NOBODY, channel="phone", **said):
    wish = {"reference": case.reference, "channel": channel, "met": met} | said
    return perform(actions.record_attempt, by=by, at=at, **wish)


def told(at, case=None):
    """What says that we tried: how, its state, and whether a person is asked to pass it on."""
    with everywhere(because="the test looks", at=at):
        found = Message.objects.filter(kind="tried").order_by("id")
        found = found.filter(case_ref=case.reference) if case else found
        return [(one.channel, one.state, one.to_tell_since) for one in found]


def arrives(at, fate=Fate.DELIVERED):
    with everywhere(because="the carrier says so", at=at):
        message = Message.objects.get(kind="tried", state="queued")
        Message.objects.filter(pk=message.pk).update(state="sent", sent_at=at)
        settle(fates={str(message.reference): fate}, by=clockwork("the test"), at=at)


def page_of(by, case, at):
    with opened(by.reach, at=at):
        found = case_page(case.reference, at=at)
    return in_words(found, now=at, clinician_id=by.clinician_id)


@pytest.mark.parametrize("met", [Met.NOBODY, Met.VOICEMAIL, Met.OTHER])
def test_the_first_attempt_in_vain_is_told_once(asks, clinician, now, met):
    case = asks()
    with everywhere(because="the test's set-up", at=now):
        Case.objects.update(voicemail_allowed=True)

    tries(case, clinician, now, met)
    tries(case, clinician, now + timedelta(minutes=15), met)

    assert told(now) == [("text", "queued", None)]
    with everywhere(because="the test looks", at=now):
        body = Message.objects.get(kind="tried").body
    assert body == (
        "We tried to contact you at 9:30am. We will try again. Please keep your phone near you. "
        f"Reference {case.reference}. If things get worse, call your practice or 111. "
        "In an emergency call 999."
    )


def test_an_emergency_is_not_told_to_wait_for_the_next_try(asks, clinician, now):
    case = asks()
    wish = {"reference": case.reference, "urgency": Urgency.P0, "reason": "Blue lips"}
    perform(actions.change_class, by=clinician, at=now, **wish)

    tries(case, clinician, now)

    with everywhere(because="the test looks", at=now):
        body = Message.objects.get(kind="tried").body
    assert "Do not wait for us: if you need help now, call 999." in body
    assert "111" not in body


def test_nothing_leaves_before_the_attempt_can_be_undone_no_more(asks, clinician, now):
    case = asks()
    tried = tries(case, clinician, now)

    undo = {"reference": case.reference, "version": tried.version}
    perform(actions.undo_step, by=clinician, at=now + SOON, **undo)

    assert told(now) == [("text", "superseded", None)]


def test_once_it_has_left_the_attempt_stands(asks, clinician, now):
    case = asks()
    tried = tries(case, clinician, now)
    arrives(now)

    undo = {"reference": case.reference, "version": tried.version}
    with pytest.raises(Conflict, match="has been sent a message about this"):
        perform(actions.undo_step, by=clinician, at=now + SOON, **undo)


def test_who_was_reached_meanwhile_reads_nothing(asks, clinician, now):
    case = asks()
    tries(case, clinician, now)

    tries(case, clinician, now + SOON, Met.PATIENT)

    assert told(now) == [("text", "superseded", None)]


def test_that_they_were_reached_was_a_slip_so_they_are_told(asks, clinician, now):
    case = asks()
    tries(case, clinician, now)
    slip = tries(case, clinician, now + SOON, Met.PATIENT)

    undo = {"reference": case.reference, "version": slip.version}
    perform(actions.undo_step, by=clinician, at=now + 2 * SOON, **undo)

    assert told(now) == [("text", "superseded", None), ("text", "queued", None)]


def test_a_new_run_after_an_answer_is_told_anew(asks, clinician, now):
    case = asks()
    for minutes, met in ((0, Met.NOBODY), (20, Met.PATIENT), (60, Met.NOBODY)):
        tries(case, clinician, now + timedelta(minutes=minutes), met)
        if minutes == 0:
            arrives(now)

    assert told(now) == [("text", "delivered", None), ("text", "queued", None)]


def test_who_gives_another_number_meanwhile_is_not_told(world, acting, asks, clinician, now):
    case = asks()
    tries(case, clinician, now)

    wish = NumberWish(phone="+447700900777")
    desk = acting(world, "receptionist")
    perform(give_number, by=desk, at=now + SOON, reference=case.reference, wish=wish)

    assert told(now) == [("text", "superseded", None)]


@pytest.mark.parametrize(
    "wish",
    [
        {"safe_to_text": False},
        {"access_needs": (AccessNeed.NO_TEXT,)},
        {"access_needs": (AccessNeed.LARGE_PRINT,)},
    ],
    ids=["unsafe", "no text", "letters only"],
)
def test_whom_nobody_may_text_is_tried_another_way(asks, clinician, now, wish):
    case = asks(**wish)

    tries(case, clinician, now)

    assert told(now) == []
    assert page_of(clinician, case, now).trying.endswith("No text was sent: try another way next")


@pytest.mark.parametrize("channel", ["text", "email"])
def test_who_was_written_to_by_hand_is_not_written_to_twice(asks, clinician, now, channel):
    case = asks()

    tries(case, clinician, now, channel=channel)

    assert told(now) == []


def test_what_comes_from_paper_hours_later_is_no_news(asks, clinician, now):
    case = asks()

    tries(case, clinician, now + timedelta(hours=3), happened_at=now)

    assert told(now) == []


def test_nobody_has_to_ring_to_say_that_somebody_rang(asks, clinician, now):
    case = asks()
    tries(case, clinician, now)

    arrives(now, Fate.SWITCHED_OFF)

    assert told(now) == [("text", "failed", None)]
    attempts = page_of(clinician, case, now).attempts
    assert "the phone was off or could not be reached. Ring the patient" in attempts[0].words


@pytest.mark.parametrize(("fate", "is_enough"), [(Fate.DELIVERED, True), (Fate.BROKEN, False)])
def test_a_text_that_arrived_is_the_second_channel(asks, clinician, now, fate, is_enough):
    case = asks()
    for minutes in (0, 15, 30):
        at = now + timedelta(minutes=minutes)
        tries(case, clinician, at)
        if minutes == 0:
            arrives(now, fate)
    perform(actions.claim, by=clinician, at=at, reference=case.reference)
    wish = actions.OutcomeWish(Outcome.NO_CONTACT, safety_net="Ring us")
    ends = {"by": clinician, "at": at, "reference": case.reference, "wish": wish}

    if is_enough:
        assert perform(actions.close, **ends).state == "closed"
    else:
        with pytest.raises(Refused, match="Try another way as well"):
            perform(actions.close, **ends)


def test_a_case_that_ends_is_not_tried_again(asks, clinician, now):
    case = asks()
    tries(case, clinician, now)
    wish = actions.OutcomeWish(
        Outcome.ADVICE, safety_net="Ring us", record_viewed="summary", contact=SPOKE
    )

    perform(actions.close, by=clinician, at=now + SOON, reference=case.reference, wish=wish)

    assert told(now) == [("text", "superseded", None)]
    with everywhere(because="the test looks", at=now):
        assert Case.objects.get(pk=case.pk).state == "closed"


def test_the_history_tells_of_it_between_the_steps(asks, clinician, now):
    case = asks()
    tries(case, clinician, now)
    later = now + timedelta(minutes=15)
    arrives(now)
    tries(case, clinician, later)

    history = page_of(clinician, case, later).history

    assert [line.what for line in history[:4]] == [
        "Contact attempted: Phone, number ending 123: no answer, no voicemail left",
        "Text to 07700 900123: delivered, 9:30am",
        "Contact attempted: Phone, number ending 123: no answer, no voicemail left",
        "Claimed",
    ]
    assert history[1].why.startswith("We tried to contact you at 9:30am.")
