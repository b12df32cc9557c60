"""Paper that is typed in, in words: what the sheet says, and beside it what is there."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from practices.presenters import date_words, time_words
from triage.presenters.case_history import history_lines
from triage.presenters.desk import case_banner
from triage.presenters.reception import STATE_WORDS, state_words
from triage.presenters.signs import Banner, Left, left, name_words, priority, when_words
from triage.presenters.urgency import moment_words
from triage.queries.case_page import CasePage
from triage.queries.paper_clash import Beside, Held, OpenCase, ThePlace
from triage.queries.reception import DeskCase, Found
from triage.rules.closing import Record
from triage.rules.codes import Need
from triage.rules.lanes import is_same_work
from triage.rules.states import State

STEPS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class HitWords:
    """A patient who fits, and the sheets one can enter for them."""

    name: str
    born: str
    request: str
    cases: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ChoiceWords:
    """One way to settle what does not fit."""

    value: str
    words: str


@dataclass(frozen=True, slots=True)
class ClashWords:
    """Two sides of one thing, and the ways to settle it."""

    why: str
    paper: tuple[str, ...]
    there: tuple[str, ...]
    choices: tuple[ChoiceWords, ...]


@dataclass(frozen=True, slots=True)
class CaseWords:
    """The case a sheet belongs to."""

    banner: Banner
    reference: str
    title: str
    due: Left
    late: str
    state: str
    is_open: bool
    is_entered: bool


def hits_words(found: Found, *, now: datetime) -> tuple[HitWords, ...]:
    """The patients who fit."""
    return tuple(
        HitWords(
            name=name_words(hit.patient.family_name, hit.patient.given_name),
            born=date_words(hit.patient.born_on),
            request=reverse("triage:paper_request", args=[hit.patient.public_id]),
            cases=tuple(
                (
                    reverse("triage:paper_case", args=[one.reference]),
                    f"{one.need.label}, {STATE_WORDS[one.state].lower()},"
                    f" {moment_words(one.submitted_at, now=now)}",
                )
                for one in hit.cases
            ),
        )
        for hit in found.hits
    )


def case_words(found: DeskCase, *, now: datetime, is_entered: bool) -> CaseWords:
    """The case, with its clock: a late one says so."""
    row = found.case.row
    due = left(row.due_at, now=now)
    came = f"{row.need.label}, came in {moment_words(row.submitted_at, now=now)}"
    late = ""
    if due.tense == "late" and not row.is_booked and row.state is not State.CLOSED:
        late = f"This case is {due.words}: ring the hub or the duty clinician now."
    return CaseWords(
        banner=case_banner(found.case, now=now),
        reference=row.reference,
        title=f"{came}. {priority(row.urgency).text}",
        due=due,
        late=late,
        state=state_words(row),
        is_open=row.state is not State.CLOSED,
        is_entered=is_entered,
    )


def request_clash(
    why: str,
    there: Iterable[OpenCase],
    *,
    need: Need,
    words: str,
    asked_at: datetime,
    now: datetime,
) -> ClashWords:
    """The sheet's request beside the patient's open cases."""
    open_cases = list(there)
    choices = []
    for one in open_cases:
        if not is_same_work(one.lane, one.need, need):
            continue
        named = f"{one.need.label} ({one.reference})"
        choices.append(ChoiceWords(f"add:{one.reference}", f"They asked again: add it to {named}"))
        choices.append(
            ChoiceWords(
                f"kept:{one.reference}",
                f"It is the same request: keep {named}, and add what the sheet says",
            )
        )
    if all(one.need is not need for one in open_cases):
        why_new = "It is something else: make" if choices else "Make"
        choices.append(ChoiceWords("new", f"{why_new} a case of its own"))
    return ClashWords(
        why=why,
        paper=(f"{need.label}, asked {moment_words(asked_at, now=now)}", f"“{words}”"),
        there=tuple(
            f"{one.need.label} ({one.reference}), {STATE_WORDS[one.state].lower()}, came in"
            f" {moment_words(one.submitted_at, now=now)}: “{one.words}”"
            for one in open_cases
        )
        or ("No request of this patient is open now",),
        choices=tuple(choices),
    )


def booking_clash(
    why: str, there: Beside, *, written: str, can_move: bool, now: datetime
) -> ClashWords:
    """The sheet's appointment beside what the case, and the place, have by now."""
    lines = []
    if there.appointment is not None:
        lines.append(f"The patient has an appointment: {_place(there.appointment, now=now)}")
    lines += [f"The place is taken: {_held(one, now=now)}" for one in there.holders]
    if not lines:
        lines.append("Headroom has no such appointment, or it cannot be this patient’s")
    choices = []
    if there.appointment is not None and can_move:
        choices.append(ChoiceWords("move", "Move the patient’s appointment to what the sheet says"))
    if there.appointment is None:
        choices += [
            ChoiceWords(f"slot:{one.slot_id}", f"Book {_place(one, now=now)}")
            for one in (*there.same_time, *there.free)
        ]
    choices.append(ChoiceWords("kept", "Keep what Headroom has, with the sheet’s words beside it"))
    return ClashWords(why=why, paper=(written,), there=tuple(lines), choices=tuple(choices))


