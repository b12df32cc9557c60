"""Messages that did not get through: seen by the practice, told by a person, then gone."""

from datetime import timedelta

import pytest

from practices.actions import tell
from practices.doors import everywhere, opened, perform
from practices.models import AuditEntry, Message
from practices.rules.access import AccessNeed
from practices.rules.phones import parse_phone
from tests.cases import submitted
from tests.pages.clinic import at_desk, clock
from tests.world import SETUP
from triage.actions import book
from triage.models import Case
from triage.rules.codes import Channel, Need

__all__ = ["at_desk", "clock"]
NOT_MOBILE = "01632 960001"
LIST = "/triage/messages/"
# The session, who acts, the lists (to say, too late, posted), a line of who looked, the frame.
COST = 17
OF_THE_RECORD = "07700 900123"


def _unreached(world, who="zoe", *, kind="late", case="", phone=NOT_MOBILE):
    with everywhere(because="the test tells", at=world.at):
        Case.objects.filter(reference=case).update(phone=phone)
        return tell(
            kind,
            patient=world.patients[who],
            case=case,
            phone=phone,
            due_at=world.at,
            by=SETUP,
            at=world.at,
        )


def _page(client):
    return client.get(LIST).content.decode()


def test_the_list_says_whom_to_ring_why_and_what_to_say(world, acting, at_desk, now):
    case = submitted(world, acting, "zoe", Need.EYE, at=now)
    message = _unreached(world, case=case.reference)

    page = _page(at_desk("receptionist"))

    assert "1 message to pass on" in page
    assert NOT_MOBILE in page
    assert "The text could not be sent: this is not a UK mobile number. Ring the patient." in page
    assert message.body in page
    assert f'href="/triage/desk/{case.reference}/"' in page


@pytest.mark.parametrize("how", [{"is_confidential": True}, {"safe_to_call": False}])
@pytest.mark.parametrize("phone", ["07700 900555", ""])
def test_about_a_case_only_its_own_number_is_rung(world, acting, at_desk, now, how, phone):
    """U29: where no number was given, it says so."""
    case = submitted(world, acting, "zoe", Need.EYE, at=now)
    with everywhere(because="the test's set-up", at=now):
        Case.objects.update(phone=parse_phone(phone, training=True) if phone else "", **how)
        for told in ("closed", "late"):
            who = {"patient": world.patients["zoe"], "case": case.reference, "phone": phone}
            tell(told, **who, may_text=False, due_at=now, by=SETUP, at=now)

    page = _page(at_desk("receptionist"))

    rung = "Not safe to ring. Tell nobody else" if "safe_to_call" in how else phone
    none = "No phone number given. Tell nobody else and write nothing"
    assert page.count(rung if phone else none) == 2
    assert OF_THE_RECORD not in page
    words = "Confidential: the young person" if "is_confidential" in how else "Not safe to call"
    assert page.count(words) == 2


def test_who_looks_is_on_record(world, acting, at_desk, now):
    _unreached(world)

    _page(at_desk("receptionist"))

    with opened(acting(world, "receptionist").reach, at=now):
        row = AuditEntry.objects.get(verb="patient.viewed")
    assert row.facts == {"page": "messages", "patients": [world.patients["zoe"].pk]}


def test_the_practice_next_door_has_its_own_list(world, at_desk):
    _unreached(world, "ellen")

    assert "Brook" not in _page(at_desk("receptionist"))
    assert "Brook" in _page(at_desk("receptionist_elm"))


