"""Nobody reads or changes what is not theirs, whichever door they knock at (T01, T02, T21).

Every named address is called as every role: at home, from the practice next door, from another
network, and after the membership ended. What is not theirs answers exactly as what is nowhere.
"""

import json
import re
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse

from practices import clock
from practices.actions import issue_token
from practices.doors import everywhere
from practices.models import Membership
from practices.rules.roles import NETWORK_ROLES
from tests.walls.matrix import API, MATRIX, PUBLIC, SHARED
from tests.walls.two_networks import LONG_AGO, Target, canaries, knockers, target_of
from tests.world import SETUP
from triage.models import Case

# Thousands of knocks: a busy machine needs its time.
pytestmark = pytest.mark.long
UNREADABLE = {403, 404}
# Different in every answer, whoever asks: the key of a form, the nonce of a script, the reference
# to say aloud.
FRESH = re.compile(
    r'nonce="[^"]*"|name="csrfmiddlewaretoken" value="[^"]*"|name="once" value="[^"]*"'
    r'|say this reference: <strong class="nhsuk-u-nowrap">\w+'
)


def _names(resolver, prefix: str = "") -> Iterator[str]:
    """Every name of the resolver, with its namespace."""
    for pattern in resolver.url_patterns:
        if hasattr(pattern, "url_patterns"):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from _names(pattern, inner)
        else:
            yield f"{prefix}{pattern.name}"


# A visit opens for the clinician who makes it and nobody else: test_visits.py finds it at home.
MINE_ALONE = {"triage:end_visit"}


def test_every_address_is_in_the_matrix():
    names = set(_names(get_resolver()))

    assert {"missing": names - set(MATRIX) - set(PUBLIC)} == {"missing": set()}
    assert {"gone": set(MATRIX) | set(PUBLIC)} == {"gone": (set(MATRIX) | set(PUBLIC)) & names}


@pytest.fixture
def target(world, acting, now, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: now)
    return target_of(world, acting)


@pytest.fixture
def people(world):
    return knockers(world)


def _client(user):
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


def _knock(client, name, knock, target):
    """The answer, with what it left of the target's cases; whatever it changed is undone."""
    parts, body = knock.filled(target)
    address = reverse(name, kwargs=parts)
    sid = transaction.savepoint()
    try:
        answer = _send(client, knock.method, address, body, as_json=name in API)
        answer.left = _cases(target) if knock.method != "get" else None
        return answer
    finally:
        transaction.savepoint_rollback(sid)


def _cases(target):
    with everywhere(because="the test looks", at=clock.now()):
        rows = Case.objects.filter(reference__in=[target.case, target.desk_case])
        return list(rows.order_by("pk").values_list("version", "state", "booking_id"))


def _send(client, method, address, body, *, as_json):
    if method == "get":
        return client.get(address)
    if as_json:
        return client.generic(method.upper(), address, json.dumps(body), "application/json")
    return client.post(address, body)


def _text(answer, asked):
    """What the answer says, without what was asked and what is fresh each time."""
    said = FRESH.sub("", answer.content.decode()) + answer.headers.get("Location", "")
    for value in asked:
        said = said.replace(str(value), "·")
    return said


def _asked(knock, target):
    parts, body = knock.filled(target)
    return [*parts.values(), *body.values()]


def _rounds(people, place):
    """Every address, as every role of the place."""
    for (where, role), user in people.items():
        if where == place:
            client = _client(user)
            for name, knocks in MATRIX.items():
                for knock in knocks:
                    yield role, client, name, knock


def _leaks(answer, asked, target):
    said = _text(answer, asked)
    return [what for what, text in canaries(target).items() if text in said]


