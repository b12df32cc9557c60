"""The `plan` contract against brute force: lawful, optimal at every level, honestly proved."""

import json
from random import Random

import pytest

from appointments.rules.rebalancing import LEVELS, plan, read_instance
from appointments.tasks.milp import Highs
from tests.rules.brute_force import Contract
from tests.rules.small_instances import small_instance


@pytest.mark.parametrize("hundred", range(10))
def test_plan_equals_brute_force_at_all_seven_levels(hundred):
    for seed in range(100 * hundred, 100 * hundred + 100):
        described = small_instance(Random(seed))
        contract = Contract(described)

        answer = plan(read_instance(json.dumps(described)), Highs())

        places = {p.case: p.slot for p in answer.placements}
        assert contract.is_lawful(places), seed
        assert contract.levels(places) == contract.best_levels(), seed
        assert tuple(level.name for level in answer.levels) == LEVELS
        assert [level.value for level in answer.levels] == list(contract.levels(places)), seed
        assert all(level.proved and level.bound == level.value for level in answer.levels), seed
        assert {u.case for u in answer.unplaced} == set(contract.cases) - set(places)
