"""A text that failed for good goes by email, once, to whom agreed to it; and who rings when."""

from datetime import timedelta

import pytest

from practices import tasks
from practices.actions import only_by_voice, take_back
from practices.actions.delivery import settle
from practices.doors import everywhere
from practices.models import AuditEntry, Message
from practices.presenters.messages import fate_words
from practices.queries import messages_of_case
from practices.rules.fates import Fate
from practices.rules.refusals import Conflict
from practices.tasks import hear_of_messages, sweep_outbox
from tests.posting import Forgetful, seen, tell_patient, until_done
from tests.world import SETUP

ADDRESS = "zoe@example.com"
LATER, SOON = timedelta(days=2), timedelta(minutes=20)


@pytest.fixture(autouse=True)
def agreed(world):
    """Zoë and Tam gave an address with their mobile."""
    with everywhere(because="the test's set-up", at=world.at):
        for who, email in (("zoe", ADDRESS), ("tam", "tam@example.com")):
            world.patients[who].email = email
            world.patients[who].save()


def _told(world, in_=LATER, **how):
    return tell_patient(world, starts_at=world.at + in_, **how)


def _fails(notify, hour, message, status="permanent-failure"):
    """The text was carried and did not arrive."""
    sweep_outbox()
    notify.becomes(status, reference=str(message.reference))
    hour.at += timedelta(seconds=20)
    hear_of_messages()


def _emails(world):
    with everywhere(because="the test looks", at=world.at):
        return list(Message.objects.filter(channel="email").order_by("pk"))


def _to(notify):
    return [one["email_address"] for one in notify.taken if one["email_address"]]


@pytest.mark.parametrize("status", ["permanent-failure", "temporary-failure", "technical-failure"])
def test_a_text_that_fails_for_good_goes_by_email(world, notify, hands, hour, status):
    message = _told(world)
    _fails(notify, hour, message, status)

    until_done(world, hour)

    failed, (email,) = seen(world, message.reference), _emails(world)
    assert (failed.state, failed.to_tell_since) == ("failed", None)
    assert (email.state, email.body, email.to_tell_since) == ("sent", message.body, None)
    assert _to(notify) == [ADDRESS]
    with everywhere(because="the test looks", at=world.at):
        words = [fate_words(row, now=hour.at) for row in messages_of_case("HR-1")]
        assert AuditEntry.objects.filter(verb="message.by_email").count() == 1
    assert words[0] == "Sent, 9:30am"
    assert words[1].startswith("The text could not be sent: ")
    assert words[1].endswith(". It goes by email instead")


def test_a_number_that_is_refused_goes_by_email_at_once(world, notify, hands, hour):
    _told(world)
    notify.plays = ["bad_request"]

    until_done(world, hour)

    assert _to(notify) == [ADDRESS]


def test_heard_of_again_nothing_goes_twice(world, notify, hands, hour):
    message = _told(world)
    _fails(notify, hour, message)
    with everywhere(because="the carrier is asked again", at=world.at):
        Message.objects.filter(pk=message.pk).update(state="sent")
    hear_of_messages()

    until_done(world, hour)

    assert _to(notify) == [ADDRESS]


def test_control_an_email_goes_out_once_although_its_sender_dies(
    world, notify, hands, hour, monkeypatch
):
    """Killed between the carrier's yes and our mark: without the look it goes twice."""

    def lives(post):
        monkeypatch.setattr(tasks, "post_office", lambda: post)
        before = len(_to(notify))
        message = _told(world, case=f"HR-{before}")
        _fails(notify, hour, message)
        post.kills = [True]
        until_done(world, hour)
        return len(_to(notify)) - before

    assert (lives(hands), lives(Forgetful(hands.post))) == (1, 2)


def test_an_email_that_fails_too_is_somebodys_to_ring(world, notify, hands, hour):
    message = _told(world)
    _fails(notify, hour, message)
    sweep_outbox()
    (email,) = _emails(world)

    _fails(notify, hour, email)

    found = seen(world, email.reference)
    assert (found.state, found.trouble, found.to_tell_since) == ("failed", "wrong_number", hour.at)
    assert len(_emails(world)) == 1


def test_where_an_email_may_be_read_too_late_a_person_rings_too(world, notify, hands, hour):
    message = _told(world, SOON)

    _fails(notify, hour, message)
    until_done(world, hour)

    assert seen(world, message.reference).to_tell_since is not None
    assert _to(notify) == [ADDRESS]


def test_a_carrier_that_does_not_answer_sends_no_email(world, notify, hands, hour):
    """The text may arrive yet: the patient is not told twice, a person rings."""
    message = _told(world)
    notify.plays = ["unavailable"] * 50

    until_done(world, hour)

    assert (seen(world, message.reference).trouble, _emails(world)) == ("unclear", [])


