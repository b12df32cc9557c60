"""The demo's clock: one instant that runs while the demo runs, and waits while it is stopped.

The application adds HEADROOM_CLOCK_SHIFT seconds to real time. What is kept between two
starts is the application's own time, so that a morning goes on where it was left.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from config.dev.keys import write_private

SAVE_EVERY = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class Clock:
    """What the application's clock read when it was last written down."""

    application: datetime
    running: bool = False
    real_time: bool = False

    def resumed(self) -> datetime:
        """Where the clock goes on: never before an instant the application has already seen.

        A clock found running was killed, and may have run on since it was last saved.
        """
        return self.application + SAVE_EVERY if self.running else self.application


def shift_between(application: datetime, real: datetime) -> int:
    """The seconds to add to real time so that the application's clock reads `application`."""
    return round((application - real).total_seconds())


def parse_instant(text: str) -> datetime:
    """The instant a person wrote in ISO form; without an offset it is the time in London."""
    try:
        instant = datetime.fromisoformat(text)
    except ValueError as wrong:
        raise ValueError(
            f"{text!r} is not a date and time: write it like 2026-11-30T09:30."
        ) from wrong
    if instant.tzinfo is not None:
        return instant.astimezone(UTC)
    try:
        return instant.replace(tzinfo=ZoneInfo("Europe/London")).astimezone(UTC)
    except ZoneInfoNotFoundError as missing:
        raise ValueError(
            f"This machine has no time zones: add the offset, like {text}+00:00."
        ) from missing


def load(path: Path) -> Clock | None:
    """The clock as it was left, or None where there is none yet."""
    if not path.exists():
        return None
    kept = json.loads(path.read_text())
    return Clock(
        application=datetime.fromisoformat(kept["application"]),
        running=kept["running"],
        real_time=kept["real_time"],
    )


def save(path: Path, clock: Clock) -> None:
    """The clock is on disk, whole."""
    write_private(
        path,
        json.dumps(
            {
                "application": clock.application.isoformat(),
                "running": clock.running,
                "real_time": clock.real_time,
            }
        ),
    )


def now() -> datetime:
    """Real time, to the second below."""
    return datetime.now(UTC).replace(microsecond=0)
