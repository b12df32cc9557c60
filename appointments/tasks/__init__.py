"""The clockwork of appointments: holds that ran out. The solver is imported by whoever plans."""

from appointments.tasks.holds import tidy_holds

__all__ = ["tidy_holds"]
