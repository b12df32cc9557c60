"""Letters a desk prints: in large print, by whom and whether posted, and rung where it is soon."""

from datetime import timedelta

import pytest

from practices.actions import tell
from practices.doors import everywhere
from practices.models import AuditEntry, Message, Patient
from tests.cases import submitted
from tests.pages.clinic import at_desk, clock
from tests.world import SETUP
from triage.models import Case
from triage.rules.codes import Need

__all__ = ["at_desk", "clock"]
LIST = "/triage/messages/"
MOBILE = "07700 900123"


@pytest.fixture
def large(world, now):
    """Everybody needs large print."""
    with everywhere(because="the test's set-up", at=now):
        Patient.objects.update(access_needs=["large_print"])
        for patient in world.patients.values():
            patient.refresh_from_db()


def _letter(world, kind="closed", *, phone=MOBILE, in_=timedelta(days=9)):
    with everywhere(because="the test tells", at=world.at):
        return tell(
            kind,
            patient=world.patients["tam"],
            case="HR-1",
            phone=phone,
            starts_at=world.at + in_,
            place="Oak Surgery",
            by=SETUP,
            at=world.at,
        )


def _page(client, address=LIST):
    return client.get(address).content.decode()


def test_who_needs_large_print_gets_a_letter_a_sentence_a_line(world, at_desk, large):
    message = _letter(world)
    desk, address = at_desk("receptionist"), f"{LIST}{message.reference}/letter/"

    listed, letter = _page(desk), _page(desk, address)

    assert f'href="{address}"' in listed
    assert "Needs large print: print the letter, and ring if it is soon." in listed
    assert "Tâm Nguyễn<br>2 Invented Street<br>ZZ99 3VZ" in letter
    assert "<p>In an emergency call 999.</p>" in letter
    assert at_desk("receptionist_elm").get(address).status_code == 404


@pytest.mark.parametrize("days", [0, 9])
def test_what_was_said_is_printed_too_where_a_letter_would_be_in_time(
    world, acting, at_desk, now, large, days
):
    case = submitted(world, acting, "zoe", Need.EYE, at=now)
    with everywhere(because="it was due later", at=now):
        said = Message.objects.filter(case_ref=case.reference, kind="received")
        said.delete()
        Case.objects.update(due_at=now + timedelta(days=days, hours=2))
        case.refresh_from_db()
        tell(
            "received",
            patient=case.patient,
            case=case.reference,
            phone=MOBILE,
            is_on_the_line=True,
            due_at=case.due_at,
            by=SETUP,
            at=now,
        )

    assert ("Needs large print: print the letter" in _page(at_desk("receptionist"))) is (days > 0)


def test_a_letter_has_somebody_who_posts_it_and_it_is_said_once_it_is(world, at_desk, now):
    """Without a number and an email it is printed and posted, and it is known by whom."""
    message = _letter(world, phone="")
    desk, manager = at_desk("receptionist"), at_desk("practice_manager")
    address = f"{LIST}{message.reference}/letter/"

    before, unsaid = _page(desk), _page(desk, address)
    shown = desk.post(f"{LIST}{message.reference}/take/")
    taken, said = _page(manager), _page(manager, address)
    manager.post(f"{LIST}{message.reference}/told/")
    after, posted = _page(desk), _page(desk, address)

    assert "We have no phone number or email: print the letter." in before
    assert "Nobody posts it yet: it is with Oak Surgery’s desk." in before
    assert ("Nobody has posted it yet." in unsaid, "Printed and posted" in unsaid) == (True, True)
    assert shown["Location"] == address
    assert "Receptionist posts it, since 9:30am." in taken
    assert "I will post it" not in taken
    assert "Receptionist said at 9:30am: “I will post it”. It is not posted yet." in said
    assert "Tâm Nguyễn: by Practice Manager, 9:30am." in after
    assert "Printed and posted by Practice Manager, 9:30am. It need not be posted again." in posted
    assert "<button" not in posted[posted.index("<main") : posted.index("</main>")]
    with everywhere(because="the test looks", at=now):
        verbs = AuditEntry.objects.filter(entity_id=message.reference)
        assert set(verbs.values_list("verb", flat=True)) == {"message.taken", "message.told"}


def test_a_letter_that_would_be_read_too_late_is_rung_and_was_told(world, at_desk, large, now):
    message = _letter(world, "changed", in_=timedelta(hours=5))
    desk, address = at_desk("receptionist"), f"{LIST}{message.reference}/letter/"

    listed, letter = _page(desk), _page(desk, address)
    taken = desk.post(f"{LIST}{message.reference}/take/")
    desk.post(f"{LIST}{message.reference}/told/")

    assert "A letter would be read too late: ring the patient." in listed
    assert ("Print and post</h2>" in listed, "Ring</h2>" in listed) == (False, True)
    assert "It would be read too late: ring the patient." in letter
    assert taken["Location"] == LIST
    with everywhere(because="the test looks", at=now):
        found = Message.objects.get(pk=message.pk)
    assert (found.state, found.channel) == ("told", "voice")
    assert "Posted today" not in _page(desk)


@pytest.mark.parametrize("kind", ["late", "reminder"])
def test_no_letter_says_what_is_only_true_today(world, large, kind):
    message = _letter(world, kind)

    assert (message.channel, message.state) == ("voice", "staff_tell")
