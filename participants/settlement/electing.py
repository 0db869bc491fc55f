"""The holder's choice of how to pay the tax of an award (P Tax Withholding)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from ltip import clock
from ltip.accounts.models import Authentication, User
from ltip.accounts.services import as_sealed, use_authentication
from ltip.program import selectors as program
from ltip.records import services as records
from ltip.records.locks import lock
from ltip.rules.outcome import Outcome, Refused
from ltip.rules.paying import IN_SHARES, PLACE, Ways, require_election, ways_to_pay
from participants.awards.models import Award
from participants.awards.selectors import Standing, standing_of
from participants.settlement.illustrating import Illustration, illustrated
from participants.settlement.models import WithholdingElection
from participants.settlement.selectors import LOOKED_BACK
from participants.settlement.statements import CURRENCY, price_text


@transaction.atomic
def elect_withholding(
    *,
    award: Award,
    shares_percent: int,
    cash_percent: int,
    by: User,
    authentication: Authentication,
    at: datetime,
    sale_percent: int = 0,
    is_standing_instruction: bool = False,
) -> WithholdingElection:
    """The holder chooses how much of the tax is paid in shares, from wages or cash, from a sale.

    A standing instruction lets the sale go on whether or not a trading window is open.

    Refuses anyone else, parts that are not the whole, an award that is not determined, a day that
    is not before the Settlement Date, and any choice where the Committee left none (rule 10.2).
    """
    lock(f"withholding election:{award.pk}")
    if award.employee.user_id != by.pk:
        raise Refused("Only the holder chooses how the tax is paid.", place=PLACE)
    standing, ways = standing_of(award), Ways(shares_percent, cash_percent, sale_percent)
    _require_election(standing, ways, on=clock.legal_date(at))
    if is_standing_instruction and not sale_percent:
        raise Refused("A standing instruction to sell needs a part to sell for.", place=PLACE)
    use = use_authentication(
        authentication=authentication,
        by=by,
        purpose=f"withholding {str(award.public_id)[:8]}",
        at=at,
    )
    seal = records.seal(
        kind="participants.withholding.elected",
        content={
            "award": str(award.public_id),
            "shares_percent": shares_percent,
            "cash_percent": cash_percent,
            "sale_percent": sale_percent,
            "is_standing_instruction": is_standing_instruction,
            **as_sealed(authentication),
        },
        by=by,
        at=at,
    )
    return WithholdingElection.objects.create(
        award=award,
        shares_percent=shares_percent,
        cash_percent=cash_percent,
        sale_percent=sale_percent,
        is_standing_instruction=is_standing_instruction,
        elected_on=seal.legal_date,
        authentication_use=use,
        seal=seal,
    )


def withholding_elections_of(awards: Iterable[Award]) -> dict[int, WithholdingElection]:
    """The latest election of each award, by the award's key, in one query."""
    rows = WithholdingElection.objects.filter(award__in=[award.pk for award in awards])
    return {election.award_id: election for election in rows.order_by("pk")}


def ways_elected(election: WithholdingElection) -> Ways:
    """The ways to pay that an election names."""
    return Ways(election.shares_percent, election.cash_percent, election.sale_percent)


def ways_for(election: WithholdingElection | None, *, choice: str) -> Outcome[Ways]:
    """In which ways a tax is paid under an election, or without one."""
    return ways_to_pay(
        elected=ways_elected(election) if election else None,
        elected_on=election.elected_on if election else None,
        choice=choice,
    )


@dataclass(frozen=True, slots=True)
class Choice:
    """What a holder sees of the choice: what holds, until when it may be changed, or why not,
    and what each way means for the holder's own shares at the latest close."""

    election: WithholdingElection | None
    holds: Outcome[Ways]
    settles_on: date | None
    refusal: Refused | None
    earned: int
    price: str
    priced_on: date | None
    illustration: Illustration | None

    @property
    def last_day(self) -> date | None:
        """The last day on which the holder may choose: the one before the Settlement Date."""
        return self.settles_on - timedelta(days=1) if self.settles_on else None


def choice_of(standing: Standing, *, on: date) -> Choice:
    """The choice of one holder on a day."""
    election = withholding_elections_of([standing.award]).get(standing.award.pk)
    earned, settles_on = _due(standing)
    try:
        _require_election(standing, IN_SHARES, on=on)
        refusal = None
    except Refused as refused:
        refusal = refused
    own = program.own_security()
    closes = program.closes_of([own], start=on - LOOKED_BACK, end=on).get(own.pk, {})
    day = max(closes, default=None)
    readings = standing.readings.on(settles_on or on)
    illustration = None
    if day is not None and earned:
        illustration = illustrated(
            employee=standing.person.employee,
            earned=earned,
            close=closes[day],
            rounding=readings["withholding.rounding"],
        )
    return Choice(
        election=election,
        holds=ways_for(election, choice=readings["withholding.choice"]),
        settles_on=settles_on,
        refusal=refusal,
        earned=earned,
        price=price_text(closes[day], CURRENCY) if day is not None else "",
        priced_on=day if illustration else None,
        illustration=illustration,
    )


def _due(standing: Standing) -> tuple[int, date | None]:
    """The shares earned and the day they settle, nothing while they are not determined."""
    if standing.earned is None:
        return 0, None
    due = standing.entitlement().value
    return due.shares, due.settles_on


def _require_election(standing: Standing, ways: Ways, *, on: date) -> None:
    _earned, settles_on = _due(standing)
    if standing.earned is not None and settles_on is None:
        raise Refused("the award is forfeited, so no tax falls due.", place=PLACE)
    require_election(
        ways=ways,
        on=on,
        determined_on=standing.earned.determination_date if standing.earned else None,
        settles_on=settles_on or on + timedelta(days=1),
        choice=standing.readings.on(settles_on or on)["withholding.choice"],
    )
