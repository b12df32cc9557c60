"""The network's board in words."""

from dataclasses import dataclass

from appointments.queries import DayMeter
from networks.presenters.hours import Hours, hours_page
from networks.presenters.measures import columns
from networks.presenters.tiles import Tile, by_profession, moment_words, tile
from networks.queries import Board
from networks.queries.boards import PlaceRow
from networks.rules.figures import CLASSES
from practices.clock import local
from practices.presenters import minutes_words, points_words, time_words
from practices.presenters.limits import origin_words
from practices.rules.professions import Profession
from triage.presenters import proposals
from triage.queries.proposals import RunRow
from triage.rules.codes import Urgency


@dataclass(frozen=True, slots=True)
class Glance:
    """One of the few figures everybody looks at first."""

    number: str
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """Head and rows as the table component takes them."""

    head: list[object]
    rows: list[list[object]]


@dataclass(frozen=True, slots=True)
class Rebalancing:
    """What the rebalancer last found, with its proof, and what became of a person's wish."""

    done: str
    verdict: str
    caption: str
    certificate: Table
    asked: str


@dataclass(frozen=True, slots=True)
class Page:
    """All that the board shows; without a first count there is nothing but `as_of`."""

    as_of: str
    is_stale: bool
    updated: str
    sentence: str
    glance: tuple[Glance, ...]
    tiles: tuple[Tile, ...]
    hours: Hours | None
    waiting: Table
    classes: str
    near: Table
    own: Table | None
    measures: Table
    rebalancing: Rebalancing
    only_own: bool


def page(board: Board) -> Page:
    """The board of a network, or what a practice sees of it."""
    network = board.network
    return Page(
        as_of=_as_of(board),
        is_stale=board.is_stale,
        updated=time_words(board.at),
        sentence=_sentence(network) if network and not board.is_stale else "",
        glance=_glance(network) if network else (),
        tiles=tuple(tile(row, at=board.at, is_stale=board.is_stale) for row in board.places),
        hours=_hours(network, board) if network else None,
        waiting=_waiting(board),
        classes=", ".join(f"{one.value} {one.label.lower()}" for one in Urgency) + ".",
        near=_near(board),
        own=_own(board) if board.own_practice_id is not None else None,
        measures=_measures(board),
        rebalancing=rebalancing(board),
        only_own=board.own_practice_id is not None,
    )


def rebalancing(board: Board) -> Rebalancing:
    """The last run in words, with its certificate."""
    words = proposals.page([], board.runs.done, now=board.at)
    return Rebalancing(
        done=_done(board.runs.done),
        verdict=words.verdict,
        caption="A goal further down never costs one further up",
        certificate=Table(
            head=["Goal", *_numeric("This plan", "Best possible"), "Proof"],
            rows=[_certificate_row(row) for row in words.certificate],
        ),
        asked=_asked(board.runs.asked),
    )


def _certificate_row(row: tuple[str, str, str, str]) -> list[object]:
    goal, value, bound, proof = row
    return [goal, *_numeric(value, bound), proof]


def _numeric(*cells: object) -> list[object]:
    """Cells that stand on the right, digit under digit."""
    return [{"text": str(cell), "format": "numeric"} for cell in cells]


