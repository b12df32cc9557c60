"""PostgreSQL and Valkey, wherever they come from, and where they answer."""

import os
from dataclasses import dataclass

from config.dev import found
from config.dev.account import server_account
from config.dev.cluster import cluster
from config.dev.house import Household
from config.dev.keys import secrets_of
from config.dev.places import Places
from config.dev.ports import free_port
from config.dev.readiness import postgres_answers, redis_answers
from config.dev.valkey import valkey_child


@dataclass(frozen=True, slots=True)
class Services:
    """Two addresses for the application."""

    database_url: str
    redis_url: str


def start_services(
    places: Places, household: Household, *, durable: bool, own: bool = False
) -> Services:
    """Both servers answer; what the environment names is used, unless `own` ones are asked for."""
    database_url = "" if own else os.environ.get("DATABASE_URL", "")
    redis_url = "" if own else os.environ.get("REDIS_URL", "")
    if database_url:
        print("PostgreSQL as DATABASE_URL says.", flush=True)
    if redis_url:
        print("Valkey as REDIS_URL says.", flush=True)
    return Services(
        database_url=database_url or start_postgres(places, household, durable=durable),
        redis_url=redis_url or start_valkey(places, household, durable=durable),
    )


def start_postgres(places: Places, household: Household, *, durable: bool) -> str:
    """A cluster of our own answers at the address returned."""
    server, account = found.postgres(places), server_account()
    own = cluster(
        server,
        servers=places.servers(),
        log=places.state / "postgres.log",
        account=account,
        durable=durable,
    )
    password = secrets_of(places.servers())["database_password"]
    own.prepare(password)
    port = free_port()
    child = household.start(own.child(port=port, env=server_environment()))
    child.wait_until(lambda: postgres_answers(port), seconds=60)
    print(f"{server}, port {port}.", flush=True)
    return f"postgresql://headroom:{password}@127.0.0.1:{port}/headroom"


def start_valkey(places: Places, household: Household, *, durable: bool) -> str:
    """A broker of our own answers at the address returned."""
    server, port = found.redis(places), free_port()
    child = household.start(
        valkey_child(
            server,
            servers=places.servers(),
            log=places.state / "valkey.log",
            account=server_account(),
            durable=durable,
            port=port,
            env=server_environment(),
        )
    )
    child.wait_until(lambda: redis_answers(port), seconds=60)
    print(f"{server}, port {port}.", flush=True)
    return f"redis://127.0.0.1:{port}/0"


def server_environment() -> dict[str, str]:
    """What the servers see: no settings of somebody else's PostgreSQL, plain English."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return {**kept, "LC_ALL": "C.UTF-8", "TZ": "UTC"}
