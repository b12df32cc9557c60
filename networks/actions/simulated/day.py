"""A day from six in the morning to eight in the evening, one event after the other."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import partial
from random import Random

from appointments.actions import tidy_holds
from networks.actions.simulated.agenda import Day, Solve, Triager
from networks.actions.simulated.clinics import (
    expect_brief_contacts,
    expect_cancellations,
    hold_clinics,
)
from networks.actions.simulated.desks import expect_requests
from networks.actions.simulated.machinery import call_for_those_in_need, rebalance
from networks.actions.simulated.people import Member
from networks.actions.simulated.stage import Stage
from networks.actions.simulated.triaging import look_again, take
from networks.queries.clinician_loads import ClinicianDay, loads_of
from networks.rules.demand import CLOSES, OPENS, Demand
from practices.doors import opened
from practices.rules.london import instant, midnight
from practices.rules.reach import Actor

ActorOf = Callable[[int, int, datetime], Actor]
ENDS = time(20, 5)


@dataclass(frozen=True, slots=True)
class Lived:
    """What a day was: its cases, what was counted on the way, and the clinicians' days.

    `at_eight` are the days as they were booked before the doors opened.
    """

    stage: Stage
    ended_at: datetime
    references: Sequence[str]
    refused: Mapping[str, int]
    counted: Mapping[str, int]
    moves_of_a_patient: int
    at_eight: Sequence[ClinicianDay]
    at_end: Sequence[ClinicianDay]


def live(
    *, stage: Stage, demand: Demand, seed: int, solve: Solve, clockwork: Actor, actor_of: ActorOf
) -> Lived:
    """The day has been lived, by the actions the pages use; every wish is its own commit.

    `actor_of` builds whoever acts from a user and a membership, as at sign-in; `solve` is the
    planner.
    """
    at_eight = _loads(stage, clockwork, stage.begins_at)
    day = _day(stage, seed, solve, clockwork, actor_of, at_eight)
    eight = midnight(stage.day) + timedelta(minutes=OPENS)
    expect_requests(day, demand)
    expect_brief_contacts(day)
    expect_cancellations(day)
    for triager in day.triagers:
        day.agenda.put(triager.starts_at, partial(take, day, triager))
    day.agenda.put(eight, partial(hold_clinics, day))
    day.agenda.put(eight, partial(look_again, day))
    day.agenda.put(eight, partial(call_for_those_in_need, day))
    day.agenda.put(eight + timedelta(minutes=15), partial(rebalance, day))
    ends_at = instant(stage.day, ENDS)
    day.agenda.play(ends_at)
    day.wish(tidy_holds, by=clockwork, at=ends_at)
    return Lived(
        stage=stage,
        ended_at=ends_at,
        references=tuple(day.references),
        refused=dict(sorted(day.refused.items())),
        counted=dict(sorted(day.counted.items())),
        moves_of_a_patient=max(day.moved.values(), default=0),
        at_eight=at_eight,
        at_end=_loads(stage, clockwork, ends_at),
    )


def _day(
    stage: Stage,
    seed: int,
    solve: Solve,
    clockwork: Actor,
    actor_of: ActorOf,
    at_eight: Sequence[ClinicianDay],
) -> Day:
    """Everybody as an actor with the reach of their one membership."""
    at = stage.begins_at

    def actor(member: Member) -> Actor:
        return actor_of(member.user_id, member.membership_id, at)

    team = [*stage.hub_team.values(), *(gp for house in stage.houses for gp in house.gps)]
    clinicians = {one.clinician_id: actor(one) for one in team if one.clinician_id}
    dice = f"{seed} {stage.day} {stage.earlier_cases}"
    return Day(
        stage=stage,
        rng=Random(dice),  # noqa: S311 - an invented day needs no secrecy
        solve=solve,
        clockwork=clockwork,
        desks={house.id: actor(house.desk) for house in stage.houses},
        managers={house.id: actor(house.manager) for house in stage.houses},
        clinicians=clinicians,
        triagers=_triagers(stage, clinicians, at_eight),
    )


def _triagers(
    stage: Stage, clinicians: Mapping[int, Actor], at_eight: Sequence[ClinicianDay]
) -> tuple[Triager, ...]:
    """The practices' in core hours, the hub's while they are in."""
    start = midnight(stage.day)
    opens, closes = start + timedelta(minutes=OPENS), start + timedelta(minutes=CLOSES)
    room = {row.clinician_id: row.limit - row.used for row in at_eight}

    def triager(one: Member, practice_id: int | None, since: datetime, until: datetime) -> Triager:
        assert one.clinician_id is not None, "only clinicians triage"
        return Triager(
            clinicians[one.clinician_id], practice_id, since, until, room[one.clinician_id]
        )

    own = [
        triager(one, house.id, opens, closes) for house in stage.houses for one in house.triagers
    ]
    hub = [
        triager(one, None, one.starts_at or opens, one.ends_at or closes)
        for one in stage.hub_triagers
    ]
    return (*own, *hub)


def _loads(stage: Stage, clockwork: Actor, at: datetime) -> Sequence[ClinicianDay]:
    with opened(clockwork.reach, at=at):
        return loads_of(stage.organisation_ids, day=stage.day)
