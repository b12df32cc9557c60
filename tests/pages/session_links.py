"""Sessions under their links, read back as a person reads them."""

import re
from html import unescape

from django.urls import reverse

from practices.doors import perform
from tests.cases import submitted
from triage import actions
from triage.rules.codes import Need

PART = re.compile(r'<tbody[^>]* id="slot-(\d+)">(.*?)</tbody>', re.DOTALL)
ROW = re.compile(r"<tr.*?</tr>", re.DOTALL)
CELL = re.compile(r"<td[^>]*>.*?</span>(.*?)</td>", re.DOTALL)
TAGS = re.compile(r"<[^>]+>")
ZOE, ELLEN = "O'Neil, Zoë", "Brook, Ellen"


def address(world, session="gp_oak"):
    return reverse("triage:session", args=[world.sessions[session].public_id])


def lines(answer):
    """Time, state and patient of each line of a slot, by the number in the slot's anchor."""
    found = PART.findall(answer.content.decode())
    return {
        int(pk): "; ".join(" | ".join(map(plain, CELL.findall(row))) for row in ROW.findall(part))
        for pk, part in found
    }


def plain(markup):
    return " ".join(unescape(TAGS.sub(" ", markup)).split())


def said(answer):
    return plain(answer.content.decode())


def wish_for(world, acting, who, slot, **wish):
    """The patient's case, the desk that asks for it, and the slot: a wish to hold or to book."""
    case = submitted(
        world, acting, who, Need.SORE_THROAT, at=world.at, red_flags_asked=True, **wish
    )
    desk = "receptionist" if who != "ellen" else "receptionist_elm"
    return {"by": acting(world, desk), "reference": case.reference, "slot_id": slot.pk}


def booked(world, acting, who, slot, **wish):
    terms = {"overflow_reason": "patient_choice"} if slot.hub_id else {}
    place = wish_for(world, acting, who, slot, **wish)
    return perform(actions.book, at=world.at, **place, **terms)
