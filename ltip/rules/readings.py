"""Which readings hold: the register's defaults, and what the Committee has decided otherwise."""

from collections.abc import Mapping

from ltip.rules.outcome import Refused
from ltip.rules.register import REGISTER, Reading

__all__ = ["DEFAULTS", "REGISTER", "Reading", "complete", "reading_of", "require_reading"]

PLACE = "P Administration"
DEFAULTS: Mapping[str, str] = {reading.key: reading.default for reading in REGISTER}
_BY_KEY = {reading.key: reading for reading in REGISTER}


def reading_of(*, key: str) -> Reading:
    """Give the register's entry of a key. Refuses a key it does not hold (P Administration)."""
    if key not in _BY_KEY:
        raise Refused(f"{key!r} is no reading of the Program.", place=PLACE)
    return _BY_KEY[key]


def complete(decided: Mapping[str, str]) -> dict[str, str]:
    """Give every reading: as decided, and by the register's default where nothing was.

    The Committee construes the Program, and its decisions bind (P Administration). Refuses a key
    or a value that the register does not hold.
    """
    for key, value in decided.items():
        require_reading(key=key, value=value)
    return {**DEFAULTS, **decided}


def require_reading(*, key: str, value: str) -> None:
    """Refuse a reading that is none of those the register offers for its key.

    A word the Committee never chose from is an error, and never taken for the default
    (P Administration).
    """
    reading = reading_of(key=key)
    if value not in reading.meanings:
        raise Refused(
            f"{value!r} is no reading of {key}; it is {' or '.join(reading.meanings)}.",
            place=PLACE,
            remedy=reading.otherwise,
        )
