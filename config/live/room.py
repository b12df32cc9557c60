"""Everybody who listens now, and the last version of each topic: no network, no database."""

import asyncio
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from config.live.seats import Seat
from practices.news import Subject

# Pages that hear the same news spread their questions: so many milliseconds for each of them.
SPREAD_EACH = 4
MOST_OF_ONE_SESSION = 16


@dataclass(eq=False, slots=True)
class Listener:
    """One open page; `wake` is set when there is news for it, or when it must go."""

    seat: Seat
    subjects: tuple[Subject, ...]
    wake: asyncio.Event = field(default_factory=asyncio.Event)
    is_over: bool = False

    @property
    def topics(self) -> tuple[str, ...]:
        return tuple(topic for one in self.subjects for topic in self.seat.topics[one])

    def end(self) -> None:
        """The stream of this page is closed as soon as it looks up."""
        self.is_over = True
        self.wake.set()


class Room:
    """Who listens to what. All of it lives in one thread."""

    def __init__(self) -> None:
        self.listeners: set[Listener] = set()
        self.versions: dict[str, int] = {}
        self.of_topic: defaultdict[str, set[Listener]] = defaultdict(set)
        self.of_session: Counter[str] = Counter()

    def has_place_for(self, seat: Seat) -> bool:
        """One session cannot fill the room."""
        return self.of_session[seat.session_key] < MOST_OF_ONE_SESSION

    def enter(self, listener: Listener) -> None:
        """The listener hears its topics from now on."""
        self.listeners.add(listener)
        self.of_session[listener.seat.session_key] += 1
        for topic in listener.topics:
            self.of_topic[topic].add(listener)

    def leave(self, listener: Listener) -> None:
        """Nothing of the listener is kept."""
        self.listeners.discard(listener)
        self.of_session -= Counter([listener.seat.session_key])
        for topic in listener.topics:
            self.of_topic[topic].discard(listener)
            if not self.of_topic[topic]:
                del self.of_topic[topic]

    def hear(self, topic: str, version: int) -> None:
        """A topic has changed: whoever listens to it wakes up."""
        self.versions[topic] = version
        for listener in self.of_topic.get(topic, ()):
            listener.wake.set()

    def learn(self, versions: dict[str, int]) -> None:
        """All versions as they stand, after a time of hearing nothing: everybody wakes up."""
        self.versions = versions
        for listener in self.listeners:
            listener.wake.set()

    def news_for(self, listener: Listener) -> dict[str, int]:
        """The version of each subject, and over how many milliseconds to spread the questions."""
        news = {
            str(one): sum(self.versions.get(topic, 0) for topic in listener.seat.topics[one])
            for one in listener.subjects
        }
        crowd = max((len(self.of_topic.get(one, ())) for one in listener.topics), default=0)
        return news | {"within": crowd * SPREAD_EACH}

    def keep_only(self, seated: set[Seat]) -> int:
        """Whoever asked for a seat that no longer holds is sent away; how many."""
        leaving = [one for one in self.listeners if one.seat not in seated]
        for listener in leaving:
            listener.end()
        return len(leaving)
