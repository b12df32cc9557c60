"""Letters the carrier prints: once whatever it answers, and rung about where it is soon."""

from datetime import timedelta

import pytest

from practices import tasks
from practices.actions import mark_told, only_by_voice
from practices.doors import everywhere
from practices.models import Message, Patient
from practices.presenters.messages import trouble_words
from practices.tasks import hear_of_messages, sweep_outbox
from tests.notify import LARGE_PRINT_TEMPLATE, LETTER_TEMPLATE
from tests.posting import Forgetful, seen, tell_patient, until_done
from tests.world import SETUP

LATER, SOON = timedelta(days=10), timedelta(days=1)


@pytest.fixture(autouse=True)
def printed(world, settings):
    """Zoë needs large print and easy words; the carrier prints our letters."""
    settings.NOTIFY_LETTER_TEMPLATE = LETTER_TEMPLATE
    settings.NOTIFY_LARGE_PRINT_TEMPLATE = LARGE_PRINT_TEMPLATE
    with everywhere(because="the test's set-up", at=world.at):
        zoe = world.patients["zoe"]
        zoe.access_needs = ["large_print", "easy_read"]
        zoe.address, zoe.postcode = "2 Invented Street", "ZZ99 3VZ"
        zoe.save()


def _written(world, in_=LATER, **how):
    return tell_patient(world, starts_at=world.at + in_, **how)


def test_a_letter_goes_to_the_patients_address_a_sentence_a_line(world, notify, hands, hour):
    message = _written(world)

    sweep_outbox()

    (taken,) = notify.taken
    lines = [taken[f"address_line_{place}"] for place in (1, 2, 3)]
    assert (taken["type"], lines) == (
        "letter",
        ["Zoë O'Neil", "2 Invented Street", "ZZ99 3VZ"],
    )
    assert taken["body"].split("\n\n")[0] == "You have an appointment."
    found = seen(world, message.reference)
    assert (found.channel, found.state, found.to_tell_since) == ("letter", "sent", None)


@pytest.mark.parametrize("play", ["too_many", "error", "hang", "take_and_drop", "take_and_error"])
def test_whatever_the_carrier_answers_one_letter_is_printed(world, notify, hands, hour, play):
    message = _written(world)
    notify.plays = [play]

    until_done(world, hour)

    assert seen(world, message.reference).state == "sent"
    assert notify.times_taken() == {str(message.reference): 1}


def test_control_killed_after_the_carriers_yes_one_letter_is_printed(
    world, notify, hands, hour, monkeypatch
):
    """Without the look by reference the letter is printed twice."""

    def lives(post):
        monkeypatch.setattr(tasks, "post_office", lambda: post)
        message = _written(world, case=f"HR-{len(notify.taken)}")
        post.kills = [True]
        until_done(world, hour)
        return notify.times_taken()[str(message.reference)]

    assert (lives(hands), lives(Forgetful(hands.post))) == (1, 2)


def test_what_is_printed_is_heard_of(world, notify, hands, hour):
    message = _written(world)
    sweep_outbox()
    notify.becomes("received")

    hear_of_messages()

    assert seen(world, message.reference).state == "delivered"


@pytest.mark.parametrize("status", ["permanent-failure", "technical-failure", "cancelled"])
def test_what_cannot_be_printed_is_the_desks_to_print(world, notify, hands, hour, status):
    message = _written(world)
    sweep_outbox()
    notify.becomes(status)

    hear_of_messages()

    found = seen(world, message.reference)
    words = trouble_words(found.trouble, channel=found.channel, phone=found.send_to)
    assert (found.state, found.to_tell_since) == ("failed", hour.at)
    assert words == (
        "The letter could not be posted by the letter service. "
        "Print the letter, and ring if it is soon"
    )


@pytest.mark.parametrize("plays", [["bad_request"], ["unavailable"] * 50])
def test_what_the_carrier_does_not_take_is_the_desks_to_print(world, notify, hands, hour, plays):
    message = _written(world)
    notify.plays = list(plays)

    until_done(world, hour)

    found = seen(world, message.reference)
    assert (found.state, found.to_tell_since is None, notify.taken) == ("failed", False, [])


