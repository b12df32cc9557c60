"""Practices and their list sizes as published: many rows in one change.

One audit row stands for the whole import: its facts are the counts, and the public file itself
is the record of every value.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from practices import audit
from practices.models import Organisation, Practice, Site
from practices.rules.practice_facts import Changes, ListSize, PracticeFacts
from practices.rules.reach import Actor
from practices.rules.tables import Problem

BATCH = 2000
PRACTICE_FIELDS = ("status", "commissioner", "opened_on", "closed_on")


def import_practices(
    *, facts: Sequence[PracticeFacts], renamed: Collection[int], by: Actor, at: datetime
) -> Changes:
    """Every practice of the file exists as published; practices not in the file stay.

    `renamed` are practices that bear an invented name: name, address and phone are left alone.
    """
    known = {
        practice.organisation.code: practice
        for practice in Practice.objects.select_related("organisation").order_by("pk")
    }
    sites = {site.organisation_id: site for site in Site.objects.filter(is_main=True)}
    new = [fact for fact in facts if fact.code not in known]
    changed: set[int] = set()
    for fact in facts:
        if fact.code in known:
            practice = known[fact.code]
            named = practice.pk not in renamed
            if _update(practice, sites.get(practice.pk), fact, named=named):
                changed.add(practice.pk)
    _create(new)
    _save_changed([p for p in known.values() if p.pk in changed], sites)
    done = Changes(
        added=len(new), changed=len(changed), unchanged=len(facts) - len(new) - len(changed)
    )
    if not done.nothing:
        audit.write(
            "practices.imported",
            entity="import",
            entity_id="practices",
            by=by,
            at=at,
            added=done.added,
            changed=done.changed,
        )
    return done


def set_list_sizes(
    *, sizes: Sequence[ListSize], by: Actor, at: datetime
) -> tuple[Changes, list[Problem]]:
    """Each known practice has the published list size; unknown ones are given back.

    An older publication never replaces a newer one.
    """
    known = {
        practice.organisation.code: practice
        for practice in Practice.objects.select_related("organisation").order_by("pk")
    }
    matched = [(known[size.code], size) for size in sizes if size.code in known]
    changed = [
        practice
        for practice, size in matched
        if (practice.list_size_on is None or practice.list_size_on <= size.on)
        and _set(practice, list_size=size.patients, list_size_on=size.on)
    ]
    Practice.objects.bulk_update(changed, ["list_size", "list_size_on"], batch_size=BATCH)
    if changed:
        audit.write(
            "list_sizes.imported",
            entity="import",
            entity_id="list_sizes",
            by=by,
            at=at,
            changed=len(changed),
        )
    unknown = "The practice is not among the imported practices"
    problems = [Problem(size.row, size.code, unknown) for size in sizes if size.code not in known]
    return Changes(changed=len(changed), unchanged=len(matched) - len(changed)), problems


def _set(row: Organisation | Practice | Site, **wanted: object) -> bool:
    """The row in memory has these values; True where one of them is new."""
    news = {field: value for field, value in wanted.items() if getattr(row, field) != value}
    for field, value in news.items():
        setattr(row, field, value)
    return bool(news)


def _update(practice: Practice, site: Site | None, fact: PracticeFacts, *, named: bool) -> bool:
    is_new = _set(practice, **{field: getattr(fact, field) for field in PRACTICE_FIELDS})
    if not named:
        return is_new
    news = [
        is_new,
        _set(practice, phone=fact.phone),
        _set(practice.organisation, name=fact.name),
        site is not None
        and _set(site, name=fact.name, address=fact.address, postcode=fact.postcode),
    ]
    return any(news)


def _create(facts: Sequence[PracticeFacts]) -> None:
    organisations = Organisation.objects.bulk_create(
        [
            Organisation(kind=Organisation.Kind.PRACTICE, code=fact.code, name=fact.name)
            for fact in facts
        ],
        batch_size=BATCH,
    )
    pairs = list(zip(organisations, facts, strict=True))
    Practice.objects.bulk_create(
        [
            Practice(
                organisation=organisation,
                phone=fact.phone,
                **{field: getattr(fact, field) for field in PRACTICE_FIELDS},
            )
            for organisation, fact in pairs
        ],
        batch_size=BATCH,
    )
    Site.objects.bulk_create(
        [
            Site(
                organisation=organisation,
                name=fact.name,
                address=fact.address,
                postcode=fact.postcode,
            )
            for organisation, fact in pairs
        ],
        batch_size=BATCH,
    )


def _save_changed(practices: Sequence[Practice], sites: dict[int, Site]) -> None:
    fields = [*PRACTICE_FIELDS, "phone"]
    Practice.objects.bulk_update(practices, fields, batch_size=BATCH)
    Organisation.objects.bulk_update(
        [practice.organisation for practice in practices], ["name"], batch_size=BATCH
    )
    Site.objects.bulk_update(
        [sites[practice.pk] for practice in practices if practice.pk in sites],
        ["name", "address", "postcode"],
        batch_size=BATCH,
    )
