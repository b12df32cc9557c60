"""A hub that its network runs only now goes by what the network released before."""

from dataclasses import replace
from datetime import timedelta

import pytest

from hubs.actions import ServiceWish, add_service, open_hub, sign_agreement
from hubs.models import Agreement
from hubs.queries import services_of
from networks.actions.founding import go_live
from practices.actions import Place
from practices.clock import local_day
from practices.doors import everywhere, opened, perform
from practices.models import AuditEntry
from tests.cases import submitted
from tests.leads import HICCUPS, released, second_lead
from tests.world import SETUP
from triage.actions.parameters import WeightWish, put_in_force
from triage.queries.card import card_of_practice
from triage.queries.parameters import weights_for
from triage.queries.pharmacy import pharmacy_lines
from triage.queries.protocols import protocols_of
from triage.rules.codes import Need
from triage.rules.pharmacy_entries import entry_of_line
from triage.rules.pharmacy_first import PHARMACY_FIRST
from triage.rules.red_flags import USUAL
from triage.rules.released import Kind
from triage.rules.weights import WEIGHTS

CHILDREN_TOO = replace(PHARMACY_FIRST[Need.SORE_THROAT], min_age=3)


@pytest.fixture
def before(world, acting, now):
    """The network has released a question, a pharmacy line and weights of its own."""
    second_lead(world)
    released(world, acting, HICCUPS, at=now)
    line = entry_of_line(Need.SORE_THROAT, CHILDREN_TOO)
    released(world, acting, line, at=now, kind=Kind.PHARMACY)
    wish = WeightWish(
        weights=replace(WEIGHTS, scarcity=100),
        name="Spare the GPs",
        basis="Leads’ meeting",
        reason="winter",
        seen_version=0,
    )
    perform(put_in_force, by=acting(world, "clinical_lead"), at=now, wish=wish)
    return now + timedelta(minutes=5)


@pytest.fixture
def later_hub(world, before):
    """Elm sends to a new hub, which no network runs yet."""
    day = local_day(before)
    with everywhere(because="the test's set-up", at=before):
        hub = open_hub(
            code="HUB3",
            place=Place(name="Moorside hub"),
            phone="01632 960123",
            week={},
            by=SETUP,
            at=before,
        )
        add_service(
            hub_id=hub.pk, wish=ServiceWish("pharmacy", "Moor Pharmacy"), by=SETUP, at=before
        )
        Agreement.objects.filter(practice=world.elm).update(until_on=day)
        sign_agreement(
            practice_id=world.elm.pk,
            provider_id=hub.pk,
            share_places=10,
            travel_minutes=5,
            from_on=day,
            by=SETUP,
            at=before,
        )
    return hub


def goes_by(world, acting, hub, at):
    """Of Elm's desk: whether hiccups are asked, protocols hold, children go, GPs are spared."""
    with opened(acting(world, "receptionist_elm").reach, at=at):
        card = card_of_practice(world.elm.pk, on=local_day(at))
        lines = pharmacy_lines({hub.pk: services_of(hub.pk)})[hub.pk]
        return (
            len(card.flags) - len(USUAL.flags),
            bool(protocols_of(hub.pk)),
            lines[Need.SORE_THROAT].min_age,
            weights_for(hub.pk).weights.scarcity,
        )


def test_it_asks_what_the_network_released_before_it_came(world, acting, later_hub, before):
    with everywhere(because="the test's set-up", at=before):
        go_live(network_id=world.network.pk, hub_id=later_hub.pk, by=SETUP, at=before)

    assert goes_by(world, acting, later_hub, before) == (1, True, 3, 100)
    case = submitted(world, acting, "ellen", Need.SORE_THROAT, at=before, words="hiccups all day")
    assert len(case.scan_hits) == 1
    with everywhere(because="the test looks", at=before):
        assert AuditEntry.objects.get(verb="hub.goes_by").facts["network"] == world.network.pk


def test_a_hub_that_no_network_runs_goes_by_the_usual_rules(world, acting, later_hub, before):
    usual = PHARMACY_FIRST[Need.SORE_THROAT].min_age

    found = goes_by(world, acting, later_hub, before)

    assert found == (0, False, usual, WEIGHTS.scarcity)
