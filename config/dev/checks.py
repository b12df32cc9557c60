"""`./dev check`: everything that can be judged without running Headroom."""

import os
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from config.dev.environment import base_environment, manage_command
from config.dev.install import install
from config.dev.places import Places, lasting
from config.dev.trouble import Trouble

NOWHERE = {
    # Nothing below opens a connection; the settings only want to be complete.
    "DATABASE_URL": "postgresql://headroom@127.0.0.1:9/headroom",
    "REDIS_URL": "redis://127.0.0.1:9/0",
    "DJANGO_SETTINGS_MODULE": "config.settings.test",
    "HEADROOM_CLOCK_SHIFT": "0",
    "PYTHONWARNINGS": "ignore::RuntimeWarning",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One judgement and the words that ask for it."""

    name: str
    command: list[str]
    env: dict[str, str] = field(default_factory=dict)


def steps(places: Places) -> list[Step]:
    """The judgements, slowest first."""
    tool = places.tool
    no_id = "00000000-0000-0000-0000-000000000000"
    live = {
        "DJANGO_SETTINGS_MODULE": "config.settings.live",
        "ALLOWED_HOSTS": "example.org",
        "NOTIFY_API_KEY": f"checks_only-{no_id}-{no_id}",
        "NOTIFY_TEMPLATE": no_id,
        "NOTIFY_EMAIL_TEMPLATE": no_id,
    }
    deploy = ["check", "--deploy", "--fail-level", "WARNING"]
    return [
        Step("types (mypy)", [tool("mypy")]),
        Step("pages (djlint)", [tool("djlint"), "templates", "--lint", "--quiet"]),
        Step("migrations are complete", manage_command(places, "makemigrations", "--check")),
        Step("live settings", manage_command(places, *deploy), live),
        Step("import contracts", [tool("lint-imports")]),
        Step("lint (ruff)", [tool("ruff"), "check", "--output-format=concise", "."]),
        Step("format (ruff)", [tool("ruff"), "format", "--check", "--output-format=concise", "."]),
    ]


def run(words: list[str]) -> int:
    """0 when every judgement is good; what is wrong is printed under its name."""
    places = lasting()
    install(places)
    started = time.monotonic()
    with ThreadPoolExecutor(max_workers=2) as pool:
        verdicts = list(pool.map(lambda step: _judge(places, step), _asked(places, words)))
    print(f"{sum(verdicts)} of {len(verdicts)} good, {time.monotonic() - started:.0f} s.")
    return 0 if all(verdicts) else 1


def _asked(places: Places, words: list[str]) -> list[Step]:
    known = steps(places)
    unknown = [word for word in words if not any(s.name.startswith(word) for s in known)]
    if unknown:
        names = ", ".join(step.name for step in known)
        raise Trouble(f"./dev check knows no {unknown[0]!r}; it knows: {names}.")
    return [step for step in known if not words or step.name.startswith(tuple(words))]


def _judge(places: Places, step: Step) -> bool:
    secrets = {"SECRET_KEY": "x" * 25 + "checks-only" * 4, "HEADROOM_PERSON_KEY": "checks-only"}
    env = {**base_environment(places), **NOWHERE, **secrets, **step.env, "COLUMNS": "100"}
    started = time.monotonic()
    done = subprocess.run(
        step.command, env=env, cwd=places.root, capture_output=True, text=True, check=False
    )
    good = done.returncode == 0
    row = f"{'ok  ' if good else 'FAIL'} {step.name} ({time.monotonic() - started:.0f} s)"
    print(row if good else f"{row}{os.linesep}{done.stdout}{done.stderr}", flush=True)
    return good
