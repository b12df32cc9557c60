"""Small random instances of the `plan` contract, as the JSON an outsider would write."""

from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
PRACTICES = ("P1", "P2")
SITES = ("P1", "P2", "H1")
ROLES = ("gp", "anp", "nurse")
NEEDS = ("sore_throat", "skin_rash")
MODES = ("face_to_face", "phone")


def minutes(count: float) -> str:
    return (NOW + timedelta(minutes=count)).isoformat()


def small_instance(chance: Random, *, cases: int = 6, slots: int = 7) -> dict[str, Any]:
    """Up to `cases` cases and `slots` slots, tight enough for every rule to bind sometimes.

    One clinician has booked more than is safe, another some room, so that moves are worth while.
    """
    booked = chance.choice((0.3, 0.8))
    clinicians = [_clinician(chance, i) for i in range(chance.randint(1, 4))]
    made_slots = [_slot(chance, i, clinicians) for i in range(chance.randint(1, slots))]
    free = [slot["id"] for slot in made_slots]
    chance.shuffle(free)
    made_cases = [
        _case(chance, i, clinicians, free, booked) for i in range(chance.randint(1, cases))
    ]
    instance: dict[str, Any] = {
        "now": NOW.isoformat(),
        "clinicians": clinicians,
        "slots": made_slots,
        "cases": made_cases,
        "scope": [
            {"role": role, "need": need, "min_age": chance.choice((0, 5)), "max_age": 90}
            for role in ROLES
            for need in NEEDS
            if role == "gp" or chance.random() < 0.6
        ],
        "travel": {
            p: {s: 0 if s == p else chance.choice((5, 20)) for s in SITES} for p in PRACTICES
        },
        "agreements": [[p, s] for p in PRACTICES for s in SITES if chance.random() < 0.7],
    }
    if chance.random() < 0.4:
        instance["share_caps"] = [
            {"practice": p, "site": "H1", "cases": chance.randint(0, 2)} for p in PRACTICES
        ]
    if chance.random() < 0.4:
        instance["supervision"] = [{"site": "H1", "per_supervisor": chance.choice((0, 0, 1))}]
        _crowd_an_hour(chance, instance)
    if chance.random() < 0.5:
        _open_up(chance, instance)
    return instance


def _clinician(chance: Random, number: int) -> dict[str, Any]:
    return {
        "id": f"c{number}",
        "role": "gp" if number == 0 else chance.choice(ROLES),
        "site": chance.choice(SITES),
        "limit": None if chance.random() < 0.1 else chance.choice((1, 1.5, 2.5, 4)),
        "fixed_points": chance.choice((0, 0, 0.5, 1, 3)),
        "supervises": chance.random() < 0.4,
    }


def _open_up(chance: Random, instance: dict[str, Any]) -> None:
    """Few rules stand in the way, and one clinician is booked past a limit of one point."""
    for slot in instance["slots"]:
        slot |= {"mode": "phone", "published_to": ["*"]}
    for case in instance["cases"]:
        case |= {"modes": list(MODES), "age": 34, "class": chance.choice(("P3", "P4", "P5", "P6"))}
        case |= {"frozen": False, "told": chance.random() < 0.7}
    for clinician in instance["clinicians"]:
        clinician |= {"role": "gp", "limit": chance.choice((2.5, 4)), "fixed_points": 0}
    instance["clinicians"][0]["limit"] = 1
    instance["agreements"] = [[p, s] for p in PRACTICES for s in SITES]


def _slot(chance: Random, number: int, clinicians: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "id": f"s{number}",
        "clinician": chance.choice(clinicians)["id"],
        "starts_at": minutes(chance.randint(-1, 9) * 15),
        "minutes": 15,
        "mode": chance.choice((*MODES, "face_to_face")),
        "published_to": chance.choice((["*"], ["*"], ["P1"], ["P2"], ["P1", "P2"])),
    }


def _case(
    chance: Random, number: int, clinicians: list[dict[str, Any]], free: list[str], booked: float
) -> dict[str, Any]:
    earliest = chance.choice((-60, -15, 0, 20, 45))
    return {
        "id": f"q{number}",
        "practice": chance.choice(PRACTICES),
        "need": chance.choice(NEEDS),
        "age": chance.choice((3, 34, 91)) if chance.random() < 0.3 else 34,
        "points": chance.choice((0.5, 1, 1, 1.5, 2.5)),
        "class": chance.choice(("P0", "P1", "P2", "P3", "P4", "P4", "P5", "P6")),
        "modes": chance.choice((["face_to_face"], ["phone"], list(MODES), list(MODES))),
        "earliest": minutes(earliest),
        "due": minutes(chance.choice((-10, 15, 40, 60, 100, 600))),
        "continuity": chance.choice((None, chance.choice(clinicians)["id"])),
        "slot": free.pop() if free and chance.random() < booked else None,
        "frozen": chance.random() < 0.2,
        "told": chance.random() < 0.5,
    }


def _crowd_an_hour(chance: Random, instance: dict[str, Any]) -> None:
    """A nurse with more slots in one hour than one supervisor may watch over."""
    instance["clinicians"].append(
        {
            "id": "crowd",
            "role": "nurse",
            "site": "H1",
            "limit": 2.5,
            "fixed_points": 0,
            "supervises": chance.random() < 0.5,
        }
    )
    instance["slots"] += [
        {
            "id": f"n{i}",
            "clinician": "crowd",
            "starts_at": minutes(30 + 8 * i),
            "minutes": 8,
            "mode": "phone",
            "published_to": ["*"],
        }
        for i in range(chance.randint(1, 3))
    ]
