"""The network's board, and the wish to rebalance its day."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from networks.actions.rebalance import ask_rebalance
from networks.presenters import board as words
from networks.queries import board
from practices import news
from practices.news import Subject
from practices.rules.roles import NETWORK_ROLES, Role
from practices.views.door import Door

READERS = NETWORK_ROLES | {Role.PRACTICE_MANAGER}


class NetworkDoor(Door):
    """A page of the one network the person acts in; without one there is no such page."""

    @property
    def network_id(self) -> int:
        return next(iter(self.actor.reach.networks), 0)


class Board(NetworkDoor):
    """Capacity, demand and pressure now, for everyone who may help; a part of it for htmx."""

    roles = READERS

    def get(self, request: HttpRequest) -> HttpResponse:
        # First the version, then what it counts: else a change between the two would be missed.
        version = news.version(Subject.BOARD, self.actor.reach)
        own = self.actor.organisation_id if self.actor.role == Role.PRACTICE_MANAGER else None
        found = self.ask(board, network_id=self.network_id, at=self.now, practice_id=own)
        context = {
            "page": words.page(found),
            "version": version,
            "name": request.acting.network_name or request.acting.organisation_name,
            "may_rebalance": self.actor.is_one_of(NETWORK_ROLES),
            "once": uuid.uuid4().hex,
        }
        template = "board/figures" if request.htmx else "board"
        return render(request, f"networks/{template}.html", context)


class Rebalance(NetworkDoor):
    """A worker is asked to look at the day; pressed twice, it is asked once."""

    roles = NETWORK_ROLES

    def post(self, request: HttpRequest) -> HttpResponse:
        answer = self.do_once(
            ask_rebalance,
            to=lambda _run: f"{reverse('networks:board')}#rebalancing",
            network_id=self.network_id,
        )
        messages.success(request, "Asked. A worker looks at the day now; see Rebalancing below.")
        return answer
