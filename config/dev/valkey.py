"""A Valkey (or Redis) of our own: the broker, on loopback only."""

from pathlib import Path

from config.dev.account import Account, within_reach
from config.dev.children import Child
from config.dev.found import Server


def valkey_child(
    server: Server,
    *,
    servers: Path,
    log: Path,
    account: Account | None,
    durable: bool,
    port: int,
    env: dict[str, str],
) -> Child:
    """The broker as a child: it appends to disk when durable, and never evicts."""
    data = servers / f"{server.name.lower()}-{server.major}"
    data.mkdir(parents=True, exist_ok=True)
    if account:
        account.owns(data)
    program = within_reach(
        server.program,
        of=account,
        take=[server.program],
        into=servers / f"binaries-{server.version}",
        base=server.program.parent,
    )
    settings = {
        "port": str(port),
        "bind": "127.0.0.1",
        "dir": str(data),
        "appendonly": "yes" if durable else "no",
        "save": "",
        "maxmemory-policy": "noeviction",
        "daemonize": "no",
        "logfile": "",
    }
    flags = [part for name, value in settings.items() for part in (f"--{name}", value)]
    return Child(server.name, [str(program), *flags], log, env, data, account)
