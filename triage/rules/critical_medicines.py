"""Medicines nobody may run out of: a request that names one is clinical, and for today.

No words tell how many tablets are left, so naming one is enough: it costs a clinician a minute,
and a missed one costs a seizure, a stroke or an adrenal crisis. As everything here, it only
raises. The words are data that a clinical lead changes; a star stands for any ending.
"""

from __future__ import annotations

from collections.abc import Mapping

from triage.rules.codes import Urgency

CLASS = Urgency.P4

MEDICINES: Mapping[str, tuple[str, ...]] = {
    "insulin": (
        "insulin*",
        "novorapid",
        "humalog",
        "lantus",
        "levemir",
        "tresiba",
        "toujeo",
        "fiasp",
        "humulin",
    ),
    "epilepsy medicine": (
        "epilep*",
        "antiepilep*",
        "seizure*",
        "keppra",
        "levetiracetam",
        "lamotrigine",
        "lamictal",
        "valproate",
        "epilim",
        "carbamazepine",
        "tegretol",
        "phenytoin",
        "topiramate",
        "lacosamide",
        "clobazam",
    ),
    "steroid tablets": (
        "steroid*",
        "prednisolone",
        "hydrocortisone",
        "dexamethasone",
        "fludrocortisone",
        "addison*",
    ),
    "blood-thinning tablets": (
        "thinner*",
        "thinning",
        "bloodthinn*",
        "anticoagul*",
        "warfarin",
        "apixaban",
        "eliquis",
        "rivaroxaban",
        "xarelto",
        "edoxaban",
        "lixiana",
        "dabigatran",
        "pradaxa",
        "clopidogrel",
    ),
}


def named_in(said: list[str]) -> tuple[str, ...]:
    """The medicines of the list that folded words name, in the list's order."""
    return tuple(name for name, words in MEDICINES.items() if any(_is_said(w, said) for w in words))


def _is_said(pattern: str, said: list[str]) -> bool:
    if pattern.endswith("*"):
        return any(word.startswith(pattern[:-1]) for word in said)
    return pattern in said
