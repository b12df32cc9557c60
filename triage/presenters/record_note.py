"""How a case ended, as plain text for the patient's own clinical system; no codes of ours."""

from collections.abc import Iterator
from datetime import datetime

from practices.clock import local
from practices.presenters import date_words, day_words, time_words
from practices.rules.nhs_number import spaced
from triage.presenters.case_history import ended_words
from triage.presenters.signs import name_words
from triage.presenters.tries import tried_words
from triage.queries.case_page import CasePage
from triage.queries.case_rows import OutcomeRow
from triage.queries.queue_rows import QueueRow
from triage.rules.chaperones import Chaperone
from triage.rules.closing import Record
from triage.rules.codes import Channel
from triage.rules.states import State, Step
from triage.rules.unreached import SentHelp


def record_note(case: CasePage) -> str:
    """Patient, times, words, what was found and done, safety net, who; blank while it is open.

    What it ended by before it was opened again is in it until that is written down.
    """
    is_over = case.row.state is State.CLOSED and case.outcomes
    return "\n".join(_lines(case)) if is_over else ""


def _lines(case: CasePage) -> Iterator[str]:
    row, patient = case.row, case.patient
    last, *before = case.outcomes
    name = name_words(patient.family_name, patient.given_name)
    number = spaced(patient.nhs_number) if patient.nhs_number else "not known"
    yield f"{row.hub}: request for {row.practice}"
    yield f"Patient: {name}, born {date_words(patient.born_on)}, NHS number {number}"
    yield f"Asked for help: {_when(row.submitted_at)}, {Channel(row.channel).label.lower()}"
    yield f"Reason: {row.need.label}"
    for said in case.notes:
        if said.kind in {"words", "again"} and said.text:
            yield f"In the patient's words: {said.text}"
    yield from _kept_beside(case)
    for flag in case.flags:
        yield f"Red flag ticked: {flag.question}"
    if case.signed_by:
        yield f"How soon: {row.urgency.label}, decided by {case.signed_by}"
    for one in reversed(before):
        if not one.is_written:
            yield from _end(one, row)
    for tried in reversed(case.attempts_now):
        yield f"Contact: {_when(tried.at)}, {tried_words(tried)}, {tried.by}"
    yield from _decided(case)
    yield from _end(last, row)


def _decided(case: CasePage) -> Iterator[str]:
    """Who went to a patient whom nobody reached, and who else was in the room, as said last."""
    for step in reversed(case.history):
        if step.step is Step.SEND_HELP:
            yield f"Nobody answered: {SentHelp(step.code).label}, {step.reason}, {step.by}"
    room = next((step for step in case.history if step.step is Step.CHAPERONE), None)
    if room is not None:
        named = f": {room.reason}" if room.reason else ""
        yield f"Chaperone: {Chaperone(room.code).label.lower()}{named}, recorded by {room.by}"


def _kept_beside(case: CasePage) -> Iterator[str]:
    """What a clinician wrote that is no ending's own note: a sheet kept beside the case."""
    ends = {one.note for one in case.outcomes}
    for said in case.notes:
        if said.kind == "clinical" and said.text and not said.is_undone and said.text not in ends:
            by = f", {said.by}" if said.by else ""
            yield f"Clinician's note, {_when(said.at)}{by}: {said.text}"


def _end(one: OutcomeRow, row: QueueRow) -> Iterator[str]:
    if one.record_viewed in set(Record):
        yield f"Record viewed: {Record(one.record_viewed).label}"
    yield f"Outcome: {ended_words(one)}"
    if one.note:
        yield f"Findings and plan: {one.note}"
    yield f"Safety net: {one.safety_net or 'none given'}"
    house = row.practice if one.is_by_practice else row.hub
    yield f"Closed: {_when(one.at)} by {one.by or 'Headroom'}, {house}"


def _when(at: datetime) -> str:
    return f"{time_words(at)} on {day_words(local(at).date())}"
