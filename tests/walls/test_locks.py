"""Two installs a year apart are the same, and the locks name no download address."""

import json
import re

import pytest

from tests.walls.sources import ROOT

LOCKS = ("requirements.txt", "requirements-dev.txt")
PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", re.MULTILINE)


def pins(name):
    """The version of each package a lock names."""
    found = PIN.findall((ROOT / name).read_text())
    return {normal(package): version for package, version in found}


def normal(package):
    return re.sub(r"[-_.]+", "-", package).lower()


def wishes(name):
    """The lines of an .in file that name a package."""
    lines = [line.split("#")[0].strip() for line in (ROOT / name).read_text().splitlines()]
    return [line for line in lines if line and not line.startswith("-")]


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_is_pinned_and_hashed(name):
    text = (ROOT / name).read_text()
    entries = re.split(r"\n(?=[A-Za-z0-9])", re.sub(r"^#.*\n", "", text, flags=re.MULTILINE))
    unsafe = [e.split("\n")[0] for e in entries if "==" not in e or "--hash=sha256:" not in e]

    assert pins(name) != {}
    assert unsafe == []


@pytest.mark.parametrize("name", [*LOCKS, "package-lock.json"])
def test_no_lock_names_a_download_address(name):
    text = (ROOT / name).read_text()
    addresses = re.findall(r"(?:--(?:extra-)?index-url|--find-links|@ (?:https?|file):).*", text)

    assert addresses == []
    assert '"resolved"' not in text


def test_npm_lock_keeps_its_hashes():
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    unhashed = [name for name, entry in packages.items() if name and "integrity" not in entry]

    assert len(packages) > 1
    assert unhashed == []


def test_production_and_development_run_the_same_versions():
    production, development = (pins(name) for name in LOCKS)

    assert production == {name: development.get(name) for name in production}


@pytest.mark.parametrize(
    ("wished", "lock"),
    [
        ("requirements.in", LOCKS[0]),
        ("requirements.in", LOCKS[1]),
        ("requirements-dev.in", LOCKS[1]),
    ],
)
def test_the_lock_holds_what_was_wished(wished, lock):
    locked = pins(lock)
    missing = []
    for wish in wishes(wished):
        name, _, version = re.sub(r"\[[^\]]*\]", "", wish).partition("==")
        has = locked.get(normal(re.split(r"[<>=!~ ]", name)[0]))
        wanted = version.removesuffix(".*")
        if has is None or not (has == wanted or has.startswith(f"{wanted}." if wanted else "")):
            missing.append(wish)

    assert missing == []
