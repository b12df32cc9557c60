"""Somebody says no to emergency help: who said so, and what the desk says then."""

from __future__ import annotations

from practices.rules.code import Code

SAY = (
    "I hear you. I am telling a clinician now, and they will speak with you. Stay on the line with"
    " me. You can change your mind at any time: 999 still comes."
)


class SaidBy(Code):
    """Who says no."""

    PATIENT = "patient", "The patient"
    CALLER = "caller", "Who calls for them"
