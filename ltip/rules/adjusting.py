"""What a corporate transaction makes of Performance Shares."""

from decimal import Decimal, localcontext

from ltip.rules.outcome import Outcome, Refused, Step
from ltip.rules.quantities import CONTEXT, shares_text, whole_shares

PLACE = "GA §11"


def adjusted_shares(*, shares: int, ratio: Decimal) -> Outcome[int]:
    """Propose the shares of one award after a corporate transaction, which the Committee adopts.

    `ratio` is new shares for one old: 1.5 for three for two, 0.1 for one for ten. The product is
    rounded down for each award (rule 6.6; GA §11). Refuses a negative number of shares and a
    ratio that is not above zero.
    """
    if shares < 0:
        raise Refused(f"{shares} shares cannot be adjusted.", place=PLACE)
    if not ratio > 0:
        raise Refused(
            f"a ratio of {ratio} new shares for one old; it is above zero.",
            place=PLACE,
            remedy="State how many new shares stand for one old.",
        )
    with localcontext(CONTEXT):
        adjusted = whole_shares(shares * ratio)
    sentence = f"{shares_text(shares)} shares × {ratio} new for one old, rounded down."
    return Outcome(adjusted, (Step(sentence=sentence, figure=shares_text(adjusted), place=PLACE),))
