"""For trying, teaching and developing: invented people, one shifted clock."""

import os

from csp.constants import SELF

from config.settings.base import *  # noqa: F403  (a settings module extends another one)

TRAINING = True
CLOCK_SHIFT = int(float(os.environ.get("HEADROOM_CLOCK_SHIFT", "0")))
# The demo has no proxy in front: the stream is on a port of its own on the page's host.
LIVE_PORT = int(os.environ.get("HEADROOM_LIVE_PORT", "0"))
if LIVE_PORT:
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["connect-src"] = [SELF, f"*:{LIVE_PORT}"]  # noqa: F405
# Where the demo's own patients would open their link; it carries no message anywhere.
PATIENT_SITE = os.environ.get("HEADROOM_PATIENT_SITE", "")
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
