"""Emergencies reach whoever watches: all of them by ear, and a page in a hidden tab too."""

from playwright.sync_api import expect

from practices.doors import perform
from tests.journeys.test_live import pages, queue, served, told
from triage import actions

__all__ = ["pages", "queue", "served", "told"]
HIDE = """(isHidden) => {
  Object.defineProperty(document, "hidden", { configurable: true, get: () => isHidden });
  document.dispatchEvent(new Event("visibilitychange"));
}"""
HALF_A_MINUTE = 45_000


def raised(world, acting, at, where):
    by = acting(world, "receptionist")
    return perform(actions.raise_emergency, by=by, at=at, phone="07700 900123", where=where)


def test_each_of_several_emergencies_is_heard(queue, committed_world, acting, now):
    queue.context.set_offline(True)
    expect(queue.locator("[data-live]")).to_contain_text("Not live")
    for where in ("In the car park", "On the stairs"):
        raised(committed_world, acting, now, where)

    queue.context.set_offline(False)

    heard = queue.locator("#app-assertive")
    expect(heard).to_contain_text("In the car park")
    expect(heard).to_contain_text("On the stairs")
    expect(queue).to_have_title("2 emergencies – Queue – Headroom")


def test_a_hidden_tab_counts_the_emergencies_in_its_title(queue, committed_world, acting, now):
    queue.clock.install()
    queue.evaluate(HIDE, arg=True)

    emergency = raised(committed_world, acting, now, "In the car park")
    queue.clock.fast_forward(HALF_A_MINUTE)

    expect(queue).to_have_title("1 emergency – Queue – Headroom")
    perform(
        actions.acknowledge_emergency,
        by=acting(committed_world, "clinician"),
        at=now,
        reference=emergency.reference,
    )
    queue.clock.fast_forward(HALF_A_MINUTE)
    expect(queue).to_have_title("Queue – Headroom")
    queue.evaluate(HIDE, arg=False)
    expect(queue.get_by_text("Live.", exact=True)).to_be_visible()
