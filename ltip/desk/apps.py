from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "ltip.desk"
    label = "desk"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from ltip import celery  # noqa: F401 - binds shared tasks; ltip/__init__ stays empty
        from ltip.desk import reminders  # noqa: F401 - registers the performer
