"""What the page after a step offers to take back."""

from typing import Protocol

from django.urls import reverse


class Changed(Protocol):
    """A case as a step has left it."""

    reference: str
    version: int
    booking_id: int | None
    state: str


def undo_address(case: Changed) -> str:
    """Where the step is undone; blank where it was final."""
    is_final = case.state == "closed" and case.booking_id is not None
    if is_final:
        return ""
    return reverse("triage:undo_step", args=[case.reference, case.version])
