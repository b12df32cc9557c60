"""Where things are: the work tree, what is installed, and each run's own state."""

import hashlib
import os
import shutil
import stat
from dataclasses import dataclass
from pathlib import Path

from config.dev.trouble import Trouble

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Places:
    """The folders of one run. `bare` ignores the machine's server, node and browser binaries."""

    root: Path
    bare: bool
    state: Path

    @property
    def dev(self) -> Path:
        """Everything that set-up makes; ignored by git, safe to delete."""
        return self.root / ".dev"

    @property
    def venv(self) -> Path:
        return self.dev / "venv"

    @property
    def tools(self) -> Path:
        return self.dev / "tools"

    @property
    def assets(self) -> Path:
        return self.dev / ("assets-bare" if self.bare else "assets")

    @property
    def python(self) -> Path:
        return self.venv / "bin" / "python"

    @property
    def site_packages(self) -> Path:
        found = sorted(self.venv.glob("lib/python3.*/site-packages"))
        return found[-1] if found else self.venv / "lib"

    def tool(self, name: str) -> str:
        """The path of a program installed in the venv."""
        return str(self.venv / "bin" / name)

    def servers(self) -> Path:
        """The folder of the servers' data, which the servers' account can reach.

        Root's servers run as another account, and that account may not be able to enter the
        work tree: root's folder is therefore in the system's persistent temporary folder.
        """
        if os.geteuid() != 0:
            self.state.mkdir(parents=True, exist_ok=True)
            return self.state
        folder = root_servers(self.state)
        folder.mkdir(mode=0o711, exist_ok=True)
        seen = folder.lstat()
        if seen.st_uid != 0 or not stat.S_ISDIR(seen.st_mode):
            raise Trouble(f"{folder} belongs to somebody else: remove it and try again.")
        folder.chmod(0o711)
        return folder


def root_servers(state: Path) -> Path:
    """The servers' folder that belongs to this state folder when root runs them."""
    mark = hashlib.sha256(str(state).encode()).hexdigest()[:12]
    return Path("/var/tmp") / f"headroom-{mark}"  # noqa: S108  (its owner is checked before use)


def is_bare() -> bool:
    """Whether this run must prove that it needs nothing of the machine but Python."""
    return os.environ.get("DEV_BARE", "") not in ("", "0")


def lasting() -> Places:
    """The demo's own places, kept from one start to the next."""
    name = "state-bare" if is_bare() else "state"
    return Places(root=ROOT, bare=is_bare(), state=ROOT / ".dev" / name)


def throw_away(purpose: str) -> Places:
    """Places for one run of this process; `clear` removes them."""
    state = ROOT / ".dev" / "run" / f"{purpose}-{os.getpid()}"
    return Places(root=ROOT, bare=is_bare(), state=state)


def clear(places: Places) -> None:
    """The state of these places is gone; what was installed stays."""
    shutil.rmtree(places.state, ignore_errors=True)
    if os.geteuid() == 0:
        shutil.rmtree(root_servers(places.state), ignore_errors=True)
