"""A lead's weights hold for the network's cases from the moment they are put in force."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db.utils import InternalError

from appointments.models import Slot
from appointments.rules.rebalancing import ComfortWeights
from practices.doors import everywhere, opened, perform
from practices.models import AuditEntry
from practices.rules.refusals import BadInput, Conflict, Forbidden, Refused
from tests.cases import submitted
from tests.world import SETUP
from triage import actions
from triage.actions.parameters import WeightWish, preview_weights, put_in_force
from triage.actions.rebalancing import ask_run, begin_run
from triage.models import Case, ParameterSet, RouteDecision
from triage.queries.options import options
from triage.queries.parameters import last_changed, versions_of, weights_for
from triage.queries.snapshot import Pool, snapshot
from triage.queries.waiting_instance import waiting_instance
from triage.rules.codes import Need, Urgency
from triage.rules.weights import WEIGHTS

THRIFTY = replace(WEIGHTS, scarcity=100)


@pytest.fixture
def lead(world, acting):
    return acting(world, "clinical_lead")


@pytest.fixture
def receptionist(world, acting):
    return acting(world, "receptionist")


@pytest.fixture
def only_the_hub(world, now):
    """Oak has no slot; the hub's GP is free at ten, its nurse practitioner 45 minutes later."""
    with everywhere(because="the test's set-up", at=now):
        Slot.objects.filter(practice_id=world.oak.pk).update(status="withdrawn")
        early = world.sessions["clinician"].starts_at + timedelta(minutes=45)
        nurse = Slot.objects.filter(session=world.sessions["clinician"])
        nurse.filter(starts_at__lt=early).update(status="withdrawn")


@pytest.fixture
def case(world, acting, now, only_the_hub):
    return submitted(world, acting, "zoe", Need.SORE_THROAT, at=now, red_flags_asked=True)


def wish(weights=THRIFTY, *, seen=0, **others):
    words = {"name": "Spare the GPs", "basis": "Leads’ meeting", "reason": "winter"}
    return WeightWish(weights=weights, seen_version=seen, **(words | others))


def put(lead, at, *args, **kwargs):
    return perform(put_in_force, by=lead, at=at, wish=wish(*args, **kwargs))


def first(actor, case, at):
    with opened(actor.reach, at=at):
        found = options(case.reference, at=at)
    return found.options[0].candidate.profession, found.judged_by


def test_the_usual_numbers_hold_until_a_lead_sets_others(world, receptionist, lead, case, now):
    before = first(receptionist, case, now)

    made = put(lead, now)

    assert before == ("gp", None)
    assert first(receptionist, case, now) == ("anp", made.pk)
    assert (made.version, made.hubs) == (1, [world.hub.pk])


def test_a_booking_says_by_which_version_it_was_decided(receptionist, lead, case, now):
    made = put(lead, now)
    with opened(receptionist.reach, at=now):
        found = options(case.reference, at=now)
    slot = found.slots[found.options[0].candidate.key]

    perform(actions.book, by=receptionist, at=now, reference=case.reference, slot_id=slot.id)

    with opened(receptionist.reach, at=now):
        decision = RouteDecision.objects.get()
        assert decision.parameters_id == made.pk
        assert decision.weighed[0]["where"] == "hub"
        assert decision.weighed[0]["units"]["scarcity"] == 2


def test_a_run_says_which_version_was_in_force(world, lead, now):
    made = put(lead, now)
    run = perform(ask_run, by=SETUP, at=now, network_id=world.network.pk, apply="none", key="one")
    pool = Pool(world.network.pk, (world.oak.pk, world.elm.pk), (world.hub.pk,))

    perform(begin_run, by=SETUP, at=now, run_id=run.pk, pool=pool)

    with everywhere(because="the test looks", at=now):
        run.refresh_from_db()
    assert run.parameters_id == made.pk


def test_a_plan_weighs_what_its_network_put_in_force(world, acting, lead, case, now):
    pool = Pool(world.network.pk, (world.oak.pk, world.elm.pk), (world.hub.pk,))

    def of_now():
        with everywhere(because="the test looks", at=now):
            waiting = Case.objects.select_related("patient").filter(pk=case.pk)
            return snapshot(pool, at=now), waiting_instance(waiting, at=now).instance

    usual, at_first = of_now()
    put(lead, now, replace(WEIGHTS, plan_travel_minute=200))
    theirs, of_waiting = of_now()

    assert (usual.instance.weights, at_first.weights) == (WEIGHTS.comfort, WEIGHTS.comfort)
    assert theirs.instance.weights == of_waiting.weights == ComfortWeights(travel_minute=200)
    assert theirs.key != usual.key


def test_of_two_leads_the_second_is_told_who_was_quicker(world, lead, now):
    put(lead, now)

    with pytest.raises(Conflict, match="Clinical Lead put version 1 in force while you"):
        put(lead, now, replace(WEIGHTS, borrowed=0))

    with opened(lead.reach, at=now):
        assert ParameterSet.objects.count() == 1


def test_an_earlier_version_in_force_again_is_a_new_one(lead, now):
    put(lead, now)
    put(lead, now + timedelta(minutes=1), WEIGHTS, seen=1, restores=0)

    with opened(lead.reach, at=now):
        versions = versions_of(lead.organisation_id)
        assert weights_for(the_hub_of(lead)).weights == WEIGHTS
    assert [(one.number, one.restores) for one in versions] == [(2, 0), (1, None), (0, None)]
    assert last_changed(versions)["scarcity"].number == 2


