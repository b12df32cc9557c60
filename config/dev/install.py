"""The venv: made once, installed from the lock, stamped with the lock's hash."""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

from config.dev.places import Places
from config.dev.trouble import Trouble, about_a_program

LOCK = "requirements-dev.txt"


def stamp_of(lock: bytes, python: tuple[int, int]) -> str:
    """What the venv must carry to be up to date with this lock and this Python."""
    return f"{python[0]}.{python[1]} {hashlib.sha256(lock).hexdigest()}"


def is_installed(places: Places) -> bool:
    """Whether the venv is what the lock says."""
    stamp = places.venv / "headroom-stamp"
    return stamp.exists() and stamp.read_text() == _wanted(places) and places.python.exists()


def install(places: Places) -> None:
    """The venv holds exactly what the lock names; seconds when it already does."""
    if is_installed(places):
        return
    print(f"Installing the packages of {LOCK} into .dev/venv (once; a few minutes) …", flush=True)
    places.dev.mkdir(parents=True, exist_ok=True)
    uv = uv_command(places)
    if not _venv_fits(places):
        shutil.rmtree(places.venv, ignore_errors=True)
        _make_venv(places, uv)
    lock = str(places.root / LOCK)
    if uv:
        command = [*uv, "pip", "sync", "--require-hashes", "--python", str(places.python), lock]
    else:
        command = [str(places.python), "-m", "pip", "install", "--require-hashes", "-r", lock]
    run_logged(command, log=places.dev / "install.log", what="installing the packages")
    (places.venv / "headroom-stamp").write_text(_wanted(places))


def uv_command(places: Places) -> list[str] | None:
    """uv from PATH, or from our tools where Python has no ensurepip, or None: pip will do."""
    found = shutil.which("uv")
    if found and _runs([found, "--version"]):
        return [found]
    own = places.tools / "bin" / "uv"
    if own.exists():
        return [str(own)]
    if importlib.util.find_spec("ensurepip") is not None:
        return None
    if importlib.util.find_spec("pip") is None:
        raise Trouble(
            "This Python has neither venv nor pip: install them first "
            "(Debian: apt install python3-venv)."
        )
    run_logged(
        [sys.executable, "-m", "pip", "install", "--target", str(places.tools), "uv"],
        log=places.dev / "install.log",
        what="installing uv",
    )
    return [str(own)]


def run_logged(command: list[str], *, log: Path, what: str, cwd: Path | None = None) -> None:
    """The command succeeded; its output is in the log, and a failure is one sentence."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("w+") as file:
        done = subprocess.run(
            command,
            stdout=file,
            stderr=subprocess.STDOUT,
            env=tool_environment(),
            cwd=cwd,
            check=False,
        )
        file.seek(0)
        if done.returncode != 0:
            raise about_a_program(what, file.read(), log)


def tool_environment() -> dict[str, str]:
    """The environment without what would point an installer at another Python."""
    unwanted = ("PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV", "UV_PROJECT_ENVIRONMENT")
    return {name: value for name, value in os.environ.items() if name not in unwanted}


def _make_venv(places: Places, uv: list[str] | None) -> None:
    make = [*uv, "venv", "--python", sys.executable] if uv else [sys.executable, "-m", "venv"]
    run_logged([*make, str(places.venv)], log=places.dev / "install.log", what="making the venv")


def _venv_fits(places: Places) -> bool:
    question = "import sys; print('%d.%d' % sys.version_info[:2])"
    if not places.python.exists():
        return False
    asked = subprocess.run(
        [places.python, "-c", question], capture_output=True, text=True, check=False
    )
    return asked.stdout.strip() == f"{sys.version_info[0]}.{sys.version_info[1]}"


def _runs(command: list[str]) -> bool:
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def _wanted(places: Places) -> str:
    return stamp_of((places.root / LOCK).read_bytes(), sys.version_info[:2])
