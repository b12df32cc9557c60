"""Who: what a person still has to say to a patient, and what nobody needs to any more."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, Q, QuerySet

from practices.clock import local_day
from practices.models import Message
from practices.queries.messages import promises_overtaken
from practices.rules.london import midnight
from practices.rules.message_forms import spoken_words
from practices.rules.message_words import News

# As many as a desk can ring in a morning; what is needed soonest comes first.
SHOWN = 100


@dataclass(frozen=True, slots=True)
class ToTellRow:
    """A message a person has to pass on: whom to ring, and what to say."""

    reference: str
    case_ref: str
    patient_id: int
    family_name: str
    given_name: str
    born_on: date
    phone: str
    kind: str
    channel: str
    body: str
    trouble: str
    since: datetime
    practice: str
    taken_by: str
    taken_at: datetime | None
    needed_by: datetime | None
    email: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class ToTell:
    """What is to be said now, whether there is more, and what of today came too late."""

    now: tuple[ToTellRow, ...]
    is_more: bool
    too_late: tuple[ToTellRow, ...]

    @property
    def rows(self) -> tuple[ToTellRow, ...]:
        """All of them."""
        return self.now + self.too_late


def messages_to_tell(*, at: datetime) -> ToTell:
    """What a person in reach has to say, needed soonest first. Two statements."""
    soonest = still_to_tell(at=at).order_by(
        F("needed_by").asc(nulls_last=True), "to_tell_since", "id"
    )
    now = _rows(soonest[: SHOWN + 1])
    since = midnight(local_day(at))
    late = _waiting().filter(news_until__gt=since, news_until__lte=at).exclude(kind=News.REMINDER)
    late = late.order_by("news_until", "id")
    return ToTell(now=now[:SHOWN], is_more=len(now) > SHOWN, too_late=_rows(late[:SHOWN]))


def still_to_tell(*, at: datetime) -> QuerySet[Message]:
    """What a person has to say and is still news: no time that has passed, no old promise."""
    is_news = Q(news_until__isnull=True) | Q(news_until__gt=at)
    waiting = _waiting().filter(is_news)
    return waiting.exclude(pk__in=promises_overtaken(waiting).values("pk"))


def _waiting() -> QuerySet[Message]:
    found = Message.objects.filter(to_tell_since__isnull=False)
    return found.select_related("patient", "practice__organisation", "taken_by")


def _rows(found: Iterable[Message]) -> tuple[ToTellRow, ...]:
    return tuple(
        ToTellRow(
            reference=str(row.reference),
            case_ref=row.case_ref,
            patient_id=row.patient_id,
            family_name=row.patient.family_name,
            given_name=row.patient.given_name,
            born_on=row.patient.born_on,
            # A case has its own number: the record's may ring where nobody may know of it.
            phone=row.send_to if row.case_ref else row.send_to or row.patient.phone,
            kind=row.kind,
            channel=row.channel,
            body=spoken_words(row.body),
            trouble=row.trouble,
            since=row.to_tell_since,
            practice=row.practice.organisation.name,
            taken_by=row.taken_by.name if row.taken_by else "",
            taken_at=row.taken_at,
            needed_by=row.needed_by,
            email=row.patient.email,
            address=", ".join(filter(None, (row.patient.address, row.patient.postcode))),
        )
        for row in found
        if row.to_tell_since is not None
    )
