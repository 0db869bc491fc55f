import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections

from ltip.desk.scenarios.reading import FileNotUnderstood
from ltip.desk.scenarios.running import Report, run_story, story_files


class Command(BaseCommand):
    help = "Runs stories (TOML files) through the services, on an empty database in memory."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="FILE_OR_FOLDER")
        parser.add_argument("--json", action="store_true", help="print the findings as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            files = story_files(options["paths"])
        except FileNotUnderstood as error:
            raise CommandError(str(error)) from None
        use_scratch_database()
        reports = [run_story(path) for path in files]
        if options["json"]:
            self.stdout.write(json.dumps([_plain(report) for report in reports], indent=2))
        else:
            for report in reports:
                self._print(report)
        findings = [finding for report in reports for finding in report.findings]
        failed = sum(not finding.met for finding in findings)
        if not options["json"]:
            self.stdout.write(f"{len(findings) - failed} passed, {failed} failed")
        if failed or not findings:
            raise SystemExit(1)

    def _print(self, report: Report) -> None:
        self.stdout.write(f"{report.sentence} ({report.path.name})")
        for finding in report.findings:
            if finding.met:
                self.stdout.write(f"  ok    {finding.what}: {finding.expected}")
            else:
                cited = "; ".join(report.cites)
                self.stdout.write(
                    f"  FAIL  {finding.what}: expected {finding.expected}, came {finding.came}"
                    + (f" [{cited}]" if cited else "")
                )


def use_scratch_database() -> None:
    """Put an empty SQLite database in memory in place of the working one, for this process.

    Passwords of that database protect nothing, so they are hashed fast.
    """
    scratch = {
        **connections.databases["default"],
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": ":memory:",
        "OPTIONS": {"init_command": "PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON;"},
    }
    connections["default"].close()
    del connections["default"]
    connections.databases["default"] = scratch
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.CELERY_BROKER_URL = ""
    # Tables straight from the models: a new database needs none of the migrations' history.
    settings.MIGRATION_MODULES = {app.label: None for app in apps.get_app_configs()}
    call_command("migrate", run_syncdb=True, verbosity=0)


def _plain(report: Report) -> dict[str, Any]:
    return {
        "file": str(report.path),
        "scenario": report.sentence,
        "cites": list(report.cites),
        "passed": report.passed,
        "findings": [asdict(finding) for finding in report.findings],
    }
