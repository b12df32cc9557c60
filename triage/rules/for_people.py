"""Whose place no machine chooses: what was arranged with it, and whom only a person can tell."""

from __future__ import annotations

from collections.abc import Collection

from practices.rules.access import ARRANGED, AccessNeed, takes_two
from practices.rules.phones import why_no_text

NO_TEXTS = frozenset({AccessNeed.NO_TEXT, AccessNeed.LARGE_PRINT})


def cannot_be_arranged(needs: Collection[AccessNeed], *, is_red: bool) -> str:
    """What a planner cannot arrange anew, so that a person decides; empty if there is nothing."""
    arranged = [need.label.lower() for need in AccessNeed if need in ARRANGED.intersection(needs)]
    if arranged:
        return f"Arranged with it: {', '.join(arranged)}"
    if takes_two(needs):
        return "Needs two appointments together"
    return "The patient needs this clinician" if is_red else ""


def cannot_be_texted(
    needs: Collection[AccessNeed], *, phone: str, may_text: bool, training: bool
) -> str:
    """Why a person has to tell the patient of a new place; empty where a text goes out."""
    if not may_text or NO_TEXTS.intersection(needs):
        return "The patient gets no texts"
    return why_no_text(phone, training=training)
