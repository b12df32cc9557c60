"""`./dev demo --check`: a whole demo on free ports, asked four questions, and stopped."""

import json
import re
import shutil
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import replace
from pathlib import Path
from typing import Any

from config.dev import demo
from config.dev.house import camp
from config.dev.places import Places, throw_away
from config.dev.ports import free_port
from config.dev.trouble import Trouble


def check(wishes: demo.Wishes) -> int:
    """A fresh demo started, answered a person, a worker, a program and a page, and stopped."""
    places = throw_away("check")
    wishes = replace(wishes, host="127.0.0.1", port=free_port(in_a_row=2), browser=False)
    wishes = replace(wishes, own_servers=True)
    with camp(places) as household:
        try:
            demo.prepare(places, wishes)
            live_url = demo.start(places, wishes, household).live_url
            told = json.loads((places.state / "demo.json").read_text())
            check_sign_in_page(told["base_url"])
            check_api(told["base_url"], told["accounts"])
            check_live(told["base_url"], live_url, told["accounts"])
        except Trouble as trouble:
            kept = keep_logs(places)
            raise Trouble(str(trouble).replace(str(places.state), str(kept))) from trouble
    print("The demo starts, answers and stops: all is well.")
    return 0


def keep_logs(places: Places) -> Path:
    """What the failed check wrote, where the next one does not look."""
    kept = places.dev / "failed-check"
    shutil.rmtree(kept, ignore_errors=True)
    kept.mkdir(parents=True)
    for log in places.state.glob("*.log"):
        shutil.copy2(log, kept)
    return kept


def check_sign_in_page(base_url: str) -> None:
    """A stranger is shown where to sign in."""
    page = fetch(f"{base_url}/")
    if 'type="password"' not in page:
        raise Trouble(f"{base_url}/ shows no sign-in page.")
    print("The sign-in page answers.", flush=True)


def check_api(base_url: str, accounts: list[dict[str, Any]]) -> None:
    """A program with a token is known by name."""
    account = next((a for a in accounts if a.get("token")), None)
    if account is None:
        raise Trouble("No demo account has a token.")
    me = json.loads(fetch(f"{base_url}/api/v1/me", token=account["token"]))
    if me.get("username") != account["username"]:
        raise Trouble(f"The API took {account['username']}'s token for {me.get('username')}.")
    print("The API knows its token.", flush=True)


def check_live(base_url: str, live_url: str, accounts: list[dict[str, Any]]) -> None:
    """A page of somebody signed in hears the news, a stranger does not."""
    account = next(one for one in accounts if one["role"] == "manager")
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    stream = f"{live_url}?of=board"
    try:
        browser.open(stream, timeout=20).close()
        raise Trouble("The live stream is open to strangers.")
    except urllib.error.HTTPError as refused:
        if refused.code != 403:
            raise Trouble(f"{stream} answered {refused.code} to a stranger.") from refused
    try:
        sign_in = f"{base_url}/practices/sign-in/"
        page = browser.open(sign_in, timeout=20).read().decode()
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        form = {name: account[name] for name in ("username", "password")}
        form["csrfmiddlewaretoken"] = token.group(1) if token else ""
        browser.open(sign_in, urllib.parse.urlencode(form).encode(), timeout=20).close()
        with browser.open(stream, timeout=20) as events:
            first = events.readline().decode()
    except OSError as silent:
        raise Trouble(f"{stream} tells {account['username']} nothing: {silent}.") from silent
    if not first.startswith("data: ") or "board" not in json.loads(first[6:]):
        raise Trouble(f"The live stream began with {first!r}.")
    print("The live stream tells a page of the board.", flush=True)


def fetch(url: str, *, token: str = "") -> str:
    """The body of a page that answers 200."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    request = urllib.request.Request(url, headers=headers)  # noqa: S310  (our own address)
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310  (the same)
            return str(answer.read().decode())
    except urllib.error.HTTPError as refused:
        raise Trouble(f"{url} answered {refused.code}.") from refused
    except OSError as silent:
        raise Trouble(f"{url} does not answer: {silent}.") from silent
