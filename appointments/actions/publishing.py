"""Publishing a session by the codes of its organisation, by somebody whose rota it is."""

from dataclasses import dataclass
from datetime import datetime

from appointments.actions.rota import SessionWish, publish_session
from appointments.models import Session
from appointments.rules.rota import check_may_change_rota
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


def publish(*, wish: RotaWish, by: Actor, at: datetime) -> Session:
    """The session is published with its slots."""
    if wish.ends_at <= at:
        raise BadInput("The session must end in the future.", field="ends_at")
    practice_id, hub_id = _home(wish, by)
    check_may_change_rota(by, practice_id=practice_id, hub_id=hub_id)
    if not Clinician.objects.filter(pk=wish.clinician).exists():
        raise Absent
    site_id = main_site_id(of=practice_id or hub_id or 0)
    if site_id is None:
        raise BadInput("The organisation has no site to see people at.", field="practice")
    return publish_session(
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


def _home(wish: RotaWish, by: Actor) -> tuple[int | None, int | None]:
    """The ids of the practice or the hub in reach; an unknown one is absent."""
    reached = (*by.reach.own, *by.reach.providers)
    kind = Organisation.Kind.PRACTICE if wish.practice else Organisation.Kind.HUB
    found = organisation_id(wish.practice or wish.hub, kind=kind, among=reached)
    if found is None:
        raise Absent
    return (found, None) if wish.practice else (None, found)