def _as_of(board: Board) -> str:
    if board.as_of is None:
        return "Nothing has been counted yet. The first figures come within a minute."
    when = f"Figures as of {moment_words(board.as_of, at=board.at)}"
    if not board.is_stale:
        return f"{when}."
    minutes = int((board.at - board.as_of).total_seconds() // 60)
    return f"{when}, {minutes_words(minutes)} ago: too old to go by."


def _sentence(network: PlaceRow) -> str:
    """The day in one line."""
    waiting, places = network.figures.waiting, network.figures.places
    late = f", {waiting.late} of them late" if waiting.late else ", nobody late"
    people = "1 person waits" if waiting.total == 1 else f"{waiting.total} people wait"
    left = "1 place is" if places.free == 1 else f"{places.free} places are"
    return f"{people}{late if waiting.total else ''}. {left} left today."


def _glance(network: PlaceRow) -> tuple[Glance, ...]:
    figures = network.figures
    staff, waiting = figures.staff, figures.waiting
    over = staff.amber + staff.red
    return (
        Glance(f"{figures.places.free:,}", f"places left of {figures.places.total:,}"),
        Glance(str(waiting.total), "waiting"),
        Glance(str(waiting.late), "late"),
        Glance(str(waiting.untaken), "not taken up yet"),
        Glance(str(sum(staff.near.values())), "clinicians near the limit"),
        Glance(str(over), "clinicians over the limit"),
        Glance(str(figures.proposals), "moves proposed"),
    )


def _hours(network: PlaceRow, board: Board) -> Hours:
    counted_at = board.as_of or board.at
    return hours_page(
        network.figures.demand, network.figures.capacity, now_hour=local(counted_at).hour
    )


def _waiting(board: Board) -> Table:
    """A row for each practice and one for the sum; a hub's queue holds the same people."""
    head = ["Practice", *_numeric(*CLASSES, "All", "Late"), "Longest since"]
    rows = [_waiting_row(row) for row in board.places if not row.is_hub]
    if board.network:
        rows.append(_waiting_row(board.network))
    return Table(head=head, rows=rows)


def _waiting_row(row: PlaceRow) -> list[object]:
    waiting = row.figures.waiting
    longest = "–"
    if waiting.oldest_at:
        longest = time_words(waiting.oldest_at)
    return [row.name, *_numeric(*waiting.by_class, waiting.total, waiting.late), longest]


def _near(board: Board) -> Table:
    """How many of each profession are near or past the limit: never who."""
    rows: list[list[object]] = [
        [row.name, by_profession(staff.near), by_profession(staff.over)]
        for row in board.places
        for staff in [row.figures.staff]
    ]
    return Table(head=["Place", "Near the limit", "Over the limit"], rows=rows)


def _own(board: Board) -> Table:
    """The practice's own people by name."""
    head = ["Clinician", *_numeric("Points", "Limit"), "Limit from", "Reaches it"]
    rows: list[list[object]] = [
        [
            f"{one.name}, {Profession(one.profession).label}",
            *_numeric(points_words(one.meter.used), points_words(one.meter.limit)),
            origin_words(one.limit.effective, own=False),
            _reaches(one),
        ]
        for one in board.own
    ]
    return Table(head=[*head], rows=rows)


def _reaches(one: DayMeter) -> str:
    """When the limit will be passed: as booked, or as such days go."""
    if one.meter.excess:
        return "Past it"
    if one.forecast.as_booked:
        return f"{time_words(one.forecast.as_booked)}, as booked"
    if one.breach_forecast_at:
        return f"Probably {time_words(one.breach_forecast_at)}"
    return "Not today"


def _measures(board: Board) -> Table:
    shown = [row for row in board.places if row.id == board.own_practice_id]
    shown += [board.network] if board.network else []
    rows = columns(row.figures.access for row in shown)
    return Table(head=["Measure", *(row.name for row in shown)], rows=[[*row] for row in rows])


def _done(run: RunRow | None) -> str:
    if run is None or run.finished_at is None:
        return ""
    moves = int(run.result.get("moves", 0))
    left = int(run.result.get("left_over", 0))
    found = f"{moves or 'no'} move{'' if moves == 1 else 's'} proposed"
    rest = f", {left} left where they are" if left else ""
    return f"Last done at {time_words(run.finished_at)}: {found}{rest}."


def _asked(run: RunRow | None) -> str:
    """What became of the last wish of a person."""
    if run is None:
        return ""
    asked = f"Asked at {time_words(run.asked_at)}"
    if run.status == "done" and run.finished_at:
        proof = "proved" if run.result.get("proved") else "not proved"
        return f"{asked}, done at {time_words(run.finished_at)}: {proof}."
    if run.status == "failed":
        return f"{asked}. It failed; the figures above are those of the run before."
    return f"{asked}. A worker will take it up." if run.status == "queued" else f"{asked}, working."
