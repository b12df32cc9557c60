"""What was done is found again, copied into the record, ticked, and looked at again."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from practices.doors import everywhere, perform
from tests.cases import SPOKE, submitted
from tests.pages.clinic import at_desk, clock
from tests.pages.test_clinic_case import CLOSING, address, text_of
from triage import actions
from triage.models import Case, RecordEntry, SecondLook
from triage.rules.codes import Need, Outcome
from triage.rules.second_looks import Again

__all__ = ["at_desk", "clock"]


def _ended(world, acting, who, at, **said):
    by = acting(world, "clinician")
    case = submitted(world, acting, who, Need.COUGH_BREATHING, at=at, words="Cough since Friday")
    perform(actions.claim, by=by, at=at, reference=case.reference)
    said = {"note": "Chest clear", "again": Again.TWO_DAYS} | said
    wish = actions.OutcomeWish(
        Outcome.ADVICE,
        safety_net="Ring if breathless",
        record_viewed="shared_record",
        contact=SPOKE,
        **said,
    )
    return perform(actions.close, by=by, at=at, reference=case.reference, wish=wish)


@pytest.fixture
def closed(world, acting, now):
    return _ended(world, acting, "tam", now)


def test_the_done_list_finds_it_again_for_who_did_it_and_for_the_hub(closed, at_desk):
    """U13."""
    mine = text_of(at_desk("clinician").get("/triage/done/"))
    others = at_desk("supervisor")

    assert "You finished 1 case today" in mine
    assert f"/triage/cases/{closed.reference}/#reopen" in mine
    assert "You finished no cases today" in text_of(others.get("/triage/done/"))
    assert "Nguyễn, Tâm" in text_of(others.get("/triage/done/?whose=all"))


@pytest.mark.parametrize("day", ["2026-11-29", "yesterday", "\0", "9999-99-99"])
def test_an_odd_day_is_no_fault(day, closed, at_desk):
    assert at_desk("clinician").get("/triage/done/", {"day": day}).status_code == 200


def test_the_note_says_all_and_no_code_of_ours(closed, at_desk):
    page = at_desk("clinician").get(address(closed, "note/")).content.decode()
    note = page.split("readonly>")[1].split("</textarea>")[0]

    assert note.splitlines() == [
        "Riverside hub: request for Oak Surgery",
        "Patient: Nguyễn, Tâm, born 24 December 1950, NHS number 999 000 0034",
        "Asked for help: 9:30am on Monday 30 November, phone",
        "Reason: Cough or breathing",
        "In the patient&#x27;s words: Cough since Friday",
        "How soon: Within 6 hours, decided by Clinician",
        "Contact: 9:30am on Monday 30 November,"
        " Phone, number ending 123: the patient answered, Clinician",
        "Record viewed: Shared care record",
        "Outcome: Advice given",
        "Findings and plan: Chest clear",
        "Safety net: Ring if breathless",
        "Closed: 9:30am on Monday 30 November by Clinician, Riverside hub",
    ]


def test_it_is_owed_until_somebody_has_written_it_down(closed, at_desk, world, now):
    client = at_desk("clinician")
    before = text_of(client.get("/triage/done/"))

    for once in ("1", "2"):
        client.post(address(closed, "note/"), {"once": once})

    after = text_of(client.get("/triage/done/"))
    with everywhere(because="the test looks", at=now):
        entries = list(RecordEntry.objects.values_list("by__username", flat=True))
    assert "Yours, not written in the record yet (1)" in before
    assert "not written in the record yet" not in after
    assert "In the record: Clinician" in after
    assert entries == ["clinician"]


def test_an_open_case_has_nothing_to_write_down(world, acting, at_desk, now):
    case = submitted(world, acting, "tam", Need.COUGH_BREATHING, at=now)
    client = at_desk("clinician")

    assert "nothing to copy" in text_of(client.get(address(case, "note/")))
    said = text_of(client.post(address(case, "note/"), {"once": "1"}, follow=True))
    assert "This case is open, so its end cannot be in the record yet." in said


def test_a_case_that_is_open_again_has_no_end_to_copy(closed, world, acting, at_desk, now):
    again = {"reference": closed.reference, "reason": "worse"}
    perform(actions.reopen, by=acting(world, "clinician"), at=now, **again)

    assert "nothing to copy" in text_of(at_desk("clinician").get(address(closed, "note/")))


def _cost(client, page):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(page).status_code == 200
    return len(asked)


@pytest.mark.parametrize("page", ["/triage/done/?whose=all", "/triage/second-looks/"])
def test_both_lists_cost_the_same_however_long(page, closed, world, acting, at_desk, now):
    client = at_desk("clinician")
    client.get(page)
    one = _cost(client, page)
    for who in ("zoe", "ellen"):
        _ended(world, acting, who, now)

    assert _cost(client, page) == one


def _look(client, case, **said):
    return client.post(address(case, "look/"), {"once": said["what"]} | said, follow=True)


def test_a_second_look_is_kept_refused_and_ended(closed, at_desk, now):
    client = at_desk("clinician")

    empty = _look(client, closed, what="keep")
    kept = text_of(_look(client, closed, what="keep", again="7"))
    nothing = _look(client, closed, what="done", note="")
    ended = text_of(_look(client, closed, what="done", note="Well again"))

    assert (empty.status_code, nothing.status_code) == (422, 422)
    assert "Choose when to look again" in text_of(empty)
    assert "Enter what you found" in text_of(nothing)
    assert "Look by Monday 7 December" in kept
    assert "Nobody waits to be looked at again." in ended


def test_who_is_worse_goes_back_into_the_queue(closed, at_desk, now):
    client = at_desk("clinician")

    answer = _look(client, closed, what="raise", urgency="P2", note="Breathless")

    with everywhere(because="the test looks", at=now):
        case = Case.objects.get(pk=closed.pk)
        open_ones = SecondLook.objects.filter(settled_at=None).count()
    assert "Class signed: P2" in text_of(answer)
    assert (case.state, open_ones) == ("waiting", 0)


def test_a_late_look_says_so(closed, at_desk, now):
    said = text_of(at_desk("clinician", now + timedelta(days=4)).get("/triage/second-looks/"))

    assert "Look by Wednesday 2 December" in said
    assert "Late</strong>" in said


def test_i60_a_note_on_a_case_that_is_closed_is_kept_and_reopening_offered(closed, at_desk):
    late = {"once": "1", "version": closed.version - 1, "note": "Rang again"} | CLOSING

    answer = at_desk("clinician").post(address(closed, "close/"), late)

    said = text_of(answer)
    assert answer.status_code == 409
    assert "<dd>Rang again</dd>" in said
    assert "<dt>Record viewed</dt><dd>Shared care record</dd>" in said
    assert '<a href="#reopen">reopen the case</a> first' in said
    assert f'action="{address(closed, "reopen/")}"' in said
    assert "still in the form" not in said
