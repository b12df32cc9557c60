"""Words at a hub's front desk that may mean a red flag: a clinician is called before they go on."""

from datetime import timedelta

import pytest

from hubs.models import Hub, WalkUp
from practices.doors import everywhere
from practices.models import AuditEntry, OutboxItem
from tests.pages.clinic import signed_in
from tests.pages.test_arrivals import hub_desk, reading
from tests.pages.test_clinic_case import text_of
from triage.models import Emergency
from triage.queries.arrivals import came_without
from triage.queries.emergencies import alarms
from triage.rules.reading import READ_WITHIN
from triage.tasks import tell_late_words

__all__ = ["hub_desk", "reading"]

DESK = "/triage/arrivals/"
CHEST = {"words": "chest pain, arm numb", "sent_to": "practice", "name": "Ann Lee", "once": "c1"}
COUGH = {"words": "a cough", "sent_to": "practice", "name": "Bo Ray", "once": "c2"}
STOP = "Do not send them on yet: their words may mean a red flag"
FIRST = "Call first: Ann Lee, 07700 900123: came to Riverside hub at 9:30am, and said"
NOBODY_READ = "Nobody has read the words of somebody at the desk. Go to them, or ring"
NOBODY_YET = "These words may mean a red flag: a clinician was called."


def comes(hub_desk, world, said):
    """The desk notes somebody; the page that follows."""
    wish = {"practice": world.oak.pk, "phone": "07700 900123"} | said
    return hub_desk.post(DESK, wish)


def only(model, now):
    with everywhere(because="the test looks", at=now):
        return model.objects.get()


@pytest.mark.parametrize("sent_to", ["practice", "pharmacy", "nhs111", "urgent"])
def test_wherever_they_were_to_go_the_desk_is_told_at_once_what_to_do(
    hub_desk, world, now, sent_to
):
    answer = comes(hub_desk, world, CHEST | {"sent_to": sent_to})

    page = text_of(hub_desk.get(answer["Location"]))
    assert STOP in page
    assert "I have called a clinician to you. Please stay here with me." in page
    assert "A clinician was called, and sees them by 9:35am" in page
    assert "Ask again about: Chest pain or tightness, or pain to arm or jaw" in page
    assert "this is for: <strong>999</strong>" in page
    came, call = only(WalkUp, now), only(Emergency, now)
    assert ("heart_attack" in came.scan_hits, call.walk_up_id) == (True, came.pk)
    assert (call.hub_id, call.phone, call.at) == (world.hub.pk, "+447700900123", now)


def test_every_clinician_of_the_hub_reads_the_words_until_one_has_them(
    hub_desk, world, reading, now
):
    answer = comes(hub_desk, world, CHEST)
    call = only(Emergency, now)
    clinician = signed_in(world, "clinician")

    bar = text_of(clinician.get("/triage/queue/"))
    raised = text_of(clinician.get(f"/triage/emergency/{call.reference}/"))
    reading[0] = now + timedelta(minutes=6)
    late = text_of(clinician.get("/triage/queue/"))
    waits = text_of(hub_desk.get(answer["Location"]))
    clinician.post(f"/triage/emergency/{call.reference}/acknowledge/")
    after = text_of(hub_desk.get(answer["Location"]))

    line = "Go to them, or ring 07700 900123: Front desk of Riverside hub: their words may mean"
    assert (line in bar, "to be read by 9:35am" in bar) == (True, True)
    assert "was to be read by 9:35am" in late
    assert "No clinician has them yet, it was to be by 9:35am: fetch one, or call 999" in waits
    assert "Words to read now" in raised
    assert "Ann Lee said: “chest pain, arm numb”" in raised
    assert only(Emergency, now).acknowledged_at == reading[0]
    assert "Clinician has them now" in after
    assert NOBODY_YET in text_of(signed_in(world, "receptionist").get(DESK))


