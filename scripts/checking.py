"""`make lint`, `make format`."""

import subprocess
from pathlib import Path

from installing import PROJECT, PYTHON, VENV, environment, new_keys, prepare_environment


def lint() -> int:
    """Formatter, linters, types, layers, templates, migrations, deployment checks."""
    prepare_environment("lint")
    invented = {
        "DJANGO_SETTINGS_MODULE": "ltip.settings.production",
        **new_keys(),
        "ALLOWED_HOSTS": "ltip.example",
        "SITE_ADDRESS": "https://ltip.example",
        "DATABASE_URL": "postgresql://ltip@127.0.0.1/ltip",
        "EMAIL_HOST": "mail.example",
        "DEFAULT_FROM_EMAIL": "ltip@example.com",
    }
    tools, manage = VENV / "bin", [PYTHON, "manage.py"]
    checks: list[tuple[list[str | Path], dict[str, str]]] = [
        ([tools / "ruff", "format", "--check", "."], {}),
        ([tools / "ruff", "check", "."], {}),
        ([PYTHON, "-m", "mypy"], {}),
        ([tools / "lint-imports"], {"PYTHONPATH": str(PROJECT)}),
        ([PYTHON, "-m", "djlint", "templates", "--check"], {}),
        ([PYTHON, "-m", "djlint", "templates", "--lint"], {}),
        (
            [*manage, "makemigrations", "--check", "--dry-run"],
            {"DJANGO_SETTINGS_MODULE": "ltip.settings.test"},
        ),
        ([*manage, "check", "--deploy", "--fail-level", "WARNING"], invented),
    ]
    failed = []
    for command, more in checks:
        title = " ".join(Path(word).name for word in command if word not in {PYTHON, "-m"})
        print(f"\n{title}", flush=True)
        if subprocess.run(command, env=environment(**more)).returncode != 0:
            failed.append(title)
    print("\nAll checks passed." if not failed else "\nFailed: " + "; ".join(failed))
    return 1 if failed else 0


def format_sources() -> int:
    prepare_environment("lint")
    tools = VENV / "bin"
    subprocess.run([tools / "ruff", "check", "--fix", "--quiet", "."])
    subprocess.run([tools / "ruff", "format", "."])
    subprocess.run([PYTHON, "-m", "djlint", "templates", "--reformat", "--quiet"])
    return 0