def test_news_that_was_overtaken_goes_by_no_email(world, notify, hands, hour):
    old = _told(world)
    sweep_outbox()
    _told(world, kind="changed")

    notify.becomes("permanent-failure", reference=str(old.reference))
    hear_of_messages()

    assert (seen(world, old.reference).to_tell_since, _emails(world)) == (None, [])


@pytest.mark.parametrize("how", [{"may_text": False}, {"is_confidential": True}])
def test_who_may_not_be_written_to_is_sent_nothing(world, notify, hands, hour, how):
    message = _told(world, **how)

    until_done(world, hour)

    assert (message.email, message.state, notify.taken) == ("", "staff_tell", [])


@pytest.mark.parametrize("changed", ["unsafe", "address", "no_address"])
def test_what_changed_while_the_text_was_on_its_way_is_kept(world, notify, hands, hour, changed):
    message = _told(world)
    sweep_outbox()
    with everywhere(because="the patient calls again", at=world.at):
        if changed == "unsafe":
            only_by_voice(case="HR-1", phone="", by=SETUP, at=world.at)
        else:
            zoe = world.patients["zoe"]
            zoe.email = "other@example.com" if changed == "address" else ""
            zoe.save()

    notify.becomes("permanent-failure", reference=str(message.reference))
    hear_of_messages()

    assert (seen(world, message.reference).to_tell_since, _emails(world)) == (hour.at, [])


def test_a_young_persons_address_is_not_used(world, notify, hands, hour):
    """From 11 to 16 the address of the record may be a parent's."""
    with everywhere(because="the test's set-up", at=world.at):
        zoe = world.patients["zoe"]
        zoe.born_on = world.at.date() - timedelta(days=13 * 366)
        zoe.save()
    message = _told(world)

    _fails(notify, hour, message)

    assert (seen(world, message.reference).to_tell_since, _emails(world)) == (hour.at, [])


@pytest.mark.parametrize(("known_by", "rings"), [(SOON, True), (LATER, False), (None, False)])
def test_what_may_be_read_too_late_is_rung_as_well(world, notify, hands, hour, known_by, rings):
    until = world.at + known_by if known_by else None

    message = _told(world, SOON, known_by=until)
    sweep_outbox()
    notify.becomes("delivered")
    hear_of_messages()

    found = seen(world, message.reference)
    assert (found.state, found.to_tell_since is not None) == ("delivered", rings)
    assert (found.trouble == "soon") is rings


def test_what_somebody_rings_about_is_not_taken_back(world, hour):
    message = _told(world, SOON, known_by=world.at + SOON)
    with everywhere(because="somebody rings", at=world.at):
        Message.objects.filter(pk=message.pk).update(taken_at=world.at)
        with pytest.raises(Conflict, match="telling the patient"):
            take_back("confirmed", case="HR-1", since=world.at, by=SETUP, at=world.at)


def test_a_text_that_is_rung_about_goes_by_no_email_to_who_became_unsafe(
    world, notify, hands, hour
):
    """The carrier did not answer, somebody rings; then it answers that the text has failed."""
    message = _told(world)
    notify.plays = ["unavailable"] * 50
    until_done(world, hour)
    with everywhere(because="the patient calls again", at=hour.at):
        Message.objects.filter(pk=message.pk).update(taken_at=hour.at)
        only_by_voice(case="HR-1", phone="", by=SETUP, at=hour.at)
        settle(fates={str(message.reference): Fate.WRONG_NUMBER}, by=SETUP, at=hour.at)

    found = seen(world, message.reference)
    assert (found.state, found.trouble) == ("failed", "wrong_number")
    assert (found.to_tell_since is None, _emails(world)) == (False, [])


NEWS = [("confirmed", "starts_at"), ("received", "due_at")]


@pytest.mark.parametrize(("is_over", "emails"), [(True, 0), (False, 1)])
@pytest.mark.parametrize(("kind", "fact"), NEWS)
def test_news_that_is_over_goes_by_no_email(
    world, notify, hands, hour, kind, fact, is_over, emails
):
    """The carrier tries a phone that is off for three days."""
    message = tell_patient(world, kind, **{"starts_at": None, fact: world.at + LATER})
    sweep_outbox()
    hour.at += LATER if is_over else timedelta(minutes=1)

    _fails(notify, hour, message, "temporary-failure")

    assert len(_emails(world)) == emails
    assert (seen(world, message.reference).to_tell_since is not None) is is_over


def test_newer_news_that_was_taken_back_overtakes_nothing(world, notify, hands, hour):
    first = _told(world)
    sweep_outbox()
    with everywhere(because="the list has ended, and is taken back", at=world.at):
        tell_patient(world, "changed", starts_at=world.at + LATER)
        take_back("changed", case="HR-1", since=world.at, by=SETUP, at=world.at)

    notify.becomes("permanent-failure", reference=str(first.reference))
    hear_of_messages()

    assert [one.body for one in _emails(world)] == [first.body]
