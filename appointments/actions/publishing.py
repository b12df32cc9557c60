"""Publishing a session by the codes of its organisation, by somebody whose rota it is."""

from dataclasses import dataclass
from datetime import datetime

from appointments.actions.cover import CoverGap, TooMany, accept, lock_cover, queue_of
from appointments.actions.overriding import OverrideWish
from appointments.actions.rota import SessionWish, publish_session
from appointments.models import Session
from appointments.queries.cover import gaps_on
from appointments.queries.ratio import crowds_on
from appointments.queries.supervision import NEEDING
from appointments.rules.cover import within
from appointments.rules.rota import check_may_change_rota
from practices.clock import local_day
from practices.models import Clinician, Organisation
from practices.queries.organisations import main_site_id, organisation_id
from practices.rules.reach import Actor
from practices.rules.refusals import Absent, BadInput


@dataclass(frozen=True, slots=True)
class RotaWish:
    """One clinician at a practice or a hub; exactly one of the two codes is given."""

    clinician: int
    starts_at: datetime
    ends_at: datetime
    practice: str = ""
    hub: str = ""
    slot_minutes: int = 15
    places: int = 1
    mode: str = "face_to_face"
    category: str = "General Consultation Acute"
    needs: tuple[str, ...] = ()
    audience: dict[str, object] | None = None
    reserve: tuple[dict[str, object], ...] = ()
    override: OverrideWish | None = None


def publish(*, wish: RotaWish, by: Actor, at: datetime) -> Session:
    """The session is published with its slots; at a hub a GP is there too, or a reason is kept."""
    if wish.ends_at <= at:
        raise BadInput("The session must end in the future.", field="ends_at")
    practice_id, hub_id = _home(wish, by)
    check_may_change_rota(by, practice_id=practice_id, hub_id=hub_id)
    if not Clinician.objects.filter(pk=wish.clinician).exists():
        raise Absent
    site_id = main_site_id(of=practice_id or hub_id or 0)
    if site_id is None:
        raise BadInput("The organisation has no site to see people at.", field="practice")
    session = publish_session(
        wish=SessionWish(
            clinician_id=wish.clinician,
            site_id=site_id,
            starts_at=wish.starts_at,
            ends_at=wish.ends_at,
            practice_id=practice_id,
            hub_id=hub_id,
            slot_minutes=wish.slot_minutes,
            places=wish.places,
            mode=wish.mode,
            category=wish.category,
            needs=wish.needs,
            audience=wish.audience,
            reserve=wish.reserve,
        ),
        by=by,
        at=at,
    )
    if hub_id is not None:
        _check_gp_there(session, wish.override, by=by, at=at)
    return session


def _check_gp_there(
    session: Session, override: OverrideWish | None, *, by: Actor, at: datetime
) -> None:
    """A GP has a session at the hub whenever this one runs in its hours (domain section 2).

    Who needs a supervisor is not one too many for those who are there.
    """
    queue = queue_of(session.provider_id)
    lock_cover(queue.organisation_id)
    day, span = local_day(session.starts_at), (session.starts_at, session.ends_at)
    if gap := within(gaps_on(queue, day), *span):
        accept(CoverGap(queue, gap), gap, queue, override, by=by, at=at)
    needs_one = session.clinician.profession in NEEDING
    if needs_one and (crowd := within(crowds_on(queue, day), *span)):
        accept(TooMany(queue, crowd), crowd, queue, override, by=by, at=at)


def _home(wish: RotaWish, by: Actor) -> tuple[int | None, int | None]:
    """The ids of the practice or the hub in reach; an unknown one is absent."""
    reached = (*by.reach.own, *by.reach.providers)
    kind = Organisation.Kind.PRACTICE if wish.practice else Organisation.Kind.HUB
    found = organisation_id(wish.practice or wish.hub, kind=kind, among=reached)
    if found is None:
        raise Absent
    return (found, None) if wish.practice else (None, found)
