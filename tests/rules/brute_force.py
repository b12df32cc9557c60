"""The `plan` contract once more, from its text alone: every lawful plan, the best of them.

Nothing here shares code with the rules it checks.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

Plan = dict[str, str]  # case -> slot


class Contract:
    """One instance, and what its words allow."""

    def __init__(self, instance: dict[str, Any]) -> None:
        self.instance = instance
        self.now = _when(instance["now"])
        self.clinicians = {c["id"]: c for c in instance["clinicians"]}
        self.slots = {s["id"]: s for s in instance["slots"]}
        self.cases = {c["id"]: c for c in instance["cases"]}
        self.present = {c: case["slot"] for c, case in self.cases.items() if case["slot"]}
        self.present_load = self.loads(self.present)

    def loads(self, plan: Plan) -> dict[str, float]:
        load = {c: clinician["fixed_points"] for c, clinician in self.clinicians.items()}
        for case, slot in plan.items():
            load[self.slots[slot]["clinician"]] += self.cases[case]["points"]
        return load

    def choices(self, case_id: str) -> list[str | None]:
        """The slots a case may have, counting None for no place."""
        case = self.cases[case_id]
        if case["slot"]:
            clinician = self.slots[case["slot"]]["clinician"]
            limit = self.clinicians[clinician]["limit"]
            is_above = limit is not None and self.present_load[clinician] > limit
            if not is_above or case["frozen"] or case["class"] not in ("P3", "P4", "P5", "P6"):
                return [case["slot"]]
        elif case["class"] == "P0":
            return [None]
        fitting = [s for s in self.slots if s == case["slot"] or self._fits(case, self.slots[s])]
        return fitting if case["slot"] else [*fitting, None]

    def _fits(self, case: dict[str, Any], slot: dict[str, Any]) -> bool:
        clinician = self.clinicians[slot["clinician"]]
        practice, site = case["practice"], clinician["site"]
        leave = max(self.now, _when(case["earliest"]))
        there = leave + timedelta(minutes=self.instance["travel"][practice][site])
        return (
            any(
                rule["role"] == clinician["role"]
                and rule["need"] == case["need"]
                and rule["min_age"] <= case["age"] <= rule["max_age"]
                for rule in self.instance["scope"]
            )
            and (practice in slot["published_to"] or "*" in slot["published_to"])
            and (practice == site or [practice, site] in self.instance["agreements"])
            and slot["mode"] in case["modes"]
            and _when(slot["starts_at"]) >= there
        )

    def keeps_totals(self, plan: Plan) -> bool:
        """No limit, share or supervision is passed further than it is now."""
        load = self.loads(plan)
        return (
            all(
                c["limit"] is None or load[i] <= max(c["limit"], self.present_load[i])
                for i, c in self.clinicians.items()
            )
            and self._shares(plan) <= self._share_room()
            and self._hours(plan) <= self._hour_room()
        )

    def _shares(self, plan: Plan) -> Counter:
        capped = {(cap["practice"], cap["site"]) for cap in self.instance.get("share_caps", [])}
        pairs = [
            (self.cases[c]["practice"], self.clinicians[self.slots[s]["clinician"]]["site"])
            for c, s in plan.items()
        ]
        return Counter(pair for pair in pairs if pair in capped)

    def _share_room(self) -> Counter:
        now = self._shares(self.present)
        caps = self.instance.get("share_caps", [])
        pairs = {(cap["practice"], cap["site"]): cap["cases"] for cap in caps}
        return Counter({pair: max(cases, now[pair]) for pair, cases in pairs.items()})

    def _hours(self, plan: Plan) -> Counter:
        watched = {rule["site"] for rule in self.instance.get("supervision", [])}
        used: Counter = Counter()
        for slot_id in plan.values():
            clinician = self.clinicians[self.slots[slot_id]["clinician"]]
            if clinician["role"] != "gp" and clinician["site"] in watched:
                used[clinician["site"], _hour(self.slots[slot_id])] += 1
        return used

    def _hour_room(self) -> Counter:
        supervisors = defaultdict(set)
        for slot in self.slots.values():
            clinician = self.clinicians[slot["clinician"]]
            if clinician["supervises"]:
                supervisors[clinician["site"], _hour(slot)].add(clinician["id"])
        room = self._hours(self.present)
        for rule in self.instance.get("supervision", []):
            for (site, hour), people in supervisors.items():
                if site == rule["site"]:
                    allowed = rule["per_supervisor"] * 4 * len(people)
                    room[site, hour] = max(room[site, hour], allowed)
        return room

    def levels(self, plan: Plan) -> tuple[float, ...]:
        breaches = Counter({"P1": 0})
        moves = strangers = 0
        for case_id, case in self.cases.items():
            slot = plan.get(case_id)
            is_late = slot and _when(self.slots[slot]["starts_at"]) > _when(case["due"])
            breaches[case["class"]] += 1 if is_late else 0 if slot else 2
            moves += bool(case["told"] and case["slot"] and slot != case["slot"])
            strangers += bool(
                slot and case["continuity"] and self.slots[slot]["clinician"] != case["continuity"]
            )
        load = self.loads(plan)
        excess = sum(
            max(0, load[i] - c["limit"])
            for i, c in self.clinicians.items()
            if c["limit"] is not None
        )
        return (
            breaches["P1"] + breaches["P2"],
            breaches["P3"] + breaches["P4"],
            excess,
            breaches["P5"],
            breaches["P6"],
            moves,
            strangers,
        )

    def lawful_plans(self) -> Iterator[Plan]:
        cases = list(self.cases)
        choices = [self.choices(case) for case in cases]

        def extend(at: int, plan: Plan, taken: frozenset[str]) -> Iterator[Plan]:
            if at == len(cases):
                if self.keeps_totals(plan):
                    yield dict(plan)
                return
            for slot in choices[at]:
                if slot is None:
                    yield from extend(at + 1, plan, taken)
                elif slot not in taken:
                    yield from extend(at + 1, plan | {cases[at]: slot}, taken | {slot})

        yield from extend(0, {}, frozenset())

    def is_lawful(self, plan: Plan) -> bool:
        return (
            all(plan.get(case) in self.choices(case) for case in self.cases)
            and len(set(plan.values())) == len(plan)
            and self.keeps_totals(plan)
        )

    def best_levels(self) -> tuple[float, ...]:
        return min(self.levels(plan) for plan in self.lawful_plans())


def _when(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _hour(slot: dict[str, Any]) -> str:
    return slot["starts_at"][:13]
