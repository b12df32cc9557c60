"""What every journey does: sign in, look for barriers, keep a picture."""

from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Page

from practices.doors import everywhere
from tests.world import World

PASSWORD = "an invented pass phrase"
PICTURES = Path(settings.ROOT) / "screenshots"


def sign_in(page: Page, world: World, name: str) -> None:
    """The person of the world has signed in and stands on their start page."""
    user = world.users[name]
    with everywhere(because="the test's set-up", at=world.at):
        user.set_password(PASSWORD)
        user.save(update_fields=["password"])
    page.goto("/practices/sign-in/")
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: "sign-in" not in address)


def barriers(page: Page, *, only: list[str] | None = None) -> list[str]:
    """What axe finds on the page, by all its rules or `only` these: a line for each element."""
    found = Axe().run(page, options={"runOnly": only} if only else None)
    return [
        f"{fault['id']}: {' '.join(node['target'])}"
        for fault in found.response["violations"]
        for node in fault["nodes"]
    ]


def keep_picture(page: Page, name: str) -> None:
    """A picture of the whole page in the ignored folder `screenshots`.

    The caret stays: a camera that hides it writes a style of its own, which our policy refuses.
    """
    PICTURES.mkdir(exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}.png", full_page=True, caret="initial")
