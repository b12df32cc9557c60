"""A network chooses what the rebalancer may do without a person's click."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from networks.actions.mutual_aid import promise_end
from networks.models import AutomationChoice
from networks.queries.automation import automation_of, takes_part
from networks.rules.automation import Automation
from practices import audit, news
from practices.news import Subject
from practices.rules.reach import Actor
from practices.rules.refusals import BadInput, Forbidden
from practices.rules.roles import NETWORK_ROLES

LONGEST_REASON = 300


@dataclass(frozen=True, slots=True)
class AutomationWish:
    """What somebody wants from now on, and why."""

    mode: Automation
    reason: str
    mutual_aid: bool = False


def choose_automation(*, wish: AutomationWish, by: Actor, at: datetime) -> AutomationChoice:
    """From now on the network's runs do this much by themselves; the choice before is kept."""
    if not by.is_one_of(NETWORK_ROLES) or by.organisation_id is None or by.user_id is None:
        raise Forbidden("Only the network’s manager or clinical lead chooses this.")
    if not any(letter.isalnum() for letter in wish.reason):
        raise BadInput("Enter why it changes", field="reason")
    _one_at_a_time(by.organisation_id)
    before, took_part = automation_of(by.organisation_id), takes_part(by.organisation_id)
    if wish.mode is before and wish.mutual_aid == took_part:
        raise BadInput("This is in force already. Choose another, or leave it", field="mode")
    made = AutomationChoice.objects.create(
        network_id=by.organisation_id,
        mode=wish.mode.value,
        mutual_aid=wish.mutual_aid,
        reason=wish.reason[:LONGEST_REASON],
        chosen_by_id=by.user_id,
        from_at=at,
    )
    audit.write(
        "automation.chosen",
        entity="network",
        entity_id=by.organisation_id,
        by=by,
        at=at,
        before=before.value,
        after=wish.mode.value,
        mutual_aid=wish.mutual_aid,
    )
    if took_part and not wish.mutual_aid:
        promise_end(network_id=by.organisation_id, at=at)
    news.changed(Subject.BOARD, by.organisation_id)
    return made


def _one_at_a_time(network_id: int) -> None:
    """Of two who press at once, the second finds the first one's choice."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('automation'), %s)", [network_id])
