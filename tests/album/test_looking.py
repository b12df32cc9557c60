"""Controls: what is wrong with a page is seen when its picture is taken."""

import pytest

from tests.album import looking
from tests.album.looking import looked_at
from tests.album.states import State, by_page
from tests.pages import browser as real

pytestmark = [pytest.mark.long, pytest.mark.browser]
STYLE = """.on { position: relative; top: -30px; } .wide { width: 400px; }
.cut { overflow: hidden; width: 40px; height: 20px; }
.ghost { color: #fff; }
button { display: block; height: 40px; width: 100px; }"""
PAGE = """<!DOCTYPE html><html lang="en"><head><title>A page</title>
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="style.css">
</head><body><main><h1>One</h1>{}</main></body></html>"""
FAULTS = [
    ("<p class='wide'>Wide</p>", "sideways by"),
    ("<button>One</button><button class='on'>Two</button>", "wide: <button>One</button> is on"),
    ("<p class='cut'>Unbelievably long</p>", "narrow: cut off: <p class"),
    ("<p class='ghost'>White</p>", "wide: invisible: <p class"),
    ("<h1>Two</h1>", "2 main headings"),
    ("<p class='nhsuk-error-message'>No</p>", "errors on a page that is called A page"),
    ("<script src='script.js'></script>", "console: "),
    ("<details><summary>More</summary><p class='wide'>Wide</p></details>", "sideways by"),
]


@pytest.fixture
def look(chromium, tmp_path, monkeypatch):
    """What is found on a page with this content."""
    monkeypatch.setattr(looking, "picture_of", lambda state, look: tmp_path / f"{look}.png")

    def found(content):
        state = State("page.html", [], PAGE.format(content), "a test")
        (tmp_path / "style.css").write_text(STYLE, encoding="utf-8")
        (tmp_path / "script.js").write_text("console.log('Left over')", encoding="utf-8")
        (tmp_path / "page.html").write_text(state.page, encoding="utf-8")
        with real.serving(tmp_path) as served, chromium.new_context() as context:
            return looked_at(context.new_page(), f"{served}/page.html", state)

    return found


@pytest.mark.parametrize(("content", "says"), FAULTS)
def test_control_each_fault_is_seen(look, content, says):
    assert [one for one in look(content) if one.startswith(says)]


def test_control_a_page_without_a_fault_has_none(look):
    assert look("<p>Sound</p><button>One</button>") == []


def test_as_few_states_are_looked_at_as_show_all():
    states = [State("page.html", shows, "", "") for shows in (["a"], ["a", "b"], ["b"], ["c"])]

    assert by_page(states) == {"page.html": [states[1], states[3]]}
