"""For trying, teaching and developing: invented people, one shifted clock."""

import os

from config.settings.base import *  # noqa: F403  (a settings module extends another one)

TRAINING = True
CLOCK_SHIFT = int(float(os.environ.get("HEADROOM_CLOCK_SHIFT", "0")))
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
