"""Every page of Headroom as each role at home sees it, drawn in a real browser without a server."""

from collections.abc import Iterator

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from practices.rules.roles import Role
from tests.walls.matrix import PAGES
from tests.walls.pictured import NO_PAGE
from tests.walls.two_networks import Target, knockers
from tests.world import World


def screens(world: World, target: Target) -> Iterator[tuple[str, HttpResponse]]:
    """The role and name of each page with its answer; an address once, for who opens it first."""
    seen: set[str] = set()
    for (place, role), user in knockers(world).items():
        if place != "own" or role is Role.CLIENT:
            continue
        client = Client()
        client.force_login(user)
        for name, knocks in PAGES.items():
            for knock in (one for one in knocks if one.method == "get" and name not in NO_PAGE):
                address = reverse(name, kwargs=knock.filled(target)[0])
                answer = None if address in seen else client.get(address)
                if answer and answer.status_code == 200:
                    seen.add(address)
                    yield f"{role} {name}", answer
