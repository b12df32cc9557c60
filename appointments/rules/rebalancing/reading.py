"""The `plan` command's input: JSON in, an instance out, or a sentence that says what is wrong.

Only `share_caps` and `supervision` may be absent; of a clinician `limit` may be null (no limit set)
and of a case `continuity` and `slot` may be null. Fields nobody asks for are passed over.

How the contract's words are taken: limits, shares and supervision bind every class, for a person
alone may pass them; each is measured against present use where that is higher, so that staying is
always lawful. A P0 is never placed by the solver: it is named as unplaced, with its reason, and
counts in no level. `published_to` binds the own practice too, `frozen` only what is booked, and
travel applies in every mode; a journey that is not listed takes no time.
"""

import json
from collections import Counter
from collections.abc import Iterable

from appointments.rules.rebalancing import fields
from appointments.rules.rebalancing.facts import (
    URGENCIES,
    Case,
    Clinician,
    Instance,
    ScopeRule,
    ShareCap,
    Slot,
    Supervision,
)
from appointments.rules.rebalancing.fields import Fields, InstanceError


def read_instance(text: str) -> Instance:
    """The instance `text` describes; InstanceError says what is wrong with it."""
    whole = Fields.of("the instance", _parsed(text))
    instance = Instance(
        now=whole.take("now", fields.an_instant),
        clinicians=tuple(_clinician(entry) for entry in whole.listed("clinicians")),
        slots=tuple(_slot(entry) for entry in whole.listed("slots")),
        cases=tuple(_case(entry) for entry in whole.listed("cases")),
        scope=tuple(_scope_rule(entry) for entry in whole.listed("scope")),
        travel=whole.take("travel", _travel),
        agreements=whole.take("agreements", _agreements),
        share_caps=tuple(
            ShareCap(
                entry.take("practice", fields.a_text),
                entry.take("site", fields.a_text),
                entry.take("cases", fields.a_count),
            )
            for entry in _optional(whole, "share_caps")
        ),
        supervision=tuple(
            Supervision(
                entry.take("site", fields.a_text), entry.take("per_supervisor", fields.a_count)
            )
            for entry in _optional(whole, "supervision")
        ),
    )
    _check_references(instance)
    return instance


def _parsed(text: str) -> object:
    try:
        return json.loads(text, parse_constant=_refuse_constant, object_pairs_hook=_once_each)
    except json.JSONDecodeError as error:
        raise InstanceError(
            f"This is not JSON: {error.msg}, line {error.lineno}, column {error.colno}."
        ) from None
    except RecursionError:
        raise InstanceError("This JSON is nested too deeply.") from None


def _refuse_constant(constant: str) -> float:
    raise InstanceError(f"{constant} is not a number this command can work with.")


def _once_each(pairs: list[tuple[str, object]]) -> dict[str, object]:
    for key, times in Counter(key for key, _ in pairs).items():
        if times > 1:
            raise InstanceError(f"The field {key} appears {times} times in one object.")
    return dict(pairs)


def _optional(whole: Fields, key: str) -> list[Fields]:
    return whole.listed(key) if whole.values.get(key) is not None else []


def _clinician(entry: Fields) -> Clinician:
    return Clinician(
        id=entry.take("id", fields.a_text),
        role=entry.take("role", fields.a_text),
        site=entry.take("site", fields.a_text),
        limit=entry.take("limit", fields.a_limit),
        fixed_points=entry.take("fixed_points", fields.points),
        supervises=entry.take_or("supervises", fields.a_flag, absent=False),
    )


def _slot(entry: Fields) -> Slot:
    return Slot(
        id=entry.take("id", fields.a_text),
        clinician=entry.take("clinician", fields.a_text),
        starts_at=entry.take("starts_at", fields.an_instant),
        minutes=entry.take("minutes", fields.a_count),
        mode=entry.take("mode", fields.a_text),
        published_to=entry.take("published_to", fields.texts),
    )


def _case(entry: Fields) -> Case:
    return Case(
        id=entry.take("id", fields.a_text),
        practice=entry.take("practice", fields.a_text),
        need=entry.take("need", fields.a_text),
        age=entry.take("age", fields.a_count),
        points=entry.take("points", fields.points),
        urgency=entry.take("class", fields.one_of(*URGENCIES)),
        modes=entry.take("modes", fields.texts),
        earliest=entry.take("earliest", fields.an_instant),
        due=entry.take("due", fields.an_instant),
        continuity=entry.take_or("continuity", fields.a_text, None),
        slot=entry.take_or("slot", fields.a_text, None),
        frozen=entry.take_or("frozen", fields.a_flag, absent=False),
        told=entry.take_or("told", fields.a_flag, absent=False),
    )


def _scope_rule(entry: Fields) -> ScopeRule:
    return ScopeRule(
        role=entry.take("role", fields.a_text),
        need=entry.take("need", fields.a_text),
        min_age=entry.take("min_age", fields.a_count),
        max_age=entry.take("max_age", fields.a_count),
    )


def _travel(name: str, value: object) -> dict[tuple[str, str], int]:
    return {
        (practice, site): fields.a_count(f"travel from {practice} to {site}", minutes)
        for practice, sites in Fields.of(name, value).values.items()
        for site, minutes in Fields.of(f"travel from {practice}", sites).values.items()
    }


def _agreements(name: str, value: object) -> frozenset[tuple[str, str]]:
    pairs = [fields.a_list(f"an entry in {name}", entry) for entry in fields.a_list(name, value)]
    for pair in pairs:
        if len(pair) != 2:
            raise InstanceError(f"An entry in {name} must be a practice and a site.")
    return frozenset(
        (fields.a_text("practice of an agreement", p), fields.a_text("site of an agreement", s))
        for p, s in pairs
    )


def _check_references(instance: Instance) -> None:
    """Ids are unique, what is named exists, and no slot is booked twice."""
    clinicians = [clinician.id for clinician in instance.clinicians]
    slots = [slot.id for slot in instance.slots]
    booked = [case.slot for case in instance.cases if case.slot is not None]
    _refuse_twins(clinicians, "Two clinicians have the id {}.")
    _refuse_twins(slots, "Two slots have the id {}.")
    _refuse_twins([case.id for case in instance.cases], "Two cases have the id {}.")
    _refuse_twins(booked, "Two cases are booked in slot {}.")
    for slot in instance.slots:
        if slot.clinician not in set(clinicians):
            raise InstanceError(
                f"Slot {slot.id} names clinician {slot.clinician}, who is not here."
            )
    for case in instance.cases:
        if case.slot is not None and case.slot not in set(slots):
            raise InstanceError(f"Case {case.id} is booked in slot {case.slot}, which is not here.")


def _refuse_twins(ids: Iterable[str], sentence: str) -> None:
    for known, times in Counter(ids).items():
        if times > 1:
            raise InstanceError(sentence.format(known))
