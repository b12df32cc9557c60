"""Who works on a day, and which places that makes."""

from collections.abc import Iterator

from appointments.rules.codes import Mode
from networks.rules.behaviour import pick
from networks.rules.simulation import assumptions as given
from networks.rules.simulation.chance import Chance
from networks.rules.simulation.facts import HUB, Clinician, Kind, Network, Setting, Slot
from practices.rules.professions import Profession

HALVES = (given.MORNING, given.AFTERNOON)


def staff(network: Network, setting: Setting, chance: Chance) -> list[Clinician]:
    """Everybody at work; each practice and the hub have a GP in both halves of the day."""
    team: list[Clinician] = []
    for practice, gps in network.gps.items():
        team += _covered([_gp(practice, number, chance) for number in range(gps)])
    hub = [
        _of_hub(role, number, chance)
        for number, role in enumerate(given.HUB_TEAM[: setting.hub_size])
    ]
    gps_of_hub = [one for one in hub if one.is_gp]
    team += [*_covered(gps_of_hub), *(one for one in hub if not one.is_gp)]
    return [one for one in team if one.sessions]


def _of_hub(role: Profession, number: int, chance: Chance) -> Clinician:
    sessions = pick(given.HUB_DAYS, chance.random())
    return Clinician(f"{HUB}-{role.value}{number}", role, HUB, sessions, publishes=True)


def _gp(practice: str, number: int, chance: Chance) -> Clinician:
    sick, sessions = chance.random() < given.SICK, pick(given.GP_DAYS, chance.random())
    publishes = chance.random() < given.PUBLISHES
    name = f"{practice}-gp{number}"
    return Clinician(name, Profession.GP, practice, () if sick else sessions, publishes)


def _covered(gps: list[Clinician]) -> list[Clinician]:
    """The first GP also works (or a locum in their place) where a half-day would have nobody."""
    missing = tuple(half for half in HALVES if not any(half in gp.sessions for gp in gps))
    first = gps[0]
    sessions = tuple(sorted({*first.sessions, *missing}))
    return [
        Clinician(first.id, first.profession, first.site, sessions, first.publishes),
        *gps[1:],
    ]


def places(team: list[Clinician], chance: Chance) -> Iterator[Slot]:
    """The slots of every session; at practices the squeezed-in and the duty GP's places too."""
    for one in team:
        for half in one.sessions:
            for number in range(given.SLOTS_IN_SESSION):
                start = half + given.SLOT_MINUTES * number
                mode = Mode.PHONE if chance.random() < given.PHONE_SLOTS else Mode.FACE_TO_FACE
                yield Slot(f"{one.id}@{start}", one.id, one.site, start, mode)
            if one.site != HUB:
                yield from _squeezed_in(one, half)
    for site in sorted({one.site for one in team} - {HUB}):
        for half in HALVES:
            yield from _on_duty(site, half, team)


def _squeezed_in(one: Clinician, half: int) -> Iterator[Slot]:
    end = half + given.SLOT_MINUTES * given.SLOTS_IN_SESSION
    for start in range(half + given.SQUEEZE_EVERY, end + 1, given.SQUEEZE_EVERY):
        yield _any_mode(one, start, Kind.SQUEEZE)


def _on_duty(site: str, half: int, team: list[Clinician]) -> Iterator[Slot]:
    """Outside sessions the half-day's first GP takes what cannot wait."""
    duty = next(one for one in team if one.site == site and one.is_gp and half in one.sessions)
    opens, closes = (
        (given.OPENS, given.MIDDAY) if half == given.MORNING else (given.MIDDAY, given.CLOSES)
    )
    end = half + given.SLOT_MINUTES * given.SLOTS_IN_SESSION
    for start in range(opens, closes, given.DUTY_EVERY):
        if not half <= start <= end:
            yield _any_mode(duty, start, Kind.DUTY)


def _any_mode(one: Clinician, start: int, kind: Kind) -> Slot:
    """Squeezed in means seen or called, as the patient needs."""
    return Slot(f"{one.id}@{start}+{kind.value}", one.id, one.site, start, Mode.FACE_TO_FACE, kind)
