"""Every quarter of an hour: each house's day as one file that opens without a network."""

from pathlib import Path

from celery import shared_task
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from practices import clock
from practices.doors import opened, perform
from practices.rules.reach import clockwork
from triage.actions.packs import keep_pack
from triage.actions.paper_looking import blank_numbers
from triage.presenters.paper_pages import forms_page, pack_page
from triage.queries.paper_pack import House, PackFacts, house_of, houses_due, pack_facts

PACKER = clockwork("downtime packs")


@shared_task(name="networks.tasks.make_packs")
def make_packs(**_: object) -> int:
    """Every open house has the pack of this quarter of an hour; how many were made now.

    Each minute starts with another house, so trouble with one never keeps the rest from theirs.
    """
    at = clock.now()
    with opened(PACKER.reach, at=at):
        due = houses_due(at=at)
    first = at.minute % len(due) if due else 0
    return sum(make_pack(one) is not None for one in (*due[first:], *due[:first]))


def make_pack(organisation_id: int) -> tuple[House, str] | None:
    """The house and its new pack; None where another worker was quicker."""
    at = clock.now()
    with opened(PACKER.reach, at=at):
        house = house_of(organisation_id, at=at)
        facts = pack_facts(house, at=at) if house else None
    if house is None or facts is None:
        return None
    text = draw(facts)
    kept = perform(
        keep_pack,
        by=PACKER,
        at=at,
        organisation_id=house.id,
        text=text,
        patient_ids=facts.patient_ids,
    )
    return (house, text) if kept else None


def draw(facts: PackFacts) -> str:
    """The whole file: nothing in it is fetched from anywhere."""
    page = pack_page(facts)
    return render_to_string(
        "triage/paper/pack.html",
        {
            "page": page,
            "forms": forms_page(facts.house, blank_numbers(), stamp=page.stamp),
            "css": _style(),
        },
    )


def _style() -> SafeString:
    """Our own style sheet, as it is: nothing in it came from a person."""
    return SafeString(Path(str(finders.find("headroom-paper.css"))).read_text(encoding="utf-8"))
