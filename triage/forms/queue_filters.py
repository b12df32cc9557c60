"""The filters of the queue as an address holds them; what it does not know it leaves out."""

from django.http import QueryDict

from triage.queries.queue_rows import Place
from triage.queries.worklist import QUEUE, Filters
from triage.rules.codes import Urgency
from triage.rules.states import State

MINE = "1"
LONGEST_CODE = 12


def read_filters(query: QueryDict, *, clinician_id: int | None) -> Filters:
    """What to list: the hub's open work, unless the address names states of its own."""
    states = frozenset(State(word) for word in query.getlist("state") if word in set(State))
    return Filters(
        states=states or QUEUE,
        urgencies=frozenset(
            Urgency(word) for word in query.getlist("class") if word in set(Urgency)
        ),
        practice=query.get("practice", "").replace("\0", "")[:LONGEST_CODE],
        claimed_by=clinician_id if query.get("mine") == MINE else None,
    )


def read_place(query: QueryDict) -> Place | None:
    """Where the page starts; None for the top of the queue."""
    text = query.get("after", "")
    return Place.read(text) if text else None
