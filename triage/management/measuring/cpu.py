"""CPU seconds of process trees and of the whole machine, from /proc."""

import os
import time
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
PROC = Path("/proc")


@dataclass(frozen=True, slots=True)
class Spent:
    """CPU seconds between two looks, and how much of the machine others used meanwhile."""

    by_tree: dict[str, float]
    others: float
    seconds: float

    @property
    def others_in_cores(self) -> float:
        return self.others / self.seconds


class CpuWatch:
    """Looks at named process trees; this process itself is always one of them."""

    def __init__(self, trees: dict[str, int]) -> None:
        self.trees = {**trees, "callers": os.getpid()}
        self.since, self.before = time.monotonic(), self._look()

    def spent(self) -> Spent:
        """What each tree used since the last look; a child that ended counts for its parent."""
        before, self.before = self.before, self._look()
        since, self.since = self.since, time.monotonic()
        seconds = self.since - since
        used = {name: self.before[name] - before[name] for name in self.before}
        machine = used.pop("machine")
        return Spent(used, max(0.0, machine - sum(used.values())), seconds)

    def _look(self) -> dict[str, float]:
        stats = _stats()
        seen = {name: _tree(root, stats) for name, root in self.trees.items()}
        # The callers started the web server: what it used is not theirs.
        for name, root in self.trees.items():
            if name != "callers" and os.getpid() in _line(root, stats):
                seen["callers"] -= seen[name]
        return seen | {"machine": _machine()}


def parent_of(pid: int) -> int:
    return _stats()[pid][0]


def _stats() -> dict[int, tuple[int, float]]:
    """Parent and CPU seconds (with those of its ended children) of every process."""
    found: dict[int, tuple[int, float]] = {}
    for folder in PROC.iterdir():
        if not folder.name.isdigit():
            continue
        try:
            rest = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it ended while we looked
        found[int(folder.name)] = (int(rest[1]), sum(int(part) for part in rest[11:15]) / TICKS)
    return found


def _tree(root: int, stats: dict[int, tuple[int, float]]) -> float:
    return sum(spent for pid, (_, spent) in stats.items() if root in _line(pid, stats))


def _line(pid: int, stats: dict[int, tuple[int, float]]) -> list[int]:
    """The process and its forebears."""
    line = []
    while pid in stats and pid not in line:
        line.append(pid)
        pid = stats[pid][0]
    return line


def _machine() -> float:
    """Busy CPU seconds of all cores: user, nice, system, interrupts."""
    words = (PROC / "stat").read_text().split("\n", 1)[0].split()[1:]
    user, nice, system, _, _, irq, softirq = (int(word) for word in words[:7])
    return (user + nice + system + irq + softirq) / TICKS
