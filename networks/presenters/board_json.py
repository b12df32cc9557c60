"""The network's board for programs: the page's figures under stable names, and no more."""

from typing import Any

from networks.presenters.measures import measures
from networks.queries import Board
from networks.queries.boards import PlaceRow
from networks.rules.figures import CLASSES, Staff, Waiting
from triage.queries.proposals import RunRow


def board_json(board: Board) -> dict[str, Any]:
    """The board as `GET /networks/{code}/board` answers it. Points are tenths."""
    network = board.network
    return {
        "as_of": board.as_of,
        "is_stale": board.is_stale,
        "network": _place(network) if network else None,
        "practices": [_place(row) for row in board.places if not row.is_hub],
        "hubs": [_place(row) | _hub(row) for row in board.places if row.is_hub],
        "clinicians_near_limit": [near for row in board.places for near in _near(row)],
        "own_clinicians_near_limit": [
            {
                "name": one.name,
                "profession": one.profession,
                "points": one.meter.used,
                "limit": one.meter.limit,
                "limit_layer": one.limit.effective.layer.value,
                "level": one.level.value,
                "breach_forecast_at": one.breach_forecast_at,
            }
            for one in board.own
        ],
        "open_proposals": network.figures.proposals if network else 0,
        "rebalancing": {"done": _run(board.runs.done), "asked": _run(board.runs.asked)},
        "metrics": [
            {
                "code": one.code,
                "text": one.text,
                "is_measured": one.of is not None,
                "kept": one.kept,
                "of": one.of,
                "percent": one.percent,
            }
            for one in (measures(network.figures.access) if network else ())
        ],
    }


def _place(row: PlaceRow) -> dict[str, Any]:
    figures, places = row.figures, row.figures.places
    return {
        "code": row.code,
        "name": row.name,
        "pressure": {
            "level": int(row.pressure.level),
            "since": row.pressure.since,
            "evidence": [
                {"code": sign.code, "level": int(sign.level), "text": sign.text}
                for sign in row.pressure.signs
            ],
        },
        "places": {
            "total": places.total,
            "booked": places.booked,
            "held": places.held,
            "free": places.free,
        },
        "share": {"total": figures.share_places, "left": figures.share_left},
        "clinicians": _staff(figures.staff),
        "waiting": _waiting(figures.waiting),
        "demand_by_hour": {str(hour): number for hour, number in figures.demand.items()},
        "capacity_by_hour": {str(hour): number for hour, number in figures.capacity.items()},
        "open_proposals": figures.proposals,
    }


def _staff(staff: Staff) -> dict[str, Any]:
    return {
        "expected": staff.expected,
        "present": staff.present,
        "green": staff.green,
        "amber": staff.amber,
        "red": staff.red,
        "points": staff.used,
        "limit": staff.limit,
    }


def _waiting(waiting: Waiting) -> dict[str, Any]:
    return {
        "total": waiting.total,
        "by_class": dict(zip(CLASSES, waiting.by_class, strict=True)),
        "late": waiting.late,
        "untaken": waiting.untaken,
        "unowned": waiting.unowned,
        "oldest_at": waiting.oldest_at,
    }


def _hub(row: PlaceRow) -> dict[str, Any]:
    places = row.figures.places
    return {
        "fill": {"taken": places.taken, "usable": places.usable},
        "full_at": row.figures.full_at,
    }


def _near(row: PlaceRow) -> list[dict[str, Any]]:
    """How many of each profession, never who."""
    staff = row.figures.staff
    return [
        {
            "organisation": row.code,
            "profession": profession,
            "near": staff.near.get(profession, 0),
            "over": staff.over.get(profession, 0),
        }
        for profession in sorted({*staff.near, *staff.over})
    ]


def _run(run: RunRow | None) -> dict[str, Any] | None:
    if run is None:
        return None
    return {
        "id": run.public_id,
        "status": run.status,
        "asked_at": run.asked_at,
        "finished_at": run.finished_at,
        "proved": run.result.get("proved"),
    }
