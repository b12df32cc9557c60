"""Networks and their dated members as published, together with the practices they need."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from networks.models import Network, NetworkMember
from networks.rules.ods_files import MemberFacts, NetworkFacts
from practices import audit
from practices.actions import import_practices
from practices.models import Organisation
from practices.queries import practice_ids_by_code
from practices.rules.practice_facts import Changes, PracticeFacts
from practices.rules.reach import Actor

BATCH = 2000


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import of all three files did."""

    practices: Changes
    networks: Changes
    members: Changes

    @property
    def nothing(self) -> bool:
        """Whether all was already as the files say."""
        return self.practices.nothing and self.networks.nothing and self.members.nothing


def import_ods(
    *,
    practices: Sequence[PracticeFacts],
    networks: Sequence[NetworkFacts],
    members: Sequence[MemberFacts],
    by: Actor,
    at: datetime,
) -> Imported:
    """Practices, networks and memberships are as the public files say, all of it or nothing.

    Where a network works here, its practices and its own row keep their invented names: a real
    name never stands beside invented figures.
    """
    working = list(Network.objects.filter(is_live=True).values_list("pk", flat=True))
    renamed = NetworkMember.objects.filter(network_id__in=working)
    practices_done = import_practices(
        facts=practices,
        renamed=set(renamed.values_list("practice_id", flat=True)),
        by=by,
        at=at,
    )
    networks_done = _import_networks(networks)
    members_done = _import_members(members)
    done = Imported(practices_done, networks_done, members_done)
    if not (networks_done.nothing and members_done.nothing):
        audit.write(
            "networks.imported",
            entity="import",
            entity_id="networks",
            by=by,
            at=at,
            networks=networks_done.added + networks_done.changed,
            members_added=members_done.added,
            members_removed=members_done.removed,
        )
    return done


def _import_networks(facts: Sequence[NetworkFacts]) -> Changes:
    known = {
        network.organisation.code: network
        for network in Network.objects.select_related("organisation").order_by("pk")
    }
    new = [fact for fact in facts if fact.code not in known]
    changed = [
        known[fact.code] for fact in facts if fact.code in known and _update(known[fact.code], fact)
    ]
    organisations = Organisation.objects.bulk_create(
        [
            Organisation(kind=Organisation.Kind.NETWORK, code=fact.code, name=fact.name)
            for fact in new
        ],
        batch_size=BATCH,
    )
    Network.objects.bulk_create(
        [
            Network(
                organisation=organisation,
                commissioner=fact.commissioner,
                opened_on=fact.opened_on,
                closed_on=fact.closed_on,
            )
            for organisation, fact in zip(organisations, new, strict=True)
        ],
        batch_size=BATCH,
    )
    fields = ["commissioner", "opened_on", "closed_on"]
    Network.objects.bulk_update(changed, fields, batch_size=BATCH)
    Organisation.objects.bulk_update(
        [network.organisation for network in changed], ["name"], batch_size=BATCH
    )
    return Changes(len(new), len(changed), 0, len(facts) - len(new) - len(changed))


def _update(network: Network, fact: NetworkFacts) -> bool:
    before = (
        network.commissioner,
        network.opened_on,
        network.closed_on,
        network.organisation.name,
    )
    network.commissioner = fact.commissioner
    network.opened_on, network.closed_on = fact.opened_on, fact.closed_on
    if not network.is_live:
        network.organisation.name = fact.name
    return before != (
        network.commissioner,
        network.opened_on,
        network.closed_on,
        network.organisation.name,
    )


Period = tuple[int, int, date, date | None]


def _import_members(facts: Sequence[MemberFacts]) -> Changes:
    """Practices of the file are in the networks it says, on its dates, and in no others.

    Rows that differ go before the new ones come, so that no two of them overlap on the way.
    """
    practices = practice_ids_by_code()
    networks = dict(Network.objects.values_list("organisation__code", "pk"))
    wanted: set[Period] = {
        (practices[fact.practice], networks[fact.network], fact.from_on, fact.until_on)
        for fact in facts
    }
    of_file = {period[0] for period in wanted}
    kept: dict[Period, int] = {
        (row.practice_id, row.network_id, row.from_on, row.until_on): row.pk
        for row in NetworkMember.objects.filter(practice_id__in=of_file)
    }
    gone = [kept[period] for period in kept.keys() - wanted]
    new = sorted(wanted - kept.keys(), key=lambda period: period[:3])
    NetworkMember.objects.filter(pk__in=gone).delete()
    NetworkMember.objects.bulk_create(
        [
            NetworkMember(practice_id=practice, network_id=network, from_on=start, until_on=end)
            for practice, network, start, end in new
        ],
        batch_size=BATCH,
    )
    return Changes(len(new), 0, len(gone), len(wanted) - len(new))
