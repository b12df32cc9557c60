"""`./dev demo`: the whole of Headroom, from nothing to an address one can open."""

import json
import os
import subprocess
import sys
import time
import webbrowser
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from config.dev import clock, processes
from config.dev.environment import (
    application_environment,
    manage,
    manage_command,
    remember,
    remembered,
)
from config.dev.house import Household, lived_in
from config.dev.install import install
from config.dev.keys import write_private
from config.dev.node import build_assets
from config.dev.places import Places
from config.dev.ports import is_free
from config.dev.readiness import http_status
from config.dev.services import Services, start_services
from config.dev.trouble import Trouble

BUSY = "The demo already runs: ./dev stop stops it."
LAST_PORT = 65_535
LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the person asked of this demo."""

    host: str = "127.0.0.1"
    port: int = 8000
    at: datetime | None = None
    real_time: bool = False
    browser: bool = True
    own_servers: bool = False

    @property
    def live_port(self) -> int:
        """The port beside the web server's, for the live stream."""
        return self.port - 1 if self.port == LAST_PORT else self.port + 1


@dataclass
class Demo:
    """One running demo: its children, its clock, its address."""

    places: Places
    wishes: Wishes
    household: Household
    clock: clock.Clock
    shift: int = 0
    saved_at: float = 0.0

    @property
    def base_url(self) -> str:
        """The address to open on this machine."""
        host = "127.0.0.1" if self.wishes.host in ("0.0.0.0", "::") else self.wishes.host  # noqa: S104  (compared)
        return (
            f"http://[{host}]:{self.wishes.port}"
            if ":" in host
            else (f"http://{host}:{self.wishes.port}")
        )

    @property
    def live_url(self) -> str:
        """Where pages on this machine hear that something changed."""
        return f"{self.base_url.rpartition(':')[0]}:{self.wishes.live_port}/live/"

    def application_time(self) -> datetime:
        """What the application's clock reads now."""
        return clock.now() + timedelta(seconds=self.shift)

    def save_clock(self, *, running: bool) -> None:
        """The clock is on disk as it reads now."""
        self.clock = replace(self.clock, application=self.application_time(), running=running)
        clock.save(self.places.state / "clock.json", self.clock)
        self.saved_at = time.monotonic()


def prepare(places: Places, wishes: Wishes) -> None:
    """Everything the demo needs is installed, and its port is free."""
    for port in (wishes.port, wishes.live_port):
        if not is_free(port, wishes.host):
            raise Trouble(
                f"Port {port} is taken: choose another, "
                f"like ./dev demo --port {min(wishes.port + 2, LAST_PORT - 1)}."
            )
    install(places)
    build_assets(places)


def start(places: Places, wishes: Wishes, household: Household) -> Demo:
    """The demo answers over HTTP, its worker works, and demo.json says how to get in."""
    forget(places)
    services = start_services(places, household, durable=True, own=wishes.own_servers)
    first = clock.load(places.state / "clock.json")
    demo = Demo(places, wishes, household, first or clock.Clock(clock.now()))
    set_clock(demo, services, is_first=first is None)
    env = environment(demo, services)
    print("Preparing the database …", flush=True)
    manage(places, env, "migrate", "--no-input")
    demo.save_clock(running=True)
    household.last_acts.append(lambda: demo.save_clock(running=False))
    print("Seeding the demo …", flush=True)
    accounts_path = places.state / "accounts.json"
    manage(places, env, "seed_demo", "--accounts", str(accounts_path))
    manage(places, env, "analyse")
    print("Starting worker, beat, web and the live stream …", flush=True)
    start_processes(demo, env)
    remember(places, env)
    accounts = json.loads(accounts_path.read_text())
    write_private(
        places.state / "demo.json",
        json.dumps({"base_url": demo.base_url, "accounts": accounts}, indent=1),
    )
    return demo


