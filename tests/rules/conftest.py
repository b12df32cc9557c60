"""How hard the properties look: the same few examples each time, many new ones in the long form.

`HYPOTHESIS_PROFILE=long pytest tests/rules` searches anew and takes its time.
"""

import os

from hypothesis import settings

settings.register_profile("quick", max_examples=30, deadline=None, derandomize=True)
settings.register_profile("long", max_examples=1000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))
