"""Properties are about values: how long an example takes on a busy machine proves nothing.

`make mutate` runs them thousands of times and names the profile of few, always equal examples.
"""

import os

from hypothesis import settings

settings.register_profile("rules", deadline=None)
settings.register_profile(
    "mutation", deadline=None, max_examples=10, derandomize=True, database=None
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "rules"))
