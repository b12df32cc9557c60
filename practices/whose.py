"""For whom a form was drawn: signed into it, so that what is sent too late goes to nobody else."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core import signing
from django.http import HttpRequest

from practices.clock import local_day

NAME = "whose"
_signer = signing.Signer(salt="headroom.whose-form")


@dataclass(frozen=True, slots=True)
class Whose:
    """A person in one membership."""

    user_id: int
    membership_id: int


def stamp(request: HttpRequest) -> str:
    """The stamp of whoever is shown this page today; nothing where nobody is signed in."""
    acting = getattr(request, "acting", None)
    if acting is None or acting.actor.membership_id is None:
        return ""
    day = local_day(request.now).isoformat()
    return _signer.sign(f"{acting.actor.user_id}.{acting.actor.membership_id}.{day}")


def read_stamp(text: str, *, at: datetime) -> Whose | None:
    """Whose form it is; None where the stamp is not ours, or older than yesterday."""
    try:
        user, membership, day = _signer.unsign(text).split(".")
    except signing.BadSignature:
        return None
    if date.fromisoformat(day) < local_day(at) - timedelta(days=1):
        return None
    return Whose(user_id=int(user), membership_id=int(membership))
