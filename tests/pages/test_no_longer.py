"""A patient cancels because they are better, or were seen elsewhere: a clinician has the last word.

Domain, closing: no P1-P5 closes without a clinician.
"""

from datetime import timedelta

import pytest
from django.test import Client

from practices.doors import everywhere, opened
from practices.models import Message
from tests.pages.test_reception_places import at, case, desk, held_by, live, own_slot, reading
from triage.models import Case, CaseOutcome
from triage.queries.case_page import case_page
from triage.rules.codes import Outcome

__all__ = ["at", "case", "desk", "reading"]
SAID = {
    "patient_better": "Patient says they are better",
    "seen_elsewhere": "Patient says they were seen elsewhere",
}


@pytest.fixture
def cancel(desk, world, at, now):
    """The address that cancels the appointment the case now has."""
    hold = held_by(desk, at, own_slot(world), now)
    desk.post(at("book"), {"hold": hold, "once": "b1"})
    return f"/triage/bookings/{live(now, state='booked')[0].public_id}/cancel/"


def _set(now, **facts):
    with everywhere(because="the test's set-up", at=now):
        Case.objects.update(**facts)


def _now(case, now):
    with everywhere(because="the test looks", at=now):
        return Case.objects.get(pk=case.pk)


@pytest.mark.parametrize("because", sorted(SAID))
def test_it_waits_within_the_hour_with_the_words_in_sight(desk, world, case, cancel, now, because):
    answer = desk.post(cancel, {"because": because, "once": "c1"})

    kept = _now(case, now)
    clinic = Client()
    clinic.force_login(world.users["clinician"])
    shown = [
        desk.get("/triage/reception/"),
        desk.get(answer["Location"]),
        clinic.get("/triage/queue/"),
        clinic.get(f"/triage/cases/{case.reference}/"),
    ]
    assert [SAID[because] in page.content.decode() for page in shown] == [True] * 4
    assert (kept.state, kept.urgency_status, kept.bookable_now) == ("waiting", "provisional", False)
    assert kept.due_at == now + timedelta(hours=1)


@pytest.mark.parametrize("because", sorted(SAID))
def test_what_is_read_aloud_is_what_the_patient_reads(desk, cancel, now, because):
    answer = desk.post(cancel, {"because": because, "once": "c1"})

    said = (
        "We still read your request by 10:30am, and call you only if we have a question. "
        "If things get worse, call your practice or 111. In an emergency call 999."
    )
    page = desk.get(answer["Location"]).content.decode()
    with everywhere(because="the test looks", at=now):
        body = Message.objects.get(kind="cancelled").body
    assert f"Thank you for telling us. {said}" in page
    assert body.endswith(said)


def test_what_is_due_sooner_stays_due_then(desk, case, cancel, now):
    _set(now, due_at=now + timedelta(minutes=10))

    desk.post(cancel, {"because": "patient_better", "once": "c1"})

    assert _now(case, now).due_at == now + timedelta(minutes=10)


def test_another_reason_says_nothing_of_the_kind(desk, case, cancel, now):
    due_at = _now(case, now).due_at

    answer = desk.post(cancel, {"because": "patient_asked", "once": "c1"})

    page = desk.get(answer["Location"]).content.decode()
    assert "Patient says" not in page
    assert _now(case, now).due_at == due_at


def test_who_calls_again_and_is_worse_is_not_called_better(desk, world, case, cancel, acting, now):
    desk.post(cancel, {"because": "patient_better", "once": "c1"})
    said = {"none_said": "on", "need": case.need, "words": "It is worse", "channel": "phone"}
    desk.post(f"/triage/patients/{world.patients['zoe'].public_id}/new/", said | {"once": "k1"})

    with opened(acting(world, "receptionist").reach, at=now):
        assert case_page(case.reference, at=now).row.no_longer is None


@pytest.mark.parametrize(("urgency", "state"), [(4, "booked"), (5, "booked"), (6, "closed")])
def test_the_desk_closes_only_what_is_planned(desk, case, cancel, now, urgency, state):
    _set(now, urgency=urgency)
    asked = desk.get(cancel).content.decode()

    said = {"because": "patient_better", "closes": "on", "once": "c1"}
    answer = desk.post(cancel, said)

    assert ("Close the request as well" in asked) is (urgency == 6)
    assert _now(case, now).state == state
    if state == "closed":
        assert answer["Location"].endswith("?just=closed")
        with everywhere(because="the test looks", at=now):
            outcome = CaseOutcome.objects.select_related("note").get()
            message = Message.objects.get(kind="cancelled")
        assert (outcome.code, outcome.note.text) == (Outcome.ADMIN_DONE, SAID["patient_better"])
        assert "We still have your request" not in message.body
    else:
        assert "A clinician closes this request." in answer.content.decode()


def test_a_form_without_a_reason_comes_back_with_all_it_asked(desk, case, cancel, now):
    _set(now, urgency=6)

    page = desk.post(cancel, {"once": "c1"}).content.decode()

    assert "Choose why it is cancelled" in page
    assert "Close the request as well" in page


def test_a_planned_request_is_not_closed_for_another_reason(desk, case, cancel, now):
    _set(now, urgency=6)

    page = desk.post(cancel, {"because": "patient_asked", "closes": "on", "once": "c1"})

    assert "A clinician closes this request." in page.content.decode()
    assert _now(case, now).state == "booked"
