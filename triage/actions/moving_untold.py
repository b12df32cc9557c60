"""Moves no patient notices: made without a click where the network has chosen that.

Who was told of a time is never among them, not even for an instant: their messages are locked, so
that no text leaves between the question and the move. Nobody goes to another network unasked.
"""

from datetime import datetime

from practices.rules.reach import Actor
from triage.actions.proposal_checks import lock_cases_of
from triage.actions.proposals import Decided, make_moves
from triage.models import Proposal, RebalanceRun
from triage.queries.untold import AUTOMATIC, untold_cases


def move_untold(*, network_id: int, by: Actor, at: datetime) -> Decided:
    """The network's open moves of patients who know no time yet are made; all others stay open."""
    found = list(
        Proposal.objects.select_for_update(of=("self",))
        .select_related("booking", "to_slot", "move")
        .filter(
            run__network=network_id,
            run__kind=RebalanceRun.Kind.OWN,
            state=Proposal.State.OPEN,
            booking__method=AUTOMATIC,
        )
        .order_by("pk")
    )
    lock_cases_of(found)
    untold = untold_cases([one.booking for one in found], is_locked=True)
    going = [one for one in found if one.booking.case_ref in untold]
    return make_moves(going, news="confirmed", by=by, at=at)
