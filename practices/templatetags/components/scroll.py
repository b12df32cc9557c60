"""Wide things that scroll sideways by themselves."""

from django.utils.safestring import SafeString

from practices.templatetags.components.html import (
    EMPTY,
    Attributes,
    class_names,
    element,
    is_html,
    modifier,
)


def scrolled(
    *,
    text: str,
    labelled_by: str | None = None,
    variant: str = "",
    id: str | None = None,
    classes: str = "",
    attributes: Attributes = EMPTY,
) -> SafeString:
    """A wide thing that scrolls sideways by itself, so that the page does not."""
    base = "nhsuk-scroll"
    names = class_names(base, modifier(f"{base}--", variant, ("reverse",), classes), classes)
    inner = text if is_html(text) else element("p", {}, text)
    return element(
        "div",
        {"class": names, "id": id, "data-module": base, **attributes},
        element(
            "div",
            {"class": f"{base}__content", "role": "region", "aria-labelledby": labelled_by},
            inner,
        ),
    )