def test_who_was_told_is_off_the_list_with_a_name(world, acting, at_desk, now):
    case = submitted(world, acting, "zoe", Need.EYE, at=now)
    message = _unreached(world, case=case.reference)
    desk = at_desk("receptionist")

    answers = [desk.post(f"{LIST}{message.reference}/told/") for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert "Everything we sent is on its way or has arrived." in _page(desk)
    assert (
        "Told by Receptionist, 9:30am"
        in desk.get(f"/triage/desk/{case.reference}/").content.decode()
    )
    with everywhere(because="the test looks", at=now):
        told = Message.objects.get(pk=message.pk)
        assert (told.state, told.told_by) == ("told", world.users["receptionist"])
        assert AuditEntry.objects.filter(verb="message.told").count() == 1


def test_each_is_listed_by_what_is_to_be_done(world, acting, at_desk, now):
    case = submitted(world, acting, "child", Need.EYE, at=now)
    with everywhere(because="the test's set-up", at=now):
        Case.objects.update(is_confidential=True, phone="")
        Message.objects.all().delete()
        how = {"patient": world.patients["child"], "case": case.reference, "phone": ""}
        tell("late", **how, is_confidential=True, due_at=now, by=SETUP, at=now)
    _unreached(world, "tam", kind="closed", phone="")
    _unreached(world, "zoe")

    page = _page(at_desk("receptionist"))

    piles = ("Ring</h2>", "Print and post</h2>", "Nobody can ring them: find another way</h2>")
    names = ("Zoë", "Tâm", "Confidential: the young person asks alone")
    assert [page.index(words) for words in piles] == sorted(page.index(words) for words in piles)
    for pile, name, after in zip(piles, names, (*piles[1:], "</main>"), strict=True):
        part = page[page.index(pile) : page.index(after, page.index(pile))]
        assert part.count('app-task"') == 1
        assert name in part


@pytest.mark.parametrize("how", ["voicemail_allowed", "is_confidential"])
def test_it_says_whether_a_voicemail_may_be_left(world, acting, at_desk, now, how):
    case = submitted(world, acting, "zoe", Need.EYE, at=now)
    with everywhere(because="the test's set-up", at=now):
        Case.objects.update(**{"voicemail_allowed": True, how: True})
    _unreached(world, case=case.reference)

    may = "A voicemail may be left." in _page(at_desk("receptionist"))

    assert may is (how == "voicemail_allowed")


def test_what_is_only_spoken_cannot_be_printed(world, at_desk):
    message = _unreached(world)

    assert at_desk("receptionist").get(f"{LIST}{message.reference}/letter/").status_code == 404


NO_TEXTS = {"access_needs": [AccessNeed.NO_TEXT]}


@pytest.mark.parametrize(
    ("channel", "minutes", "who", "rung"),
    [
        ("phone", 1, "receptionist", 0),
        ("desk", 1, "receptionist", 0),
        ("online", 1, "receptionist", 1),
        ("phone", 60, "receptionist", 1),
        ("phone", 1, "duty", 1),
    ],
)
def test_only_who_is_on_the_line_has_heard_it(
    world, acting, at_desk, now, channel, minutes, who, rung
):
    """A letter, a voice message or an online request was read by the desk: nobody listened.

    Who is told of an appointment need not hear as well that we have their request.
    """
    how = {"channel": Channel(channel), "red_flags_asked": True} | NO_TEXTS
    case = submitted(world, acting, "zoe", Need.SORE_THROAT, at=now, **how)
    later, slot = now + timedelta(minutes=minutes), world.slots("gp_oak")[-1]
    by = acting(world, who)
    perform(book, by=by, at=later, reference=case.reference, slot_id=slot.pk)

    page = _page(at_desk("receptionist"))

    assert page.count("I have told them") == rung


def test_a_newer_message_takes_the_old_one_off_the_list(world, at_desk):
    with everywhere(because="the test tells", at=world.at):
        for kind in ("changed", "changed"):
            when = {"starts_at": world.at + timedelta(hours=3), "at": world.at}
            who = {"patient": world.patients["zoe"], "case": "HR-1", "phone": ""}
            tell(kind, place="Oak Surgery", by=SETUP, **who, **when)

    assert "1 message to pass on" in _page(at_desk("receptionist"))


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_however_long(world, at_desk, rows, django_assert_num_queries):
    for who in ("zoe", "tam", "child")[:rows]:
        _unreached(world, who)
    desk = at_desk("receptionist")
    _page(desk)

    with django_assert_num_queries(COST):
        _page(desk)


def test_who_must_know_soon_is_rung_first_and_by_somebody(world, acting, at_desk, now):
    """A text has left too: the task stands all the same, and one press says who rings."""
    case = submitted(world, acting, "zoe", Need.EYE, at=now)
    soon = now + timedelta(minutes=20)
    with everywhere(because="the test tells", at=now):
        zoe, how = world.patients["zoe"], {"starts_at": soon, "place": "Oak Surgery"}
        how |= {"known_by": soon, "phone": OF_THE_RECORD, "case": case.reference}
        message = tell("displaced", patient=zoe, by=SETUP, at=now, **how)
    _unreached(world, "tam")
    desk = at_desk("receptionist")

    first = _page(desk)
    answer = desk.post(f"{LIST}{message.reference}/take/")
    taken = _page(desk)

    assert first.index("Ring now</h2>") < first.index("Ring</h2>")
    assert "It is soon, and what was sent may be read too late: ring the patient now." in first
    assert first.count("Nobody rings yet: it is with Oak Surgery’s desk.") == 2
    assert answer.url == LIST
    assert "Receptionist rings, since 9:30am." in taken
    assert taken.count("I am ringing") == 1


def test_by_when_they_hear_from_us_is_no_appointment_that_is_soon(world, at_desk, now):
    soon = {"phone": OF_THE_RECORD, "due_at": now + timedelta(minutes=20), "by": SETUP, "at": now}
    with everywhere(because="the text has failed", at=now):
        tell("received", patient=world.patients["zoe"], case="HR-2", **soon)
        Message.objects.update(state="failed", trouble="broken", to_tell_since=now)

    page = _page(at_desk("receptionist"))

    assert ("We have your request" in page, "Ring now" in page) == (True, False)
