"""What invented patients come for, by age and profession, and how they say it."""

from datetime import date
from random import Random

from hubs.rules.scope import PatientFacts, may_see
from practices.actions import Listed
from practices.rules.person_names import age_on
from practices.rules.professions import Profession
from triage.rules.codes import Need

# Appointments made ahead, by GP and nurse; weights are shares of a believable list.
PLANNED = {
    Profession.GP: (
        (Need.FOLLOW_UP, 26),
        (Need.MEDICATION, 16),
        (Need.BACK_JOINT, 11),
        (Need.SKIN_RASH, 9),
        (Need.LONG_TERM_CONDITION, 7),
        (Need.ABDOMINAL, 7),
        (Need.WOMENS_HEALTH, 7),
        (Need.MENTAL_HEALTH, 6),
        (Need.COUGH_BREATHING, 6),
        (Need.HEADACHE, 3),
        (Need.EAR_PAIN, 2),
    ),
    Profession.NURSE: (
        (Need.FOLLOW_UP, 45),
        (Need.WOUND_INJURY, 30),
        (Need.WOMENS_HEALTH, 20),
        (Need.LONG_TERM_CONDITION, 5),
    ),
}
OVERFLOW = (
    (Need.COUGH_BREATHING, 18),
    (Need.SKIN_RASH, 12),
    (Need.SORE_THROAT, 11),
    (Need.BACK_JOINT, 11),
    (Need.URINARY, 10),
    (Need.EAR_PAIN, 9),
    (Need.ABDOMINAL, 8),
    (Need.WOUND_INJURY, 8),
    (Need.MEDICATION, 7),
    (Need.MENTAL_HEALTH, 6),
)
# What a hub is booked for days ahead: little is planned there.
PLANNED_HUB = (
    (Need.FOLLOW_UP, 30),
    (Need.BACK_JOINT, 20),
    (Need.MEDICATION, 20),
    (Need.SKIN_RASH, 15),
    (Need.MENTAL_HEALTH, 8),
    (Need.WOUND_INJURY, 7),
)
WOMEN = range(15, 80)
SAID = {
    Need.SORE_THROAT: (
        "Throat sore for three days, hurts to swallow, no voice this morning.",
        "Sore throat with a temperature since Friday.",
    ),
    Need.EAR_PAIN: (
        "Left ear has been aching since last night, did not sleep.",
        "Right ear sore and a bit deaf on that side after a cold.",
    ),
    Need.COUGH_BREATHING: (
        "Cough for two weeks, bringing up green phlegm, tired out.",
        "Chesty cough since Thursday, a little wheezy at night.",
    ),
    Need.FEVER_CHILD: (
        "Hot since last night, 38.9 this morning, drinking a little, playing on and off.",
        "Temperature since yesterday and off her food, wet nappies as usual.",
    ),
    Need.URINARY: (
        "Burning when I pass water and going every half hour since yesterday.",
        "Stinging on passing urine, had the same last spring.",
    ),
    Need.SKIN_RASH: (
        "Itchy red patches on both arms for a week, cream is not helping.",
        "A sore red area round a bite on my leg, spreading slowly.",
    ),
    Need.BACK_JOINT: (
        "Lower back went when lifting on Saturday, can walk but slowly.",
        "Knee swollen and stiff since gardening, painful on the stairs.",
    ),
    Need.ABDOMINAL: (
        "Cramps in my tummy since the weekend, comes and goes.",
        "Bloated and sore low down on the right for two days.",
    ),
    Need.HEADACHE: ("Headache on and off for a week, tablets take the edge off.",),
    Need.MENTAL_HEALTH: (
        "Not sleeping, crying most days, cannot face work this week.",
        "Panic at the thought of going out, it is getting worse.",
    ),
    Need.MEDICATION: (
        "My blood pressure tablets make my ankles swell, can they be changed?",
        "The chemist says my inhaler is out of stock, I have two days left.",
    ),
    Need.WOUND_INJURY: (
        "Cut my hand on a tin yesterday, the edges are open a little.",
        "Twisted my ankle on the kerb, swollen but I can stand on it.",
    ),
    Need.EYE: ("Red sticky eye since Saturday, sight is all right.",),
    Need.WOMENS_HEALTH: ("Heavy periods for three months, worn out with it.",),
    Need.LONG_TERM_CONDITION: ("My diabetes review is due, the letter said to ring.",),
    Need.FOLLOW_UP: ("The doctor asked me to come back in two weeks about the blood test.",),
    Need.ADMIN: ("Need a sick note to run on from Friday.",),
    Need.OTHER: ("Just not right since last week, tired and no appetite.",),
}


# What a parent says. As many sentences as a grown-up has, so that chance runs the same.
SAID_OF_CHILD = {
    Need.SORE_THROAT: (
        "Throat sore for three days, will not swallow anything solid.",
        "Sore throat with a temperature since Friday, missed school.",
    ),
    Need.EAR_PAIN: (
        "Pulling at the left ear since last night, hardly slept.",
        "Right ear sore after a cold, turns the television up.",
    ),
    Need.COUGH_BREATHING: (
        "Barking cough at night for three days, fine when playing.",
        "Chesty cough since Thursday, a little wheezy at night.",
    ),
    Need.SKIN_RASH: (
        "Itchy red patches in the elbows for a week, cream is not helping.",
        "A sore red area round a bite on the leg, spreading slowly.",
    ),
    Need.ABDOMINAL: (
        "Tummy ache since the weekend, comes and goes, eating a little.",
        "Tummy sore round the middle for two days, no school today.",
    ),
    Need.HEADACHE: ("Headache after school on and off for a week, better after a rest.",),
    Need.WOUND_INJURY: (
        "Cut a hand on a tin yesterday, the edges are open a little.",
        "Fell off the climbing frame, ankle swollen but can stand on it.",
    ),
    Need.EYE: ("Red sticky eyes since Saturday, nursery sent us home.",),
    Need.FOLLOW_UP: ("The doctor asked us to come back in two weeks to look again.",),
    Need.OTHER: ("Just not right since last week, tired and off food.",),
}
GROWN_UP = 16


def words_for(need: Need, rng: Random, *, age: int) -> str:
    """The patient's own words for the need; a parent's of a child."""
    of_child = SAID_OF_CHILD.get(need) if age < GROWN_UP else None
    return rng.choice(of_child or SAID[need])


def fits(patient: Listed, need: Need, profession: Profession | None, day: date) -> bool:
    """Whether this patient would come with the need, and the profession may see them."""
    age = age_on(patient.born_on, day)
    if need is Need.WOMENS_HEALTH and (patient.sex != "female" or age not in WOMEN):
        return False
    if need is Need.FEVER_CHILD and not 1 <= age <= 9:
        return False
    if need is Need.URINARY and (patient.sex != "female" or not 16 <= age <= 64):
        return False
    if need in GROWN_UPS and age < GROWN_UP:
        return False
    return profession is None or may_see(profession, PatientFacts(need=need, age=age))


GROWN_UPS = frozenset(
    {Need.BACK_JOINT, Need.MENTAL_HEALTH, Need.LONG_TERM_CONDITION, Need.MEDICATION, Need.ADMIN}
)


def need_for(
    patient: Listed,
    profession: Profession,
    choices: tuple[tuple[Need, int], ...],
    day: date,
    rng: Random,
) -> Need:
    """A need this patient could have, within the profession's scope."""
    weights = [weight for _, weight in choices]
    for need, _ in rng.choices(choices, weights, k=8):
        if fits(patient, need, profession, day):
            return need
    return Need.FOLLOW_UP
