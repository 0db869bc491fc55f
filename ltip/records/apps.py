from django.apps import AppConfig
from django.db.models.signals import post_migrate


class RecordsConfig(AppConfig):
    name = "ltip.records"
    label = "records"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from ltip.records import rules_source, triggers

        rules_source.rules_digest()  # of the files that this process has loaded, not of later ones
        post_migrate.connect(triggers.guard_after_migration, dispatch_uid="records.triggers")
