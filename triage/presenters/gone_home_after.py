"""A list that has ended: what the plan proves, and what is not as it was shown before."""

from practices.presenters import date_words
from triage.queries.gone_home import ListRow, PatientRow

PROVED = "Proved: within the limits and rules no plan places these patients better"
SHOWN = "Every patient is where the page before the yes showed them."


def verdict(row: ListRow) -> str:
    """What came of the list, without a word more than is known."""
    if row.taken_back_at:
        return ""
    if not row.patients:
        return "Nobody was booked into the rest of the list."
    if not row.is_settled:
        return "Places are being looked for. This takes a few seconds, and is shown here."
    return " ".join(said for said in (_without(row), _lost(row), _proof(row)) if said)


def unlike(row: ListRow, places: tuple[str, ...]) -> tuple[str, ...]:
    """Who is not where they were shown, each with why; `places` are where they are now."""
    if row.taken_back_at or not row.was_shown:
        return ()
    moved = [
        f"{one.patient}, born {date_words(one.born_on)}. Shown before: {one.shown_before}."
        f" Now: {now}. {one.unlike}"
        for one, now in zip(row.patients, places, strict=True)
        if one.shown_before
    ]
    gone = [f"{was}: this patient left the list before the yes." for was in row.not_there]
    return (*moved, *gone)


def as_shown(row: ListRow) -> str:
    """That nothing differs, where it was shown before and is settled."""
    differs = row.not_there or any(one.shown_before for one in row.patients)
    is_over = row.is_settled and row.taken_back_at is None
    return SHOWN if is_over and row.was_shown and row.patients and not differs else ""


def _without(row: ListRow) -> str:
    without = len(_unplaced(row))
    if not without:
        return ""
    return f"{without} of {_patients(len(row.patients))} got no place; a person looks after each."


def _lost(row: ListRow) -> str:
    """Places of the plan that somebody else had by the time they were to be booked."""
    used = sum(one.outcome in {"placed", "taken"} for one in row.patients)
    lost = max(0, (row.planned or 0) - used)
    if not lost:
        return ""
    return f"{lost} of them had a place in the plan that went to somebody else first."


def _proof(row: ListRow) -> str:
    if not row.is_proved:
        return "The best plan found in the time; a better one may exist."
    if _lost(row):
        return ""
    if _unplaced(row):
        return f"{PROVED}, the most urgent first."
    return f"{PROVED}."


def _unplaced(row: ListRow) -> list[PatientRow]:
    return [one for one in row.patients if one.outcome in {"duty", "queue"}]


def _patients(number: int) -> str:
    return "1 patient" if number == 1 else f"{number} patients"
