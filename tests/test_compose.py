"""docker-compose.yml, read without a container engine."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

PROJECT = Path(__file__).resolve().parent.parent
OURS = ["migrate", "web", "worker", "beat"]


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    services: dict[str, Any] = yaml.safe_load((PROJECT / "docker-compose.yml").read_text())[
        "services"
    ]
    return services


def test_compose_holds_exactly_the_services_the_program_runs_on(services: dict[str, Any]) -> None:
    assert sorted(services) == ["beat", "migrate", "postgres", "redis", "web", "worker"]


def test_every_lasting_service_has_a_health_check(services: dict[str, Any]) -> None:
    lasting = [name for name in services if name != "migrate"]
    assert [name for name in lasting if "healthcheck" not in services[name]] == []


def test_only_the_migration_signs_in_as_the_owner(services: dict[str, Any]) -> None:
    roles = {
        name: re.match(r"postgresql://(\w+):", services[name]["environment"]["DATABASE_URL"])[1]  # type: ignore[index]
        for name in OURS
    }
    assert roles == {
        "migrate": "ltip_owner",
        "web": "ltip_application",
        "worker": "ltip_application",
        "beat": "ltip_application",
    }


def test_nothing_of_ours_starts_before_the_migration_is_through(services: dict[str, Any]) -> None:
    for name in ("web", "worker", "beat"):
        condition = services[name]["depends_on"]["migrate"]["condition"]
        assert condition == "service_completed_successfully"


def test_no_secret_stands_in_the_file(services: dict[str, Any]) -> None:
    for name, service in services.items():
        for key, value in service.get("environment", {}).items():
            if re.search("PASSWORD|KEY", key):
                assert re.fullmatch(r"\$\{\w+:[?-]\}", str(value)), f"{name}: {key}"
            assert not re.search(r"://\w+:(?!\$\{)[^@/]+@", str(value)), f"{name}: {key}"


def test_every_setting_the_production_settings_require_is_given(services: dict[str, Any]) -> None:
    sources = "".join(
        (PROJECT / "ltip" / "settings" / f"{name}.py").read_text()
        for name in ("base", "production")
    )
    required = set(re.findall(r'env\.\w+\("(\w+)"\)', sources))
    assert "SECRET_KEY" in required
    assert required <= set(services["web"]["environment"])


def test_the_script_for_the_roles_gives_the_application_nothing_to_own() -> None:
    script = (PROJECT / "docker" / "postgres" / "roles.sql").read_text()
    assert re.findall(r"OWNER (?:TO )?(\w+)", script) == ["ltip_owner", "ltip_owner"]
    assert re.findall(r"GRANT (.*) TO (\w+)", script) == [
        ("CONNECT ON DATABASE ltip", "ltip_application"),
        ("USAGE ON SCHEMA public", "ltip_application"),
    ]
