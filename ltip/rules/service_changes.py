"""What changes in a service that goes on do to awards: a transfer abroad, a leave of absence."""

from datetime import date, timedelta

from ltip.rules.calendars import day_text, months_later
from ltip.rules.outcome import Outcome, Step

TERMINATION_PLACE = "P Termination of Employment"
TAX_PLACE = "P Tax Withholding"
ABROAD_PLACE = "XB"
SEPARATION_PLACE = "GA §5"
_HOME = "US"
_MONTHS_OF_LEAVE = 6


def transfer_between_countries(*, to: str, on: date) -> Outcome[bool]:
    """Tell whether special terms of the new country (`to`, two letters) may apply to awards, and
    what a transfer changes (rules 7.3, 10.4; P Termination of Employment, P Tax Withholding, XB).

    Reading: the source speaks of the end of employment only, so that a transfer inside the
    company neither ends nor prorates an award. Refuses nothing.
    """
    since = day_text(on)
    steps = [
        Step(
            "The awards stand as they were granted: a transfer ends no employment, and nothing is "
            "prorated or forfeited for it.",
            "",
            TERMINATION_PLACE,
        ),
        Step(
            "Tax is withheld as the country of the Settlement Date asks: from "
            f"{since} on that is {to}, until the next transfer.",
            to,
            TAX_PLACE,
        ),
    ]
    is_abroad = to != _HOME
    sentence = (
        f"Special terms that are on record for {to} stand above the agreement from {since} on; "
        "what they ask to be signed first, a joint election, is signed before anything vests."
        if is_abroad
        else "Special terms of another country no longer stand above the agreement from "
        f"{since} on."
    )
    return Outcome(is_abroad, (*steps, Step(sentence, "", ABROAD_PLACE)))


def leave_of_absence(*, began_on: date, has_right_to_return: bool) -> Outcome[date | None]:
    """Give the first day on which a leave counts as a separation from service for deferred
    compensation, None while it does not (rules 7.2, 7.6; P Termination of Employment, GA §5).

    Reading: a leave ends no employment, so its months are months of service and the award stands.
    For deferred compensation alone, by the regulations under §409A, a leave of more than six
    months without a right to return by law or contract separates from service on the day after
    the six months: counsel looks at it, and nothing follows by itself. Refuses nothing.
    """
    stands = Step(
        f"The leave from {day_text(began_on)} on ends no employment: the awards stand, and its "
        "months count as served.",
        "",
        TERMINATION_PLACE,
    )
    if has_right_to_return:
        kept = Step(
            "With a right to return by law or contract it is no separation from service, however "
            "long it lasts.",
            "",
            SEPARATION_PLACE,
        )
        return Outcome(None, (stands, kept))
    separates_on = months_later(began_on, months=_MONTHS_OF_LEAVE) + timedelta(days=1)
    lost = Step(
        "Without a right to return it counts as a separation from service once it has lasted more "
        "than six months; ask counsel before then, where an award is deferred compensation.",
        day_text(separates_on),
        SEPARATION_PLACE,
    )
    return Outcome(separates_on, (stands, lost))
