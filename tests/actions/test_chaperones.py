"""A chaperone is offered and recorded: trained, by name, never family."""

import pytest

from practices.doors import opened, perform
from practices.rules.refusals import Conflict, Forbidden, Refused
from tests.cases import SPOKE, submitted
from tests.pages.clinic import at_desk, clock
from triage import actions
from triage.actions.chaperones import record_chaperone
from triage.presenters.case_history import history_lines
from triage.presenters.record_note import record_note
from triage.queries.case_page import case_page
from triage.rules.chaperones import Chaperone
from triage.rules.codes import Need, Outcome

__all__ = ["at_desk", "clock"]
BUTTON = "Record the chaperone"


def records(case, by, at, answer=Chaperone.ACCEPTED, **said):
    wish = {"chaperone_name": "Ann Lee, healthcare assistant", "is_trained": True} | said
    return perform(record_chaperone, by=by, at=at, reference=case.reference, offered=answer, **wish)


def closes(case, by, at):
    wish = actions.OutcomeWish(
        Outcome.ADVICE, safety_net="Ring us", record_viewed="summary", contact=SPOKE
    )
    return perform(actions.close, by=by, at=at, reference=case.reference, wish=wish)


def page_of(by, case, at):
    with opened(by.reach, at=at):
        return case_page(case.reference, at=at)


@pytest.mark.parametrize(
    ("answer", "line", "noted"),
    [
        (
            Chaperone.ACCEPTED,
            ("Chaperone: Offered and accepted", "Ann Lee, healthcare assistant"),
            "offered and accepted: Ann Lee, healthcare assistant, recorded by Clinician",
        ),
        (
            Chaperone.DECLINED,
            ("Chaperone: Offered and declined", ""),
            "offered and declined, recorded by Clinician",
        ),
    ],
)
def test_it_is_in_the_history_and_in_the_note(claimed, clinician, now, answer, line, noted):
    records(claimed, clinician, now, answer)
    closes(claimed, clinician, now)

    page = page_of(clinician, claimed, now)

    lines = [(one.what, one.why) for one in history_lines(page.history, now=now)]
    assert line in lines
    assert f"Chaperone: {noted}" in record_note(page).split("\n")


def test_what_was_said_last_is_noted_and_all_of_it_is_kept(claimed, clinician, now):
    records(claimed, clinician, now, Chaperone.DECLINED)
    closes(claimed, clinician, now)
    records(claimed, clinician, now)

    page = page_of(clinician, claimed, now)

    assert [step.code for step in page.history if step.step == "chaperone"] == [
        "accepted",
        "declined",
    ]
    assert record_note(page).count("Chaperone:") == 1
    assert "Chaperone: offered and accepted: Ann Lee" in record_note(page)


@pytest.mark.parametrize(
    "name",
    [
        "Mary, her mother",
        "his Partner Jo",
        "Jo, the patient’s friend",
        "patient's own carer",
        "Husband",
        "a friend",
        "step-daughter",
        "Mother.",
        "Jo (friend)",
        "Ann ( mother )",
    ],
)
def test_family_is_no_chaperone(claimed, clinician, now, name):
    with pytest.raises(Refused, match="A chaperone is trained, and not family"):
        records(claimed, clinician, now, chaperone_name=name)


@pytest.mark.parametrize(
    "name",
    [
        "Sister Mary Jones, practice nurse",
        "Dr Khan, GP partner",
        "Dr Khan (GP partner)",
        "Anne Friend, HCA",
        "Tom Cousin",
        "Family nurse Ann Lee",
        "Christopher Son, other nurse",
    ],
)
def test_staff_whose_name_or_role_is_like_a_relation_are_chaperones(claimed, clinician, now, name):
    kept = records(claimed, clinician, now, chaperone_name=name)

    assert page_of(clinician, kept, now).history[0].reason == name


@pytest.mark.parametrize(
    ("said", "words"),
    [({"is_trained": False}, "A chaperone is trained"), ({"chaperone_name": " "}, "Enter the")],
)
def test_a_chaperone_is_trained_and_named(claimed, clinician, now, said, words):
    with pytest.raises(Refused, match=words):
        records(claimed, clinician, now, **said)


def test_only_who_has_the_case_or_closed_it_records_one(world, acting, claimed, clinician, now):
    supervisor = acting(world, "supervisor")
    with pytest.raises(Conflict, match="not with you"):
        records(claimed, supervisor, now)
    closes(claimed, clinician, now)
    with pytest.raises(Forbidden, match="Whoever closed this case"):
        records(claimed, supervisor, now)


def test_it_leaves_the_case_with_whom_it_is(claimed, clinician, now):
    kept = records(claimed, clinician, now)

    assert (kept.claimed_by_id, kept.lease_until) == (claimed.claimed_by_id, claimed.lease_until)


@pytest.mark.parametrize(
    ("session", "may"),
    [
        ("gp_oak", {"gp_oak", "duty"}),
        ("clinician", {"clinician", "supervisor"}),
    ],
)
def test_of_a_booked_case_who_is_in_the_room_records_it(world, acting, at_desk, now, session, may):
    """The page offers it to whoever sees the patient or leads there, and the rule says the same."""
    case = submitted(world, acting, "zoe", Need.SORE_THROAT, at=now, red_flags_asked=True)
    slot = {"reference": case.reference, "slot_id": world.slots(session)[3].pk}
    perform(actions.book, by=acting(world, "receptionist"), at=now, **slot)
    people = ("gp_oak", "duty", "clinician", "supervisor", "physio")

    offered = {who for who in people if BUTTON in _page(at_desk(who), case)}
    recorded = {who for who in people if _records(case, acting(world, who), now)}

    assert (offered, recorded) == (may, may)


def test_who_is_not_in_the_room_reads_who_records_it(world, acting, now):
    case = submitted(world, acting, "zoe", Need.SORE_THROAT, at=now, red_flags_asked=True)
    slot = {"reference": case.reference, "slot_id": world.slots("gp_oak")[3].pk}
    perform(actions.book, by=acting(world, "receptionist"), at=now, **slot)

    with pytest.raises(Forbidden, match="Whoever sees the patient at this appointment records"):
        records(case, acting(world, "physio"), now)


def test_of_a_closed_case_only_who_closed_it_is_offered_it(at_desk, claimed, clinician, now):
    with_me = {who for who in ("clinician", "supervisor") if BUTTON in _page(at_desk(who), claimed)}
    closes(claimed, clinician, now)

    offered = {who for who in ("clinician", "supervisor") if BUTTON in _page(at_desk(who), claimed)}

    assert (with_me, offered) == ({"clinician"}, {"clinician"})


def _page(client, case):
    return client.get(f"/triage/cases/{case.reference}/").content.decode()


def _records(case, by, at):
    """Whether it was recorded, and not refused to them."""
    try:
        records(case, by, at)
    except Forbidden:
        return False
    return True
