"""The solver behind the plans, on the world's own instances and on small ones counted out."""

import csv
import os
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from appointments.rules.rebalancing import InstanceError
from appointments.rules.rebalancing.assignment import Assignment, assign, read_assignment
from appointments.tasks.milp import Highs

DATA = os.environ.get("HEADROOM_DATA")
FAMILIES = range(1, 13)


@pytest.mark.data
@pytest.mark.skipif(DATA is None, reason="HEADROOM_DATA is not set: no public instances here")
@pytest.mark.parametrize("family", FAMILIES)
def test_published_instances_are_proved_at_their_known_optimum(family):
    folder = Path(DATA) / "gap"
    with (folder / "best_known.csv").open() as file:
        known = {Path(row["Path"]).name: int(row["Optimum"]) for row in csv.DictReader(file)}

    for number in range(5):
        name = f"gap{family}-{number}"
        answer = assign(read_assignment(name, (folder / name).read_text()), Highs())

        assert (answer.value, answer.bound) == (known[name], known[name]), name


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_small_instances_equal_enumeration(data):
    agents, jobs = data.draw(st.integers(1, 3)), data.draw(st.integers(1, 5))
    table = st.lists(
        st.lists(st.integers(1, 9), min_size=jobs, max_size=jobs).map(tuple),
        min_size=agents,
        max_size=agents,
    ).map(tuple)
    capacities = st.lists(st.integers(0, 20), min_size=agents, max_size=agents).map(tuple)
    assignment = Assignment(data.draw(table), data.draw(table), data.draw(capacities))
    every_way = product(range(agents), repeat=jobs)
    values = [v for v in map(assignment.value, every_way) if v is not None]

    answer = assign(assignment, Highs())

    assert (None if answer is None else answer.value) == min(values, default=None)
    assert answer is None or answer.is_proved


@pytest.mark.parametrize("text", ["", "2", "2 3 1 1", "1 1 x 1 1", "0 0"])
def test_a_file_that_is_no_instance_is_refused_in_a_sentence(text):
    with pytest.raises(InstanceError, match=r"^The file gap must hold .*\.$"):
        read_assignment("gap", text)
