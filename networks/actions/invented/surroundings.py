"""A hub among its practices: agreements with fair shares, and services near it."""

from collections.abc import Mapping

from hubs.actions import ServiceWish, add_service, open_hub, sign_agreement
from hubs.rules.needs import Need
from hubs.rules.sharing import entitlements
from networks.actions.invented.making import Making
from networks.rules.staffing import hub_posts, hub_week, places_a_day
from practices.actions import Place

# Pharmacy First and minor illness (domain section 2).
PHARMACY = (Need.SORE_THROAT, Need.EAR_PAIN, Need.URINARY, Need.SKIN_RASH, Need.MEDICATION)
# A fresh wound is no work of theirs: they dress old ones, at home, for whom they know.
COMMUNITY = (Need.LONG_TERM_CONDITION, Need.FOLLOW_UP)
URGENT_TREATMENT = (Need.WOUND_INJURY, Need.BACK_JOINT, Need.EYE, Need.SKIN_RASH)
SERVICES = (
    ServiceWish("pharmacy", "Market Square Pharmacy", "01632 960201", "2 Market Square", PHARMACY),
    ServiceWish("pharmacy", "Station Road Pharmacy", "01632 960202", "41 Station Road", PHARMACY),
    ServiceWish("pharmacy", "Quayside Pharmacy", "01632 960203", "7 The Quay", PHARMACY),
    ServiceWish("community", "Community nursing team", "01632 960210", "", COMMUNITY),
    ServiceWish("community", "Community physiotherapy", "01632 960211", "", (Need.BACK_JOINT,)),
    ServiceWish("community", "Talking therapies", "01632 960212", "", (Need.MENTAL_HEALTH,)),
    ServiceWish(
        "urgent_treatment",
        "Northgate Urgent Treatment Centre",
        "01632 960220",
        "Northgate",
        URGENT_TREATMENT,
    ),
)


def hub_among(
    making: Making,
    *,
    code: str,
    place: Place,
    list_sizes: Mapping[int, int],
    travel_minutes: Mapping[int, int],
) -> int:
    """The hub is open, each practice has its share of the places by list size; the hub's id."""
    hub = open_hub(
        code=code,
        place=place,
        phone="01632 960100",
        week=hub_week(),
        by=making.by,
        at=making.at,
    )
    shares = entitlements(places_a_day(hub_posts()), list_sizes)
    for practice_id in sorted(list_sizes):
        sign_agreement(
            practice_id=practice_id,
            provider_id=hub.pk,
            share_places=shares[practice_id],
            travel_minutes=travel_minutes[practice_id],
            from_on=making.since,
            by=making.by,
            at=making.at,
        )
    for service in SERVICES:
        add_service(hub_id=hub.pk, wish=service, by=making.by, at=making.at)
    return hub.organisation_id
