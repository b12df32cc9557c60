"""What somebody asked for is spoken at once; the pause of 30 seconds is for news (U04)."""

from datetime import timedelta

from playwright.sync_api import expect


def test_the_second_search_within_a_second_is_spoken_too(seat, now):
    page = seat("receptionist").page
    page.clock.install(time=now)
    page.goto("/triage/reception/")
    page.clock.pause_at(now + timedelta(minutes=1))
    heard = []

    for sought in ("o'neil", "zzzz"):
        page.get_by_label("Find the patient").fill(sought)
        page.get_by_label("Find the patient").press("End")
        with page.expect_response("**/triage/reception/"):
            page.clock.run_for(300)
        page.wait_for_timeout(200)
        page.clock.run_for(700)
        expect(page.locator("#found")).to_be_visible()
        page.clock.run_for(100)
        heard.append(page.locator("#app-polite").inner_text())

    assert "" not in heard
    assert heard[0] != heard[1]
    assert heard[1] == page.locator("#found").inner_text()
