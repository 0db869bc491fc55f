"""Reading jobs."""

from uuid import UUID

from ltip.jobs.models import Job, JobState


def job_by_public_id(public_id: UUID) -> Job | None:
    """The job with that identifier."""
    return Job.objects.select_related("requested_by").filter(public_id=public_id).first()


def made_by_job(public_id: str, *, kind: str) -> UUID | None:
    """The identifier of what a job of that kind made, once it is done."""
    try:
        job = job_by_public_id(UUID(public_id))
        return UUID(job.result) if job and (job.kind, job.state) == (kind, JobState.DONE) else None
    except ValueError:
        return None
