"""The measurement of the planner against greedy rules: lawful rivals, honestly counted."""

import io
import json
from random import Random

import pytest
from django.core.management import call_command

from appointments.management.commands.bench_greedy import (
    LATE,
    LIKINGS,
    ORDERS,
    Totals,
    fewest_breaches,
)
from appointments.management.commands.bench_greedy import _greedy as by_rule
from appointments.management.made_networks import made_network
from appointments.rules.rebalancing import LEVELS, read_instance
from appointments.rules.rebalancing.survey import survey
from tests.rules.brute_force import Contract
from tests.rules.small_instances import small_instance


def test_totals_add_the_late_levels_and_turn_tenths_into_points():
    found = Totals().and_of((1, 2, 30, 4, 5, 6, 7)).and_of((1, 0, 5, 0, 0, 0, 1))

    assert found == Totals(same_day=4, breaches=13, excess=3.5, losses=8)


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("liking", LIKINGS)
def test_no_rule_makes_an_excess_worse_than_it_found_it(order, liking):
    known = survey(made_network(seed=2, open_cases=20))
    over = sum(
        max(0, load - (known.clinicians[name].limit or load))
        for name, load in known.present_load.items()
    )

    assert by_rule(known, order, liking)[2] == over


def test_the_fewest_breaches_are_those_of_the_best_of_all_lawful_plans():
    late = [LEVELS.index(name) for name in LATE]
    for seed in range(60):
        described = small_instance(Random(seed))
        contract = Contract(described)
        best = min(
            sum(contract.levels(plan)[level] for level in late) for plan in contract.lawful_plans()
        )

        assert fewest_breaches(read_instance(json.dumps(described))) == best


def test_the_planner_stands_beside_the_best_rule():
    out = io.StringIO()
    call_command("bench_greedy", "--networks", "1", stdout=out)

    assert "The planner against the best greedy rule" in out.getvalue()
    assert "(mark -50 %)" in out.getvalue()
    assert "any lawful plan, proved, at least" in out.getvalue()
