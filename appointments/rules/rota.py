"""Who may change a rota: each organisation its own, a network its hubs'."""

from __future__ import annotations

from practices.rules.reach import Actor
from practices.rules.refusals import Forbidden
from practices.rules.roles import NETWORK_ROLES, Role


def check_may_change_rota(
    by: Actor,
    *,
    practice_id: int | None,
    hub_id: int | None,
    has_patients: bool = False,
    has_left: bool = False,
) -> None:
    """The person may publish sessions there, or `Forbidden`.

    Where patients may be booked already, only people who may see them change anything.
    That a clinician has left the desk of the house, practice or hub, may say as well.
    """
    if by.role is None:
        return
    desk = has_left and by.role is Role.RECEPTIONIST
    if practice_id is not None:
        allowed = (desk or by.role is Role.PRACTICE_MANAGER) and practice_id in by.reach.own
    else:
        own = (desk or by.role is Role.SUPERVISOR) and hub_id == by.organisation_id
        runs = by.role in NETWORK_ROLES and hub_id in by.reach.providers
        allowed = own or (runs and not has_patients)
    if not allowed:
        raise Forbidden("Only the organisation itself changes its rota.")
