"""Names for invented people: common ones, and those that desks get wrong."""

from random import Random

from faker.providers.person.en_GB import Provider as British

FEMALE = (*British.first_names_female, "Siân", "Zoë", "Chloé", "Aoife", "Niamh", "Ayşe", "Fatima")
MALE = (*British.first_names_male, "José", "Łukasz", "Muhammad", "Seán", "Björn", "Kwame", "Arjun")
_COMMON = ("Khan", "Patel", "Begum", "Singh", "Ahmed", "Kaur", "Hussain", "Nowak", "Kowalski")
# The last lines have marks, spaces and capitals inside.
FAMILIES = (
    *British.last_names,
    *_COMMON * 3,
    *("O’Brien", "O'Neill", "D'Souza", "D’Arcy", "McDonald", "MacLeod", "FitzGerald", "St John"),
    *("Núñez", "García", "Müller", "Łukaszewicz", "Nguyễn", "Çelik", "Åkesson", "Ní Bhriain"),
    *("Smith-Jones", "van der Berg", "De La Cruz", "al-Hassan", "Ng", "Li", "Wu", "Okonkwo"),
)


def given_name(sex: str, rng: Random) -> str:
    """A first name for the sex."""
    return rng.choice(MALE if sex == "male" else FEMALE)


def family_name(rng: Random) -> str:
    """A family name."""
    return rng.choice(FAMILIES)


def staff_name(rng: Random, taken: set[str], *, title: str = "") -> str:
    """A colleague's name that nobody else here bears."""
    while True:
        name = f"{given_name(rng.choice(('male', 'female')), rng)} {family_name(rng)}"
        if name not in taken:
            taken.add(name)
            return f"{title} {name}".strip()
