"""Who the servers run as: root lends them an account without rights."""

import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from config.dev.trouble import Trouble

PR_SET_PDEATHSIG = 1


@dataclass(frozen=True, slots=True)
class Account:
    """A user of the system that may do little."""

    name: str
    uid: int
    gid: int

    def popen(self) -> dict[str, Any]:
        """The arguments that make subprocess start a program as this account."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def owns(self, folder: Path, mode: int = 0o700) -> None:
        """The folder exists and is this account's alone."""
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(mode)
        os.chown(folder, self.uid, self.gid)


def server_account() -> Account | None:
    """The account the servers run as, or None where they run as the person who starts them."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(name=name, uid=entry.pw_uid, gid=entry.pw_gid)
    raise Trouble(
        "PostgreSQL will not run as root and there is no account called postgres or nobody."
    )


def popen_as(account: Account | None) -> dict[str, Any]:
    """The arguments for subprocess: as the account, or as oneself."""
    return account.popen() if account else {}


def die_with_parent(sent: signal.Signals) -> Callable[[], None]:
    """What a child does between fork and exec so that it never outlives `dev`, even a kill -9.

    The C library is loaded here, before the fork. Elsewhere than on Linux it does nothing.
    """
    if not sys.platform.startswith("linux"):
        return lambda: None
    library = ctypes.CDLL(None)
    parent = os.getpid()

    def arrange() -> None:
        library.prctl(PR_SET_PDEATHSIG, int(sent))
        if os.getppid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)

    return arrange


def can_run(program: Path, account: Account | None) -> bool:
    """Whether the account reaches and runs the program."""
    try:
        done = subprocess.run(
            [program, "--version"], capture_output=True, cwd="/", check=False, **popen_as(account)
        )
    except OSError:
        return False
    return done.returncode == 0


def within_reach(
    program: Path, *, of: Account | None, take: list[Path], into: Path, base: Path
) -> Path:
    """The program itself or, where the account cannot reach it, a copy it can run.

    `take` is what the program needs, copied with its place below `base` kept.
    """
    if of is None or can_run(program, of):
        return program
    for source in take:
        target = into / source.relative_to(base)
        if source.is_dir():
            shutil.copytree(source, target, symlinks=True, dirs_exist_ok=True)
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target)
    open_to_all(into)
    return into / program.relative_to(base)


def open_to_all(folder: Path) -> None:
    """Everybody may read what is in the folder, and nobody but its owner may change it."""
    for path in (folder, *folder.rglob("*")):
        if path.is_symlink():
            continue
        path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
