"""The verbs of `./dev`, and the one place where trouble becomes a sentence."""

import argparse
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import NoReturn, TypeVar

from config.dev import bench, checks, detached, doctor, manage, suite
from config.dev.clock import parse_instant
from config.dev.demo import Wishes, serve
from config.dev.demo_check import check
from config.dev.lock import owner_of
from config.dev.places import clear, lasting
from config.dev.ports import parse_port
from config.dev.trouble import Trouble, about_the_machine

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Verb:
    """One word after ./dev, and what it does with the words after it."""

    run: Callable[[list[str]], int]
    says: str


class Options(argparse.ArgumentParser):
    """Options whose refusal is one sentence, like every other trouble."""

    def error(self, message: str) -> NoReturn:
        raise Trouble(f"{self.prog}: {message} ({self.prog} --help lists the options).")


def demo(words: list[str]) -> int:
    """The demo in the foreground, detached, or only checked."""
    given = demo_parser().parse_args(words)
    wishes = Wishes(given.host, given.port, given.at, given.real_time, browser=given.browser)
    if given.check:
        return check(wishes)
    if given.detach:
        return detached.detach(lasting(), [word for word in words if word != "--detach"])
    return serve(lasting(), wishes)


def stop() -> int:
    """The demo is stopped."""
    return detached.stop(lasting())


def reset() -> int:
    """The demo's database, broker and clock are gone; what is installed stays."""
    places = lasting()
    if owner_of(places.state):
        raise Trouble("The demo is running: ./dev stop first.")
    clear(places)
    print("The demo's data are gone; the next ./dev demo starts a new morning.")
    return 0


def demo_parser() -> Options:
    """The options of ./dev demo."""
    parser = Options(prog="./dev demo", description="Run Headroom on this machine.")
    parser.add_argument("--port", type=refusing(parse_port), default=8000, help="8000 by default")
    parser.add_argument("--host", default="127.0.0.1", help="127.0.0.1 by default")
    parser.add_argument("--no-browser", dest="browser", action="store_false")
    parser.add_argument("--detach", action="store_true", help="return once it is ready")
    parser.add_argument("--check", action="store_true", help="start, ask, stop: for CI")
    when = parser.add_mutually_exclusive_group()
    when.add_argument(
        "--at", type=refusing(parse_instant), help="an instant, like 2026-11-30T09:30"
    )
    when.add_argument("--real-time", action="store_true", help="the real clock")
    return parser


def refusing(parse: Callable[[str], Value]) -> Callable[[str], Value]:
    """The parser with its refusals in words that argparse repeats."""

    def checked(text: str) -> Value:
        try:
            return parse(text)
        except ValueError as refusal:
            raise argparse.ArgumentTypeError(str(refusal)) from refusal

    return checked


def alone(name: str, act: Callable[[], int], says: str) -> Verb:
    """A verb that takes no words: whoever asks it for help stops and throws away nothing."""

    def run(words: list[str]) -> int:
        Options(prog=f"./dev {name}", description=says).parse_args(words)
        return act()

    return Verb(run, says)


VERBS = {
    "demo": Verb(demo, "run the demo (--check, --detach, --port, --host, --at, --real-time)"),
    "test": Verb(suite.run, "run the tests; words after it go to pytest"),
    "pictures": alone("pictures", suite.pictures, "keep a picture of every state of every page"),
    "check": Verb(checks.run, "lint, formats, import contracts, types, migrations"),
    "doctor": Verb(doctor.run, "say what was found on this machine and what is chosen"),
    "stop": alone("stop", stop, "stop the demo"),
    "reset": alone("reset", reset, "throw the demo's data and clock away"),
    "manage": Verb(manage.run, "a management command on the demo's database"),
    "bench": Verb(bench.run, "measure NAME on a throw-away durable cluster"),
}


def usage() -> str:
    """The verbs, one line each."""
    rows = [f"  {name:<9} {verb.says}" for name, verb in VERBS.items()]
    return "\n".join(["./dev VERB …", *rows])


def main(words: list[str]) -> int:
    """The exit code: 0 when the verb did what it says, else 1 after one sentence."""
    if not words or words[0] in ("-h", "--help", "help"):
        print(usage())
        return 0 if words else 2
    verb = VERBS.get(words[0])
    if verb is None:
        print(f"./dev knows no verb {words[0]!r}.\n{usage()}", file=sys.stderr)
        return 2
    try:
        return verb.run(words[1:])
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
    except OSError as refused:
        print(about_the_machine(refused), file=sys.stderr)
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return 130
    return 1
