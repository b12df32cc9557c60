"""The network manager's board: counts for those who may help, names for nobody else."""

from datetime import timedelta

import pytest

from networks.actions.snapshots import take_snapshot
from networks.models import Network
from practices import clock
from practices.doors import everywhere, perform
from practices.models import Membership, Organisation, User
from tests.cases import filled_queue, submitted
from tests.pages.clinic import signed_in
from tests.pages.markup import text_of
from tests.world import LONG_AGO, SETUP
from triage.models import RebalanceRun
from triage.rules.codes import Need

BOARD = "/networks/board/"


@pytest.fixture
def monday(monkeypatch, now):
    """The application's clock reads what the test says."""
    reading = [now]
    monkeypatch.setattr(clock, "now", lambda: reading[0])
    return reading


@pytest.fixture
def counted(world, acting, now, monday):
    """A morning with cases of every class and people who could be told from them."""
    cases = filled_queue(world, 9, at=now)
    for who in ("zoe", "tam", "ellen"):
        cases.append(submitted(world, acting, who, Need.SKIN_RASH, at=now))
    perform(take_snapshot, by=SETUP, at=now, network_id=world.network.pk)
    world.cases = cases
    return world


def secrets(world):
    """Everything that could tell one patient from another."""
    yield from (case.reference for case in world.cases)
    for person in world.patients.values():
        yield from (person.nhs_number, person.family_name, person.phone, person.postcode)


@pytest.mark.parametrize("name", ["manager", "clinical_lead", "practice_manager"])
def test_nothing_on_the_board_tells_one_patient_from_another(counted, name):
    page = signed_in(counted, name).get(BOARD)

    shown = page.content.decode()
    assert page.status_code == 200
    assert [secret for secret in secrets(counted) if secret in shown] == []


def test_the_manager_reads_every_place_with_its_level_in_words(counted):
    page = text_of(signed_in(counted, "manager").get(BOARD))

    for name in ("Oak Surgery", "Elm Surgery", "Riverside hub"):
        assert name in page
    assert "Level 3: struggling" in page
    assert "Figures as of 9:30am." in page


@pytest.mark.parametrize("name", ["receptionist", "duty", "clinician", "supervisor"])
def test_the_board_is_not_for_everybody(counted, name):
    assert signed_in(counted, name).get(BOARD).status_code == 403


def test_another_networks_manager_sees_nothing_of_ours(counted, now):
    with everywhere(because="the test's set-up", at=now):
        other = Organisation.objects.create(kind="network", code="NET2", name="Hilltop network")
        Network.objects.create(organisation=other, is_live=True)
        counted.users["stranger"] = User.objects.create(username="stranger", name="A Stranger")
        Membership.objects.create(
            user=counted.users["stranger"],
            role="manager",
            organisation=other,
            from_on=LONG_AGO,
        )

    page = text_of(signed_in(counted, "stranger").get(BOARD))

    assert "Hilltop network now" in page
    assert "Nothing has been counted yet" in page
    for name in ("Oak Surgery", "Elm Surgery", "Riverside hub", "Riverside network"):
        assert name not in page


def test_names_of_the_tired_stay_inside_their_practice(counted, now, monday):
    with everywhere(because="the test's set-up", at=now):
        for name in ("gp_oak", "gp_elm"):
            counted.clinicians[name].loads.create(day=now.date(), logged=240)
    monday[0] = at = now + timedelta(minutes=1)
    perform(take_snapshot, by=SETUP, at=at, network_id=counted.network.pk)

    manager = text_of(signed_in(counted, "manager").get(BOARD))
    own = text_of(signed_in(counted, "practice_manager").get(BOARD))

    assert ("Gp Oak" in manager, "Gp Elm" in manager, "1 GP" in manager) == (False, False, True)
    assert ("Gp Oak" in own, "Gp Elm" in own) == (True, False)


def test_a_practice_sees_other_practices_in_sum_only(counted):
    page = text_of(signed_in(counted, "practice_manager").get(BOARD))

    assert ("Oak Surgery" in page, "Riverside hub" in page) == (True, True)
    assert "Elm Surgery" not in page


@pytest.mark.parametrize(("minutes", "is_old"), [(60, False), (61, True)])
def test_figures_past_an_hour_are_not_to_go_by(counted, now, monday, minutes, is_old):
    monday[0] = now + timedelta(minutes=minutes)

    page = signed_in(counted, "manager").get(BOARD)

    assert ("too old to go by" in text_of(page)) is is_old
    assert ("app-priority--none" in page.content.decode()) is is_old


def test_the_part_that_renews_itself_is_the_figures_alone(counted):
    page = signed_in(counted, "manager").get(BOARD, headers={"HX-Request": "true"})

    shown = page.content.decode()
    assert "<h1" not in shown
    assert "Figures as of 9:30am." in shown
    assert 'hx-swap-oob="true"' in shown


def test_rebalance_now_asks_once_however_often_it_is_pressed(counted, now):
    """U27: long work is a job with a result that stays."""
    manager = signed_in(counted, "manager")
    wish = {"once": "pressed-twice"}

    first = manager.post("/networks/board/rebalance/", wish)
    second = manager.post("/networks/board/rebalance/", wish)

    assert [first.url, second.url] == ["/networks/board/#rebalancing"] * 2
    with everywhere(because="the test looks", at=now):
        assert RebalanceRun.objects.count() == 1
    assert "Asked at 9:30am. A worker will take it up." in text_of(manager.get(BOARD))


def test_a_practice_manager_may_not_rebalance_the_network(counted):
    manager = signed_in(counted, "practice_manager")

    assert manager.post("/networks/board/rebalance/").status_code == 403
    assert "Rebalance now" not in text_of(manager.get(BOARD))
