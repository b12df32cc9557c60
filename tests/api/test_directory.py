"""Who is who, as far as one's reach goes."""

import pytest

from tests.api.conftest import problem


@pytest.mark.parametrize(
    ("who", "address", "query", "codes"),
    [
        ("receptionist", "practices", {}, ["ELM1", "OAK1"]),
        ("receptionist", "practices", {"practice": "OAK1"}, ["OAK1"]),
        ("clinician", "practices", {"hub": "HUB1"}, ["ELM1", "OAK1"]),
        ("manager", "practices", {"network": "NET1"}, ["ELM1", "OAK1"]),
        ("manager", "practices", {"network": "NET9"}, []),
        ("receptionist", "hubs", {}, ["HUB1"]),
        ("manager", "hubs", {"practice": "ELM1", "network": "NET1"}, ["HUB1"]),
        ("receptionist", "hubs", {"hub": "OAK1"}, []),
        ("clinician", "networks", {"hub": "HUB1", "practice": "OAK1"}, ["NET1"]),
    ],
)
def test_organisations_in_reach(as_, who, address, query, codes):
    found = as_(who).get(address, **query).json()["results"]

    assert [row["code"] for row in found] == codes


def test_a_network_names_its_members_and_hubs(as_):
    found = as_("manager").get("networks").json()["results"]

    assert found == [
        {
            "code": "NET1",
            "name": "Riverside network",
            "practices": ["ELM1", "OAK1"],
            "hubs": ["HUB1"],
        }
    ]


@pytest.mark.parametrize(
    ("who", "query", "names"),
    [
        ("receptionist", {"practice": "OAK1"}, ["Duty", "Gp Oak"]),
        ("receptionist", {"practice": "ELM1"}, []),
        ("receptionist", {"hub": "HUB1"}, ["Clinician", "Physio", "Supervisor"]),
        ("manager", {"network": "NET1", "hub": "HUB1"}, ["Clinician", "Physio", "Supervisor"]),
    ],
)
def test_clinicians_in_reach(as_, who, query, names):
    found = as_(who).get("clinicians", **query).json()["results"]

    assert [row["name"] for row in found] == names


@pytest.mark.parametrize("address", ["practices", "clinicians"])
@pytest.mark.parametrize("number", [1, 2])
def test_the_directory_costs_the_same_and_turns(as_, address, number, django_assert_num_queries):
    caller = as_("receptionist")

    with django_assert_num_queries(14):
        found = caller.get(address, page_size=number).json()

    assert len(found["results"]) == number
    assert problem(caller.get(address, q="x"))["errors"][0]["code"] == "unknown_filter"
