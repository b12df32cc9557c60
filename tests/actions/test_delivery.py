"""What the carrier answers, and what then is known of the message (faults F13, F14)."""

from datetime import timedelta

import pytest

from practices.actions.delivery import GIVE_UP
from practices.doors import everywhere
from practices.models import AuditEntry, OutboxItem
from practices.presenters.messages import trouble_words
from practices.rules.fates import Fate
from practices.tasks import hear_of_messages, sweep_outbox
from tests.posting import office, seen, tell_patient, until_done


def test_a_text_goes_out_and_arrives(world, notify, hands, hour):
    message = tell_patient(world)

    sweep_outbox()
    sent = seen(world, message.reference)
    notify.becomes("delivered")
    hour.at += timedelta(seconds=20)
    hear_of_messages()

    (taken,) = notify.taken
    assert (taken["body"], taken["phone_number"]) == (message.body, "07700 900123")
    assert (sent.state, sent.sent_at) == ("sent", world.at)
    arrived = seen(world, message.reference)
    assert (arrived.state, arrived.settled_at, arrived.to_tell_since) == (
        "delivered",
        hour.at,
        None,
    )


@pytest.fixture
def by_email(world):
    """Zoë takes no texts and has given an address."""
    with everywhere(because="the test's set-up", at=world.at):
        zoe = world.patients["zoe"]
        zoe.access_needs, zoe.email = ["no_text"], "zoe@example.com"
        zoe.save()


def test_an_email_goes_out_under_a_subject_that_says_nothing(world, by_email, notify, hands, hour):
    message = tell_patient(world)
    notify.plays = ["take_and_drop"]

    until_done(world, hour)

    (taken,) = notify.taken
    assert (taken["email_address"], taken["phone_number"]) == ("zoe@example.com", None)
    assert taken["subject"] == "A message from your practice"
    assert "9:30am on Wednesday 2 December, Oak Surgery." in taken["body"]
    assert seen(world, message.reference).state == "sent"


def test_an_address_that_does_not_exist_is_the_desks_within_a_minute(
    world, by_email, notify, hands, hour
):
    message = tell_patient(world)
    sweep_outbox()
    notify.becomes("permanent-failure")

    hour.at += timedelta(seconds=20)
    hear_of_messages()

    failed = seen(world, message.reference)
    assert (failed.state, failed.to_tell_since) == ("failed", hour.at)
    words = trouble_words(failed.trouble, channel=failed.channel, phone=failed.send_to)
    assert words == "The email could not be sent: the address does not exist. Ring the patient"


@pytest.mark.parametrize("play", ["forbidden", "too_many", "error", "unavailable", "drop", "hang"])
def test_what_passes_is_tried_again(world, notify, hands, hour, play):
    message = tell_patient(world)
    notify.plays = [play]

    sweep_outbox()
    waiting = seen(world, message.reference).state
    hour.at += timedelta(seconds=30)
    sweep_outbox()

    assert (waiting, seen(world, message.reference).state) == ("sending", "sent")
    assert notify.times_taken() == {str(message.reference): 1}


@pytest.mark.parametrize("play", ["take_and_drop", "take_and_hang", "take_and_error"])
def test_a_yes_that_was_not_heard_is_asked_for(world, notify, hands, hour, play):
    message = tell_patient(world)
    notify.plays = [play]

    until_done(world, hour)

    assert seen(world, message.reference).state == "sent"
    assert notify.times_taken() == {str(message.reference): 1}


def test_a_number_that_is_refused_is_the_desks_at_once(world, notify, hands, hour):
    message = tell_patient(world)
    notify.plays = ["bad_request"]

    sweep_outbox()

    failed = seen(world, message.reference)
    assert (failed.state, failed.trouble, failed.to_tell_since) == (
        "failed",
        "declined",
        hour.at,
    )
    assert notify.taken == []
    with everywhere(because="the test looks", at=world.at):
        assert AuditEntry.objects.filter(verb="message.failed").count() == 1
        assert not OutboxItem.objects.filter(done_at=None).exists()


