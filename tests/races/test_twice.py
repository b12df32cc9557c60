"""Each task delivered two to five times, in any order, leaves what once would leave (fault F10)."""

import hashlib
import random
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import transaction

from appointments.models import Booking, ChangedDay
from appointments.rules.rebalancing import plan as make_plan
from appointments.tasks import tidy_holds
from appointments.tasks.milp import Highs
from networks.actions.rebalance import ask_rebalance
from networks.queries import pool_of
from networks.tasks import rebalance, rebalance_changed
from practices import clock, tasks
from practices.doors import everywhere, perform
from practices.models import Message, OutboxItem
from practices.rules.fates import Fate
from practices.tasks import deliver_message, sweep_outbox
from tests.cases import submitted
from tests.full_day import overfill
from tests.invariants import broken
from tests.races.conftest import at_once
from tests.world import SETUP
from triage import actions
from triage.models import RebalanceRun
from triage.rules.codes import Need
from triage.tasks import call_unread, escalate

pytestmark = pytest.mark.race

OURS = ("practices", "hubs", "appointments", "triage", "networks")
# Made anew by chance or by a counter in every run, and named nowhere in what they stand for.
BY_CHANCE = {"id", "public_id", "reference"}
# A note to look again: order decides only whether somebody has looked since.
NOTES = {"appointments.ChangedDay"}
LATER = timedelta(minutes=50)


class Carrier:
    """A provider of text messages that remembers what it was given."""

    def __init__(self):
        self.carried = []
        self.can_be_asked = True

    def send(self, *, reference, to, body):
        self.carried.append(reference)

    def fate_of(self, *, reference):
        has_it = self.can_be_asked and reference in self.carried
        return Fate.CARRIED if has_it else None


@pytest.fixture
def carrier(monkeypatch):
    found = Carrier()
    monkeypatch.setattr(tasks, "post_office", lambda: found)
    return found


@pytest.fixture
def evening(now, monkeypatch):
    """The instant of every delivery."""
    monkeypatch.setattr(clock, "now", lambda: now + LATER)
    return now + LATER


def _deliveries(world, acting, evening):
    """The world full of work, and each task that should be done, as it would be called."""
    overfill(world, acting)
    urgent = submitted(world, acting, "child", Need.COUGH_BREATHING, at=world.at)
    unread = submitted(world, acting, "zoe", Need.OTHER, at=world.at, words="Some chest pain")
    held = submitted(world, acting, "ellen", Need.SORE_THROAT, at=world.at, red_flags_asked=True)
    slot, elm = world.slots("gp_elm")[3], acting(world, "receptionist_elm")
    perform(actions.hold, by=elm, at=world.at, reference=held.reference, slot_id=slot.pk)
    run = perform(
        ask_rebalance, by=acting(world, "manager"), at=evening, network_id=world.network.pk
    )
    with everywhere(because="the test looks", at=evening):
        messages = list(Message.objects.filter(state="queued").values_list("pk", flat=True))
    assert urgent.urgency <= 4
    assert len(messages) >= 5
    return [
        (tidy_holds, {}),
        (escalate, {}),
        (call_unread, {"reference": unread.reference}),
        (rebalance, {"run_id": run.pk, "network_id": world.network.pk}),
        *((deliver_message, {"message_id": pk}) for pk in messages),
    ]


def _state(at):
    """A digest of every row of every table, whatever order they came in."""
    lines = []
    with everywhere(because="the test looks", at=at):
        for label in OURS:
            for model in apps.get_app_config(label).get_models():
                if model._meta.label in NOTES:
                    continue
                columns = [
                    field.column
                    for field in model._meta.concrete_fields
                    if field.column not in BY_CHANCE
                ]
                rows = sorted(repr(row) for row in model.objects.values_list(*columns))
                lines.append(f"{model._meta.label} {rows}")
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _after(deliveries, at):
    """The state these deliveries would leave, and what is broken in it; they are undone."""
    sid = transaction.savepoint()
    try:
        for task, payload in deliveries:
            task(**payload)
        return _state(at), tuple(broken(at=at))
    finally:
        transaction.savepoint_rollback(sid)


def _prove(world, acting, evening, sequences):
    once = _deliveries(world, acting, evening)
    chance = random.Random(10)
    before, expected = _state(evening), _after(once, evening)
    found = set()
    for _ in range(sequences):
        many = [one for one in once for _ in range(chance.randint(2, 5))]
        chance.shuffle(many)
        found.add(_after(many, evening))

    assert expected != (before, ())
    assert expected[1] == ()
    assert found == {expected}


