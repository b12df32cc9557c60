"""Tiny days made by hand, and streams with a seed, for the tests of the simulator."""

from random import Random

from appointments.rules.codes import Mode
from appointments.rules.rebalancing import plan
from appointments.tasks.milp import Highs
from hubs.rules.needs import Need, Urgency
from networks.rules.simulation.assumptions import CLOSES
from networks.rules.simulation.facts import Case, Clinician, Day, Fate, Kind, Network, Slot
from practices.rules.professions import Profession

NETWORK = Network(
    shares={"P1": 0.5, "P2": 0.5},
    gps={"P1": 1, "P2": 1},
    travel={("P1", "H"): 10, ("P2", "H"): 10, ("P1", "P2"): 10, ("P2", "P1"): 10},
    agreements=frozenset({("P1", "H"), ("P2", "H")}),
)


def solved(instance):
    return plan(instance, Highs())


def streams(seed):
    return lambda name: Random(f"{seed} {name}")


def clinician(name="gp", *, site="P1", profession=Profession.GP, sessions=(510,)):
    return Clinician(name, profession, site, sessions, publishes=site == "H")


def slot(start, *, who="gp", site="P1", kind=Kind.REGULAR):
    return Slot(f"{who}@{start}{kind.value}", who, site, start, Mode.FACE_TO_FACE, kind)


def case(name, arrives, *, urgency=Urgency.P4, due=CLOSES, points=10, usual=None, **fate):
    told = {
        "comes": True,
        "minutes": 10.0,
        "cancels_at": None,
        "declines_hub": False,
        "declines_move": False,
        "practice_refuses": False,
    }
    return Case(
        id=name,
        practice="P1",
        need=Need.COUGH_BREATHING,
        age=40,
        urgency=urgency,
        points=points,
        modes=frozenset({Mode.FACE_TO_FACE}),
        arrives=arrives,
        due=due,
        earliest=480 if arrives is None else arrives + 15,
        usual=usual,
        is_fixed=False,
        fate=Fate(**{**told, **fate}),
    )


def day(clinicians, slots, arrivals=(), booked=None):
    return Day(
        number=0,
        network=NETWORK,
        clinicians={one.id: one for one in clinicians},
        slots={one.id: one for one in slots},
        booked=booked or {},
        arrivals=tuple(arrivals),
    )
