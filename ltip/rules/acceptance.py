"""Until when a holder may sign the notice of grant, and what becomes of an unsigned award."""

from datetime import date, timedelta

from ltip.rules.calendars import day_text
from ltip.rules.outcome import Outcome, Step
from ltip.rules.readings import require_reading

PLACE = "GN"
_DAYS = {"held_back": None, "lapses_30": 30, "lapses_60": 60, "lapses_90": 90}


def days_to_sign(*, unsigned: str = "held_back") -> int | None:
    """Give the days that a notice leaves its holder to sign, None where it sets no end.

    The source has the notice bind once both sides have signed, and says nothing of a holder who
    never does (rule 11.1; GN). *Reading:* `notice.unsigned` = held_back, the award stands and
    nothing is delivered (alternatives: lapses_30, lapses_60, lapses_90, by a term of the notice).
    """
    require_reading(key="notice.unsigned", value=unsigned)
    return _DAYS[unsigned]


def sign_by(*, issued_on: date, unsigned: str = "held_back") -> date | None:
    """Give the last day to sign a notice issued on a day, None where it sets no end (rule 11.1).

    The day of issue is not counted. The notice prints this day, and no later reading moves it.
    Place: GN. *Reading:* `notice.unsigned`, as in `days_to_sign`.
    """
    days = days_to_sign(unsigned=unsigned)
    return None if days is None else issued_on + timedelta(days=days)


def lapse(
    *,
    sign_by: date | None,
    signed_on: date | None,
    died_on: date | None,
    determined_on: date | None,
) -> Outcome[date | None]:
    """Give the day on which an unsigned award lapses by its own notice, None where it does not.

    That is the day after the last one to sign. A notice without such a day lets nothing lapse; nor
    does an award whose holder died by that day, for the heirs sign in the holder's place, or one
    that was determined by it (rule 11.1; GN; GA §4). `signed_on` is the day of the signature that
    binds, which none after the last day is.
    """
    if sign_by is None:
        return Outcome(None, ())
    last_day = day_text(sign_by)
    if signed_on is not None:
        return Outcome(None, (Step(f"Signed on {day_text(signed_on)}.", "", PLACE),))
    if died_on is not None and died_on <= sign_by:
        said = (
            f"The holder died on {day_text(died_on)}, while the notice could be signed: the heirs "
            "sign in the holder's place."
        )
        return Outcome(None, (Step(said, "", PLACE),))
    if determined_on is not None and determined_on <= sign_by:
        said = (
            f"Determined on {day_text(determined_on)}, while the notice could be signed: it "
            "stands, and nothing is delivered before it is signed."
        )
        return Outcome(None, (Step(said, "", PLACE),))
    lapsed_on = sign_by + timedelta(days=1)
    said = (
        f"The notice was to be signed by {last_day}, as it says itself; without a signature the "
        f"award lapses on {day_text(lapsed_on)}."
    )
    return Outcome(lapsed_on, (Step(said, day_text(lapsed_on), PLACE),))
