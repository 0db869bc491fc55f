"""What two people, or two browsers of one, do about a notice at the same moment."""

from typing import Any

import pytest

from ltip.records import selectors as records_reading
from ltip.rules.outcome import Refused
from participants.papers.company_signing import (
    digest_of_batch,
    notices_to_sign_for,
    sign_for_company,
)
from participants.papers.declining import decline_notice
from participants.papers.models import Acceptance
from participants.papers.models_signing import CompanySignature, CompanySigning, NoticeDecline
from participants.papers.selectors import keys_to_agree_to
from participants.papers.services import sign_notice
from tests import cast
from tests.participants.holders import award_of
from tests.participants.papers.test_company_signing import DAY, authorise
from tests.test_exactly_once import at_once


@pytest.mark.usefixtures("fresh_database")
def test_two_officers_at_once_sign_each_notice_once() -> None:
    telling = cast.told(acts=cast.BEFORE_REPORT)
    officers = (telling.approver, telling.administrator)
    for officer in officers:
        authorise(telling, officer)
    at = cast.noon(DAY)
    shown = digest_of_batch(notices_to_sign_for(telling.period, officers[0]))

    def signing_by(officer: Any) -> Any:
        return lambda: sign_for_company(
            period=telling.period,
            shown_digest=shown,
            by=officer,
            authentication=cast.proof(officer, at),
            at=at,
        )

    results = at_once(*map(signing_by, officers))
    assert [str(result) for result in results if isinstance(result, Refused)] == [
        "GN: No notice of this period waits for your signature."
    ]
    assert CompanySigning.objects.count() == 1
    assert CompanySignature.objects.count() == 2
    assert records_reading.first_fault()[1] is None


@pytest.mark.usefixtures("fresh_database")
def test_a_notice_signed_and_declined_at_once_is_signed_whichever_came_first() -> None:
    telling = cast.told(acts=cast.BEFORE_REPORT)
    notice, at = award_of(telling, "unsigned").notice, cast.noon(DAY)
    user = telling.holders["unsigned"].user
    shared = {"notice": notice, "shown_digest": notice.digest, "by": user, "at": at}
    proofs = [cast.proof(user, at), cast.proof(user, at)]
    agreed = keys_to_agree_to(notice)
    results = at_once(
        lambda: sign_notice(agreed_to=agreed, authentication=proofs[0], **shared),
        lambda: decline_notice(reason="The tax.", authentication=proofs[1], **shared),
    )
    refused = [str(result) for result in results if isinstance(result, Refused)]
    assert refused in ([], ["GN: This notice is signed already."])
    assert NoticeDecline.objects.count() == 1 - len(refused)
    assert Acceptance.objects.filter(notice=notice).count() == 1
    assert records_reading.first_fault()[1] is None
