"""`manage verify_meter`: every ledger is recomputed from its bookings and contacts."""

from django.core.management.base import BaseCommand, CommandError

from appointments.queries import LedgerFault, ShareFault, ledger_faults, share_faults
from practices import clock
from practices.doors import everywhere


class Command(BaseCommand):
    help = "Recompute every clinician's day and every share; 1 and the lines that differ if any do."

    def handle(self, **_: object) -> None:
        with everywhere(because="every ledger is checked", at=clock.now()):
            faults = [_of_ledger(fault) for fault in ledger_faults()]
            faults += [_of_share(fault) for fault in share_faults()]
        for line in faults:
            self.stdout.write(line)
        if faults:
            raise CommandError(
                f"Not what bookings and contacts make: {len(faults)} of the figures."
            )
        self.stdout.write("Every ledger is the sum of its bookings and contacts.")


def _of_ledger(fault: LedgerFault) -> str:
    return (
        f"clinician {fault.clinician_id} on {fault.day}: {fault.figure} stands at {fault.stands},"
        f" bookings and contacts make {fault.should_be} (tenths of a point)"
    )


def _of_share(fault: ShareFault) -> str:
    return (
        f"practice {fault.practice_id} at hub {fault.hub_id} on {fault.day}: {fault.figure} stands"
        f" at {fault.stands}, bookings make {fault.should_be}"
    )
