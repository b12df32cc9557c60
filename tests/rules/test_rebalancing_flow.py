"""Flow mode: always lawful, and the true optimum where every contact counts as one."""

import json
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from appointments.management.made_networks import made_network
from appointments.rules.rebalancing import read_instance
from appointments.rules.rebalancing.flow import flow
from appointments.rules.rebalancing.lawfulness import broken_rules
from appointments.rules.rebalancing.levels import score
from appointments.rules.rebalancing.survey import survey
from appointments.tasks.matching import match
from tests.rules.brute_force import Contract
from tests.rules.small_instances import small_instance

SEEDS = st.integers(0, 10**9)
many = settings(max_examples=100, deadline=None)


def flat_instance(seed):
    """Every contact is one point, every limit a whole number, no share and no supervision."""
    described = small_instance(Random(seed), cases=5, slots=6)
    described.pop("share_caps", None)
    described.pop("supervision", None)
    for case in described["cases"]:
        case["points"] = 1
    for clinician in described["clinicians"]:
        clinician["fixed_points"] = int(clinician["fixed_points"])
        clinician["limit"] = None if clinician["limit"] is None else int(clinician["limit"])
    return described


@given(SEEDS)
@many
def test_flow_is_optimal_where_contacts_are_flat(seed):
    described = flat_instance(seed)
    contract = Contract(described)

    board = flow(survey(read_instance(json.dumps(described))), match)

    assert board is not None
    assert contract.is_lawful(board.places)
    assert contract.levels(board.places) == contract.best_levels()


@given(SEEDS)
@many
def test_flow_is_lawful_where_contacts_weigh_more(seed):
    described = small_instance(Random(seed), cases=12, slots=14)

    board = flow(survey(read_instance(json.dumps(described))), match)

    assert board is None or Contract(described).is_lawful(board.places)


def test_flow_serves_a_whole_network_and_leaves_it_better():
    known = survey(made_network(seed=3, open_cases=115))
    nothing_done = score(known, known.booked())

    board = flow(known, match)

    assert board is not None
    assert broken_rules(known, board.places) == []
    assert score(known, board.places) < nothing_done
