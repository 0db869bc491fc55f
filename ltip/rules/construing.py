"""Only readings that the register knows decide anything."""

from ltip.rules.outcome import Refused


def require_reading(*, key: str, value: str, among: tuple[str, ...]) -> None:
    """Refuse a reading that is none of those the register offers for its key.

    The Committee construes the Program (P Administration); a word it never chose from is an
    error, and never taken for the default.
    """
    if value not in among:
        raise Refused(
            f"{value!r} is no reading of {key}; it is one of {', '.join(among)}.",
            place="P Administration",
        )