def test_a_letter_that_is_read_too_late_is_rung_about_and_goes_all_the_same(
    world, notify, hands, hour
):
    message = _written(world, SOON)
    with everywhere(because="somebody rings", at=world.at):
        told = mark_told(reference=str(message.reference), by=SETUP, at=world.at)

    until_done(world, hour)

    assert (message.trouble, message.to_tell_since) == ("soon", world.at)
    assert told.to_tell_since is None
    assert notify.times_taken() == {str(message.reference): 1}


def test_who_became_unsafe_to_write_to_gets_no_letter(world, notify, hands, hour):
    message = _written(world)
    with everywhere(because="the patient calls again", at=world.at):
        only_by_voice(case="HR-1", phone="", by=SETUP, at=world.at)

    until_done(world, hour)

    assert (seen(world, message.reference).state, notify.taken) == ("staff_tell", [])


@pytest.mark.parametrize("needs", [["large_print"], []])
@pytest.mark.parametrize("has", ["NOTIFY_LETTER_TEMPLATE", "NOTIFY_LARGE_PRINT_TEMPLATE"])
def test_each_print_has_a_template_of_its_own(world, notify, hands, hour, settings, needs, has):
    """A template in small print never carries a letter that must be large: the desk prints it."""
    settings.NOTIFY_LETTER_TEMPLATE = settings.NOTIFY_LARGE_PRINT_TEMPLATE = ""
    setattr(settings, has, LARGE_PRINT_TEMPLATE if "LARGE" in has else LETTER_TEMPLATE)
    with everywhere(because="the test's set-up", at=world.at):
        Patient.objects.update(access_needs=needs)
        world.patients["zoe"].refresh_from_db()

    message = _written(world, phone="")
    until_done(world, hour)

    is_carried = bool(needs) == ("LARGE" in has)
    found = seen(world, message.reference)
    assert found.state == ("sent" if is_carried else "staff_tell")
    named = "Letter in large print" if needs else "Letter"
    assert [one["template"] for one in notify.taken] == ([named] if is_carried else [])


@pytest.mark.parametrize("lacks", ["template", "address", "postcode"])
def test_without_a_template_or_an_address_the_desk_prints(
    world, notify, hands, hour, settings, lacks
):
    if lacks == "template":
        settings.NOTIFY_LARGE_PRINT_TEMPLATE = ""
    with everywhere(because="the test's set-up", at=world.at):
        zoe = world.patients["zoe"]
        if lacks != "template":
            setattr(zoe, lacks, "")
        zoe.save()

    message = _written(world)
    until_done(world, hour)

    assert (message.channel, message.state, notify.taken) == ("letter", "staff_tell", [])
    assert message.to_tell_since == world.at


def test_a_letter_that_fails_after_it_was_rung_about_is_nobodys_yet(world, notify, hands, hour):
    """Who rang does not post it: somebody has to say that they do."""
    message = _written(world, SOON)
    with everywhere(because="somebody rings", at=world.at):
        rings = {"taken_by": world.users["receptionist"], "taken_at": world.at}
        Message.objects.filter(pk=message.pk).update(**rings)
        mark_told(reference=str(message.reference), by=SETUP, at=world.at)
    sweep_outbox()
    notify.becomes("permanent-failure")

    hear_of_messages()

    found = seen(world, message.reference)
    assert (found.to_tell_since, found.taken_by, found.taken_at) == (hour.at, None, None)


@pytest.mark.parametrize(
    ("age", "state"), [(10, "sent"), (11, "staff_tell"), (15, "staff_tell"), (16, "sent")]
)
@pytest.mark.parametrize("needs", [["large_print"], []])
def test_no_letter_leaves_by_itself_for_a_young_person(
    world, notify, hands, hour, age, state, needs
):
    """The address on the record may be where a parent opens the post: the desk decides."""
    with everywhere(because="the test's set-up", at=world.at):
        zoe = world.patients["zoe"]
        zoe.born_on = world.at.date() - timedelta(days=366 * age)
        zoe.access_needs = needs
        zoe.save()

    message = _written(world, phone="")
    until_done(world, hour)

    found = seen(world, message.reference)
    assert (found.channel, found.state) == ("letter", state)
    assert (found.to_tell_since is not None) is (state == "staff_tell")
