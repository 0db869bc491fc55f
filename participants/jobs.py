"""Which jobs the participants' side performs."""

from typing import Any

from django.utils.translation import gettext_noop

from ltip.jobs.models import Job
from ltip.jobs.services import Report, performer
from participants.importing import applying, services
from participants.papers import receipts
from participants.papers import services as papers


@performer(papers.RENDER_JOB, title=gettext_noop("Making the notices of grant"))
def render_notices(job: Job, arguments: dict[str, Any], report: Report) -> str:
    """Make the PDFs of the notices that an act issued."""
    return str(papers.render_notices(arguments["seal"], report))


@performer(receipts.RECEIPT_JOB, title=gettext_noop("Making the receipt of a signature"))
def make_receipt(job: Job, arguments: dict[str, Any], report: Report) -> str:
    """Make the receipt of something a holder signed."""
    return receipts.make_receipt(arguments["seal"], report).document_id


performer(services.COMPARE_JOB, title=gettext_noop("Comparing the file with the record"))(
    services.perform_comparison
)
performer(applying.APPLY_JOB, title=gettext_noop("Applying the file"))(applying.perform_application)
