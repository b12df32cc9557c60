"""Who may listen: the session of the page decides, at the start and every few seconds after."""

from collections.abc import Collection
from dataclasses import dataclass, field

from django.contrib.auth import HASH_SESSION_KEY, get_user
from django.contrib.sessions.backends.cached_db import SessionStore
from django.contrib.sessions.models import Session
from django.db import close_old_connections
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from config.idleness import has_run_out
from config.reach import acting_in_browser
from practices import clock
from practices.clock import local_day
from practices.doors import everywhere
from practices.news import Subject, audience
from practices.queries import LiveMembership, memberships_among


@dataclass(frozen=True, slots=True)
class Seat:
    """A session, the membership it acts in, and the topics that membership may hear of."""

    session_key: str
    membership_id: int
    topics: dict[Subject, tuple[str, ...]] = field(compare=False)


def seat_of(session_key: str) -> Seat | None:
    """The seat of a live session; None for everybody whom a page would ask to sign in."""
    close_old_connections()
    at = clock.now()
    request = HttpRequest()
    request.session = SessionStore(session_key)
    user = get_user(request)
    wanted = request.session.get("membership")
    if not user.is_authenticated or wanted is None or has_run_out(request.session, at):
        return None
    acting = acting_in_browser(user.pk, wanted, at)
    if acting is None:
        return None
    reach = acting.actor.reach
    return Seat(session_key, wanted, {subject: audience(subject, reach) for subject in Subject})


def still_seated(seats: Collection[Seat]) -> set[Seat]:
    """Those whose session and membership still hold. Two statements, however many ask."""
    close_old_connections()
    at = clock.now()
    sessions = {
        one.session_key: one.get_decoded()
        for one in Session.objects.filter(
            session_key__in={seat.session_key for seat in seats}
        ).iterator()
    }
    with everywhere(because="who still listens", at=at):
        found = memberships_among({seat.membership_id for seat in seats}, on=local_day(at))
    members = {one.id: one for one in found}
    return {
        seat
        for seat in seats
        if (session := sessions.get(seat.session_key))
        and (member := members.get(seat.membership_id))
        and not has_run_out(session, at)
        and _is_same_person(session, seat, member)
    }


def _is_same_person(session: dict[str, object], seat: Seat, member: LiveMembership) -> bool:
    """Nobody signed in anew, took another role or changed the password in this session."""
    return session.get("membership") == seat.membership_id and constant_time_compare(
        str(session.get(HASH_SESSION_KEY)), member.user.get_session_auth_hash()
    )
