"""Everything that was sent to a holder and everything the holder signed, each to be opened."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from ltip.notices.models import Message
from ltip.notices.selectors import notices_given_to
from ltip.records.templatetags.figures import shares
from participants.awards.selectors import Standing, standings_of
from participants.papers.models import AmendmentConsent, JointElection
from participants.papers.models_signing import CompanySignature, NoticeDecline
from participants.people.addresses import change_history
from participants.people.heirs import designations_of
from participants.people.models import Employee
from participants.settlement.models import WithholdingElection


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing sent or signed: when, what it is, and where it opens. `kind` is "sent", "signed"
    or "statement"; `seal` orders a day."""

    on: date
    seal: int
    kind: str
    what: str
    about: str
    url: str


def history_of(employee: Employee, *, on: date) -> list[Entry]:
    """Everything up to a day, the latest first, in a constant number of queries."""
    standings = standings_of(employee)
    found = [
        *(entry for standing in standings for entry in _papers(standing)),
        *_answers(standings),
        *_of_the_person(employee),
    ]
    return sorted(
        (entry for entry in found if entry.on <= on), key=lambda e: (e.on, e.seal), reverse=True
    )


def _papers(standing: Standing) -> Iterator[Entry]:
    award, period, settled = standing.award, standing.award.period.label, standing.settlement
    public_id, notice = [standing.award.public_id], standing.award.notice
    url = reverse("participants:notice", args=public_id)
    yield Entry(award.grant_date, notice.seal_id, "sent", _("Notice of grant"), period, url)
    url = reverse("participants:grant_statement", args=public_id)
    what = _("Statement of grant")
    yield Entry(award.grant_date, notice.seal_id, "statement", what, period, url)
    acceptance = getattr(notice, "acceptance", None)
    if acceptance is not None:
        what, url = _("Notice of grant signed"), _receipt(acceptance.seal_id)
        yield Entry(acceptance.signed_on, acceptance.seal_id, "signed", what, period, url)
    if standing.earned is not None:
        earned = standing.earned
        url = reverse("participants:certification_statement", args=public_id)
        what = _("Statement of certification")
        yield Entry(earned.determination_date, earned.seal_id, "statement", what, period, url)
    if settled is not None:
        url = reverse("participants:statement", args=public_id)
        what = _("Settlement statement: %(delivered)s shares delivered") % {
            "delivered": shares(settled.delivered)
        }
        yield Entry(settled.delivered_on, settled.seal_id, "statement", what, period, url)


def _answers(standings: list[Standing]) -> Iterator[Entry]:
    awards = [standing.award.pk for standing in standings]
    declines = NoticeDecline.objects.filter(notice__award__in=awards)
    for decline in declines.select_related("notice__award__period"):
        what, url = _("Notice of grant declined"), _receipt(decline.seal_id)
        label = decline.notice.award.period.label
        yield Entry(decline.declined_on, decline.seal_id, "signed", what, label, url)
    signatures = CompanySignature.objects.filter(notice__award__in=awards)
    for row in signatures.select_related("signing", "notice__award__period"):
        award = row.notice.award
        url = reverse("participants:notice", args=[award.public_id])
        what = _("Notice of grant signed for the company")
        signing = row.signing
        yield Entry(signing.signed_on, signing.seal_id, "sent", what, award.period.label, url)
    elections = JointElection.objects.filter(award__in=awards)
    for election in elections.select_related("award__period", "end"):
        label = election.award.period.label
        what, url = _("Joint election signed"), _receipt(election.seal_id)
        yield Entry(election.signed_on, election.seal_id, "signed", what, label, url)
        if hasattr(election, "end"):
            end = election.end
            url = reverse("participants:joint_election", args=[election.award.public_id])
            yield Entry(end.ended_on, end.seal_id, "sent", _("Joint election ended"), label, url)
    consents = AmendmentConsent.objects.filter(concerned__award__in=awards)
    told: set[int] = set()
    for consent in consents.select_related("seal", "concerned__draft").order_by("pk"):
        if consent.seal_id not in told:
            told.add(consent.seal_id)
            what = _("Amendment agreed to") if consent.is_given else _("Amendment refused")
            day, title = consent.seal.legal_date, consent.concerned.draft.title
            yield Entry(day, consent.seal_id, "signed", what, title, _receipt(consent.seal_id))
    choices = WithholdingElection.objects.filter(award__in=awards).select_related("award__period")
    for choice in choices:
        what, url = _("How the tax is paid: chosen"), _receipt(choice.seal_id)
        label = choice.award.period.label
        yield Entry(choice.elected_on, choice.seal_id, "signed", what, label, url)


def _of_the_person(employee: Employee) -> Iterator[Entry]:
    mine = reverse("participants:my_beneficiaries")
    for designation in designations_of(employee):
        is_own = designation.authentication_use_id is not None
        named = designation.beneficiaries.all()
        yield Entry(
            designation.designated_on,
            designation.seal_id,
            "signed",
            _("Beneficiaries named") if named else _("Beneficiaries revoked"),
            ", ".join(row.name for row in named),
            _receipt(designation.seal_id) if is_own else mine,
        )
    for change in change_history(employee):
        is_own = change.authentication_use_id is not None
        yield Entry(
            change.given_on,
            change.seal_id,
            "signed",
            _("Another address for notices given"),
            "",
            _receipt(change.seal_id) if is_own else reverse("participants:my_address"),
        )
    for notice in notices_given_to(employee.public_id):
        message = notice.message
        url = reverse("participants:my_notice", args=[message.public_id])
        is_mail = message.means == Message.Means.EMAIL
        what = _("Sent by e-mail") if is_mail else _("Sent by certified mail")
        yield Entry(notice.given_on, notice.seal_id, "sent", what, message.subject, url)


def _receipt(seal: int) -> str:
    return reverse("participants:receipt", args=[seal])
