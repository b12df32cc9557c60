"""Invented patients: names, ages, households and needs as a British list has them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from nhs_number.validate import calculate_checksum

from networks.actions.invented.making import Making
from networks.actions.invented.names import family_name, given_name
from practices.actions import NewPatient
from practices.rules.access import AccessNeed
from practices.rules.ages import GROWN_UP

SERIALS = 1_000_000
# Coprime to the number of serials: every serial comes once, in no visible order.
STRIDE, START = 48_271, 12_345
# Upper age of a band and its share of the people, per thousand.
BANDS = (
    *((5, 55), (10, 58), (16, 71), (20, 47), (30, 128), (40, 138)),
    *((50, 128), (60, 135), (70, 110), (80, 86), (90, 37), (101, 7)),
)
STREETS = (
    *("Mill Lane", "Orchard Close", "Station Road", "The Maltings", "Weir Street"),
    *("Chapel Hill", "Foundry Row", "Larch Avenue", "Kiln Road", "Ferry Lane", "Beacon Way"),
    *("Tanner's Yard", "Priory Gardens", "Long Acre", "Gasworks Lane"),
)
ACCESS = (
    (AccessNeed.STEP_FREE, 22),
    (AccessNeed.INTERPRETER, 18),
    (AccessNeed.LARGE_PRINT, 10),
    (AccessNeed.DOUBLE_TIME, 10),
    (AccessNeed.NO_TEXT, 9),
    (AccessNeed.CARER_PRESENT, 6),
    (AccessNeed.EASY_READ, 5),
    (AccessNeed.HOME_ONLY, 5),
    (AccessNeed.QUIET_SPACE, 4),
    (AccessNeed.CHAPERONE, 3),
    (AccessNeed.BSL, 2),
)
LANGUAGES = ("Polish", "Urdu", "Bengali", "Romanian", "Arabic", "Portuguese", "Ukrainian")
# Early on every list: a text that may fail to an email, easy read, large print, no texts at all.
REACHED_APART: tuple[tuple[str, str, bool], ...] = (
    ("Robin", "", True),
    ("Kim", AccessNeed.EASY_READ.value, False),
    ("Alex", AccessNeed.LARGE_PRINT.value, False),
    ("Sasha", AccessNeed.NO_TEXT.value, True),
)
SAME_HOME = 0.55
OLD = 75


def invented_nhs_numbers() -> Iterator[str]:
    """Valid numbers of the range that is never issued (999 …), each once."""
    for place in range(SERIALS):
        digits = f"999{(place * STRIDE + START) % SERIALS:06}"
        check = calculate_checksum(digits)
        if check is not None and check < 10:
            yield f"{digits}{check}"


def people_of(
    making: Making, *, count: int, gps: Sequence[int], outward: str, numbers: Iterator[str]
) -> Iterator[NewPatient]:
    """So many people of one practice's list; the first ones are namesakes to tell apart."""
    rng = making.rng
    home, ways = _home(rng, outward), list(REACHED_APART)
    for place in range(count):
        if place == 0 or rng.random() > SAME_HOME:
            home = _home(rng, outward)
        person = _person(rng, home, making.today, next(numbers))
        person = _with_needs(rng, person, making.today, gps)
        person = _namesake(person, place)
        if ways and place > 2 and _is_plainly_reached(person, making.today):
            name, need, has_email = ways.pop(0)
            person = _reached_apart(person, name, need, has_email=has_email)
        yield person


def _home(rng: Random, outward: str) -> NewPatient:
    """A household: family name, address, postcode and a phone they share."""
    letters = "ABDEFGHJLNPQRSTUWXYZ"
    inward = f"{rng.randint(1, 9)}{rng.choice(letters)}{rng.choice(letters)}"
    return NewPatient(
        nhs_number=None,
        family_name=family_name(rng),
        given_name="",
        born_on=date.min,
        phone=_phone(rng),
        address=f"{rng.randint(1, 140)} {rng.choice(STREETS)}",
        postcode=f"{outward} {inward}",
    )


def _person(rng: Random, home: NewPatient, today: date, number: str) -> NewPatient:
    sex = "female" if rng.random() < 0.505 else "male"
    age = _age(rng)
    keeps_name = age < GROWN_UP or rng.random() < 0.75
    return replace(
        home,
        # Some are new to the country, or newborn: no number yet.
        nhs_number=None if rng.random() < 0.004 else number,
        family_name=home.family_name if keeps_name else family_name(rng),
        given_name=given_name(sex, rng),
        born_on=today - timedelta(days=age * 365 + age // 4 + rng.randint(1, 364)),
        sex=sex if rng.random() < 0.997 else "other",
        phone=home.phone if age < GROWN_UP or rng.random() < 0.3 else _phone(rng),
    )


def _with_needs(rng: Random, person: NewPatient, today: date, gps: Sequence[int]) -> NewPatient:
    """Access needs, a usual clinician, and how much seeing that one matters; all rise with age."""
    age = (today - person.born_on).days // 365
    usual = rng.choice(gps) if gps and rng.random() < 0.6 else None
    needs = tuple(
        sorted(
            need.value
            for need, share in ACCESS
            if rng.random() * 1000 < share * (3 if age >= OLD else 1)
        )
    )
    dice = rng.random() * (0.4 if age >= OLD else 1)
    continuity = "red" if dice < 0.015 else "amber" if dice < 0.08 else "none"
    return replace(
        person,
        access_needs=needs,
        access_detail=rng.choice(LANGUAGES) if "interpreter" in needs else "",
        usual_clinician_id=usual,
        continuity=continuity if usual else "none",
        declines_hub=rng.random() < 0.01,
    )


def _namesake(person: NewPatient, place: int) -> NewPatient:
    """Every list begins with two people of one name and birthday, and a third born later."""
    if place > 2:
        return person
    born_on = date(1957, 3, 14) if place < 2 else date(1988, 11, 2)
    return replace(
        person, family_name="Ashdown", given_name="Margaret", sex="female", born_on=born_on
    )


def _reached_apart(person: NewPatient, name: str, need: str, *, has_email: bool) -> NewPatient:
    """The person bears the name and is reached another way than by text, or by email too."""
    address = f"{name}.{person.family_name}@example.com".lower().replace("'", "")
    return replace(
        person,
        given_name=name,
        email=address if has_email else "",
        access_needs=(need,) if need else (),
    )


def _is_plainly_reached(person: NewPatient, today: date) -> bool:
    """A grown-up with a mobile and no needs: another way to reach them changes nothing else."""
    is_grown_up = (today - person.born_on).days // 365 >= GROWN_UP
    return is_grown_up and bool(person.phone) and not person.access_needs


def _age(rng: Random) -> int:
    dice, low = rng.randrange(sum(share for _, share in BANDS)), 0
    for high, share in BANDS:
        if dice < share:
            return rng.randrange(low, high)
        dice, low = dice - share, high
    return BANDS[-1][0]


def _phone(rng: Random) -> str:
    """Ofcom's drama numbers; a few people have none."""
    return f"07700 900{rng.randrange(1000):03}" if rng.random() < 0.96 else ""