def test_a_carrier_that_stays_away_leaves_it_to_a_person(world, notify, hands, hour):
    message = tell_patient(world)
    notify.plays = ["unavailable"] * 50

    until_done(world, hour)

    failed = seen(world, message.reference)
    assert (failed.state, failed.trouble, notify.taken) == ("failed", "unclear", [])
    assert hour.at - world.at < GIVE_UP + timedelta(minutes=10)


def test_what_a_person_was_asked_to_tell_may_arrive_after_all(world, notify, hands, hour):
    message = tell_patient(world)
    notify.plays = ["take_and_drop"]
    notify.is_deaf = True
    until_done(world, hour)
    unclear = seen(world, message.reference)
    notify.is_deaf = False
    notify.becomes("delivered")

    hear_of_messages()

    assert (unclear.state, unclear.trouble) == ("failed", "unclear")
    arrived = seen(world, message.reference)
    assert (arrived.state, arrived.trouble, arrived.to_tell_since) == ("delivered", "", None)
    assert notify.times_taken() == {str(message.reference): 1}


@pytest.mark.parametrize(
    ("status", "trouble"),
    [
        ("temporary-failure", "switched_off"),
        ("permanent-failure", "wrong_number"),
        ("technical-failure", "broken"),
    ],
)
def test_a_receipt_of_failure_is_the_desks_within_a_minute(
    world, notify, hands, hour, status, trouble
):
    message = tell_patient(world)
    other = tell_patient(world, who="tam", case="HR-2")
    sweep_outbox()
    notify.becomes(status, reference=str(message.reference))

    hour.at += timedelta(seconds=20)
    heard = hear_of_messages()

    failed = seen(world, message.reference)
    assert (heard, failed.state, failed.trouble) == (1, "failed", trouble)
    assert failed.to_tell_since == hour.at
    assert seen(world, other.reference).state == "sent"


def test_receipts_are_read_page_by_page(world, notify, hands, hour):
    message = tell_patient(world)
    sweep_outbox()
    notify.becomes("delivered")
    ours = notify.taken[0]
    strangers = [{**ours, "id": f"other-{i}", "reference": f"other-{i}"} for i in range(600)]
    notify.taken.extend(strangers)

    assert hear_of_messages() == 1
    assert seen(world, message.reference).state == "delivered"


def test_a_carrier_that_is_silent_is_left_in_peace_for_a_moment(world, notify, hour):
    calm = office(notify)
    calm.silence = 60
    notify.plays = ["too_many"]
    for reference in ("one", "two", "three"):
        with pytest.raises(Exception, match="Notify"):
            calm.send(reference=reference, to="07700 900123", body="words")

    assert notify.asked["send"] == 1


@pytest.mark.parametrize(("phone", "trouble"), [("", "no_phone"), ("01632 960001", "not_mobile")])
def test_without_a_mobile_it_is_the_desks_from_the_start(
    world, notify, hands, hour, phone, trouble
):
    message = tell_patient(world, phone=phone)

    sweep_outbox()

    told = seen(world, message.reference)
    assert (told.state, told.trouble, told.to_tell_since) == (
        "staff_tell",
        trouble,
        world.at,
    )
    assert notify.asked["send"] == 0


def test_news_that_was_overtaken_while_unclear_is_not_sent(world, notify, hands, hour):
    old = tell_patient(world)
    notify.plays = ["error"]
    sweep_outbox()
    new = tell_patient(world, "changed", at=hour.at)

    until_done(world, hour)

    assert [seen(world, one.reference).state for one in (old, new)] == ["superseded", "sent"]
    assert notify.times_taken() == {str(new.reference): 1}


def test_what_the_carrier_has_twice_counts_as_the_kinder(world, notify, hands, hour):
    message = tell_patient(world)
    notify.plays = ["take_twice"]
    sweep_outbox()
    notify.taken[0]["status"], notify.taken[1]["status"] = "permanent-failure", "delivered"

    hear_of_messages()

    assert seen(world, message.reference).state == "delivered"
    assert hands.fate_of(reference=str(message.reference)) is Fate.DELIVERED
