from django.apps import AppConfig


class ParticipantsConfig(AppConfig):
    name = "participants"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from committee.protocol import register
        from participants import jobs  # noqa: F401 - registers the performers
        from participants.kinds import (
            adjustment,
            amendment,
            cause,
            certification,
            designation,
            discretion,
            grant,
            recovery,
            settlement_deferral,
            transfer_finding,
        )

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
