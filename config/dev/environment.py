"""What every Headroom process of this machine is told: addresses, keys, clock, assets."""

import json
import os
import subprocess
from pathlib import Path

from config.dev.keys import secrets_of, write_private
from config.dev.places import Places
from config.dev.services import Services
from config.dev.trouble import about_a_program

TRAINING = "config.settings.training"


def application_environment(
    places: Places, services: Services, *, settings: str = TRAINING, shift: int = 0
) -> dict[str, str]:
    """The environment of web, worker, beat and commands."""
    secrets = secrets_of(places.servers())
    return {
        **base_environment(places),
        "DATABASE_URL": services.database_url,
        "REDIS_URL": services.redis_url,
        "SECRET_KEY": os.environ.get("SECRET_KEY") or secrets["SECRET_KEY"],
        "HEADROOM_PERSON_KEY": os.environ.get("HEADROOM_PERSON_KEY")
        or secrets["HEADROOM_PERSON_KEY"],
        "DJANGO_SETTINGS_MODULE": settings,
        "HEADROOM_CLOCK_SHIFT": str(shift),
    }


def base_environment(places: Places) -> dict[str, str]:
    """This shell's environment with the venv first and nothing that would bend Python."""
    kept = {n: v for n, v in os.environ.items() if n not in ("PYTHONHOME", "PYTHONPATH")}
    return {
        **kept,
        "PATH": f"{places.venv / 'bin'}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
        "VIRTUAL_ENV": str(places.venv),
        "PYTHONUNBUFFERED": "1",
        "HEADROOM_ASSETS": str(places.assets),
    }


def manage_command(places: Places, *words: str) -> list[str]:
    """The words of one management command."""
    return [str(places.python), str(places.root / "manage.py"), *words]


def manage(places: Places, env: dict[str, str], *words: str) -> str:
    """What the command printed; its failure is one sentence, its output is in the state's log."""
    done = subprocess.run(
        manage_command(places, *words),
        env=env,
        cwd=places.root,
        capture_output=True,
        text=True,
        check=False,
    )
    log = places.state / "manage.log"
    with log.open("a") as file:
        file.write(f"$ manage.py {' '.join(words)}\n{done.stdout}{done.stderr}")
    if done.returncode != 0:
        raise about_a_program(f"manage.py {words[0]}", done.stdout + done.stderr, log)
    return done.stdout


def remember(places: Places, env: dict[str, str]) -> None:
    """`./dev manage` in another shell finds the running demo."""
    names = (
        "DATABASE_URL",
        "REDIS_URL",
        "SECRET_KEY",
        "HEADROOM_PERSON_KEY",
        "DJANGO_SETTINGS_MODULE",
        "HEADROOM_CLOCK_SHIFT",
        "HEADROOM_ASSETS",
    )
    write_private(
        remembered(places.state), json.dumps({name: env[name] for name in names}, indent=1)
    )


def remembered(state: Path) -> Path:
    """Where a running demo's environment is written down."""
    return state / "environment.json"
