"""What every page needs to keep watch: where the news comes from, and what calls now."""

from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from practices import news
from practices.doors import opened
from practices.news import Subject
from practices.rules.reach import Actor
from practices.rules.roles import CLINICAL_ROLES, Role
from triage.actions.hub_day import CLOSERS, hubs_left_open
from triage.actions.late_emergencies import TOLD, emergencies_to_chase
from triage.presenters.alarms import (
    AlarmLine,
    alarm_lines,
    asked_lines,
    chase_lines,
    closing_lines,
    left_open_lines,
    owed_late_lines,
    too_many_lines,
    unsupervised_lines,
)
from triage.presenters.calls import CallsLine, calls_line
from triage.queries.asked import Asked, open_questions, questions_called_for
from triage.queries.calls import calls_now
from triage.queries.emergencies import alarms
from triage.queries.handovers import owed_by_hub
from triage.queries.last_call import ToDecide, to_decide, unwatched
from triage.queries.other_supervisors import other_supervisors
from triage.queries.unsupervised import booked_unsupervised

WATCHERS = CLINICAL_ROLES | CLOSERS | TOLD
# Where somebody finds a place for who is booked with a list that may not run.
MOVES = {Role.DUTY: "triage:proposals", Role.SUPERVISOR: "triage:supervising"}
DECIDES = {Role.DUTY: "triage:duty", Role.SUPERVISOR: "triage:supervising"}


@dataclass(frozen=True, slots=True)
class Shown:
    """The alarms of a page, and the version of them that it shows."""

    lines: tuple[AlarmLine, ...] = ()
    version: str = ""


@dataclass(frozen=True, slots=True)
class ShownCalls:
    """Who calls for the duty clinician, and the version of the cases that it counts."""

    line: CallsLine = field(default_factory=CallsLine)
    version: str = ""


def shown_calls(actor: Actor, now: datetime) -> ShownCalls:
    """What stands above every page of a duty clinician; nothing for anybody else."""
    if actor.role is not Role.DUTY:
        return ShownCalls()
    version = news.version(Subject.CASES, actor.reach)
    with opened(actor.reach, at=now):
        found = calls_now(by=actor, at=now)
    return ShownCalls(calls_line(found), version)


def shown_alarms(actor: Actor, now: datetime) -> Shown:
    """What the pages of clinicians and of managers show until somebody has it."""
    if not actor.is_one_of(WATCHERS):
        return Shown()
    # First the version, then what it counts: else a change between the two would be missed.
    version = news.version(Subject.ALARMS, actor.reach)
    with opened(actor.reach, at=now):
        left = left_open_lines(hubs_left_open(by=actor, at=now))
        if not actor.is_one_of(CLINICAL_ROLES):
            late = chase_lines(emergencies_to_chase(by=actor, at=now), now=now)
            return Shown((*late, *left), version)
        found = alarms(by=actor, at=now)
        asked = (*asked_lines(_asked(actor), now=now), *_too_many(actor, now))
        others = (*left, *_unsupervised(actor, now), *_closing(actor, now), *_owed(actor, now))
    return Shown((*alarm_lines(found, now=now), *asked, *others), version)


def _too_many(actor: Actor, now: datetime) -> tuple[AlarmLine, ...]:
    """The supervisors with too many people: a colleague, who could be helped, and this person."""
    if actor.role is not Role.SUPERVISOR or actor.organisation_id is None:
        return ()
    found = other_supervisors(actor.organisation_id, but=None, at=now)
    return too_many_lines(found, me=actor.clinician_id)


def _owed(actor: Actor, now: datetime) -> tuple[AlarmLine, ...]:
    """The handovers of the hub that are late, for whoever supervises there."""
    if actor.role is not Role.SUPERVISOR or actor.organisation_id is None:
        return ()
    return owed_late_lines(owed_by_hub(actor.organisation_id), now=now)


def _closing(actor: Actor, now: datetime) -> tuple[AlarmLine, ...]:
    """Queues that nobody is at; and to whom it falls, what is decided before a door closes."""
    page = DECIDES.get(actor.role) if actor.role else None
    return closing_lines(
        to_decide(by=actor, at=now) if page else ToDecide(),
        unwatched(by=actor, at=now),
        href=reverse(page) if page else "",
        now=now,
    )


def _unsupervised(actor: Actor, now: datetime) -> tuple[AlarmLine, ...]:
    """Paused lists with patients to come, for the hub's supervisors and the patients' practice."""
    page = MOVES.get(actor.role) if actor.role else None
    if page is None:
        return ()
    return unsupervised_lines(booked_unsupervised(by=actor, at=now), href=reverse(page))


def _asked(actor: Actor) -> tuple[Asked, ...]:
    """The questions that wait for this person's answer: a supervisor's, or their duty clinician's.

    The duty clinician reads those that no supervisor answers.
    """
    if actor.role is Role.DUTY:
        return questions_called_for(actor.reach.own)
    if actor.role is not Role.SUPERVISOR or actor.organisation_id is None:
        return ()
    return open_questions(actor.organisation_id)


def live_address(request: HttpRequest) -> str:
    """Where this page's browser finds the stream of news; blank where there is none."""
    if not settings.LIVE_PORT:
        return str(settings.LIVE_URL)
    host = urlsplit(f"//{request.get_host()}").hostname
    name = f"[{host}]" if ":" in str(host) else host
    return f"{request.scheme}://{name}:{settings.LIVE_PORT}/live/"
