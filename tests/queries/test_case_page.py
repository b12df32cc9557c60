"""One case: whose, what was said, who did what, and what it costs to ask."""

import pytest

from practices.doors import opened, perform
from tests.cases import SPOKE, submitted
from triage import actions
from triage.queries.case_page import case_page
from triage.rules.codes import Need, Outcome, Urgency
from triage.rules.states import State


@pytest.fixture
def clinician(world, acting):
    return acting(world, "clinician")


def page_of(actor, case, at):
    with opened(actor.reach, at=at):
        return case_page(case.reference, at=at)


def test_history_stands_newest_first_with_who_and_why(world, acting, clinician, now):
    """U40."""
    case = submitted(world, acting, "tam", Need.COUGH_BREATHING, at=now)
    perform(actions.take_next, by=clinician, at=now, hub_id=world.hub.pk)
    perform(
        actions.change_class,
        by=clinician,
        at=now,
        reference=case.reference,
        urgency=Urgency.P2,
        reason="Breathless on the phone",
    )

    page = page_of(clinician, case, now)

    assert [(row.step.value, row.by, row.reason) for row in page.history] == [
        ("sign_class", "Clinician", "Breathless on the phone"),
        ("claim", "Clinician", ""),
        ("submit", "Receptionist", ""),
    ]
    assert (page.signed_by, page.row.holder.name) == ("Clinician", "Clinician")


def test_flags_bring_their_endpoint_and_words_their_question(world, acting, clinician, now):
    case = submitted(
        world,
        acting,
        "tam",
        Need.OTHER,
        at=now,
        words="he has chest pain since breakfast",
        red_flags=("stroke",),
        red_flags_asked=True,
    )

    page = page_of(clinician, case, now)

    assert [flag.endpoint.label for flag in page.flags] == ["999"]
    assert [flag.code for flag in page.scan_hits] != []
    assert [note.text for note in page.notes] == ["he has chest pain since breakfast"]


def test_earlier_cases_of_the_patient_say_how_they_ended(world, acting, clinician, now):
    first = submitted(world, acting, "tam", Need.COUGH_BREATHING, at=now)
    perform(actions.take_next, by=clinician, at=now, hub_id=world.hub.pk)
    perform(
        actions.close,
        by=clinician,
        at=now,
        reference=first.reference,
        wish=actions.OutcomeWish(
            Outcome.ADVICE, safety_net="Call again if worse", record_viewed="summary", contact=SPOKE
        ),
    )
    second = submitted(world, acting, "tam", Need.SKIN_RASH, at=now)

    page = page_of(clinician, second, now)

    assert [(row.reference, row.state, row.outcome) for row in page.earlier] == [
        (first.reference, State.CLOSED, "advice")
    ]


@pytest.mark.parametrize("attempts", [1, 3])
def test_a_case_costs_the_same_however_long_its_history(
    world, acting, clinician, now, attempts, django_assert_num_queries
):
    submitted(world, acting, "tam", Need.HEADACHE, at=now)
    case = submitted(world, acting, "tam", Need.SKIN_RASH, at=now)
    for _ in range(attempts):
        perform(
            actions.record_attempt,
            by=clinician,
            at=now,
            reference=case.reference,
            channel="phone",
            answered=False,
        )
        submitted(world, acting, "tam", Need.SKIN_RASH, at=now, words="it is worse")

    with opened(clinician.reach, at=now), django_assert_num_queries(12):
        page = case_page(case.reference, at=now)

    assert len(page.attempts) == attempts


def test_another_practices_case_is_absent(world, acting, now):
    case = submitted(world, acting, "ellen", Need.SKIN_RASH, at=now)

    assert page_of(acting(world, "gp_oak"), case, now) is None
