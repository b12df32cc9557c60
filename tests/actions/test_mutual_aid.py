"""What a network cannot do by itself is proposed to its neighbours; each practice decides."""

from datetime import timedelta

import pytest

from appointments.models import Booking, ChangedDay, DayLoad, Slot
from networks.actions.automation import AutomationWish, choose_automation
from networks.rules.automation import Automation
from networks.tasks import end_aid, mutual_aid, rebalance_changed
from practices import clock
from practices.doors import everywhere, opened, perform
from practices.models import Membership, OutboxItem, User
from practices.rules.reach import Reach
from practices.rules.refusals import Absent, Conflict
from practices.tasks import sweep_outbox
from tests.hillside import take_part, two_networks
from tests.invariants import broken, past_limit
from tests.world import LONG_AGO
from triage import actions
from triage.actions.offers import accept_offer, decline_offer
from triage.models import Case, PlaceOffer, Proposal, RebalanceRun
from triage.queries.untold import untold_cases

AID = "mutual aid: Hillside network, 14 minutes"


@pytest.fixture
def hillside(world, acting, now, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: now)
    made = two_networks(world, acting)
    rebalance_changed()
    return made


def _passed(bucket=1):
    return mutual_aid(region="", bucket=bucket)


def _found(model, now, **filters):
    with everywhere(because="the test looks", at=now):
        return list(model.objects.select_related("to_slot").filter(**filters).order_by("pk"))


def test_the_residual_is_proposed_to_the_neighbour_and_says_so(world, hillside, now):
    made = _passed()

    (move,), (offer,) = (_found(model, now, state="open") for model in (Proposal, PlaceOffer))
    assert made == 2
    assert {one.to_slot.hub_id for one in (move, offer)} == {hillside.hub.pk}
    assert [one.reasons[0]["text"] for one in (move, offer)] == [AID, AID]
    assert (move.practice_id, offer.practice_id) == (world.oak.pk, world.elm.pk)
    with everywhere(because="the test looks", at=now):
        runs = RebalanceRun.objects.filter(kind="aid").order_by("pk")
        assert [(run.network_id, run.status) for run in runs] == [
            (world.network.pk, "done"),
            (hillside.network.pk, "done"),
        ]


def test_a_pass_delivered_twice_changes_nothing(hillside, now):
    made = [_passed(), _passed()]
    before = [(one.pk, one.state) for one in _found(Proposal, now)]
    made.append(_passed(bucket=2))

    assert made == [2, 0, 0]
    assert [(one.pk, one.state) for one in _found(Proposal, now)] == before
    assert len(_found(PlaceOffer, now)) == 1


def test_control_without_its_run_a_second_delivery_would_do_it_again(hillside, now, monkeypatch):
    _passed()
    with everywhere(because="the guard is off", at=now):
        RebalanceRun.objects.filter(kind="aid").update(status="queued")
        PlaceOffer.objects.update(state="stale")

    assert _passed() == 1


@pytest.mark.parametrize("who", ["asking", "helping"])
def test_it_is_off_until_both_networks_choose_it(world, hillside, now, who):
    take_part(world, world.network if who == "asking" else hillside.network, is_in=False)

    assert _passed() == 0
    assert _found(PlaceOffer, now) == _found(Proposal, now) == []


def test_nobody_is_asked_for_what_the_network_can_do_itself(world, hillside, now):
    with everywhere(because="a colleague has room again", at=now):
        Slot.objects.filter(session=world.sessions["supervisor_pm"]).update(status="open")
        ChangedDay.objects.create(organisation_id=world.hub.pk, day=now.date(), changed_at=now)
    _passed()

    (move,) = _found(Proposal, now, state="open")
    assert move.to_slot.hub_id == world.hub.pk
    assert _found(PlaceOffer, now) == []


def test_the_practice_accepts_a_move_and_the_day_is_safe(world, hillside, acting, now):
    _passed()
    (move,) = _found(Proposal, now)

    perform(
        actions.accept,
        by=acting(world, "practice_manager"),
        at=now,
        public_id=move.public_id,
    )

    with everywhere(because="the test looks", at=now):
        load = DayLoad.objects.get(clinician=world.clinicians["gp_oak"])
        assert load.booked == 20
        assert Booking.objects.filter(state="booked", hub=hillside.hub).count() == 1
    assert (broken(at=now), past_limit(at=now)) == ([], [])


