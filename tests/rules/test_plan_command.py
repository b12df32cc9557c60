"""The doors of the solver: what they print, and how they refuse."""

import io
import json
import subprocess
import sys
from random import Random

import pytest
from django.core.management import CommandError, call_command

from appointments.rules.rebalancing import LEVELS
from tests.rules.brute_force import Contract
from tests.rules.small_instances import small_instance

MANAGE = [sys.executable, "manage.py"]


@pytest.fixture
def described():
    return small_instance(Random(5), cases=8, slots=8)


def test_the_answer_is_the_contract_and_nothing_else(described, tmp_path):
    file = tmp_path / "instance.json"
    file.write_text(json.dumps(described))

    done = subprocess.run(
        [*MANAGE, "plan", str(file), "--json"], capture_output=True, text=True, check=True
    )

    answer = json.loads(done.stdout)
    places = {entry["case"]: entry["slot"] for entry in answer["placements"]}
    assert list(answer) == ["placements", "unplaced", "levels", "seconds"]
    assert [level["name"] for level in answer["levels"]] == list(LEVELS)
    assert all(list(e) == ["case", "slot", "reasons"] for e in answer["placements"])
    assert all(list(e) == ["case", "reasons"] for e in answer["unplaced"])
    assert tuple(level["value"] for level in answer["levels"]) == Contract(described).levels(places)


def test_it_reads_standard_input_and_says_the_same_twice(described):
    answers = [
        json.loads(
            subprocess.run(
                [*MANAGE, "plan", "-", "--json"],
                input=json.dumps(described), capture_output=True, text=True, check=True,
            ).stdout
        )
        for _ in range(2)
    ]  # fmt: skip

    assert answers[0] | {"seconds": 0} == answers[1] | {"seconds": 0}


def test_without_json_it_speaks_to_people(described, tmp_path):
    file = tmp_path / "instance.json"
    file.write_text(json.dumps(described))
    printed = io.StringIO()

    call_command("plan", str(file), stdout=printed)

    assert "urgent" in printed.getvalue()
    assert "proved" in printed.getvalue()


def _without(key):
    return lambda whole: whole.pop(key)


def _in_first(part, **changes):
    return lambda whole: whole[part][0].update(changes)


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (_without("now"), "The instance has no now."),
        (_without("travel"), "The instance has no travel."),
        (_without("cases"), "The instance has no cases."),
        (lambda w: w.update(cases={}), "Cases of the instance must be a list."),
        (lambda w: w.update(slots=[3]), "Slots number 1 must be an object with named fields."),
        (lambda w: w.update(now="noon"), "must be a date and time such as"),
        (lambda w: w.update(now="2026-11-23T09:30:00"), "must say its offset from UTC"),
        (lambda w: w.update(agreements=[["P1"]]), "must be a practice and a site."),
        (_in_first("cases", points=0.3), "Points of case q0 must be a multiple of 0.5"),
        (_in_first("cases", points=-1), "must be a multiple of 0.5 and not negative."),
        (_in_first("cases", points="1"), "must be a number of points."),
        (_in_first("cases", **{"class": "P7"}), "Class of case q0 must be one of P0, P1"),
        (_in_first("cases", age=3.5), "Age of case q0 must be a whole number."),
        (_in_first("cases", told="yes"), "Told of case q0 must be true or false."),
        (_in_first("cases", slot="nowhere"), "booked in slot nowhere, which is not here."),
        (_in_first("slots", clinician="nobody"), "names clinician nobody, who is not here."),
        (_in_first("slots", id="s1"), "Two slots have the id s1."),
        (_in_first("slots", published_to="*"), "Published_to of slot s0 must be a list."),
        (_in_first("clinicians", limit="many"), "Limit of clinician c0 must be a number"),
        (
            lambda w: [case.update(slot="s0") for case in w["cases"][:2]],
            "Two cases are booked in slot s0.",
        ),
    ],
)
def test_a_bad_instance_is_refused_in_a_sentence(described, tmp_path, spoil, sentence):
    spoil(described)
    file = tmp_path / "instance.json"
    file.write_text(json.dumps(described))

    with pytest.raises(CommandError) as refusal:
        call_command("plan", str(file))

    assert sentence in str(refusal.value)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "This is not JSON"),
        ("[]", "The instance must be an object with named fields."),
        ("{" * 9, "This is not JSON"),
        ("[" * 100_000, "This JSON is nested too deeply."),
        ('{"now": NaN}', "NaN is not a number this command can work with."),
        ('{"now": 1, "now": 2}', "The field now appears 2 times in one object."),
    ],
)
def test_what_is_no_instance_at_all_is_refused_too(tmp_path, text, sentence):
    file = tmp_path / "instance.json"
    file.write_text(text)

    with pytest.raises(CommandError) as refusal:
        call_command("plan", str(file))

    assert sentence in str(refusal.value)


def test_a_refusal_leaves_with_a_failure_and_no_traceback(tmp_path):
    done = subprocess.run(
        [*MANAGE, "plan", str(tmp_path / "none.json")], capture_output=True, text=True, check=False
    )

    assert done.returncode == 1
    assert done.stdout == ""
    assert "none.json cannot be read: No such file or directory." in done.stderr
    assert "Traceback" not in done.stderr
