"""Whom a pharmacy may treat: ages, sex and exclusions of Pharmacy First, as data.

A hub may keep its own line for a need beside a service; what it does not say is taken from here.
Nobody's record is read for an exclusion: it is asked, so it stands on the line as a question.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from triage.rules.codes import Need, Sex
from triage.rules.need_defaults import OLDEST


@dataclass(frozen=True, slots=True)
class Criterion:
    """For whom a service treats one need. The answer to every exclusion has to be no."""

    min_age: int = 0
    max_age: int = OLDEST
    sex: Sex | None = None
    excludes: tuple[str, ...] = ()

    @property
    def question(self) -> str:
        """What is asked before anybody is sent; empty where nothing is."""
        return f"Ask first, not if: {', '.join(self.excludes)}" if self.excludes else ""


ANYBODY = Criterion()
# Ages and sex: NHS England, Pharmacy First clinical pathways (domain section 2). Skin is the
# widest of its three pathways: impetigo and infected bites from 1; shingles only from 18.
PHARMACY_FIRST: Mapping[Need, Criterion] = {
    Need.SORE_THROAT: Criterion(
        5, excludes=("cannot swallow own spit", "cannot open the mouth", "low immunity", "pregnant")
    ),
    Need.EAR_PAIN: Criterion(
        1, 17, excludes=("swelling behind the ear", "stiff neck", "grommets", "very unwell")
    ),
    Need.URINARY: Criterion(
        16,
        64,
        Sex.FEMALE,
        excludes=("pregnant", "catheter", "fever or shivering", "pain in the back", "came back"),
    ),
    Need.SKIN_RASH: Criterion(
        1,
        excludes=("blisters near the eye", "low immunity", "pregnant", "shingles under 18"),
    ),
}


def criterion_of(
    need: Need,
    own: Mapping[str, Mapping[str, object]],
    lines: Mapping[Need, Criterion] = PHARMACY_FIRST,
) -> Criterion:
    """The line a service keeps for the need, or the network's; without either it is anybody."""
    usual = lines.get(need, ANYBODY)
    said = own.get(need.value)
    if said is None:
        return usual
    excludes = said.get("excludes", usual.excludes)
    sex = said.get("sex", usual.sex)
    return Criterion(
        min_age=_age(said.get("min_age"), usual.min_age),
        max_age=_age(said.get("max_age"), usual.max_age),
        sex=Sex(str(sex)) if sex else None,
        excludes=tuple(str(one) for one in excludes) if isinstance(excludes, list | tuple) else (),
    )


def _age(said: object, usual: int) -> int:
    return said if isinstance(said, int) else usual