@pytest.mark.parametrize("place", ["other_practice", "other_network"])
def test_i86_what_is_not_mine_answers_like_what_is_nowhere(world, people, target, place):
    told = []
    absent, before = Target.absent(), _cases(target)
    for role, client, name, knock in _rounds(people, place):
        there, nowhere = (_knock(client, name, knock, one) for one in (target, absent))
        # Both lose both: a number like 30 may stand in a date of either answer.
        asked = [*_asked(knock, absent), *_asked(knock, target)]
        same = (there.status_code, _text(there, asked)) == (
            nowhere.status_code,
            _text(nowhere, asked),
        )
        parts = [getattr(target, what) for what in knock.parts.values()]
        is_named = set(knock.parts.values()) - SHARED[place]
        if is_named and not (same and there.status_code in UNREADABLE | {302, 405}):
            told.append(f"{role} {knock.method} {name}: {there.status_code}")
        if there.left not in (None, before):
            told.append(f"{role} {knock.method} {name} changed the case")
        told += [f"{role} {knock.method} {name}: {it}" for it in _leaks(there, parts, target)]

    assert told == []


def test_a_body_that_names_what_is_not_mine_answers_like_one_that_names_nothing(
    world, people, target
):
    told = []
    absent = Target.absent()
    for place in ("other_practice", "other_network"):
        for role, client, name, knock in _rounds(people, place):
            if knock.parts or not knock.names() - SHARED[place]:
                continue
            there, nowhere = (_knock(client, name, knock, one) for one in (target, absent))
            if there.status_code < 300 or there.status_code != nowhere.status_code:
                told.append(f"{role} {name}: {there.status_code}, not {nowhere.status_code}")

    assert told == []


def test_control_at_home_every_address_finds_its_target(world, people, target):
    found, seen, faults, changed = set(), set(), [], set()
    before = _cases(target)
    for role, client, name, knock in _rounds(people, "own"):
        answer = _knock(client, name, knock, target)
        if answer.status_code not in UNREADABLE:
            found.add(name)
        if answer.status_code >= 500:
            faults.append(f"{role} {name}: {answer.status_code}")
        if answer.left not in (None, before):
            changed.add(name)
        leaks = _leaks(answer, [], target)
        seen |= set(leaks)
        if role in NETWORK_ROLES:
            faults += [f"{role} {name} shows {what}" for what in leaks]

    assert faults == []
    assert set(MATRIX) - found == MINE_ALONE
    assert set(canaries(target)) - seen == set()
    assert changed >= {"triage:claim", "triage:sign", "api_claim", "api_cancel", "api_class"}


def test_a_membership_that_ended_opens_nothing_at_the_next_request(world, people, target):
    opened = []
    for role, client, name, knock in _rounds(people, "expired"):
        answer = _knock(client, name, knock, target)
        if name in API:
            is_closed = answer.status_code == 401
        else:
            is_closed = answer.status_code == 302 and "/practices/sign-in/" in answer["Location"]
        if not is_closed:
            opened.append(f"{role} {knock.method} {name}: {answer.status_code}")

    assert opened == []


def test_a_token_of_a_membership_that_ended_opens_nothing(world, now, target):
    membership = world.memberships["receptionist"]
    with everywhere(because="the test's set-up", at=now):
        secret = issue_token(membership_id=membership.pk, name="t", days=1, by=SETUP, at=now)
    ask = {"path": reverse("api_case", args=[target.case])}
    bearer = {"authorization": f"Bearer {secret}"}

    before = Client().get(**ask, headers=bearer).status_code
    with everywhere(because="the test's set-up", at=now):
        Membership.objects.filter(pk=membership.pk).update(until_on=now.date())
    after = Client().get(**ask, headers=bearer).status_code

    assert (before, after) == (200, 401)


def test_a_second_membership_does_not_widen_the_first(world, now, people, target):
    """Never a union of roles: who acts at Elm does not see what is theirs at Oak."""
    user = world.users["receptionist_elm"]
    with everywhere(because="the test's set-up", at=now):
        elm = Membership.objects.get(user=user)
        oak = Membership.objects.create(
            user=user, role=elm.role, organisation_id=world.oak.pk, from_on=LONG_AGO
        )
    client = _client(user)
    asked = reverse("triage:desk", args=[target.case])

    def status_acting_as(membership):
        client.post(reverse("practices:memberships"), {"membership": membership.pk})
        return client.get(asked).status_code

    assert [status_acting_as(one) for one in (elm, oak, elm)] == [404, 200, 404]
