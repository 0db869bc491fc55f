"""The dates of single awards: the holder's own, an officer's, those of leavers and abroad."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from ltip.accounts.models import Role
from ltip.desk.deadline import SHOWN_AFTER, Deadline
from ltip.rules.deferral import short_term_deferral_deadline
from ltip.rules.reporting import SECTION_16_PLACE, form_4_due
from participants.awards.selectors import Standing
from participants.people.models import EmployeeStatus
from participants.settlement.abroad import TaxAbroad, tax_abroad

SEC, SA, FIN = Role.SECRETARY, Role.STOCK_ADMINISTRATOR, Role.FINANCE


def dates_of_awards(standings: list[Standing], today: date) -> list[Deadline]:
    """What is still to come for each of the awards, in a constant number of queries."""
    found: list[Deadline] = []
    settlements = [s.settlement for s in standings if s.settlement is not None]
    taxes = {tax.award: tax for tax in tax_abroad(settlements)}
    for standing in standings:
        found += _own_dates(standing, today)
        found += _of_officer(standing, today)
        found += _short_term(standing)
        if tax := taxes.get(standing.award.pk):
            found += _abroad(standing, tax, today)
    return found


def _own_dates(standing: Standing, today: date) -> list[Deadline]:
    award, holder = standing.award, standing.person.employee.user_id
    own, label = reverse("participants:my_award", args=[award.public_id]), award.period.label
    knows: frozenset[Role] = frozenset()
    if standing.earned is None:
        if standing.state_on(today) != "granted" or today > award.period.end_date:
            return []
        title = _("%(period)s ends") % {"period": label}
        key = f"own-end:{award.public_id}"
        end = award.period.end_date
        return [
            *_last_day_to_sign(standing),
            Deadline(
                key,
                end,
                title,
                "P Effective Date",
                "",
                "",
                knows=knows,
                holder=holder,
                own_url=own,
            ),
        ]
    entitled = standing.entitlement()
    due = entitled.value
    if standing.settlement is not None or not due.shares or due.settles_on is None:
        return []
    unsigned = not hasattr(award.notice, "acceptance")
    title = (
        _("Sign your notice for %(period)s before its Settlement Date")
        if unsigned
        else _("Your shares for %(period)s settle")
    )
    remedy = (
        _("Nothing is delivered before you have signed.")
        if unsigned
        else _("Ask the stock administrator when they are delivered.")
    )
    own_date = Deadline(
        f"own-settlement:{award.public_id}",
        due.settles_on,
        title % {"period": label},
        "GA §4",
        remedy,
        "",
        knows=knows,
        holder=holder,
        holder_acts=unsigned,
        own_url=own,
    )
    if not due.delayed:
        return [own_date]
    wait = Deadline(
        f"wait:{award.public_id}",
        due.settles_on,
        _("A settlement that was put off falls due for %(period)s") % {"period": label},
        entitled.steps[-1].place,
        _("Prepare the settlement: all that waited is paid at once."),
        reverse("participants:award", args=[award.public_id]),
        acts=frozenset({SA}),
        subject=standing.person.employee.name,
    )
    return [own_date, wait]


def _last_day_to_sign(standing: Standing) -> list[Deadline]:
    """Where the notice sets one, and nobody has signed."""
    award = standing.award
    last_day = award.notice.sign_by
    if last_day is None or standing.lapse().value is None:
        return []
    return [
        Deadline(
            f"sign:{award.public_id}",
            last_day,
            _("Sign your notice of grant for %(period)s") % {"period": award.period.label},
            "GN",
            _("Without a signature the award lapses, as the notice says."),
            "",
            knows=frozenset(),
            holder=standing.person.employee.user_id,
            holder_acts=True,
            own_url=reverse("participants:notice", args=[award.public_id]),
        )
    ]


def _of_officer(standing: Standing, today: date) -> list[Deadline]:
    earned, settled = standing.earned, standing.settlement
    happened = []
    if earned is not None:
        happened.append(("certified", earned.determination_date, _("the certification")))
    if settled is not None and settled.withheld:
        happened.append(("withheld", settled.delivered_on, _("shares withheld")))
    found = []
    for what, on, words in happened:
        if standing.person.status_on(EmployeeStatus.Subject.OFFICER, on) != "yes":
            continue
        due = form_4_due(
            happened_on=on, business_day=standing.readings.on(on)["business_day"]
        ).value
        if today <= due + SHOWN_AFTER:
            found.append(
                Deadline(
                    f"form-4:{what}:{standing.award.public_id}",
                    due,
                    _("Form 4 of an officer for %(what)s, %(period)s")
                    % {"what": words, "period": standing.award.period.label},
                    SECTION_16_PLACE,
                    _("File it at once, late: Exchange Act Section 16."),
                    reverse("participants:award", args=[standing.award.public_id]),
                    acts=frozenset({SEC}),
                    subject=standing.person.employee.name,
                    holder=standing.person.employee.user_id,
                    holder_acts=True,
                    own_url=reverse("participants:my_award", args=[standing.award.public_id]),
                )
            )
    return found


def _short_term(standing: Standing) -> list[Deadline]:
    left = standing.person.leaving
    if left is None or standing.settlement is not None:
        return []
    pays = (
        standing.entitlement().value.shares
        if standing.earned
        else standing.state_on(left.counts_on) == "granted"
    )
    if not pays:
        return []
    day = short_term_deferral_deadline(
        period_end=standing.award.period.end_date, condition_fell_on=left.counts_on
    ).value
    return [
        Deadline(
            f"short-term:{standing.award.public_id}",
            day,
            _("Last day of a short-term deferral under §409A, %(period)s")
            % {"period": standing.award.period.label},
            "GA §5",
            _("Ask counsel what follows."),
            reverse("participants:award", args=[standing.award.public_id]),
            acts=frozenset({SEC, FIN}),
            subject=standing.person.employee.name,
        )
    ]


def _abroad(standing: Standing, tax: TaxAbroad, today: date) -> list[Deadline]:
    period = {"period": standing.award.period.label}
    url = reverse("participants:settlement", args=[standing.award.period])
    name, holder = standing.person.employee.name, standing.person.employee.user_id
    remit = Deadline(
        f"remit:{standing.award.public_id}",
        tax.remits_by,
        _("Remit the employer's insurance abroad for %(period)s") % period,
        "XB",
        _("Remit it at once."),
        url,
        acts=frozenset({FIN}),
        subject=name,
        opens_to=frozenset({SA, FIN}),
    )
    made_good = Deadline(
        f"made-good:{standing.award.public_id}",
        tax.made_good_until,
        _("Last day to make good the tax still owed for %(period)s") % period,
        "XB",
        _("What is still owed has become a loan or a benefit."),
        url,
        subject=name,
        holder=holder,
        holder_acts=True,
        own_url=reverse("participants:my_award", args=[standing.award.public_id]),
        opens_to=frozenset({SA, FIN}),
    )
    found = [] if tax.remittance else [remit]
    found += [made_good] if tax.owed_minor else []
    return [one for one in found if today <= one.day + SHOWN_AFTER]
