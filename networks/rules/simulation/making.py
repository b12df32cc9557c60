"""The synthetic network: five practices with their lists and GPs, a hub, roads, agreements."""

from networks.rules.simulation import assumptions as given
from networks.rules.simulation.chance import Chance, Streams
from networks.rules.simulation.facts import HUB, Network


def made_network(streams: Streams) -> Network:
    """The network of a seed; its days are drawn afterwards."""
    chance = streams("network")
    names = [f"P{number + 1}" for number in range(given.PRACTICES)]
    sizes = [chance.gammavariate(given.LIST_SHAPE, 1.0) for _ in names]
    shares = {name: size / sum(sizes) for name, size in zip(names, sizes, strict=True)}
    pairs = [(one, other) for one in names for other in (*names, HUB) if one != other]
    return Network(
        shares=shares,
        gps=_seats(shares),
        travel={pair: _one_of(given.TRAVEL_MINUTES, chance) for pair in pairs},
        agreements=frozenset(
            pair for pair in pairs if chance.random() < given.MUTUAL_AID or pair[1] == HUB
        ),
    )


def _seats(shares: dict[str, float]) -> dict[str, int]:
    """Each practice one GP, the others by list size (largest remainders)."""
    left = given.GPS - len(shares)
    exact = {name: share * left for name, share in shares.items()}
    seats = {name: 1 + int(number) for name, number in exact.items()}
    by_remainder = sorted(exact, key=lambda name: (int(exact[name]) - exact[name], name))
    for name in by_remainder[: given.GPS - sum(seats.values())]:
        seats[name] += 1
    return seats


def _one_of(values: tuple[int, ...], chance: Chance) -> int:
    return values[int(chance.random() * len(values))]
