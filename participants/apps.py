from django.apps import AppConfig


class ParticipantsConfig(AppConfig):
    name = "participants"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from committee.protocol import register
        from committee.touching import register_count
        from participants import jobs  # noqa: F401 - registers the performers
        from participants.awards.counting import open_awards
        from participants.kinds import (
            adjustment,
            amendment,
            cause,
            certification,
            designation,
            discretion,
            grant,
            paper_template,
            recovery,
            settlement_deferral,
            transfer_finding,
        )

        register_count(open_awards)
        register(designation.KIND)
        register(grant.KIND)
        register(certification.KIND)
        register(cause.KIND)
        register(discretion.KIND)
        register(adjustment.KIND)
        register(transfer_finding.KIND)
        register(recovery.KIND)
        register(settlement_deferral.KIND)
        register(amendment.KIND)
        register(paper_template.KIND)
