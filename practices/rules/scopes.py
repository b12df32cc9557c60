"""What each role may do through the programming interface: one table, for gate and for telling."""

from __future__ import annotations

from collections.abc import Mapping

from practices.rules.roles import CLINICAL_ROLES, HUB_ROLES, NETWORK_ROLES, PRACTICE_ROLES, Role

AT_PRACTICE = PRACTICE_ROLES | {Role.CLIENT}
WITH_PATIENTS = AT_PRACTICE | HUB_ROLES
ROTA_MAKERS = NETWORK_ROLES | {Role.PRACTICE_MANAGER, Role.SUPERVISOR}

MAY: Mapping[str, frozenset[Role]] = {
    "patients:read": AT_PRACTICE,
    "patients:write": AT_PRACTICE,
    "cases:read": WITH_PATIENTS,
    "cases:submit": AT_PRACTICE,
    "cases:place": WITH_PATIENTS,
    "cases:raise": WITH_PATIENTS,
    "cases:treat": CLINICAL_ROLES,
    "bookings:write": WITH_PATIENTS,
    "contacts:write": CLINICAL_ROLES | {Role.PRACTICE_MANAGER},
    "sessions:write": ROTA_MAKERS,
    "emergencies:raise": WITH_PATIENTS,
    "proposals:decide": frozenset({Role.PRACTICE_MANAGER, Role.DUTY}),
    "rebalance:ask": NETWORK_ROLES,
    "board:read": NETWORK_ROLES | {Role.PRACTICE_MANAGER},
}


def scopes_of(role: Role | None) -> list[str]:
    """The names of everything the role may do, in the order of the table."""
    return [name for name, roles in MAY.items() if role in roles]
