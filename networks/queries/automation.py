"""How well: what the rebalancer may do in a network by itself, since when, and who said so."""

from dataclasses import dataclass
from datetime import datetime

from networks.models import AutomationChoice, Network
from networks.rules.automation import Automation

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice as a person made it."""

    mode: Automation
    reason: str
    by: str
    from_at: datetime
    mutual_aid: bool = False


def automation_of(network_id: int) -> Automation:
    """What is in force; where nobody has chosen, moves are proposed only. One statement."""
    found = AutomationChoice.objects.filter(network_id=network_id).values_list("mode", flat=True)
    mode = found.first()
    return Automation(mode) if mode else Automation.NONE


def takes_part(network_id: int) -> bool:
    """Whether the network helps others and is helped; not where nobody has chosen it."""
    found = AutomationChoice.objects.filter(network_id=network_id)
    return bool(found.values_list("mutual_aid", flat=True).first())


def automation_choices(network_id: int) -> tuple[Choice, ...]:
    """The last choices, the one in force first. One statement."""
    found = AutomationChoice.objects.filter(network_id=network_id).select_related("chosen_by")
    return tuple(
        Choice(Automation(row.mode), row.reason, row.chosen_by.name, row.from_at, row.mutual_aid)
        for row in found[:SHOWN]
    )


def placing_networks() -> list[int]:
    """Live networks whose waiting cases get places by themselves. One statement."""
    newest = AutomationChoice.objects.order_by("network_id", "-from_at", "-id")
    in_force = newest.distinct("network_id").values_list("network_id", "mode")
    placing = [pk for pk, mode in in_force if Automation(mode).places_queue]
    found = Network.objects.filter(pk__in=placing, is_live=True).order_by("pk")
    return list(found.values_list("pk", flat=True))
