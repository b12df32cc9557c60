"""What every page's frame shows: who I am, where I can go, and what the clock reads."""

from dataclasses import dataclass
from functools import partial

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from config.idleness import shift_left
from config.watching import WATCHERS, live_address, shown_alarms, shown_calls
from practices.presenters import clock_words
from practices.rules.outage import outage_words
from practices.rules.roles import EVERYONE, NETWORK_ROLES, Role

STAFF_PAGES: dict[str, tuple[str, frozenset[Role]]] = {
    "triage:reception": ("Reception", frozenset({Role.RECEPTIONIST, Role.DUTY})),
    "triage:duty": ("Duty", frozenset({Role.DUTY})),
    "triage:all_clear": (
        "All clear",
        frozenset({Role.RECEPTIONIST, Role.DUTY, Role.PRACTICE_MANAGER}),
    ),
    "triage:arrivals": (
        "Front desk",
        frozenset({Role.RECEPTIONIST, Role.CLINICIAN, Role.SUPERVISOR}),
    ),
    "triage:tasks": (
        "Tasks",
        frozenset({Role.RECEPTIONIST, Role.DUTY, Role.PRACTICE_MANAGER}),
    ),
    "triage:messages": (
        "Messages",
        frozenset({Role.RECEPTIONIST, Role.DUTY, Role.PRACTICE_MANAGER}),
    ),
    "triage:queue": (
        "Queue",
        frozenset({Role.CLINICIAN, Role.SUPERVISOR, Role.DUTY}),
    ),
    "triage:visits": (
        "Visits",
        frozenset({Role.CLINICIAN, Role.SUPERVISOR, Role.DUTY}),
    ),
    "triage:second_looks": (
        "Second looks",
        frozenset({Role.CLINICIAN, Role.SUPERVISOR, Role.DUTY}),
    ),
    "triage:done": ("Done", frozenset({Role.CLINICIAN, Role.SUPERVISOR, Role.DUTY})),
    "triage:supervising": ("Supervising", frozenset({Role.SUPERVISOR})),
    "triage:hub_day": ("Close the hub", frozenset({Role.SUPERVISOR, Role.MANAGER})),
    "triage:cover": (
        "Cover",
        frozenset({Role.PRACTICE_MANAGER, Role.DUTY, Role.SUPERVISOR}) | NETWORK_ROLES,
    ),
    "triage:paper": (
        "Paper",
        frozenset(
            {
                Role.RECEPTIONIST,
                Role.DUTY,
                Role.PRACTICE_MANAGER,
                Role.CLINICIAN,
                Role.SUPERVISOR,
            }
        ),
    ),
    "triage:gone_home": (
        "Gone home",
        frozenset({Role.PRACTICE_MANAGER, Role.RECEPTIONIST, Role.SUPERVISOR, Role.DUTY}),
    ),
    "triage:proposals": (
        "Proposals",
        frozenset({Role.PRACTICE_MANAGER, Role.DUTY}),
    ),
    "networks:board": (
        "Board",
        frozenset({Role.MANAGER, Role.CLINICAL_LEAD, Role.PRACTICE_MANAGER}),
    ),
    "practices:limits": (
        "Limits",
        frozenset({Role.PRACTICE_MANAGER, Role.SUPERVISOR, Role.DUTY, Role.CLINICIAN}),
    ),
    "triage:who_viewed": ("Who viewed", frozenset({Role.PRACTICE_MANAGER})),
    "networks:shadow": ("First weeks", frozenset({Role.PRACTICE_MANAGER})),
    "networks:limits": ("Limits", frozenset({Role.MANAGER, Role.CLINICAL_LEAD})),
    "triage:rules": ("Rules", EVERYONE - {Role.CLIENT}),
}

# A hub's front desk has no list of its own, so these would be empty and say that all is well.
OF_A_PRACTICE = frozenset({"triage:reception", "triage:all_clear", "triage:tasks"})


@dataclass(frozen=True, slots=True)
class Person:
    id: int | None
    name: str
    role_label: str
    organisation_name: str
    network_name: str | None
    memberships_count: int


def page(request: HttpRequest) -> dict[str, object]:
    """The frame's words for this request; nothing personal when nobody is signed in."""
    now = getattr(request, "now", None)
    if now is None:
        return {}
    words = clock_words(now)
    frame: dict[str, object] = {
        "clock_words": words,
        "training_words": f"Training: the clock reads {words}" if settings.TRAINING else None,
    }
    acting = getattr(request, "acting", None)
    if acting is None:
        return frame
    return frame | {
        "person": Person(
            id=acting.actor.user_id,
            name=acting.actor.name,
            role_label=acting.actor.role.label,
            organisation_name=acting.organisation_name,
            network_name=acting.network_name,
            memberships_count=acting.memberships,
        ),
        "navigation": [
            {"text": text, "href": reverse(name), "current": request.path == reverse(name)}
            for name, (text, roles) in STAFF_PAGES.items()
            if acting.actor.role in roles and (acting.actor.reach.own or name not in OF_A_PRACTICE)
        ],
        "idle_seconds": settings.IDLE_SECONDS,
        "shift_seconds": shift_left(request.session, now),
        "live_address": live_address(request),
        "outage_words": outage_words(settings.OUTAGE, now=now),
        "is_watching": acting.actor.is_one_of(WATCHERS),
        "alarms": SimpleLazyObject(partial(shown_alarms, acting.actor, now)),
        "is_duty": acting.actor.role is Role.DUTY,
        "calls": SimpleLazyObject(partial(shown_calls, acting.actor, now)),
    }
