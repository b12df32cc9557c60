"""Whose page this is, on every page and every print; and a number one tap dials."""

from django.utils.safestring import SafeString

from practices.templatetags.components.html import NOTHING, element, hidden, join


def patient_banner(
    *,
    name: str,
    born: str,
    age: str,
    nhs_number: str,
    practice: str,
    alert: str = "",
    href: str | None = None,
) -> SafeString:
    """Name, date of birth and age, NHS number, practice; `alert` says what must not be missed.

    All are words from a presenter: `nhs_number` grouped, or "not given".
    """
    who = element("a", {"class": "app-patient__link", "href": href}, name) if href else name
    facts = [
        fact("Born", f"{born} ({age})"),
        fact("NHS number", element("span", {"class": "nhsuk-u-nowrap"}, nhs_number)),
        fact("Practice", practice),
    ]
    warning = element("p", {"class": "app-patient__alert"}, alert) if alert else NOTHING
    return element(
        "section",
        {"class": "app-patient", "aria-label": f"Patient: {name}"},
        element("p", {"class": "app-patient__name"}, hidden("Patient: "), who),
        element("dl", {"class": "app-patient__facts"}, *facts),
        warning,
    )


def fact(key: str, value: str) -> SafeString:
    """One fact of the banner."""
    return element(
        "div",
        {"class": "app-patient__fact"},
        join([element("dt", {}, key), " ", element("dd", {}, value)]),
    )


def phone_link(*, words: str, dials: str = "") -> SafeString:
    """A phone number: one tap dials it, where it may be rung; the number stays on one line."""
    if not dials:
        return element("strong", {}, words)
    return element("strong", {}, element("a", {"class": "app-tel", "href": f"tel:{dials}"}, words))
