"""Reminding the holders who have not signed their notice of grant."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ltip import clock
from ltip.accounts.models import User
from ltip.notices.services import Recipient, write_message
from ltip.program.models import PerformancePeriod
from ltip.rules.calendars import day_text
from participants.papers.signatures import (
    REMINDER,
    HolderSignature,
    reminder_of,
    signatures_for,
)
from participants.people.addresses import addresses_on_record


@transaction.atomic
def remind_to_sign(*, period: PerformancePeriod, by: User, at: datetime) -> int:
    """Write to everyone who has not signed, once a day; how many messages that made.

    They are sent by the timetable's next job, and are notices given once they are (GA §18).
    """
    today = clock.legal_date(at)
    asked = [one for one in signatures_for(period, on=today) if one.may_be_reminded]
    addresses = addresses_on_record(one.employee for one in asked)
    written = [
        write_message(
            to=Recipient(
                str(one.employee.public_id), one.employee.name, addresses[one.employee.pk].email
            ),
            subject=_("Your notice of grant for %(period)s waits for your signature")
            % {"period": period.label},
            text=_text(one),
            why=REMINDER,
            occasion=reminder_of(one.award, today),
            by=by,
            at=at,
        )
        for one in asked
    ]
    return sum(message is not None for message in written)


def _text(one: HolderSignature) -> str:
    consequence = (
        _("You have until %(day)s: without your signature the award lapses, as the notice says.")
        % {"day": day_text(one.sign_by)}
        if one.sign_by
        else _("The award stands, but nothing is delivered before you have signed.")
    )
    return _(
        "Your notice of grant of %(granted)s for the performance period %(period)s is not signed."
        "\n\n%(consequence)s (GN)\n\n"
        "Sign in to the Long Term Incentive Program and open My awards to read and sign it."
    ) % {
        "granted": day_text(one.award.grant_date),
        "period": one.award.period.label,
        "consequence": consequence,
    }