def test_their_practice_calls_them_first(hub_desk, world, now):
    comes(hub_desk, world, COUGH)
    comes(hub_desk, world, CHEST)
    oak = signed_in(world, "receptionist")

    lists = [text_of(oak.get(page)) for page in ("/triage/tasks/", DESK)]
    left = text_of(signed_in(world, "practice_manager").get("/triage/all-clear/"))

    for page in (*lists, left):
        assert page.index("Ann Lee") < page.index("Bo Ray")
    assert (FIRST in lists[0], FIRST in left) == (True, True)
    assert "“chest pain, arm numb”, which may mean a red flag" in lists[0]
    assert lists[1].count(NOBODY_YET) == 1


def test_whom_their_practice_has_called_comes_first_no_more(hub_desk, world, now):
    comes(hub_desk, world, COUGH)
    comes(hub_desk, world, CHEST)
    with everywhere(because="the test looks", at=now):
        flagged = WalkUp.objects.get(name="Ann Lee")
    oak = signed_in(world, "receptionist")

    oak.post(f"/triage/arrivals/called/{flagged.public_id}/")

    with everywhere(because="the test looks", at=now):
        assert [row.name for row in came_without(at=now)] == ["Bo Ray", "Ann Lee"]
    assert NOBODY_YET not in text_of(oak.get(DESK))


def test_ordinary_words_call_nobody_and_are_answered_as_before(hub_desk, world, acting, now):
    answer = comes(hub_desk, world, COUGH)

    page = text_of(hub_desk.get(answer["Location"]))
    assert answer["Location"] == f"{DESK}?sent=practice"
    assert "I have told your practice that you came, and they call you today." in page
    assert (STOP in page, NOBODY_YET in page) == (False, False)
    with everywhere(because="the test looks", at=now):
        assert alarms(by=acting(world, "clinician"), at=now).emergencies == ()
        assert AuditEntry.objects.get(verb="walk_up.noted").facts["flags"] == []


def test_an_emergency_is_called_once_and_carries_what_they_said(hub_desk, world, now):
    said = {"words": "chest pain", "sent_to": "emergency", "once": "c3"}

    page = text_of(hub_desk.get(hub_desk.post(DESK, said)["Location"]))

    call = only(Emergency, now)
    assert (call.where, call.is_here) == ("", True)
    raised = text_of(signed_in(world, "supervisor").get(f"/triage/emergency/{call.reference}/"))
    assert ("Emergency raised" in raised, "Somebody said: “chest pain”" in raised) == (True, True)
    assert STOP in page


@pytest.mark.parametrize("missing", ["", "practice"])
def test_words_are_words_wherever_the_desk_could_send_them(hub_desk, world, now, missing):
    """Nobody chose their practice: the words are to be read in time like any others."""
    said = CHEST | ({missing: ""} if missing else {})
    page = text_of(hub_desk.get(comes(hub_desk, world, said)["Location"]))

    call, clinician = only(Emergency, now), signed_in(world, "clinician")
    bar = text_of(clinician.get("/triage/queue/"))
    raised = text_of(clinician.get(f"/triage/emergency/{call.reference}/"))
    assert call.read_due_at == now + READ_WITHIN
    assert ("Read now" in bar, "to be read by 9:35am" in bar) == (True, True)
    assert ("Words to read now" in raised, "Emergency raised" in raised) == (True, False)
    assert "Emergency: a clinician was called" not in page.split("Came without")[1]
    assert ("Stays at the desk until a clinician" in page) is bool(missing)


