"""Which addresses are pages for people, and of which of them the tests have made no picture.

The list comes from the addresses themselves. An address whose door answers nobody's GET, or only
leads on to another, is no page; what else is none says here why.
"""

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from appointments.models import Booking
from practices.doors import everywhere, perform
from practices.rules.reach import Actor
from tests.walls.matrix import PAGES, PUBLIC
from tests.walls.two_networks import Target
from tests.world import World
from triage.actions.own_links import own_link
from triage.actions.wallboards import make_board

NO_PAGE = {
    "home": "leads to the page a role starts on",
    "alarms": "a part of every page",
    "calls": "a part of every page",
    "health": "says to a machine that the process lives",
    "schema": "the contract, for programs",
    "practices:sign_out": "a button: nothing answers who only looks",
    "practices:drafts": "what was typed, for a script that puts it back",
    "triage:pack": "a file to keep; journeys/test_lost_network opens it and looks",
}
FOR_PROGRAMS = "api_"
Doors = dict[str, list[dict[str, str]]]


def _named(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, Any]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from _named(pattern, inner)
        else:
            yield f"{prefix}{pattern.name}", pattern.callback


def doors() -> Doors:
    """Each address that answers a GET and may be a page, with the parts it is opened by."""
    return {
        name: [knock.parts for knock in PAGES.get(name, [])] or [{}]
        for name, view in _named(get_resolver())
        if name not in NO_PAGE and not name.startswith(FOR_PROGRAMS)
        if hasattr(getattr(view, "view_class", None) or getattr(view, "cls", None), "get")
    }


def answers(client: Client, found: Doors, target: Target) -> Iterator[tuple[str, str, Any]]:
    """The name and address of each door for the staff with what it answers this person."""
    for name, ways in found.items():
        if name in PUBLIC:
            continue
        for parts in ways:
            address = reverse(name, kwargs={key: getattr(target, of) for key, of in parts.items()})
            yield name, address, client.get(address)


def leads_on(answer: HttpResponse) -> bool:
    """Whether the door has nothing of its own to show."""
    return answer.status_code in {301, 302}


def outside(world: World, target: Target, by: Actor) -> dict[str, str]:
    """The pages for whoever has their address, and nobody has to sign in to."""
    secret = perform(make_board, by=by, at=world.at, code=target.hub, name="the stairs")
    with everywhere(because="the test looks", at=world.at):
        booking = Booking.objects.get(public_id=target.booking)
    return {
        "docs": reverse("docs"),
        "practices:sign_in": reverse("practices:sign_in"),
        "triage:own_cancel": reverse("triage:own_cancel", args=[own_link(booking.public_id)]),
        "triage:wallboard": reverse("triage:wallboard", args=[secret]),
    }


def picture_name(name: str, seen_by: str) -> str:
    """What the picture of a page is called, as a role or nobody in particular sees it."""
    return f"{name.replace(':', '-')}-{seen_by}"


def without_picture(names: Collection[str], folder: Path, *, since: float) -> list[str]:
    """The pages that have no picture, wide and narrow, made since then."""
    return [
        f"{name}: no {look} picture"
        for name in sorted(names)
        for look in ("wide", "narrow")
        if not any(
            path.stat().st_mtime >= since
            for path in folder.glob(f"page-{picture_name(name, '*')}-{look}.png")
        )
    ]
