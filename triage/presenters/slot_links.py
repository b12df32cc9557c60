"""Where a slot is found by whoever is sent its link."""

from uuid import UUID

from django.urls import reverse


def slot_link(session: UUID, slot_id: int) -> str:
    """The slot on the page of its session."""
    return f"{reverse('triage:session', args=[session])}#slot-{slot_id}"


def session_action(session: UUID, slot_id: int) -> dict[str, object]:
    """The link beside an appointment in a list of facts."""
    about = "of this appointment"
    link = {"text": "Session", "href": slot_link(session, slot_id), "visually_hidden_text": about}
    return {"actions": [link]}