def outcome_clash(
    why: str,
    there: CasePage,
    *,
    written: tuple[str, ...],
    happened_at: datetime,
    can_end: bool,
    now: datetime,
) -> ClashWords:
    """The sheet's outcome beside how the case stands, and what was done since."""
    ended = [ChoiceWords("ended", "End the case as the sheet says")] if can_end else []
    kept = ChoiceWords("kept", "Keep the case as it is, with the sheet’s words beside it")
    return ClashWords(
        why=why,
        paper=(f"{written[0]}, {moment_words(happened_at, now=now)}", *written[1:]),
        there=(*_stands(there, now=now), *_done_since(there, happened_at, now=now)),
        choices=(*ended, kept),
    )


def _stands(case: CasePage, *, now: datetime) -> tuple[str, ...]:
    """Who has the case now, or how it ended."""
    holder = case.row.holder
    if holder is not None:
        return (f"With {holder.name} since {moment_words(holder.since, now=now)}",)
    if case.row.state is not State.CLOSED or not case.outcomes:
        return (state_words(case.row),)
    last = case.outcomes[0]
    lines = [f"{last.code.label}, {moment_words(last.at, now=now)}, {last.by or 'Headroom'}"]
    if last.record_viewed in set(Record):
        lines.append(f"Record viewed: {Record(last.record_viewed).label}")
    lines += [f"Safety net: {last.safety_net}"] if last.safety_net else []
    lines += [f"Note: {last.note}"] if last.note else []
    return tuple(lines)


def _done_since(case: CasePage, since: datetime, *, now: datetime) -> tuple[str, ...]:
    """What was done after the time on the sheet, newest first."""
    steps = [step for step in case.history if step.at > since][:STEPS_SHOWN]
    return tuple(
        ", ".join(filter(None, [line.what, line.when, line.who, line.why]))
        for line in history_lines(steps, now=now)
    )


def written_words(starts_at: datetime, clinician: str, *, now: datetime) -> str:
    """The sheet's appointment: "10am today with Gp Oak"."""
    return f"On paper: {when_words(starts_at, now=now)} with {clinician}"


def _place(place: ThePlace, *, now: datetime) -> str:
    when = when_words(place.starts_at, now=now)
    return f"{when} with {place.clinician}, {place.organisation}"


def _held(one: Held, *, now: datetime) -> str:
    born = f", born {date_words(one.born_on)}" if one.born_on else ""
    when = f", booked {time_words(one.booked_at)}" if one.booked_at else ""
    by = f" by {one.by}" if one.by else ""
    return f"{one.name}{born}{when}{by}"