@pytest.mark.parametrize("is_had", [False, True])
def test_words_that_nobody_reads_in_time_are_said_aloud_to_every_clinician(
    hub_desk, world, reading, now, is_had
):
    comes(hub_desk, world, CHEST)
    call, clinician = only(Emergency, now), signed_in(world, "clinician")
    early = clinician.get("/triage/queue/").content.decode()
    if is_had:
        clinician.post(f"/triage/emergency/{call.reference}/acknowledge/")
    with everywhere(because="the test looks", at=now):
        told = OutboxItem.objects.get(task="triage.tasks.tell_late_words")

    reading[0] = now + READ_WITHIN
    heard = tell_late_words(reference=call.reference)
    late = clinician.get("/triage/queue/").content.decode()

    assert (told.due_at, told.payload) == (call.read_due_at, {"reference": call.reference})
    assert heard is not is_had
    assert f'data-alarm="{call.reference}"' in early
    # Another name: what a page did not show before is spoken at once.
    assert (f'data-alarm="late {call.reference}"' in late) is not is_had
    assert (NOBODY_READ in late) is not is_had


@pytest.mark.parametrize("heard", ["x", "00000000-0000-0000-0000-000000000001", "%00"])
def test_an_address_that_names_nobody_is_the_plain_page(hub_desk, world, heard):
    comes(hub_desk, world, CHEST)

    page = hub_desk.get(f"{DESK}?sent=practice&heard={heard}")

    assert (page.status_code, STOP in text_of(page)) == (200, False)


@pytest.mark.parametrize("missing", ["phone", "name", "practice"])
def test_a_red_flag_waits_for_no_number_of_theirs(hub_desk, world, now, missing):
    answer = comes(hub_desk, world, CHEST | {missing: ""})

    assert STOP in text_of(hub_desk.get(answer["Location"]))
    came, call = only(WalkUp, now), only(Emergency, now)
    sent = ("emergency", None) if missing == "practice" else ("practice", world.oak.pk)
    assert (came.sent_to, came.practice_id, call.walk_up_id) == (*sent, came.pk)
    assert call.phone == ("+447700900001" if missing == "phone" else "+447700900123")


def test_where_there_is_no_number_at_all_a_clinician_reads_where_to_go(hub_desk, world, now):
    with everywhere(because="the test's set-up", at=now):
        Hub.objects.update(phone="")

    comes(hub_desk, world, CHEST | {"phone": ""})

    call = only(Emergency, now)
    clinician = signed_in(world, "clinician")
    bar = text_of(clinician.get("/triage/queue/"))
    page = text_of(clinician.get(f"/triage/emergency/{call.reference}/"))
    assert call.phone == ""
    assert "Go to them: Front desk of Riverside hub" in bar
    assert "Press “I have it”, then go to them." in page
    assert "Call back on" not in page


@pytest.mark.parametrize("heard", ["0770 90", "0770 90 or was it 0771 90, they could not say"])
@pytest.mark.parametrize(
    "said", [CHEST, CHEST | {"name": ""}, {"words": "they fell", "sent_to": "emergency"}]
)
def test_a_number_half_heard_holds_up_no_call_and_is_kept(hub_desk, world, now, said, heard):
    words = f"{said['words']} {'a' * (199 - len(said['words']))}"

    comes(hub_desk, world, said | {"phone": heard, "words": words})

    call, kept = only(Emergency, now), f"“{words}, number as heard: {heard}”"
    page = text_of(signed_in(world, "clinician").get(f"/triage/emergency/{call.reference}/"))
    assert (call.phone, call.is_here, kept in page) == ("+447700900001", True, True)
    if said["sent_to"] == "practice":
        tasks = text_of(signed_in(world, "receptionist").get("/triage/tasks/"))
        assert f"Call first: {said['name'] or 'Somebody'}: came to Riverside hub" in tasks
        assert kept in tasks


def test_without_a_call_a_number_that_cannot_be_read_is_asked_for_again(hub_desk, world, now):
    page = text_of(comes(hub_desk, world, COUGH | {"phone": "0770 90"}))

    assert page.count("Enter a UK mobile number, like 07700 900 982") == 2
    with everywhere(because="the test looks", at=now):
        assert (WalkUp.objects.count(), Emergency.objects.count()) == (0, 0)