@pytest.fixture
def elm_manager(world, now):
    """Elm's own manager; Oak's has nothing to do with Elm's patient."""
    with everywhere(because="the test's set-up", at=now):
        user = User.objects.create(username="elm_manager", name="Elma Manager")
        post = {"role": "practice_manager", "organisation_id": world.elm.pk}
        world.memberships["elm_manager"] = Membership.objects.create(
            user=user, from_on=LONG_AGO, **post
        )
    world.users["elm_manager"] = user
    return "elm_manager"


def test_the_practice_accepts_an_offer_and_the_case_is_booked(
    world, hillside, acting, elm_manager, now
):
    _passed()
    (offer,) = _found(PlaceOffer, now)

    wish = {"at": now, "public_id": offer.public_id}
    with pytest.raises(Absent):
        perform(accept_offer, by=acting(world, "practice_manager"), **wish)
    perform(accept_offer, by=acting(world, elm_manager), **wish)

    with everywhere(because="the test looks", at=now):
        case = Case.objects.get(pk=offer.case_id)
        assert (case.state, case.booking.slot_id) == ("booked", offer.to_slot_id)
        assert untold_cases([case.booking]) == set()
    with pytest.raises(Conflict, match="decided already"):
        perform(accept_offer, by=acting(world, elm_manager), **wish)
    assert broken(at=now) == []


def test_a_case_that_changed_since_is_not_booked(world, hillside, acting, elm_manager, now):
    _passed()
    (offer,) = _found(PlaceOffer, now)
    with everywhere(because="somebody looks after it", at=now):
        Case.objects.filter(pk=offer.case_id).update(version=99)

    with pytest.raises(Conflict, match="changed since"):
        perform(accept_offer, by=acting(world, elm_manager), at=now, public_id=offer.public_id)
    assert _found(PlaceOffer, now)[0].state == "open"


def test_control_without_the_version_the_place_would_be_booked(
    world, hillside, acting, elm_manager, now
):
    _passed()
    (offer,) = _found(PlaceOffer, now)
    with everywhere(because="the guard is off", at=now):
        Case.objects.filter(pk=offer.case_id).update(version=99)
        PlaceOffer.objects.update(case_version=99)

    perform(accept_offer, by=acting(world, elm_manager), at=now, public_id=offer.public_id)


def test_who_said_no_is_not_offered_it_again(world, hillside, acting, elm_manager, now):
    _passed()
    (offer,) = _found(PlaceOffer, now)
    wish = {"public_id": offer.public_id, "reason": "Too far"}
    perform(decline_offer, by=acting(world, elm_manager), at=now, **wish)

    _passed(bucket=2)

    assert [one.state for one in _found(PlaceOffer, now)] == ["declined"]


def test_the_helping_network_sees_no_row_of_its_neighbours(hillside, now):
    _passed()
    ids = (hillside.practice.pk, hillside.hub.pk)
    reach = Reach(own=ids, providers=ids, networks=(hillside.network.pk,), organisation_id=ids[0])

    with opened(reach, at=now):
        mine = [Proposal.objects.count(), PlaceOffer.objects.count()]
        runs = set(RebalanceRun.objects.values_list("network_id", flat=True))

    assert (mine, runs) == ([0, 0], {hillside.network.pk})
    assert len(_found(Proposal, now)) == len(_found(PlaceOffer, now)) == 1


def test_machines_move_nobody_to_a_neighbour(world, hillside, now):
    take_part(world, world.network, is_in=True, mode=Automation.UNTOLD.value)
    with everywhere(because="a machine booked them all, and nobody was told", at=now):
        Booking.objects.update(method="automatic")
    _passed()

    rebalance_changed()

    assert [one.state for one in _found(Proposal, now)] == ["open"]
    assert [one.state for one in _found(PlaceOffer, now)] == ["open"]


def test_a_network_that_leaves_takes_its_proposals_back(world, hillside, acting, now):
    _passed()
    wish = AutomationWish(Automation.NONE, "We tried it", mutual_aid=False)

    perform(choose_automation, by=acting(world, "manager"), at=now, wish=wish)
    with everywhere(because="the test looks", at=now):
        assert OutboxItem.objects.filter(task="networks.tasks.end_aid").count() == 1
    end_aid(network_id=world.network.pk)

    assert {one.state for one in _found(Proposal, now) + _found(PlaceOffer, now)} == {"stale"}


def test_each_region_is_promised_once_for_the_end_of_five_minutes(hillside, now, monkeypatch):
    rebalance_changed()
    with everywhere(because="the test looks", at=now):
        (promise,) = OutboxItem.objects.filter(task="networks.tasks.aid_is_due")
    assert now < promise.due_at <= now + timedelta(minutes=5)

    monkeypatch.setattr(clock, "now", lambda: promise.due_at)
    sweep_outbox()

    assert len(_found(PlaceOffer, now)) == 1
