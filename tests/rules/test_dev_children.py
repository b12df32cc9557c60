"""What `./dev` starts is kept running, is stopped whole, and never outlives it."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from config.dev import lock
from config.dev.children import Child
from config.dev.house import Household
from config.dev.keys import secrets_of
from config.dev.places import ROOT, Places
from config.dev.ports import free_port, is_free
from config.dev.trouble import Trouble

SLEEP = ["sleep", "600"]


@pytest.fixture
def signals():
    """Stopping a household turns signals off; the test run keeps its own."""
    kept = {sent: signal.getsignal(sent) for sent in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    yield
    for sent, was in kept.items():
        signal.signal(sent, was)


def child(folder, *command, name="sleeper", **more):
    return Child(name, list(command), folder / f"{name}.log", dict(os.environ), folder, **more)


def lives(pid):
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False


def eventually(holds, seconds=120.0):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and not holds():
        time.sleep(0.02)
    return holds()


def test_a_stopped_child_takes_its_own_children_along(tmp_path):
    stubborn = child(tmp_path, "sh", "-c", "trap '' TERM; sleep 600 & echo $!; wait", patience=0.2)
    stubborn.start()
    assert eventually(lambda: stubborn.last_words().strip())
    grandchild = int(stubborn.last_words())

    stubborn.stop()

    assert not stubborn.is_running
    assert eventually(lambda: not lives(grandchild))


def test_a_child_that_ends_is_started_again_after_a_pause(tmp_path):
    brief = child(tmp_path, "sh", "-c", "echo here")
    brief.start()
    brief.process.wait()

    brief.keep_running()
    assert not brief.is_running
    brief.next_start_at = time.monotonic()
    brief.keep_running()
    brief.process.wait()

    assert brief.last_words() == "here\nhere\n"
    assert brief.failures == 1


def test_a_child_that_cannot_start_says_why(tmp_path):
    broken = child(tmp_path, "sh", "-c", "echo no such database; exit 1", name="web")
    broken.start()

    with pytest.raises(Trouble, match="web did not start: no such database"):
        broken.wait_until(lambda: False, seconds=120)


def test_children_stop_in_the_opposite_order_and_then_come_the_last_acts(tmp_path, signals):
    ended = tmp_path / "ended"
    household = Household()
    for name in ("first", "second"):
        words = (
            f"trap 'echo {name} >> {ended}; exit' TERM; echo ready; while :; do sleep 0.02; done"
        )
        started = household.start(child(tmp_path, "sh", "-c", words, name=name))
        assert eventually(lambda one=started: "ready" in one.last_words())
    household.last_acts.append(lambda: ended.open("a").write("last\n"))

    household.stop()

    assert ended.read_text().split() == ["second", "first", "last"]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends children with their parent")
def test_a_child_does_not_outlive_a_killed_parent(tmp_path):
    words = (
        "import os, sys, time; from pathlib import Path; from config.dev.children import Child;"
        f"one = Child('one', {SLEEP!r}, Path({str(tmp_path / 'log')!r}), dict(os.environ),"
        " Path('/')); one.start(); print(one.process.pid, flush=True); time.sleep(600)"
    )
    parent = subprocess.Popen([sys.executable, "-c", words], cwd=ROOT, stdout=subprocess.PIPE)
    pid = int(parent.stdout.readline())
    assert lives(pid)

    parent.kill()
    parent.wait()
    parent.stdout.close()

    assert eventually(lambda: not lives(pid))


def test_a_state_has_one_owner(tmp_path):
    places = Places(root=tmp_path, bare=False, state=tmp_path / "state")
    assert lock.owner_of(places.state) is None

    with (
        lock.held(places, busy="taken"),
        pytest.raises(Trouble, match="taken"),
        lock.held(places, busy="taken"),
    ):
        pass

    assert lock.owner_of(places.state) is None


def test_the_owner_of_a_state_is_named(tmp_path):
    places = Places(root=tmp_path, bare=False, state=tmp_path / "state")

    with lock.held(places, busy="taken"):
        owner = lock.owner_of(places.state)

    assert owner == os.getpid()


def test_secrets_stay_the_same_and_private(tmp_path):
    first = secrets_of(tmp_path)

    assert secrets_of(tmp_path) == first
    assert (tmp_path / "secrets.json").stat().st_mode & 0o077 == 0


def test_a_port_somebody_listens_on_is_not_free():
    port = free_port()
    command = [sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1"]
    listener = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        assert eventually(lambda: not is_free(port))
    finally:
        listener.kill()
        listener.wait()
