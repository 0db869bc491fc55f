"""Properties are about values: how long an example takes on a busy machine proves nothing."""

from hypothesis import settings

settings.register_profile("rules", deadline=None)
settings.load_profile("rules")
