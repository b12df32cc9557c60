"""Every state of every page that the tests drew, in a real browser: its pictures and its faults.

The pictures are in the ignored folder `screenshots/states`, and the sheets to look through in
`screenshots/sheets`. What is looked at is what the tests of the pages left there; without them
there is nothing, and test_every_branch says so.
"""

import pytest

from tests.album.looking import looked_at
from tests.album.sheets import make_sheets
from tests.album.states import by_page, kept
from tests.journeys.conftest import DESK
from tests.pages import browser as real

pytestmark = [pytest.mark.long, pytest.mark.browser]
STYLES = ["nhsuk/nhsuk-frontend", "headroom", "headroom-own", "headroom-clinic", "headroom-dark"]
# A part for a page that is open already is looked at in a page of its own.
FRAME = f"""<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>A part</title>
<meta name="viewport" content="width=device-width">
{"".join(f'<link rel="stylesheet" href="/static/{name}.css">' for name in STYLES)}
<body class="app-page"><div class="nhsuk-width-container app-width"><main
  class="nhsuk-main-wrapper app-main">{{}}</main></div>"""


@pytest.mark.parametrize(("template", "states"), by_page(kept()).items())
def test_each_state_is_looked_at_and_in_order(chromium, tmp_path, template, states):
    faults = []
    with real.serving(tmp_path) as served, chromium.new_context(viewport=DESK) as context:
        for state in states:
            page = context.new_page()
            whole = state.page if state.is_whole else FRAME.format(state.page)
            (tmp_path / f"{state.name}.html").write_text(whole, encoding="utf-8")
            found = looked_at(page, f"{served}/{state.name}.html", state)
            faults += [f"{state.name} ({state.test}): {one}" for one in found]
            page.close()
        make_sheets(context.new_page(), states[0].name.rpartition("-")[0], states)

    assert not faults, "\n".join(faults)
