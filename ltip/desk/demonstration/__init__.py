"""The demonstration: an invented company, made through the services, whose day moves forward."""

from ltip.desk.demonstration.company import SignIn, sign_ins
from ltip.desk.demonstration.loading import is_empty, load
from ltip.desk.demonstration.moving import advance, next_day

__all__ = ["SignIn", "advance", "is_empty", "load", "next_day", "sign_ins"]
