"""How well: a network's day as last counted. Figures only; no patient is ever read for it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, Subquery

from appointments.queries import DayMeter
from hubs.queries import shut_until
from networks.models import CapacitySnapshot
from networks.queries.day_facts import day_facts
from networks.queries.staff_counts import meters_of, rota
from networks.rules.figures import Figures, figures_from, pressure_from
from networks.rules.pressure import Pressure
from practices.models import Organisation
from practices.queries.organisations import organisation_id
from practices.rules.london import day_of
from practices.rules.reach import Reach
from triage.models import RebalanceRun
from triage.queries.proposals import RunRow
from triage.queries.snapshot import Pool

HUB = Organisation.Kind.HUB
# Past a day the figures are history: no board is better than yesterday's.
OLDEST = timedelta(hours=24)
STALE_AFTER = timedelta(minutes=60)


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One practice or hub, or the network as the sum of them.

    `opens_at` of a hub that is shut now, whenever its figures were counted.
    """

    id: int
    code: str
    name: str
    kind: str
    figures: Figures
    pressure: Pressure
    opens_at: datetime | None = None

    @property
    def is_hub(self) -> bool:
        return self.kind == HUB


@dataclass(frozen=True, slots=True)
class Runs:
    """The rebalancer's last finished look at the day, and the last one a person asked for."""

    done: RunRow | None = None
    asked: RunRow | None = None


@dataclass(frozen=True, slots=True)
class Board:
    """What the network's day looks like; `as_of` is None before the first count.

    `own` are the practice manager's own clinicians near or past their limit, by name: the only
    names on the board, and nobody else's.
    """

    at: datetime
    as_of: datetime | None
    network: PlaceRow | None
    places: tuple[PlaceRow, ...]
    runs: Runs
    own: tuple[DayMeter, ...] = ()
    own_practice_id: int | None = None

    @property
    def is_stale(self) -> bool:
        """Whether the figures are too old to be relied on."""
        return self.as_of is None or self.at - self.as_of > STALE_AFTER


def board(*, network_id: int, at: datetime, practice_id: int | None = None) -> Board:
    """The network's board; with a practice, what that practice may see of it.

    A practice sees itself with names, the hubs, and the others in sum only. Four statements for
    the network's people and eleven for a practice's, whatever the number of rows.
    """
    found = _last_count(network_id, at=at)
    hubs = [one.organisation_id for one in found if one.organisation.kind == HUB]
    shut = shut_until(hubs, at=at)
    rows = [_row(one, opens_at=shut.get(one.organisation_id)) for one in found]
    places = [
        row
        for row in rows
        if row.id != network_id and (practice_id is None or row.is_hub or row.id == practice_id)
    ]
    return Board(
        at=at,
        as_of=found[0].at if found else None,
        network=next((row for row in rows if row.id == network_id), None),
        places=tuple(sorted(places, key=lambda row: (row.is_hub, row.name, row.id))),
        runs=_runs(network_id, at=at),
        own=() if practice_id is None else _own_people(network_id, practice_id, at=at),
        own_practice_id=practice_id,
    )


def board_of(
    code: str, *, reach: Reach, at: datetime, practice_id: int | None = None
) -> Board | None:
    """The board of the network under the code; None when it is not the person's own."""
    network_id = organisation_id(code, kind=Organisation.Kind.NETWORK, among=reach.networks)
    return board(network_id=network_id, at=at, practice_id=practice_id) if network_id else None


def _last_count(network_id: int, *, at: datetime) -> list[CapacitySnapshot]:
    """The rows of the last count up to the instant: all of one moment, or none."""
    counts = CapacitySnapshot.objects.filter(network_id=network_id, at__lte=at, at__gt=at - OLDEST)
    last = counts.order_by("-at").values("at")[:1]
    found = CapacitySnapshot.objects.filter(network_id=network_id, at=Subquery(last))
    return list(found.select_related("organisation").order_by("organisation_id"))


def _row(found: CapacitySnapshot, *, opens_at: datetime | None) -> PlaceRow:
    return PlaceRow(
        id=found.organisation_id,
        code=found.organisation.code,
        name=found.organisation.name,
        kind=found.organisation.kind,
        figures=figures_from(found.figures),
        pressure=pressure_from(found.figures, level=found.level, since=found.level_since),
        opens_at=opens_at,
    )


def _runs(network_id: int, *, at: datetime) -> Runs:
    """Today's last finished look and the last one asked for by a person. One statement."""
    of_day = RebalanceRun.objects.filter(network_id=network_id, day=day_of(at))
    done = of_day.filter(status=RebalanceRun.Status.DONE).order_by("-finished_at", "-id")
    asked = of_day.filter(asked_by__isnull=False).order_by("-asked_at", "-id")
    found = of_day.filter(
        Q(pk=Subquery(done.values("pk")[:1])) | Q(pk=Subquery(asked.values("pk")[:1]))
    ).order_by("-asked_at", "-id")
    rows = list(found)
    finished = [row for row in rows if row.finished_at]
    return Runs(
        done=_run(max(finished, key=lambda row: (row.finished_at, row.pk))) if finished else None,
        asked=next((_run(row) for row in rows if row.asked_by_id), None),
    )


def _run(row: RebalanceRun) -> RunRow:
    return RunRow(
        public_id=row.public_id,
        network_id=row.network_id,
        day=row.day,
        status=row.status,
        asked_at=row.asked_at,
        finished_at=row.finished_at,
        result=row.result,
    )


def _own_people(network_id: int, practice_id: int, *, at: datetime) -> tuple[DayMeter, ...]:
    """The practice's own clinicians near or past their limit, fullest first. Seven statements."""
    own = Pool(network_id=network_id, practice_ids=(practice_id,), hub_ids=())
    here = rota(day_facts(own, at=at))[practice_id].present
    meters = meters_of(here, day=day_of(at), at=at).values()
    close = [one for one in meters if one.home_id == practice_id and one.meter.is_near]
    return tuple(sorted(close, key=lambda one: (-one.meter.heaviest, one.clinician_id)))
