"""Packs for when the network goes: kept once a quarter of an hour, the last few of each house."""

from collections.abc import Sequence
from datetime import datetime

from practices import audit
from practices.rules.reach import Actor
from triage.models import DowntimePack
from triage.rules.paper import KEPT, window_of


def keep_pack(
    *, organisation_id: int, text: str, patient_ids: Sequence[int], by: Actor, at: datetime
) -> bool:
    """The house has the pack of this quarter of an hour; whether it was this one.

    Made twice, the first stands. Older packs than the last few are gone: they name patients.
    """
    pack = DowntimePack(
        organisation_id=organisation_id,
        as_of=window_of(at),
        made_at=at,
        text=text,
        patient_ids=list(patient_ids),
    )
    DowntimePack.objects.bulk_create([pack], ignore_conflicts=True)
    mine = DowntimePack.objects.filter(organisation_id=organisation_id)
    if not mine.filter(as_of=pack.as_of, made_at=at).exists():
        return False
    kept = mine.order_by("-as_of").values_list("pk", flat=True)[:KEPT]
    dropped, _ = mine.exclude(pk__in=list(kept)).delete()
    audit.write(
        "pack.made", entity="organisation", entity_id=organisation_id, by=by, at=at, dropped=dropped
    )
    return True