def the_hub_of(lead):
    (hub_id,) = lead.reach.providers
    return hub_id


@pytest.mark.parametrize(
    ("weights", "field"),
    [(replace(WEIGHTS, wait_minute=0), "wait_minute"), (WEIGHTS, "")],
)
def test_what_is_not_put_in_force(lead, now, weights, field):
    with pytest.raises(BadInput) as refused:
        put(lead, now, weights)

    assert refused.value.field == field
    with opened(lead.reach, at=now):
        assert not ParameterSet.objects.exists()


@pytest.mark.parametrize("name", ["manager", "receptionist", "supervisor", "practice_manager"])
def test_only_the_clinical_lead_sets_or_previews_them(world, acting, now, name):
    somebody = acting(world, name)

    with pytest.raises(Forbidden):
        put(somebody, now)
    with pytest.raises(Forbidden):
        perform(preview_weights, by=somebody, at=now, weights=THRIFTY)


def test_a_version_is_never_changed(lead, now):
    made = put(lead, now)

    with pytest.raises(InternalError, match="Cannot update"), opened(lead.reach, at=now):
        ParameterSet.objects.filter(pk=made.pk).update(name="another")


def test_the_change_is_on_record_with_both_values(lead, now):
    put(lead, now)

    with everywhere(because="the test looks", at=now):
        entry = AuditEntry.objects.get(verb="weights.in_force")
    assert entry.facts["before"] == {"scarcity": 30}
    assert entry.facts["after"] == {"scarcity": 100}


def test_a_preview_counts_and_writes_nothing(lead, case, now):
    found = perform(preview_weights, by=lead, at=now, weights=THRIFTY)

    assert (found.looked_at, found.are_open, found.changed) == (1, True, 1)
    (example,) = found.examples
    assert (example.need, example.turn.because) == (Need.SORE_THROAT, "scarcity")
    assert example.turn.after.starts_at - example.turn.before.starts_at == timedelta(minutes=45)
    with opened(lead.reach, at=now):
        assert not ParameterSet.objects.exists()


def test_a_preview_of_the_numbers_in_force_changes_nothing(lead, case, now):
    found = perform(preview_weights, by=lead, at=now, weights=WEIGHTS)

    assert (found.looked_at, found.changed, found.examples) == (1, 0, ())


def test_a_preview_agrees_with_the_list_itself(receptionist, lead, case, now):
    found = perform(preview_weights, by=lead, at=now, weights=THRIFTY)
    put(lead, now)

    with opened(receptionist.reach, at=now):
        best = options(case.reference, at=now).options[0].candidate
    assert found.examples[0].turn.after.starts_at == best.starts_at


def test_without_open_cases_recent_decisions_are_weighed_again(receptionist, lead, case, now):
    with opened(receptionist.reach, at=now):
        found = options(case.reference, at=now)
    way = next(one.candidate.key for one in found.options if one.candidate.kind == "slot")
    perform(
        actions.book,
        by=receptionist,
        at=now,
        reference=case.reference,
        slot_id=found.slots[way].id,
    )

    shown = perform(preview_weights, by=lead, at=now, weights=THRIFTY)

    assert (shown.looked_at, shown.are_open) == (1, False)


@pytest.mark.parametrize("patients", [("zoe",), ("zoe", "zoe_namesake", "tam")])
def test_a_preview_costs_the_same_for_one_case_and_for_three(
    world, acting, lead, now, patients, django_assert_num_queries
):
    for who in patients:
        submitted(world, acting, who, Need.SORE_THROAT, at=now, red_flags_asked=True)

    with django_assert_num_queries(18):
        found = perform(preview_weights, by=lead, at=now, weights=THRIFTY)

    assert found.looked_at == len(patients)


def test_kept_places_are_refused_in_the_list_and_at_the_desk(receptionist, lead, case, now):
    put(lead, now, replace(WEIGHTS, kept_percent=99, urgent_a_day=300))
    with opened(receptionist.reach, at=now):
        found = options(case.reference, at=now)
    kept = [no for no in found.refused if no.text.startswith("Kept for urgent patients")]
    slot = found.slots[kept[0].candidate.key]

    with pytest.raises(Refused) as refused:
        perform(actions.hold, by=receptionist, at=now, reference=case.reference, slot_id=slot.id)

    assert {no.code for no in kept} == {"embargo"}
    assert (refused.value.code, refused.value.text) == ("embargo", kept[0].text)
    released = [one for one in found.options if one.candidate.kind == "slot"]
    assert all(one.candidate.starts_at <= now + timedelta(minutes=45) for one in released)


def test_an_urgent_case_has_the_places_kept_for_it(
    world, acting, receptionist, lead, only_the_hub, now
):
    put(lead, now, replace(WEIGHTS, kept_percent=99, urgent_a_day=300))
    urgent = submitted(
        world, acting, "tam", Need.SORE_THROAT, at=now, red_flags_asked=True, raised_to=Urgency.P3
    )

    with opened(receptionist.reach, at=now):
        found = options(urgent.reference, at=now)

    assert urgent.urgency == 3
    assert not [no for no in found.refused if no.code == "embargo"]


def test_looking_ahead_costs_one_statement_more(
    receptionist, lead, case, now, django_assert_num_queries
):
    put(lead, now, replace(WEIGHTS, kept_percent=80))

    with django_assert_num_queries(14), opened(receptionist.reach, at=now):
        options(case.reference, at=now)
