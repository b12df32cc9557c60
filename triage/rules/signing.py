"""Whose signature stands under a class, and for whom it opens the case."""

from __future__ import annotations

from practices.rules.professions import Profession
from triage.rules.codes import ClassStatus


def triaged_by_gp(status: str, signer: str | None) -> bool:
    """Whether the class is signed, and by a GP; a signer who is not known is not taken for one."""
    return status == ClassStatus.SIGNED and signer == Profession.GP
