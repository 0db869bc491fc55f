from django.apps import AppConfig


class ProgramConfig(AppConfig):
    name = "ltip.program"
    label = "program"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from ltip.program import jobs  # noqa: F401 - registers the performers
