"""Rules that were passed over, in words: a table of who, why and until when."""

from datetime import datetime

from practices.rules.refusals import Override, Refusal
from triage.presenters.urgency import moment_words
from triage.queries.overrides import OverrideRow

HEAD = ["When and where", "Rule", "Why", "Who", "Until", "Countersigned"]
OTHERS = {
    "overlap": "Two places at once",
    "cover": "A gap in the cover",
    "ratio": "Too many people for one supervisor",
}


def override_rows(found: tuple[OverrideRow, ...], *, now: datetime) -> list[list[str]]:
    """A row of cells for each, newest first."""
    return [_row(one, now=now) for one in found]


def _row(one: OverrideRow, *, now: datetime) -> list[str]:
    rule = Refusal(one.rule).label if one.rule in set(Refusal) else OTHERS.get(one.rule, one.rule)
    code = Override(one.code).label if one.code in set(Override) else one.code
    return [
        f"{moment_words(one.at, now=now)}, {one.where}",
        rule,
        f"{code}: {one.reason}" if one.reason else code,
        one.by,
        moment_words(one.until_at, now=now),
        one.countersigned_by or "Nobody",
    ]