def set_clock(demo: Demo, services: Services, *, is_first: bool) -> None:
    """The clock reads what was asked for, else goes on, else starts on the demo's Monday."""
    wishes = demo.wishes
    if wishes.real_time:
        demo.clock = clock.Clock(clock.now(), real_time=True)
    elif wishes.at:
        demo.clock = clock.Clock(wishes.at)
    elif is_first:
        env = application_environment(demo.places, services)
        said = manage(demo.places, env, "demo_clock").strip().splitlines()[-1]
        demo.clock = clock.Clock(clock.parse_instant(said))
    if demo.clock.real_time:
        demo.shift = 0
    else:
        demo.shift = clock.shift_between(demo.clock.resumed(), clock.now())


def environment(demo: Demo, services: Services) -> dict[str, str]:
    """What web, worker, beat and commands of this demo see."""
    env = application_environment(demo.places, services, shift=demo.shift)
    env["HEADROOM_LIVE_PORT"] = str(demo.wishes.live_port)
    env["HEADROOM_PATIENT_SITE"] = demo.base_url
    if demo.wishes.host not in LOOPBACK:
        env["ALLOWED_HOSTS"] = "*"
    return env


def start_processes(demo: Demo, env: dict[str, str]) -> None:
    """All four run; a page answered, the stream hears the news, a task made a round trip."""
    places, household = demo.places, demo.household
    worker = household.start(processes.worker(places, env))
    household.start(processes.beat(places, env))
    live = household.start(
        processes.live(places, env, host=demo.wishes.host, port=demo.wishes.live_port)
    )
    web = household.start(processes.web(places, env, host=demo.wishes.host, port=demo.wishes.port))
    web.wait_until(lambda: http_status(f"{demo.base_url}/health/") == 200, seconds=90)
    live.wait_until(lambda: http_status(f"{demo.live_url}health/") == 200, seconds=90)
    worker.wait_until(lambda: _pings(places, env), seconds=90)


def run(demo: Demo) -> None:
    """The demo runs, its children kept alive and its clock saved, until a signal ends it."""
    while True:
        demo.household.keep_running()
        if time.monotonic() - demo.saved_at >= clock.SAVE_EVERY.total_seconds():
            demo.save_clock(running=True)
        time.sleep(0.5)


def serve(places: Places, wishes: Wishes) -> int:
    """`./dev demo` in the foreground: until Ctrl-C or ./dev stop, then all is stopped in order."""
    with lived_in(places, busy=BUSY) as household:
        prepare(places, wishes)
        try:
            demo = start(places, wishes, household)
            print(welcome(places), flush=True)
            open_browser(demo)
            run(demo)
        except KeyboardInterrupt:
            print("\nStopping …", flush=True)
        finally:
            forget(places)
    return 0


def forget(places: Places) -> None:
    """No file says that a demo answers."""
    (places.state / "demo.json").unlink(missing_ok=True)
    remembered(places.state).unlink(missing_ok=True)


def welcome(places: Places) -> str:
    """Where to go and who to be."""
    told: dict[str, Any] = json.loads((places.state / "demo.json").read_text())
    rows = [
        f"  {a['role']:<17} {a['username']:<28} {a['password']:<24} {a['organisation']}"
        for a in told["accounts"]
    ]
    tokens = [f"  {a['username']:<28} {a['token']}" for a in told["accounts"] if a.get("token")]
    return "\n".join(
        [
            "",
            f"Headroom is ready: {told['base_url']}/",
            "",
            f"  {'role':<17} {'user name':<28} {'password':<24} organisation",
            *rows,
            "",
            "Tokens for the API (Authorization: Bearer …):",
            *tokens,
            "",
            f"Logs: {places.state}/*.log. Ctrl-C or ./dev stop ends it; ./dev reset starts anew.",
        ]
    )


def open_browser(demo: Demo) -> None:
    """A person at a desktop sees the first page."""
    desktop = (
        sys.platform == "darwin" or os.environ.get("DISPLAY") or (os.environ.get("WAYLAND_DISPLAY"))
    )
    if demo.wishes.browser and desktop and sys.stdout.isatty():
        webbrowser.open(demo.base_url)


def _pings(places: Places, env: dict[str, str]) -> bool:
    ping = subprocess.run(
        manage_command(places, "ping_worker"),
        env=env,
        cwd=places.root,
        capture_output=True,
        check=False,
    )
    return ping.returncode == 0