def test_fifty_sequences_end_where_once_ends(world, acting, evening, carrier):
    _prove(world, acting, evening, 50)


@pytest.mark.soak
def test_five_hundred_sequences_end_where_once_ends(world, acting, evening, carrier):
    _prove(world, acting, evening, 500)


def test_control_a_task_that_forgets_what_it_did_ends_elsewhere(world, acting, evening, carrier):
    once = _deliveries(world, acting, evening)
    (asked,) = [delivery for delivery in once if delivery[0] is rebalance]

    def forgetful(**payload):
        with everywhere(because="the test's fault", at=evening):
            RebalanceRun.objects.filter(pk=payload["run_id"]).update(status="queued")
        rebalance(**payload)

    forgot = [asked, (forgetful, asked[1])]

    assert _after([asked, asked], evening) == _after([asked], evening)
    assert _after(forgot, evening) != _after([asked], evening)


def _sweeping_at_once(world, acting):
    """Eight sweepers over the promises of twelve cases; how often each promise was taken."""
    for who in ("zoe", "tam", "zoe_namesake", "child"):
        for need in (Need.SORE_THROAT, Need.EYE, Need.URINARY):
            submitted(world, acting, who, need, at=world.at)
    at_once(8, lambda _: sweep_outbox())
    with everywhere(because="the test looks", at=world.at):
        return list(OutboxItem.objects.values_list("attempts", "trouble"))


def test_many_sweepers_keep_each_promise_once(committed_world, acting, evening, carrier):
    taken = _sweeping_at_once(committed_world, acting)

    assert set(taken) == {(1, "")}
    assert len(carrier.carried) == len(set(carrier.carried)) == 12


def _sent_again(world, acting, carrier):
    """How often a message was carried, the second time without its own state."""
    submitted(world, acting, "zoe", Need.EYE, at=world.at)
    with everywhere(because="the test looks", at=world.at):
        message = Message.objects.get()
    for _ in range(2):
        deliver_message(message_id=message.pk)
    once = len(carrier.carried)
    with everywhere(because="the test's fault", at=world.at):
        Message.objects.update(state="queued")
    deliver_message(message_id=message.pk)
    return once, len(carrier.carried)


def test_a_message_that_lost_its_state_is_not_sent_again(world, acting, evening, carrier):
    """As after a backup was restored (fault F24)."""
    assert _sent_again(world, acting, carrier) == (1, 1)


def test_control_a_carrier_that_cannot_be_asked_sends_it_again(world, acting, evening, carrier):
    carrier.can_be_asked = False

    assert _sent_again(world, acting, carrier) == (1, 2)


def test_a_hold_nobody_tidied_is_gone_once_only(world, acting, evening, carrier):
    _deliveries(world, acting, evening)

    assert [tidy_holds(), tidy_holds()] == [1, 0]
    with everywhere(because="the test looks", at=evening):
        assert Booking.objects.filter(state="held").count() == 0


def _begun(world, evening):
    """A run that has looked at the day and is thinking."""
    run = perform(
        actions.ask_run,
        by=SETUP,
        at=evening,
        network_id=world.network.pk,
        apply="none",
        key="begun",
    )
    with everywhere(because="the test looks", at=evening):
        pool = pool_of(world.network.pk, at=evening)
    return run, pool, perform(actions.begin_run, by=SETUP, at=evening, run_id=run.pk, pool=pool)


def test_a_change_that_commits_late_is_looked_at_again(world, evening):
    """Somebody's booking began before the look and committed after it."""
    run, pool, found = _begun(world, evening)
    with everywhere(because="the test's late commit", at=evening):
        late = ChangedDay.objects.create(
            organisation_id=world.oak.pk,
            day=evening.date(),
            changed_at=evening - timedelta(seconds=1),
        )

    plan = make_plan(found.instance, Highs())
    wish = {"run_id": run.pk, "pool": pool, "found": found, "plan": plan}
    perform(actions.record_plan, by=SETUP, at=evening, **wish)

    with everywhere(because="the test looks", at=evening):
        assert list(ChangedDay.objects.values_list("pk", flat=True)) == [late.pk]


def test_a_look_that_died_is_not_running_for_ever(world, evening):
    dead, _, _ = _begun(world, evening)

    rebalance_changed()

    with everywhere(because="the test looks", at=evening):
        statuses = RebalanceRun.objects.order_by("pk").values_list("pk", "status")
        assert [status for pk, status in statuses if pk == dead.pk] == ["failed"]
        assert [status for pk, status in statuses if pk != dead.pk] == ["done"]
