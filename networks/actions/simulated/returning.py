"""Back to the practice: its duty clinician answers, yes or no, within the hour."""

from datetime import datetime, timedelta
from functools import partial

from networks.actions.simulated.agenda import Day
from networks.actions.simulated.stage import House
from networks.rules.behaviour import PRACTICE_REFUSES
from networks.rules.demand import CLOSES
from practices.rules.london import midnight
from practices.rules.reach import Actor
from triage.actions import OutcomeWish, accept_back, close, refuse_back
from triage.rules.attempts import Contact, Met, TriedBy
from triage.rules.closing import Record
from triage.rules.codes import Outcome
from triage.rules.safety_net import STANDARD_SAFETY_NET

ANSWERS_AFTER = (8, 45)
SEEN_AFTER = (10, 40)


def answer_back(day: Day, house: House, reference: str, at: datetime) -> None:
    """The practice will answer, if it is still open then."""
    minutes = day.rng.uniform(*ANSWERS_AFTER)
    day.later(at, minutes, partial(_answer, day, house, reference))


def _answer(day: Day, house: House, reference: str, at: datetime) -> None:
    if at >= midnight(day.stage.day) + timedelta(minutes=CLOSES):
        day.counted["handed_back_unanswered"] += 1
        return
    clinician_id = house.triagers[0].clinician_id
    assert clinician_id is not None
    duty = day.clinicians[clinician_id]
    if day.dice() < PRACTICE_REFUSES:
        done = day.wish(
            refuse_back,
            reference=reference,
            reason="Nobody here today who can take it.",
            by=duty,
            at=at,
        )
        day.counted["back_refused"] += done is not None
    else:
        done = day.wish(accept_back, reference=reference, note="On our list.", by=duty, at=at)
        day.counted["back_accepted"] += done is not None
        if done is not None:
            minutes = day.rng.uniform(*SEEN_AFTER)
            day.later(at, minutes, partial(_see, day, duty, reference))


def _see(day: Day, duty: Actor, reference: str, at: datetime) -> None:
    """Who accepted has seen the patient, outside our appointments, and says so."""
    wish = OutcomeWish(
        Outcome.BOOKED_PRACTICE,
        note="Seen between the appointments.",
        safety_net=STANDARD_SAFETY_NET,
        record_viewed=Record.PRACTICE,
        contact=Contact(Met.PATIENT, TriedBy.IN_PERSON),
    )
    day.wish(close, reference=reference, wish=wish, by=duty, at=at)
