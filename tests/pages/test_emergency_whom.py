"""Emergency now, pressed on a patient's page, is about that patient unless the desk says not."""

import re

import pytest

from practices.doors import everywhere, perform
from practices.models import AuditEntry
from tests.cases import submitted
from tests.pages.clinic import at_desk, clock
from triage import actions
from triage.models import Emergency
from triage.rules.codes import Need

__all__ = ["at_desk", "clock"]
NOW = "/triage/emergency/"
ANOTHER = "It is about somebody else"
CALL = {"phone": "07700 900123"}
LINK = re.compile(r'href="([^"]+)"[^>]*>Emergency now')


@pytest.fixture
def case(world, acting, now):
    return submitted(world, acting, "zoe", Need.OTHER, at=now)


@pytest.fixture
def of(world, case):
    """The two ways in which a page names its patient."""
    return {
        "patient": f"?patient={world.patients['zoe'].public_id}",
        "case": f"?case={case.reference}",
    }


def called(now):
    with everywhere(because="the test looks", at=now):
        return Emergency.objects.select_related("patient").get()


@pytest.mark.parametrize("page", ["patient", "case"])
def test_the_call_names_the_patient_of_the_page(world, at_desk, of, page, now):
    desk = at_desk("receptionist")
    assert ANOTHER in desk.get(NOW + of[page]).content.decode()

    raised = desk.post(NOW + of[page], CALL)["Location"]

    assert called(now).patient_id == world.patients["zoe"].pk
    shown = at_desk("duty").get(raised).content.decode()
    assert "Zoë" in shown.partition('<section class="app-patient"')[2]
    opens = f'href="/triage/patients/{world.patients["zoe"].public_id}/new/"'
    assert opens in shown


def test_who_looks_at_the_call_is_on_record_once(world, at_desk, of, now):
    raised = at_desk("receptionist").post(NOW + of["patient"], CALL)["Location"]
    duty = at_desk("duty")

    duty.get(raised)
    duty.get(raised, headers={"hx-request": "true"})

    with everywhere(because="the test looks", at=now):
        looked = AuditEntry.objects.filter(verb="patient.viewed", by=world.users["duty"].pk)
        assert [row.facts["page"] for row in looked] == ["emergency"]


def test_the_desk_says_that_it_is_about_somebody_else(at_desk, of, now):
    desk = at_desk("receptionist")

    raised = desk.post(NOW + of["case"], CALL | {"is_another": "on"})["Location"]

    assert called(now).patient is None
    assert "app-patient" not in desk.get(raised).content.decode()


def test_a_form_sent_back_keeps_whom_it_is_about(at_desk, of):
    page = at_desk("receptionist").post(NOW + of["case"], {"phone": "12"}).content.decode()

    assert "Zoë" in page.partition('<section class="app-patient"')[2]
    assert ANOTHER in page


@pytest.mark.parametrize("whom", ["", "?patient=nobody", "?case=HR-0", "?case=%00"])
def test_nobody_the_page_can_name_holds_up_no_call(at_desk, whom, now):
    at_desk("receptionist").post(NOW + whom, CALL)

    assert called(now).patient is None


def test_another_practices_patient_is_linked_by_nobody(world, at_desk, now):
    at_desk("receptionist").post(f"{NOW}?patient={world.patients['ellen'].public_id}", CALL)

    assert called(now).patient is None


def test_whoever_may_not_see_the_patient_sees_the_call_without_them(world, at_desk, now):
    zoe = world.patients["zoe"]

    raised = at_desk("receptionist").post(f"{NOW}?patient={zoe.public_id}", CALL)["Location"]

    page = at_desk("clinician").get(raised).content.decode()
    assert called(now).patient_id == zoe.pk
    assert "07700 900123" in page
    assert "app-patient" not in page
    assert str(zoe.public_id) not in page


@pytest.mark.parametrize("part", ["", "options/", "raise/"])
def test_each_page_of_a_case_hands_its_patient_on(at_desk, case, part):
    page = at_desk("receptionist").get(f"/triage/desk/{case.reference}/{part}").content.decode()

    assert set(LINK.findall(page)) == {f"{NOW}?case={case.reference}"}


def test_the_page_to_cancel_hands_them_on_too(world, acting, at_desk, now):
    case = submitted(world, acting, "zoe", Need.SORE_THROAT, at=now, red_flags_asked=True)
    wish = {"reference": case.reference, "slot_id": world.slots("gp_oak")[4].pk}
    booking = perform(actions.book, by=acting(world, "receptionist"), at=now, **wish)

    page = at_desk("receptionist").get(f"/triage/bookings/{booking.public_id}/cancel/")

    assert set(LINK.findall(page.content.decode())) == {f"{NOW}?case={case.reference}"}
