from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "ltip.notices"
    label = "notices"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from ltip.notices import jobs  # noqa: F401 - registers the performers
