"""Who presses "I have it" has it: on their pages, their sheet and the practice's day."""

import pytest

from practices.doors import everywhere, perform
from practices.models import AuditEntry
from practices.rules.phones import dialled
from practices.rules.refusals import Conflict, Forbidden
from tests.cases import submitted
from tests.pages.clinic import at_desk, clock
from tests.pages.test_clinic_case import text_of
from triage import actions
from triage.models import Emergency
from triage.rules.codes import CallEnd, Need

__all__ = ["at_desk", "clock"]
HAD = "You have this emergency: ring 07700 900123, Bus stop, Oak Surgery"
ENDS = [
    ("ambulance", "999 was called"),
    ("advice", "Spoken to, advice"),
    ("mistake", "Called by mistake"),
]


@pytest.fixture
def call(world, acting, now):
    """Oak's desk called for help, and nobody has it."""
    wish = {"phone": "07700 900123", "where": "Bus stop"}
    return perform(actions.raise_emergency, by=acting(world, "receptionist"), at=now, **wish)


def page_of(call, step=""):
    return f"/triage/emergency/{call.reference}/{step}"


def read(call, at):
    with everywhere(because="the test looks", at=at):
        return Emergency.objects.select_related("case").get(pk=call.pk)


@pytest.mark.parametrize(
    ("name", "start"), [("clinician", "/triage/queue/"), ("duty", "/triage/duty/")]
)
def test_who_has_it_reads_it_on_their_page_until_they_say(call, at_desk, name, start):
    browser = at_desk(name)

    browser.post(page_of(call, "acknowledge/"))
    had = text_of(browser.get(start))
    others = text_of(at_desk("supervisor").get("/triage/queue/"))
    browser.post(page_of(call, "end/"), {"ended_as": "advice"})
    after = text_of(browser.get(start))

    assert HAD in had
    assert f'href="{page_of(call)}"' in had
    assert "07700 900123" not in others
    assert "07700 900123" not in after


def test_it_is_on_the_sheet_of_who_has_it(call, at_desk):
    browser = at_desk("clinician")

    browser.post(page_of(call, "acknowledge/"))
    mine = text_of(browser.get("/triage/shift-end/"))
    others = text_of(at_desk("supervisor").get("/triage/shift-end/"))
    browser.post(page_of(call, "end/"), {"ended_as": "ambulance"})
    after = text_of(browser.get("/triage/shift-end/"))

    assert "Emergencies I have (1)" in mine
    assert "Ring 07700 900123" in mine
    assert "I leave nothing behind." not in mine
    assert "Emergencies I have (0)" in others
    assert "I leave nothing behind." in after


def test_the_day_is_not_clear_until_it_is_said(call, at_desk):
    desk = at_desk("receptionist")

    nobodys = text_of(desk.get("/triage/all-clear/"))
    at_desk("clinician").post(page_of(call, "acknowledge/"))
    had = text_of(desk.get("/triage/all-clear/"))
    elm = text_of(at_desk("receptionist_elm").get("/triage/all-clear/"))
    at_desk("clinician").post(page_of(call, "end/"), {"ended_as": "mistake"})
    after = text_of(desk.get("/triage/all-clear/"))

    assert "Not clear: 1 patient to see to" in nobodys
    assert "Nobody has it" in nobodys
    assert "Not clear: 1 patient to see to" in had
    assert "Clinician has it, and nobody said how it ended" in had
    assert "You can close." in elm
    assert "You can close." in after


@pytest.mark.parametrize(("code", "words"), ENDS)
def test_one_press_says_it_once_and_is_on_record(call, at_desk, now, code, words):
    browser = at_desk("clinician")
    browser.post(page_of(call, "acknowledge/"))
    offered = text_of(browser.get(page_of(call)))

    said = text_of(browser.post(page_of(call, "end/"), {"ended_as": code}, follow=True))
    browser.post(page_of(call, "end/"), {"ended_as": code})

    assert f'value="{code}">{words}</button>' in offered
    assert f"{words}. Clinician said so at 9:30am" in said
    assert "What happened?" not in said
    with everywhere(because="the test looks", at=now):
        lines = AuditEntry.objects.filter(verb="emergency.ended", entity_id=call.reference)
        assert [line.facts for line in lines] == [{"as": code}]


def test_the_request_it_became_is_named_as_it_is_typed(world, acting, call, at_desk, now):
    case = submitted(world, acting, "tam", Need.COUGH_BREATHING, at=now)
    browser = at_desk("clinician")
    browser.post(page_of(call, "acknowledge/"))
    typed = case.reference.lower().replace("-", " ")

    wish = {"ended_as": "request", "case": typed}
    said = text_of(browser.post(page_of(call, "end/"), wish, follow=True))

    assert f"Made a request: {case.reference}" in said
    assert read(call, now).case == case
    with everywhere(because="the test looks", at=now):
        line = AuditEntry.objects.get(verb="emergency.ended")
    assert line.facts == {"as": "request", "case": case.reference}


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Enter the reference of the request"),
        ("HR-2222-2222-22", "No request of this practice has this reference"),
        ("7" * 21, "The reference must be 20 characters or fewer"),
    ],
)
def test_a_request_that_is_not_there_ends_nothing(call, at_desk, now, typed, sentence):
    browser = at_desk("clinician")
    browser.post(page_of(call, "acknowledge/"))

    answer = browser.post(page_of(call, "end/"), {"ended_as": "request", "case": typed})

    said = text_of(answer)
    assert answer.status_code == 422
    assert said.count(sentence) == 2
    assert f'value="{typed}"' in said or not typed
    assert read(call, now).ended_at is None


def test_a_request_of_another_practice_is_not_what_it_became(world, acting, call, at_desk, now):
    elm = submitted(world, acting, "ellen", Need.EYE, at=now)
    browser = at_desk("clinician")
    browser.post(page_of(call, "acknowledge/"))

    answer = browser.post(page_of(call, "end/"), {"ended_as": "request", "case": elm.reference})

    assert answer.status_code == 422
    assert read(call, now).case is None


def test_what_did_not_happen_is_refused(call, at_desk, now):
    browser = at_desk("clinician")
    browser.post(page_of(call, "acknowledge/"))

    assert browser.post(page_of(call, "end/"), {"ended_as": "gone"}).status_code == 422
    assert read(call, now).ended_at is None


def test_only_a_clinician_says_it_of_a_call_that_somebody_has(world, acting, call, now):
    wish = {"reference": call.reference, "ended_as": CallEnd.ADVICE, "case": ""}

    with pytest.raises(Conflict, match="Nobody has this emergency yet"):
        perform(actions.end_emergency, by=acting(world, "clinician"), at=now, **wish)
    with pytest.raises(Forbidden, match="Only a clinician"):
        perform(actions.end_emergency, by=acting(world, "receptionist"), at=now, **wish)
    assert read(call, now).ended_at is None


def test_each_reads_what_they_do_now(call, at_desk):
    desk = text_of(at_desk("receptionist").get(page_of(call)))
    clinician = text_of(at_desk("clinician").get(page_of(call)))
    at_desk("clinician").post(page_of(call, "acknowledge/"))
    had = text_of(at_desk("clinician").get(page_of(call)))

    say = "Stay on the line with me. If you cannot, call 999."
    assert say in desk
    assert say not in clinician + had
    assert "Press “I have it”, then ring" in clinician
    assert f'href="tel:{dialled(call.phone)}"' in had
