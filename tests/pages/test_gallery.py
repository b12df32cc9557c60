"""The gallery shows every component we port, so that each is looked at in every look."""

import pytest
from django.template.loader import render_to_string

from practices.views.gallery import SAMPLES, Sample
from tests.pages.test_components_browser import FRAME
from tests.pages.test_components_golden import PORTED

pytestmark = pytest.mark.urls("tests.pages.addresses")
# Where the class is not "nhsuk-" and the component's name.
CLASSES = {
    "heading": "nhsuk-heading-m",
    "legend": "nhsuk-fieldset__legend",
    "tables": "nhsuk-table",
    "warning-callout": "nhsuk-card--warning",
}


@pytest.fixture(scope="module")
def gallery():
    """Both of its faces: as it opens, and with what its form refuses."""
    return "".join(
        render_to_string("practices/gallery.html", {**SAMPLES, **FRAME, "form": form})
        for form in (Sample(), Sample({}))
    )


@pytest.mark.parametrize("name", PORTED)
def test_the_gallery_shows_the_component(gallery, name):
    assert CLASSES.get(name, f"nhsuk-{name}") in gallery
