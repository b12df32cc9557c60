"""Where: every write of the hubs app."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from hubs.models import Agreement, Hub, HubClosing, HubStaff, Opening, Service
from hubs.rules.opening import Window
from practices import audit
from practices.actions import Place, add_site
from practices.clock import local_day
from practices.models import Organisation
from practices.rules.reach import Actor
from practices.rules.refusals import Conflict, Forbidden


@dataclass(frozen=True, slots=True)
class ServiceWish:
    """Somewhere else a patient can be looked after, and the needs it takes."""

    kind: str
    name: str
    phone: str = ""
    address: str = ""
    takes: Sequence[str] = ()


def open_hub(
    *,
    code: str,
    place: Place,
    phone: str,
    week: Mapping[int, Sequence[Window]],
    by: Actor,
    at: datetime,
) -> Hub:
    """The hub exists with its site and the hours of its week; nobody may send there yet."""
    organisation = Organisation.objects.create(
        kind=Organisation.Kind.HUB, code=code, name=place.name
    )
    hub = Hub.objects.create(organisation=organisation, phone=phone)
    add_site(organisation_id=hub.pk, place=place, by=by, at=at)
    Opening.objects.bulk_create(
        [
            Opening(hub=hub, weekday=weekday, opens=opens, closes=closes)
            for weekday, windows in sorted(week.items())
            for opens, closes in windows
        ]
    )
    audit.write("hub.opened", entity="hub", entity_id=hub.pk, by=by, at=at)
    return hub


def go_by_rules_of(*, hub_id: int, network_id: int, by: Actor, at: datetime) -> Hub:
    """The hub's cases go by what the network released, whenever that was, and will release."""
    hub = Hub.objects.select_for_update().get(pk=hub_id)
    hub.rules_of_id = network_id
    hub.save(update_fields=["rules_of"])
    audit.write("hub.goes_by", entity="hub", entity_id=hub_id, by=by, at=at, network=network_id)
    return hub


def shut_hub(*, hub_id: int, by: Actor, at: datetime) -> HubClosing:
    """The hub reads nothing more today; who says so is kept. The caller saw that nobody is left."""
    if by.user_id is None:
        raise Forbidden("Only a person closes a hub.")
    made = HubClosing.objects.create(
        hub_id=hub_id, day=local_day(at), closed_at=at, closed_by_id=by.user_id
    )
    audit.write("hub.shut", entity="hub", entity_id=hub_id, by=by, at=at)
    return made


def reopen_hub(*, hub_id: int, by: Actor, at: datetime) -> HubClosing:
    """The hub reads again today."""
    found = HubClosing.objects.select_for_update().filter(
        hub_id=hub_id, day=local_day(at), reopened_at=None
    )
    closing = found.first()
    if closing is None:
        raise Conflict("The hub is not closed for today.")
    closing.reopened_at, closing.reopened_by_id = at, by.user_id
    closing.save(update_fields=["reopened_at", "reopened_by"])
    audit.write("hub.reopened", entity="hub", entity_id=hub_id, by=by, at=at)
    return closing


def sign_agreement(
    *,
    practice_id: int,
    provider_id: int,
    share_places: int,
    travel_minutes: int,
    from_on: date,
    by: Actor,
    at: datetime,
) -> Agreement:
    """The practice may send patients to the provider, so many places a day, from the day on."""
    agreement = Agreement.objects.create(
        practice_id=practice_id,
        provider_id=provider_id,
        share_places=share_places,
        travel_minutes=travel_minutes,
        from_on=from_on,
    )
    audit.write(
        "agreement.signed",
        entity="agreement",
        entity_id=agreement.pk,
        by=by,
        at=at,
        practice=practice_id,
        provider=provider_id,
        places=share_places,
    )
    return agreement


def add_staff(
    *,
    hub_id: int,
    clinician_id: int,
    supervises: bool = False,
    from_on: date,
    by: Actor,
    at: datetime,
) -> HubStaff:
    """The clinician has a post at the hub from the day on."""
    post = HubStaff.objects.create(
        hub_id=hub_id, clinician_id=clinician_id, supervises=supervises, from_on=from_on
    )
    audit.write("hub_post.begun", entity="hub_post", entity_id=post.pk, by=by, at=at)
    return post


def add_service(*, hub_id: int, wish: ServiceWish, by: Actor, at: datetime) -> Service:
    """The hub's patients can be sent on to the service."""
    service = Service.objects.create(
        hub_id=hub_id,
        kind=wish.kind,
        name=wish.name,
        phone=wish.phone,
        address=wish.address,
        takes=list(wish.takes),
    )
    audit.write("service.added", entity="service", entity_id=service.pk, by=by, at=at)
    return service
