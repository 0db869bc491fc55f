from django.apps import AppConfig


class CommitteeConfig(AppConfig):
    name = "committee"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from committee import book_jobs, export_jobs, jobs  # noqa: F401 - register performers
        from committee.kinds import goal, reading
        from committee.protocol import register

        register(goal.KIND)
        register(reading.KIND)
