"""A row in each table that no wish of the common story fills, so that a policy hides one."""

from datetime import datetime

from appointments.models import Override, PausedList
from hubs.models import HubClosing, Service, WalkUp
from networks.models import AutomationChoice
from practices.doors import everywhere
from practices.models import Draft, User
from tests.world import World
from triage.models import (
    Case,
    CaseOutcome,
    GoneHome,
    Handover,
    PaperLine,
    ParameterSet,
    RecordEntry,
    Rehoming,
    RuleChange,
    RuleVersion,
    SavedFilter,
    SecondLook,
    Wallboard,
)
from triage.rules.card_entries import USUAL_ENTRIES


def fill(world: World, *, now: datetime) -> None:
    """What nobody asked for exists: services, drafts, walk-ups, lists, weights, rules, choices."""
    by = world.users["receptionist"]
    Service.objects.create(hub=world.hub, kind="pharmacy", name="Riverside pharmacy")
    Draft.objects.create(
        membership=world.memberships["receptionist"], place="a form", fields={}, saved_at=now
    )
    WalkUp.objects.create(
        hub=world.hub,
        practice=world.oak,
        words="Asked for a doctor",
        sent_to="practice",
        on=now.date(),
        at=now,
        by=by,
    )
    _list_is_paused(world, now)
    Override.objects.create(
        organisation_id=world.hub.pk, rule="limit", code="training", by=by, at=now, until_at=now
    )
    _owes(world, now)
    _on_paper(world, by, now)
    _is_looked_at_again(world, now)
    _went_home(world, by, now)
    AutomationChoice.objects.create(
        network=world.network, mode="safe", reason="the test", chosen_by=by, from_at=now
    )
    _new_rules(world, now)


def _new_rules(world: World, now: datetime) -> None:
    by, other = world.users["clinical_lead"], world.users["manager"]
    ParameterSet.objects.create(
        network_id=world.network.pk,
        version=1,
        name="Usual",
        values={},
        hubs=[],
        basis="the test",
        reason="the test",
        made_by=by,
        from_at=now,
    )
    change = RuleChange.objects.get(state="open")
    RuleVersion.objects.create(
        network_id=world.network.pk,
        kind="red_flags",
        version=1,
        entries=list(USUAL_ENTRIES),
        hubs=[],
        change=change,
        drafted_by=by,
        released_by=other,
        from_at=now,
    )


def _list_is_paused(world: World, now: datetime) -> None:
    PausedList.objects.create(
        hub=world.hub,
        clinician=world.clinicians["physio"],
        supervisor=world.clinicians["supervisor"],
        day=now.date(),
        from_at=now,
    )


def _owes(world: World, now: datetime) -> None:
    by = world.users["supervisor"]
    HubClosing.objects.create(
        hub=world.hub, day=now.date(), closed_at=now, closed_by=by, reopened_at=now
    )
    case = Case.objects.filter(practice=world.oak).first()
    assert case is not None, "the common story has a case"
    Handover.objects.create(
        case=case,
        practice=world.oak,
        hub=world.hub,
        what="home_visit",
        by_hub=True,
        opened_at=now,
    )


def _on_paper(world: World, by: User, now: datetime) -> None:
    PaperLine.objects.create(
        organisation_id=world.oak.pk,
        number="K7M3QX",
        kind="request",
        happened_at=now,
        entered_at=now,
        entered_by=by,
        settled="entered",
    )


def _is_looked_at_again(world: World, now: datetime) -> None:
    """A case that ended, is in the record and is looked at again; and a filter with a name."""
    case = Case.objects.filter(practice=world.oak).first()
    assert case is not None, "the common story has a case"
    by = world.users["clinician"]
    mine = world.memberships["clinician"]
    SavedFilter.objects.create(membership=mine, name="Coughs", query="class=P1", saved_at=now)
    ended = CaseOutcome.objects.create(case=case, code="advice", at=now, by=by)
    RecordEntry.objects.create(outcome=ended, case=case, at=now, by=by)
    SecondLook.objects.create(
        case=case,
        practice=world.oak,
        hub=world.hub,
        why="advice",
        look_by=now.date(),
        owner=by,
        opened_at=now,
    )


def _went_home(world: World, by: User, now: datetime) -> None:
    case = Case.objects.exclude(booking=None).order_by("pk")[0]
    gone = GoneHome.objects.create(
        organisation_id=world.oak.pk,
        clinician=world.clinicians["gp_oak"],
        from_at=now,
        reason="ill",
        said_at=now,
        said_by=by,
    )
    Rehoming.objects.create(
        gone_home=gone,
        practice_id=case.practice_id,
        organisation_id=world.oak.pk,
        case=case,
        was=case.booking,
    )


def wallboard(world: World, now: datetime) -> str:
    """A display of the hub has a link."""
    with everywhere(because="the test's set-up", at=now):
        made = Wallboard.objects.create(
            hub=world.hub,
            name="the corridor",
            digest="of a secret",
            made_at=now,
            made_by=world.users["supervisor"],
        )
    return str(made.public_id)
