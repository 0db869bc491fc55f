from django.apps import AppConfig


class ParticipantsConfig(AppConfig):
    name = "participants"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from committee.protocol import register
        from participants import jobs  # noqa: F401 - registers the performers
        from participants.kinds import certification, designation, grant

        register(designation.KIND)
        register(grant.KIND)
        register(certification.KIND)
